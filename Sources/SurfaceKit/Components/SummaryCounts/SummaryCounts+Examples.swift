import SteeringCore

extension SummaryCounts {
  /// Counts of lights with what has changed.
  public static var examples: [Example] {
    [
      Example("summary-counts") {
        SummaryCounts([
          Item(
            Words("grønne", en: "green"), 161, sign: .exampleGreen, address: "/units?light=green",
            change: Words("4 flere end sidst", en: "4 more than last")),
          Item(Words("gule", en: "yellow"), 38, sign: .exampleYellow, address: "/units?light=yellow"),
          Item(Words("røde", en: "red"), 11, sign: .exampleRed, address: "/units?light=red"),
        ])
      }
    ]
  }
}
