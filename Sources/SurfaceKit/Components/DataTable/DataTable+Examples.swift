import SteeringCore

extension DataTable {
  /// A sorted table with totals that stacks, and a wide one that scrolls.
  public static var examples: [Example] {
    [
      Example("data-table-stack") { table(id: "stacked", narrow: .stack) },
      Example("data-table-scroll") { table(id: "scrolled", narrow: .scroll) },
    ]
  }

  private static func table(id: String, narrow: Narrow) -> DataTable {
    DataTable(
      id: id, caption: Words("Tre opdigtede enheder", en: "Three invented units"),
      columns: [
        Column(Words("Enhed", en: "Unit"), sortAddress: "?sort=name", order: .ascending),
        Column(Words("Budget, kr.", en: "Budget, DKK"), .number, sortAddress: "?sort=budget"),
        Column(Words("Saldo, kr.", en: "Balance, DKK"), .number, sortAddress: "?sort=balance"),
        Column(Words("Indikator", en: "Light")),
      ],
      rows: [
        Row([.text("Bakkeskolen"), .text("41.200.000"), .text("310.250"), Node(LightMark(.exampleGreen))]),
        Row([.text("Egehuset"), .text("8.400.000"), .text("-151.200"), Node(LightMark(.exampleYellow))]),
        Row([.text("Vandværksvej 3"), .text("2.150.000"), .text("-190.480"), Node(LightMark(.exampleRed))]),
      ],
      totals: Row([.words(Words("I alt", en: "Total")), .text("51.750.000"), .text("-31.430"), .nothing]),
      narrow: narrow)
  }
}
