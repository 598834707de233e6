public import SteeringCore

/// The way through time: what is shown now, and links to what can be shown instead.
public struct TimeLinks: Component {
  /// A moment: a year, a month, a round.
  public struct Moment: Sendable {
    let name: Words
    let address: Address
    let isShown: Bool

    /// A moment: its name, where it is shown, and whether it is shown now.
    public init(_ name: Words, _ address: Address, isShown: Bool) {
      self.name = name
      self.address = address
      self.isShown = isShown
    }
  }

  private let moments: [Moment]

  /// The moments, in the order they are told.
  public init(_ moments: [Moment]) { self.moments = moments }

  /// The markup.
  public var body: [Node] {
    ul(.class("years")) {
      for moment in moments {
        li {
          if moment.isShown {
            strong(.ariaCurrent("true")) { moment.name }
          } else {
            a(.href(moment.address)) { moment.name }
          }
        }
      }
    }
  }
}
