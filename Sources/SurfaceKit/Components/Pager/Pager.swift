import SteeringCore

/// The way through a list that is shown in parts.
public struct Pager: Component {
  private let current: Int
  private let last: Int
  private let address: @Sendable (Int) -> Address

  /// The pager on part `current` of `last`, both from 1; `address` leads to a part.
  public init(current: Int, last: Int, address: @escaping @Sendable (Int) -> Address) {
    self.current = current
    self.last = last
    self.address = address
  }

  /// The markup.
  public var body: [Node] {
    if last > 1 {
      nav(.class("pager"), .ariaLabel(Words("Sider i listen", en: "Pages of the list"))) {
        if current > 1 {
          a(.href(address(current - 1)), .rel("prev")) { Words("← Forrige", en: "← Previous") }
        }
        span {
          Words("Side \(current) af \(last)", en: "Page \(current) of \(last)")
        }
        if current < last {
          a(.href(address(current + 1)), .rel("next")) { Words("Næste →", en: "Next →") }
        }
      }
    }
  }
}
