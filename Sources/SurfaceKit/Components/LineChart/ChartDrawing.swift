import SteeringCore

/// The picture of a chart: an axis with round amounts, faint lines across, the series. Reckoned in whole numbers.
struct ChartDrawing {
  private static let width = 640
  private static let height = 300
  private static let left = 84
  private static let right = 626
  private static let top = 42
  private static let bottom = 262

  private let chart: LineChart
  private let axis: ChartAxis
  private let scale: Scale

  init(_ chart: LineChart) {
    self.chart = chart
    axis = ChartAxis(covering: chart.series.flatMap { $0.values.compactMap { $0 } })
    scale = Scale(axis.ticks, from: Self.bottom, to: Self.top)
  }

  var node: Node {
    let names = "\(chart.id)-title \(chart.id)-text"
    return SVG.picture(.class("lines"), viewBox: "0 0 \(Self.width) \(Self.height)", labelledBy: names) {
      SVG.title(id: chart.id + "-title", chart.title)
      SVG.description(id: chart.id + "-text", chart.description)
      SVG.label(.class("unit"), x: 4, y: 20) { axis.unitName }
      for tick in axis.ticks { tickLine(tick) }
      for (index, label) in chart.pointLabels.enumerated() {
        SVG.label(
          .class(index % 2 == 0 ? "point" : "point minor"), .textAnchor("middle"), x: x(index), y: Self.height - 14
        ) { label }
      }
      for series in chart.series { line(series) }
    }
  }

  private func x(_ index: Int) -> Int {
    let inset = 18
    return Self.left + inset
      + index * (Self.right - Self.left - 2 * inset) / max(chart.pointLabels.count - 1, 1)
  }

  private func tickLine(_ tick: Money) -> Node {
    let y = scale.place(of: tick)
    return .fragment([
      SVG.line(.class(tick == .zero ? "zero" : "grid"), x1: Self.left, y1: y, x2: Self.right, y2: y),
      SVG.label(.class("tick"), .textAnchor("end"), x: Self.left - 8, y: y + 5) {
        Format.words { axis.text(tick, $0) }
      },
    ])
  }

  private func line(_ series: LineChart.Series) -> Node {
    var outline = ""
    var isDrawing = false
    var markers: [Node] = []
    for (index, value) in series.values.prefix(chart.pointLabels.count).enumerated() {
      guard let value else {
        isDrawing = false
        continue
      }
      let y = scale.place(of: value)
      outline += "\(isDrawing ? "L" : "M")\(x(index)) \(y)"
      isDrawing = true
      markers.append(Self.marker(series.style, x: x(index), y: y))
    }
    return .fragment([SVG.path(.class("line " + series.style.rawValue), d: outline)] + markers)
  }

  /// The mark of a point: round, square or triangular.
  static func marker(_ style: LineChart.Style, x: Int, y: Int) -> Node {
    let outline =
      switch style {
      case .solid: "M\(x - 4) \(y)a4 4 0 1 0 8 0a4 4 0 1 0-8 0"
      case .dashed: "M\(x - 3) \(y - 3)h6v6h-6z"
      case .dotted: "M\(x) \(y - 4)l4 7h-8z"
      }
    return SVG.path(.class("marker " + style.rawValue), d: outline)
  }
}

/// Round amounts that cover what is shown, nothing always among them.
struct ChartAxis {
  /// The amounts to mark, lowest first.
  let ticks: [Money]
  private let unit: Unit

  private enum Unit {
    case kroner, thousands, millions
  }

  /// An axis from at most four steps above and below nothing, in steps of 1, 2 or 5 times a power of ten kroner.
  init(covering amounts: [Money]) {
    let lowest = Int128(min(amounts.min()?.ore ?? 0, 0))
    let highest = Int128(max(amounts.max()?.ore ?? 0, 0))
    let step = Self.step(for: max(highest - lowest, 100))
    let first = lowest >= 0 ? 0 : (lowest - step + 1) / step
    let last = highest <= 0 ? 0 : (highest + step - 1) / step
    ticks = (first...max(last, first + 1)).compactMap { Int64(exactly: $0 * step).map(Money.init(ore:)) }
    let largest = max(highest, -lowest)
    unit = largest >= 200_000_000 ? .millions : (step >= 100_000 ? .thousands : .kroner)
  }

  private static func step(for span: Int128) -> Int128 {
    var power: Int128 = 100
    while true {
      for factor: Int128 in [1, 2, 5] where factor * power * 5 >= span { return factor * power }
      power *= 10
    }
  }

  /// What the amounts are counted in.
  var unitName: Words {
    switch unit {
    case .kroner: Words("kr.", en: "DKK")
    case .thousands: Words("1.000 kr.", en: "DKK 1,000")
    case .millions: Words("mio. kr.", en: "DKK million")
    }
  }

  /// An amount on the axis, without its unit.
  func text(_ amount: Money, _ format: Format) -> String {
    switch unit {
    case .kroner: format.wholeKroner(amount)
    case .thousands: format.number(Int(amount.ore / 100_000))
    case .millions: format.inMillions(amount)
    }
  }
}
