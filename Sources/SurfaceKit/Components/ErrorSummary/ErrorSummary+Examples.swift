import SteeringCore

extension ErrorSummary {
  /// Two errors.
  public static var examples: [Example] {
    [
      Example("error-summary") {
        ErrorSummary([
          Item(field: "year", Words("Skriv et årstal med fire cifre", en: "Write a year of four digits")),
          Item(field: "file", Words("Vælg en fil", en: "Choose a file")),
        ])
        form(.method("post"), .action("/import")) {
          TextField(FieldFrame("year", Words("Regnskabsår", en: "Fiscal year")))
          FileField(FieldFrame("file", Words("Fil", en: "File")), endings: ".csv")
        }
      }
    ]
  }
}
