import SteeringCore
import SurfaceKit

@testable import Economy

extension ImportStartModel {
  /// Some files are there.
  static let mock = make(values: .none, errors: [], isEmpty: false)
  /// Nothing is there yet.
  static let mockEmpty = make(values: .none, errors: [], isEmpty: true)
  /// What was sent could not be used.
  static let mockErrors = make(
    values: Values(kind: "ledger", year: "20x5", profile: "native"),
    errors: [
      ErrorSummary.Item(field: "year", Words("Skriv et årstal med fire cifre", en: "Write a year of four digits")),
      ErrorSummary.Item(field: "file", Words("Vælg en fil", en: "Choose a file")),
    ], isEmpty: false)

  private static func make(values: Values, errors: [ErrorSummary.Item], isEmpty: Bool) -> ImportStartModel {
    ImportStartModel(
      nextStep: isEmpty
        ? Words("Begynd med organisationen, så vi kender enhederne.", en: "Begin with the organisation.") : nil,
      kinds: [
        Choice("organisation", Words("Organisation", en: "Organisation")),
        Choice(
          "budget", Words("Budget", en: "Budget"),
          hint: Words("Årets budget og det, der er overført fra tidligere år", en: "Budget and carry-over")),
        Choice("ledger", Words("Bogføring", en: "Ledger")), Choice("plans", Words("Planer", en: "Plans")),
      ],
      profiles: [Choice("native", Words("Styrehus' egen opbygning", en: "Styrehus' own form"))], values: values,
      errors: errors, limitBytes: 50_000_000,
      running: isEmpty
        ? [] : [Running(file: "finans-2024.csv", done: 640_000, total: 1_000_000, address: "/import/jobs/1")],
      loaded: isEmpty
        ? []
        : [
          Loaded(
            kind: Words("bogføring", en: "ledger"), file: "finans-2025.csv", year: 2025, rows: 1_004_210,
            sum: Money(ore: 230_467_337_961), loadedOn: CalendarDate(year: 2026, month: 1, day: 28)!),
          Loaded(
            kind: Words("organisation", en: "organisation"), file: "organisation.csv", year: nil, rows: 233, sum: nil,
            loadedOn: CalendarDate(year: 2026, month: 1, day: 12)!),
        ], token: "2f7a90", key: "k")
  }
}

extension ImportPreviewModel {
  /// A file that can be loaded, with a control total and a remark.
  static let mock = make(control: .agrees(Money(ore: 120_140_050)), errorCount: 0, overlap: nil)
  /// A file that shares voucher numbers with an earlier one.
  static let mockOverlap = make(
    control: .missing, errorCount: 0,
    overlap: Overlap(imports: [1], earlierFile: "finans-2025.csv", rows: 1_204, sum: Money(ore: 8_120_455)))
  /// A file that cannot be loaded.
  static let mockErrors = make(
    control: .differs(stated: Money(ore: 120_140_060), reckoned: Money(ore: 120_140_050)), errorCount: 1_251,
    overlap: nil)

  private static func make(control: Control, errorCount: Int, overlap: Overlap?) -> ImportPreviewModel {
    ImportPreviewModel(
      file: "finans-2025-suppl.csv", sizeBytes: 1_240_000, kind: Words("bogføring", en: "ledger"), year: 2025,
      profileName: Words("Styrehus' egen opbygning", en: "Styrehus' own form"), rows: 18_204,
      sum: Money(ore: 120_140_050),
      headings: ["Bilagsnr", "Bogføringsdato", "Aftaleenhed", "Funktion", "Art", "Tekst", "Beløb"],
      firstRows: [
        ["700120", "03.01.2025", "1004", "5.25.14", "1.0", "Løn januar", "48.210,00"],
        ["700121", "04.01.2025", "1004", "5.25.14", "2.9", "Frugt & <grønt>", "312,50"],
        ["700122", "04.01.2025", "1107", "3.22.01", "2.9", "Kreditnota", "1.204,00-"],
      ],
      unitTotals: [
        Total(name: Words(same: "1004 Møllehuset 1"), rows: 12_004, sum: Money(ore: 80_140_050)),
        Total(name: Words(same: "1107 Pilecentret 4"), rows: 6_200, sum: Money(kroner: 400_000)),
      ],
      monthTotals: [
        Total(name: Format.words { $0.month(1) }, rows: 9_204, sum: Money(kroner: 600_000)),
        Total(name: Format.words { $0.month(2) }, rows: 9_000, sum: Money(ore: 60_140_050)),
      ],
      control: control,
      findings: [
        errorCount > 0
          ? Finding(
            .error, file: "finans-2025-suppl.csv", line: 1_204, column: 7,
            read: Words("beløbet »12,,50«", en: "the amount \"12,,50\""),
            remedy: Words("skriv det som 12,50", en: "write it as 12,50"))
          : Finding(
            .remark, file: "finans-2025-suppl.csv", line: 1, column: 8,
            read: Words("en kolonne, vi ikke bruger: »Moms«", en: "a column we do not use: \"Moms\""),
            remedy: Words("du skal ikke gøre noget", en: "you need do nothing"))
      ], leftOutFindings: errorCount > 0 ? 1_250 : 0, errorCount: errorCount, overlap: overlap, ticket: "w-17",
      token: "2f7a90", key: "k")
  }
}

extension ImportDoneModel {
  /// Loaded, and all is ready.
  static let mock = make(.loaded(rows: 18_204, sum: Money(ore: 120_140_050)), missing: [])
  /// Loaded instead of another, but more is needed.
  static let mockReplaced = make(
    .replaced(rows: 18_204, sum: Money(ore: 120_140_050), earlierFile: "finans-2025.csv"),
    missing: [Words("budgettet for 2025", en: "the budget of 2025")])
  /// The same file again.
  static let mockUnchanged = make(.unchanged(since: 1_750_000_000, by: "Bo Ek"), missing: [])

  private static func make(_ outcome: Outcome, missing: [Words]) -> ImportDoneModel {
    ImportDoneModel(
      file: "finans-2025-suppl.csv", kind: Words("bogføring", en: "ledger"), year: 2025, outcome: outcome,
      missing: missing)
  }
}
