import Ledger
import SteeringCore

/// Writes an import profile as a profile file with comments, so that a person can read what it says, and can make a
/// profile of their own from it. Read again it is the same profile.
struct ImportProfileText {
  let profile: ImportProfile
  let language: Language

  /// The file's lines.
  var lines: [String] {
    var lines = ["# " + heading(language)]
    for key in ProfileKey.allCases where key.concerns(profile.kind) {
      guard let value = value(of: key) else { continue }
      lines.append("\(key.rawValue):" + (value.isEmpty ? "" : " \(value)") + comment(on: key))
      if key == .totalRow { lines += totalRow }
      if key == .columns { lines += columns }
    }
    return lines
  }

  private var heading: Words {
    let kind = profile.kind.contents
    return Words(
      "Sådan er en fil med \(kind.danish) skrevet.", en: "How a file of \(kind.english) is written.")
  }

  /// The value of a key as the file has it; nil where the key is better left out, empty where lines follow.
  private func value(of key: ProfileKey) -> String? {
    switch key {
    case .name: return profile.name
    case .kind: return profile.kind.rawValue
    case .encoding: return profile.encoding.rawValue
    case .separator: return ProfileWords.word(for: profile.separator, in: ProfileWords.separators)
    case .decimal: return ProfileWords.word(for: profile.amounts.decimalSign, in: ProfileWords.decimalSigns)
    case .thousands: return ProfileWords.word(for: profile.amounts.thousandsSign, in: ProfileWords.thousandsSigns)
    case .signStyle: return profile.amounts.signStyle.rawValue
    case .decimals: return profile.amounts.decimals.rawValue
    case .empty: return profile.amounts.empty.rawValue
    case .unit: return ProfileWords.word(for: profile.amounts.unitPower, in: ProfileWords.unitPowers)
    case .dates: return profile.fixedDate == nil ? Self.quoted(profile.dates.text) : nil
    case .fixedDate:
      return profile.fixedDate.map { fixed in
        switch fixed {
        case .yearEnd: ProfileWords.yearEnd
        case .day(let day): Self.quoted(day.iso)
        }
      }
    case .expense: return ProfileWords.word(for: profile.expenseIsPositive, in: ProfileWords.signs)
    case .surplus:
      if profile.headers[.carriedIn] == nil { return nil }
      return ProfileWords.word(for: profile.surplusIsPositive, in: ProfileWords.signs)
    case .skipRows: return profile.skippedRows == 0 ? nil : String(profile.skippedRows)
    case .totalRow: return profile.totalRow == nil ? nil : ""
    case .unknownUnits: return ProfileWords.word(for: profile.addsUnknownUnits, in: ProfileWords.unknownUnits)
    case .kindDots:
      return profile.kindDots.isEmpty ? nil : "[" + profile.kindDots.map { String($0) }.joined(separator: ", ") + "]"
    case .columns: return ""
    }
  }

  private var totalRow: [String] {
    guard let rule = profile.totalRow else { return [] }
    var lines: [String] = []
    if !rule.blank.isEmpty { lines.append("  blank: [" + rule.blank.map(\.rawValue).joined(separator: ", ") + "]") }
    if let text = rule.text { lines += ["  column: \(text.column.rawValue)", "  text: \(Self.quoted(text.value))"] }
    return lines
  }

  private var columns: [String] {
    let present = profile.kind.columns.filter { profile.headers[$0] != nil }
    return present.map { column in
      let names = (profile.headers[column] ?? []).map(Self.quoted)
      return "  \(column.rawValue): " + (names.count == 1 ? names[0] : "[" + names.joined(separator: ", ") + "]")
    }
  }

  /// A text in the file's double quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private func comment(on key: ProfileKey) -> String { Self.comment(key).map { "  # " + $0(language) } ?? "" }

  private static func comment(_ key: ProfileKey) -> Words? {
    switch key {
    case .name, .encoding: nil
    case .kind:
      Words(
        "slags: ledger, budget, plans, accounts, organisation, carry-over",
        en: "one of ledger, budget, plans, accounts, organisation, carry-over")
    case .separator: Words("tegnet mellem felterne", en: "the sign between fields")
    case .decimal: Words("decimaltegn", en: "the decimal sign")
    case .thousands: Words("tusindtalstegn, none for intet", en: "the thousands sign, none where there is none")
    case .signStyle:
      Words(
        "minus: any, leading (-5), trailing (5-), parentheses",
        en: "a minus: any, leading (-5), trailing (5-), parentheses")
    case .decimals:
      Words(
        "flere end to decimaler: exact er en fejl, round afrunder",
        en: "more than two decimals: exact refuses, round rounds")
    case .empty: Words("et tomt beløb: error er en fejl, zero er 0", en: "an empty amount: error refuses, zero is 0")
    case .unit: Words("kr, 1000 kr eller mio kr", en: "kr, 1000 kr or mio kr")
    case .dates: Words("sådan skrives datoer", en: "how dates are written")
    case .fixedDate: Words("filen har ingen datoer", en: "the file has no dates")
    case .expense: Words("fortegn på en udgift", en: "the sign of an expense")
    case .surplus: Words("fortegn på et overskud", en: "the sign of a surplus")
    case .skipRows: Words("rækker før overskriften", en: "rows before the header")
    case .totalRow: Words("sådan kendes filens egen total", en: "how the file's own total is known")
    case .unknownUnits:
      Words(
        "enheder uden budget: error er en fejl, add tager dem med med budget 0",
        en: "units without a budget: error refuses, add lets them in with budget 0")
    case .kindDots:
      Words("punktum efter så mange tegn i arten", en: "a dot after so many characters of the kind of account")
    case .columns:
      Words(
        "kolonnens overskrift i filen; flere i [ ], når den skifter",
        en: "the column's header in the file; several in [ ] where it changes")
    }
  }
}

extension FileKind {
  /// What the files hold, in words.
  var contents: Words {
    switch self {
    case .ledger: Words("posteringer", en: "postings")
    case .budget: Words("budgetter", en: "budgets")
    case .plans: Words("handleplaner", en: "action plans")
    case .accounts: Words("kontoregler", en: "account rules")
    case .organisation: Words("organisationen", en: "the organisation")
    case .carryOver: Words("overførsler", en: "balances carried in")
    }
  }
}
