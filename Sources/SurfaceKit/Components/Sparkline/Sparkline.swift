public import SteeringCore

/// A small curve for a table row, drawn from nothing to the highest amount. It is decoration for those who see:
/// the numbers must stand in the row or on the page behind it.
public struct Sparkline: Component {
  private let values: [Money]

  /// A curve of amounts in order of time. Fewer than three draw nothing.
  public init(_ values: [Money]) { self.values = values }

  /// The markup.
  public var body: [Node] {
    if values.count >= 3 {
      Node.element(
        Element(
          "svg", [.class("spark"), Attribute("viewBox", "0 0 66 18"), .ariaHidden], [SVG.path(d: outline)]))
    }
  }

  private var outline: String {
    let scale = Scale(values + [.zero], from: 17, to: 1)
    var outline = "M"
    for (index, value) in values.enumerated() {
      if index > 0 { outline += " " }
      outline += String(index * 66 / (values.count - 1))
      outline += " "
      outline += String(scale.place(of: value))
    }
    return outline
  }
}

/// Where amounts stand on an axis, in whole pixels, reckoned in whole numbers.
struct Scale {
  let lowest: Money
  let highest: Money
  private let start: Int
  private let end: Int

  /// The lowest of the amounts stands at `start`, the highest at `end`.
  init(_ amounts: [Money], from start: Int, to end: Int) {
    lowest = amounts.min() ?? .zero
    highest = amounts.max() ?? .zero
    self.start = start
    self.end = end
  }

  func place(of amount: Money) -> Int {
    let span = Int128(highest.ore) - Int128(lowest.ore)
    guard span > 0 else { return start }
    let way = (Int128(amount.ore) - Int128(lowest.ore)) * Int128(end - start)
    return start + Int((2 * way + (way < 0 ? -span : span)) / (2 * span))
  }
}
