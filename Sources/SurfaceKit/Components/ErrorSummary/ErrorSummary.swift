public import SteeringCore

/// What is wrong in a form, on top of the page, each with a link to its field. Nothing is shown without errors.
public struct ErrorSummary: Component {
  /// One error and the field it belongs to.
  public struct Item: Sendable {
    let field: String
    let text: Words

    /// The name of the field and what is wrong with it.
    public init(field: String, _ text: Words) {
      self.field = field
      self.text = text
    }
  }

  private let items: [Item]

  /// The errors of a form.
  public init(_ items: [Item]) { self.items = items }

  /// The markup.
  public var body: [Node] {
    if !items.isEmpty {
      div(.class("notice error"), .role("alert"), .ariaLabelledby("error-summary"), .tabindex(-1)) {
        h2(.id("error-summary"), .class("notice-heading")) {
          Words("Det her skal rettes først", en: "Please correct this first")
        }
        ul {
          for item in items {
            li { a(.href(Address("#").at(item.field))) { item.text } }
          }
        }
      }
    }
  }
}

extension [ErrorSummary.Item] {
  /// What is wrong with a field, or nil.
  public func text(for field: String) -> Words? { first { $0.field == field }?.text }
}
