import Database
import HTTPTypes
import Organisation
import SteeringCore
import SurfaceKit

/// What the forms of the page send, read with all that is wrong.
struct PeopleForm {
  private let body: FormBody
  private(set) var errors: [ErrorSummary.Item] = []

  init(_ body: FormBody) { self.body = body }

  mutating func text(_ field: String, _ name: Words, most: Int = 200) -> String {
    let text = body.text(field)
    if text.isEmpty || text.count > most {
      errors.append(
        .init(
          field: field,
          Words(
            "\(name.danish): skriv 1 til \(most) tegn.", en: "\(name.english): write 1 to \(most) characters.")))
    }
    refuseCivilNumber(field, text)
    return text
  }

  mutating func optional(_ field: String) -> String {
    let text = String(body.text(field).prefix(200))
    refuseCivilNumber(field, text)
    return text
  }

  private mutating func refuseCivilNumber(_ field: String, _ text: String) {
    guard CivilNumber.masked(text) != text else { return }
    fail(
      field, Words("Skriv ikke et CPR-nummer. Intet er gemt.", en: "Do not write a civil number. Nothing was kept."))
  }

  mutating func number(_ field: String, _ name: Words, among known: [Int64]) -> Int64 {
    if let number = Int64(body.text(field)), known.contains(number) { return number }
    errors.append(
      .init(field: field, Words("\(name.danish): vælg en af listen.", en: "\(name.english): choose one of the list.")))
    return 0
  }

  /// Somebody of the register whose data were not removed.
  mutating func person(_ register: PeopleRegister) -> Int64 {
    number("person", PeopleTexts.person, among: register.people.filter { !$0.isRemoved }.map(\.id))
  }

  mutating func kind() -> PositionKind {
    if let kind = PositionKind(rawValue: body.text("kind")), !kind.isBody { return kind }
    errors.append(.init(field: "kind", Words("Vælg en slags stilling.", en: "Choose a kind of position.")))
    return .employee
  }

  mutating func day(_ field: String, _ name: Words) -> CalendarDate? {
    if let day = CalendarDate(iso: body.text(field)) { return day }
    errors.append(
      .init(
        field: field,
        Words("\(name.danish): \(PeopleTexts.dateHint.danish)", en: "\(name.english): \(PeopleTexts.dateHint.english)"))
    )
    return nil
  }

  /// A period of two fields, the second of which may be empty.
  mutating func period() -> ValidPeriod? {
    guard let from = day("from", PeopleTexts.from) else { return nil }
    let through = body.text("through").isEmpty ? nil : day("through", PeopleTexts.through)
    if let period = ValidPeriod(from: from, through: through) { return period }
    errors.append(
      .init(field: "through", Words("Perioden slutter, før den begynder.", en: "The period ends before it begins.")))
    return nil
  }

  mutating func fail(_ field: String, _ words: Words) { errors.append(.init(field: field, words)) }
}

extension FormBody {
  /// Does something for the reason that the form gives, and tells whoever sends a form twice with different contents.
  func explained<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await Deed.explained(text("why"), body)
    } catch let reused as CommandReused {
      throw Trouble(.conflict, PeopleTexts.bad, reused.message)
    }
  }
}
