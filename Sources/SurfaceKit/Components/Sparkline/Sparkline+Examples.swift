import SteeringCore

extension Sparkline {
  /// A year of spending.
  public static var examples: [Example] {
    [
      Example("sparkline") {
        p {
          Words("Forbrug over året: ", en: "Spending over the year: ")
          Sparkline([12, 25, 37, 51, 62, 74, 80, 93, 105, 118, 129, 151].map { Money(kroner: $0) })
        }
      }
    ]
  }
}
