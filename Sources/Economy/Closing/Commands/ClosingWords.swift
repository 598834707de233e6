import Ledger
import SteeringCore

/// What a closing from files says about them, beyond what their readers say.
enum ClosingWords {
  /// A ledger that is given twice.
  static func twin(_ file: String, of name: String) -> Finding {
    Finding(
      .error, file: file, line: 0,
      read: Words("filen har samme indhold som \(name)", en: "the file has the same content as \(name)"),
      remedy: Words("giv hver bogføringsfil én gang", en: "give each ledger once"))
  }

  /// Postings of a ledger outside the year.
  static func ignored(_ tally: ClosingSums.Tally, _ year: FiscalYear, _ file: String) -> Finding {
    Finding(
      .remark, file: file, line: 0, read: tally.outside(year),
      remedy: tally.lines == 1
        ? Words("den er ikke talt med", en: "it is not counted")
        : Words("de er ikke talt med", en: "they are not counted"))
  }

  /// A model of the original budget and a file that does not tell it.
  static func onlyOneBudget(_ file: String) -> Finding {
    Finding(
      .remark, file: file, line: 0,
      read: Words(
        "modellen regner af det oprindelige budget, og filen har kun ét",
        en: "the model takes percentages of the original budget, and the file has only one"),
      remedy: Words(
        "det bruges som begge; tilføj kolonnerne »Oprindelig løn« og »Oprindelig øvrig«",
        en: "it is used as both; add the columns »Oprindelig løn« and »Oprindelig øvrig«"))
  }

  /// A row on a unit that the budget does not have; `what` is the thing that is not used.
  static func stray(_ unit: UnitCode, _ file: String, _ line: Int, _ column: Int, _ what: Words) -> Finding {
    Finding(
      .remark, file: file, line: line, column: column,
      read: Words(
        "enheden \(unit.text.quoted) står ikke i budgettet", en: "the unit \(unit.text.quoted) is not in the budget"),
      remedy: Words("\(what.danish) er ikke brugt", en: "\(what.english) is not used"))
  }
}

/// What there is to say, file by file.
struct Said {
  let language: Language
  private(set) var lines: [String] = []
  private(set) var hasErrors = false

  init(language: Language) { self.language = language }

  mutating func take(_ findings: Findings) {
    lines += findings.lines(language)
    hasErrors = hasErrors || findings.hasErrors
  }

  mutating func take(_ finding: Finding) {
    var findings = Findings()
    findings.add(finding)
    take(findings)
  }

  /// Stops the work, whatever the findings.
  mutating func refuse() { hasErrors = true }
}

extension BudgetFile {
  /// The codes of all rows.
  var codes: Set<UnitCode> { Set(rows.map(\.unit)) }
  /// Whether some rows could not be read, so that a unit may seem unknown though it is not.
  var isPartial: Bool { findings.hasErrors }
}

extension ClosingTotals {
  /// The control sentence: all = inside + outside + ignored + unknown.
  func sentence(_ language: Language) -> String {
    func part(_ tally: ClosingSums.Tally) -> String { "\(Money(ore: tally.ore).withOre) (\(tally.lines))" }
    let words = Words(
      "sum af alle posteringer \(part(all)) = inde \(part(inside)) + ude \(part(outside)) + uden for året "
        + "\(part(ignored)) + ukendte \(part(unknown))",
      en: "sum of all lines \(part(all)) = inside \(part(inside)) + outside \(part(outside)) + ignored "
        + "\(part(ignored)) + unknown \(part(unknown))")
    return words(language)
  }
}
