import Ledger
import SteeringCore
import SurfaceKit

/// What was sent with a file: judged field by field, so that everything that is missing is told at once.
struct ImportForm {
  /// The choice that stands for the native profile of whatever kind.
  static let native = "native"

  /// The fields as they were sent.
  let values: ImportStartModel.Values
  /// What is wrong with them.
  private(set) var errors: [ErrorSummary.Item] = []
  /// The file and how to read it; nil where something is wrong.
  private(set) var sent: (profile: ImportProfile, year: FiscalYear?, fileName: String, bytes: [UInt8])?

  init(_ body: FormBody, kinds: [FileKind], profiles: [ImportProfile]) {
    values = .init(kind: body.text("kind"), year: body.text("year"), profile: body.text("profile"))
    let kind = kinds.first { $0.rawValue == values.kind }
    if kind == nil { complain("kind", ImportTexts.chooseKind) }
    let year = readYear(kind)
    let profile = chooseProfile(kind, profiles)
    let file = body.files["file"]
    if file == nil { complain("file", ImportTexts.chooseFile) }
    guard errors.isEmpty, let profile, let file else { return }
    sent = (profile, year, Self.shown(file.name), file.bytes)
  }

  private mutating func complain(_ field: String, _ text: Words) { errors.append(.init(field: field, text)) }

  /// The year; nil for the kinds of file that belong to none.
  private mutating func readYear(_ kind: FileKind?) -> FiscalYear? {
    if kind == .accounts || kind == .organisation { return nil }
    if kind == nil, values.year.isEmpty { return nil }
    if values.year.utf8.count == 4, let year = Int(values.year).flatMap(FiscalYear.init) { return year }
    complain("year", ImportTexts.writeYear)
    return nil
  }

  private mutating func chooseProfile(_ kind: FileKind?, _ profiles: [ImportProfile]) -> ImportProfile? {
    guard let kind else { return nil }
    let name = values.profile.isEmpty || values.profile == Self.native ? kind.rawValue : values.profile
    guard let profile = profiles.first(where: { $0.name == name }) else {
      complain("profile", ImportTexts.chooseProfile)
      return nil
    }
    if profile.kind == kind { return profile }
    complain("profile", ImportTexts.wrongProfile(profile, kind))
    return nil
  }

  /// A name as it is shown and kept: without control characters, and of a length that fits a page.
  private static func shown(_ name: String) -> String {
    let plain = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    let short = plain.count > 120 ? plain.prefix(119) + "…" : plain
    return short.isEmpty ? "fil" : short
  }
}
