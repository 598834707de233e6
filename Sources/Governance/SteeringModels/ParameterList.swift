import RuleKit
import SteeringCore
import SurfaceKit

/// The parameters of a model file.
struct ParameterList {
  /// The sound ones, in file order.
  private(set) var parameters: [Parameter] = []
  /// The ids of those that are there but broken, so that a condition that names one is not blamed for it.
  private(set) var brokenIDs: Set<String> = []

  init(_ root: YamlMapping) {
    guard let items = root.mappings("parameters", keys: ["id", "value", "name"] + RuleOrigin.keys) else { return }
    var ids = UniqueIDs()
    for item in items {
      let id = ids.take(item)
      let value = item.text("value").flatMap { Self.value($0, in: item.document) }
      let name = item.words("name")
      let origin = RuleOrigin(item)
      guard let id else { continue }
      guard let value, let name, let origin else {
        brokenIDs.insert(id.text)
        continue
      }
      parameters.append(
        Parameter(
          id: id.text, value: value, name: name, citation: origin.citation, standing: origin.standing,
          line: id.place.line))
    }
  }

  /// Reads `5 %`, `2 years`, `3 months`, `31 January`, `totalBudget` or `unset`.
  private static func value(_ text: YamlText, in document: YamlDocument) -> ParameterValue? {
    if text.text == "unset" { return .unset }
    if let choice = PayrollBase(rawValue: text.text) { return .choice(choice.rawValue) }
    if text.text.hasSuffix("%") { return percentage(text, in: document) }
    let parts = text.text.split(separator: " ")
    if parts.count == 2, let count = Int(parts[0]) {
      switch parts[1] {
      case "year", "years": return span(count, .years(count), text, in: document)
      case "month", "months": return span(count, .months(count), text, in: document)
      default:
        if let month = ParameterValue.englishMonths.firstIndex(of: String(parts[1])) {
          return day(count, month: month + 1, text, in: document)
        }
      }
    }
    document.addError(
      at: text.place, read: Words("»\(text.text)« er ikke en værdi", en: "'\(text.text)' is not a value"),
      remedy: Words(
        "skriv som »5 %«, »2 years«, »3 months«, »31 January«, »totalBudget«, »payBudget« eller »unset«",
        en: "write it as '5 %', '2 years', '3 months', '31 January', 'totalBudget', 'payBudget' or 'unset'"))
    return nil
  }

  private static func percentage(_ text: YamlText, in document: YamlDocument) -> ParameterValue? {
    let number = text.text.dropLast().filter { $0 != " " }
    if let percentage = Percentage(text: String(number)), percentage.basisPoints <= 10_000 {
      return .percentage(percentage)
    }
    document.addError(
      at: text.place,
      read: Words("»\(text.text)« kan ikke være en grænse", en: "'\(text.text)' cannot be a limit"),
      remedy: Words(
        "skriv en procent fra 0 til 100 uden fortegn og med højst to decimaler; minus hører til i betingelsen",
        en:
          "write a percentage from 0 to 100 without sign and with at most two decimals; "
          + "a minus belongs in the condition"
      ))
    return nil
  }

  private static func span(
    _ count: Int, _ value: ParameterValue, _ text: YamlText, in document: YamlDocument
  ) -> ParameterValue? {
    if (1...100).contains(count) { return value }
    document.addError(
      at: text.place, read: Words("»\(text.text)« er ikke et tidsrum", en: "'\(text.text)' is not a span of time"),
      remedy: Words("skriv et antal fra 1 til 100", en: "write a number from 1 to 100"))
    return nil
  }

  private static func day(_ day: Int, month: Int, _ text: YamlText, in document: YamlDocument) -> ParameterValue? {
    // 2001 is no leap year: a day that is not there every year cannot be a yearly date.
    if CalendarDate(year: 2001, month: month, day: day) != nil { return .monthDay(month: month, day: day) }
    document.addError(
      at: text.place,
      read: Words("»\(text.text)« findes ikke hvert år", en: "'\(text.text)' does not exist in every year"),
      remedy: Words("skriv en dag, der findes i alle år", en: "write a day that every year has"))
    return nil
  }
}
