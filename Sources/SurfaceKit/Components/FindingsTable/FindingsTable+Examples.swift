import SteeringCore

extension FindingsTable {
  /// An error and a remark.
  public static var examples: [Example] {
    [
      Example("findings-table") {
        FindingsTable(
          id: "findings",
          [
            Finding(
              .error, file: "finans-2025.csv", line: 1_204, column: 7,
              read: Words("beløbet »12,,50«", en: "the amount \"12,,50\""),
              remedy: Words("skriv det som 12,50", en: "write it as 12,50")),
            Finding(
              .remark, file: "finans-2025.csv", line: 0,
              read: Words("filen har ingen kontrolsum", en: "the file has no control total"),
              remedy: Words("sammenlign summen med kilden", en: "compare the sum with its source")),
          ], leftOut: 1_250)
      }
    ]
  }
}
