public import SteeringCore

/// A row of fields that narrow a list. It is sent as an ordinary address, so that a filtered list can be kept as a
/// bookmark and sent to others.
public struct Filters: Component {
  private let action: Address
  private let label: Words
  private let clear: Address?
  private let fields: [Node]

  /// The filters of a list: where they are sent, what they are for those who listen, the address without filters
  /// when some are set, and the fields.
  public init(action: Address, label: Words, clear: Address? = nil, @HTML fields: () -> [Node]) {
    self.action = action
    self.label = label
    self.clear = clear
    self.fields = fields()
  }

  /// The markup.
  public var body: [Node] {
    form(.class("filters"), .method("get"), .action(action), .role("search"), .ariaLabel(label)) {
      fields
      div(.class("filter-acts")) {
        SubmitButton(Words("Vis", en: "Show"))
        if let clear {
          a(.href(clear)) { Words("Ryd filtre", en: "Clear filters") }
        }
      }
    }
  }
}
