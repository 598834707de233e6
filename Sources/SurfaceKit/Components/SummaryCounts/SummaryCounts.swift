public import SteeringCore

/// A row of counts: how many units have each light, how many of each duty.
public struct SummaryCounts: Component {
  /// One count.
  public struct Item: Sendable {
    let label: Words
    let count: Int
    let sign: LightSign?
    let address: Address?
    let change: Words?

    /// A count with its label; `address` leads to what is counted, `change` tells what has happened since last.
    public init(
      _ label: Words, _ count: Int, sign: LightSign? = nil, address: Address? = nil, change: Words? = nil
    ) {
      self.label = label
      self.count = count
      self.sign = sign
      self.address = address
      self.change = change
    }
  }

  private let items: [Item]

  /// A row of counts.
  public init(_ items: [Item]) { self.items = items }

  /// The markup.
  public var body: [Node] {
    ul(.class("counts")) {
      for item in items {
        li {
          if let address = item.address {
            a(.href(address)) { face(item) }
          } else {
            face(item)
          }
          if let change = item.change {
            small { change }
          }
        }
      }
    }
  }

  @HTML private func face(_ item: Item) -> [Node] {
    if let sign = item.sign { LightMark.picture(sign) }
    strong { Format.words { $0.number(item.count) } }
    " "
    span { item.label }
  }
}
