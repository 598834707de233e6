public import SteeringCore

/// The way back: the pages above this one, outermost first. The page itself is not among them.
public struct Breadcrumb: Component {
  /// One page above.
  public struct Crumb: Sendable {
    let label: Words
    let address: Address

    /// A page above, with its name and address.
    public init(_ label: Words, _ address: Address) {
      self.label = label
      self.address = address
    }
  }

  private let crumbs: [Crumb]

  /// The way back through these pages.
  public init(_ crumbs: [Crumb]) { self.crumbs = crumbs }

  /// The markup.
  public var body: [Node] {
    if !crumbs.isEmpty {
      nav(.class("trail"), .ariaLabel(Words("Du er her", en: "You are here"))) {
        ol {
          for crumb in crumbs {
            li { a(.href(crumb.address)) { crumb.label } }
          }
        }
      }
    }
  }
}
