import SteeringCore

extension Filters {
  /// A search and one list.
  public static var examples: [Example] {
    [
      Example("filters") {
        Filters(action: "/units", label: Words("Find enheder", en: "Find units"), clear: "/units") {
          TextField(FieldFrame("q", Words("Navn eller kode", en: "Name or code")), value: "skole", kind: "search")
          SelectField(
            FieldFrame("light", Words("Indikator", en: "Light")),
            choices: [Choice("", Words("Alle", en: "All")), Choice("red", Words("Rød", en: "Red"))],
            selected: "red")
        }
      }
    ]
  }
}
