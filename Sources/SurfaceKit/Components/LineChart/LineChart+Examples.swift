import SteeringCore

extension LineChart {
  /// A year beside the budget and the year before; and one with too few points to draw.
  public static var examples: [Example] {
    [
      Example("line-chart") { year },
      Example("line-chart-below-zero") { balances },
      Example("line-chart-few-points") {
        LineChart(
          id: "few", title: Words("Saldo", en: "Balance"), description: Words("To år", en: "Two years"),
          pointHeading: Words("År", en: "Year"), pointLabels: [Words(same: "2024"), Words(same: "2025")],
          series: [
            Series(
              Words("Saldo", en: "Balance"), .solid, values: [Money(kroner: 12_000), Money(kroner: -4_000)])
          ])
      },
    ]
  }

  private static var year: LineChart {
    let spent = [702, 1_390, 2_110, 2_795, 3_520, 4_180, 4_690, 5_420, 6_190, 6_905, 7_640, 8_513]
    let before = [680, 1_372, 2_050, 2_702, 3_390, 4_060, 4_600, 5_260, 5_980, 6_690, 7_400, 8_160]
    return LineChart(
      id: "year", title: Words("Forbrug måned for måned", en: "Spending month by month"),
      description: Words(
        "Forbruget følger budgettet til november og ender 112.700 kr. over.",
        en: "Spending follows the budget until November and ends DKK 112,700 above."),
      pointHeading: Words("Måned", en: "Month"),
      pointLabels: (1...12).map { month in Format.words { $0.shortMonth(month) } },
      series: [
        Series(
          Words("2025", en: "2025"), .solid, values: spent.map { Money(kroner: Int64($0) * 1_000) }),
        Series(
          Words("budgettets jævne gang", en: "the budget's even course"), .dashed,
          values: (1...12).map { Money(kroner: 700_000 * Int64($0)) }),
        Series(Words("2024", en: "2024"), .dotted, values: before.map { Money(kroner: Int64($0) * 1_000) }),
      ])
  }

  private static var balances: LineChart {
    let amounts: [Int64] = [96_000, -38_500, -151_200, 12_400]
    return LineChart(
      id: "balances", title: Words("Saldo ved årets slutning", en: "Balance at year end"),
      description: Words("Saldoen var under nul i to år.", en: "The balance was below zero for two years."),
      pointHeading: Words("År", en: "Year"), pointLabels: (2022...2025).map { Words(same: String($0)) },
      series: [Series(Words("Saldo", en: "Balance"), .solid, values: amounts.map { Money(kroner: $0) })])
  }
}
