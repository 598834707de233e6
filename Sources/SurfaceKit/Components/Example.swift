/// A component with figures in it, for the gallery and the tests. All names and figures in examples are invented.
public struct Example: Sendable {
  /// What the example shows; also its file name in the gallery.
  public let name: String
  /// The component.
  public let content: [Node]

  /// A named example.
  public init(_ name: String, @HTML _ content: () -> [Node]) {
    self.name = name
    self.content = content()
  }

  /// Every component's examples.
  public static var all: [Example] {
    [
      LightMark.examples, HousePicture.examples, MoneyLadder.examples, DataTable.examples, LineChart.examples,
      Sparkline.examples, TimeLinks.examples, SummaryCounts.examples, FormFields.examples, ErrorSummary.examples,
      FindingsTable.examples, Notice.examples, Pager.examples, Filters.examples, Breadcrumb.examples,
      Progress.examples,
    ].flatMap { $0 }
  }
}
