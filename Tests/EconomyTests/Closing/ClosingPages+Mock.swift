import Ledger
import SteeringCore
import SurfaceKit

@testable import Economy

extension RoundName {
  static let mockFinal = RoundName(
    id: "2025-3", year: 2025, number: 3, isFinal: true, madeOn: CalendarDate(year: 2026, month: 2, day: 14)!)
  static let mockPreliminary = RoundName(
    id: "2025-2", year: 2025, number: 2, isFinal: false, madeOn: CalendarDate(year: 2026, month: 1, day: 28)!)
}

extension UnitListModel {
  /// 210 invented units.
  static let mock = make(query: UnitListQuery())
  /// A list that is narrowed and sorted.
  static let mockFiltered = make(
    query: UnitListQuery {
      ["q": "huset", "light": "yellow", "sort": "balance", "order": "desc", "round": "2024-2"][$0]
    })
  /// A search that finds nothing.
  static let mockWithoutMatch = make(query: UnitListQuery { $0 == "q" ? "rådhuskælderen" : nil })
  /// Before the first closing.
  static let mockWithoutRound = make(query: UnitListQuery(), round: nil)

  private static func make(query: UnitListQuery, round: RoundName? = .mockFinal) -> UnitListModel {
    let all = round == nil ? [] : (0..<210).map(row)
    let rows = all.filter { unit in
      (query.search.isEmpty || unit.name.contains(query.search))
        && (query.light.isEmpty || unit.light.id == query.light)
    }
    func sum(_ amounts: [Money]) -> Money { Money.sum(amounts) ?? .zero }
    return UnitListModel(
      query: query, round: round,
      directorates: directorates.enumerated().map { Choice(String($0 + 1), Words(same: $1)) },
      lights: [.exampleGreen, .exampleYellow, .exampleRed],
      duties: [
        Choice("explainSurplus", Words("Forklar overskuddet", en: "Explain the surplus")),
        Choice("actionPlan", Words("Lav en handleplan", en: "Make an action plan")),
      ],
      reviews: [Choice("debtOverLimit", Words("Gæld over 5 %", en: "Debt above 5 %"))], rows: rows,
      totals: Totals(
        budget: sum(rows.map(\.budget)), carriedIn: sum(rows.map(\.carriedIn)), spent: sum(rows.map(\.spent)),
        result: sum(rows.map(\.result)), balance: sum(rows.map(\.balance))),
      unitCount: all.count)
  }

  private static let directorates = [
    "Børn, Skole og Familie", "Omsorg og Sundhed", "Social og Arbejdsmarked", "Plan, Kultur og Miljø", "Stabe",
  ]

  private static func row(_ index: Int) -> Row {
    let starts = ["Birke", "Ege", "Kløver", "Søbakke", "Mølle", "Enghave", "Fyrre", "Pile", "Rønne", "Strand", "Vibe"]
    let budget = Int64(2_400_000 + index * 191_337 % 38_000_000)
    let share = Int64((index * 7_919) % 1_400) - (index % 4 == 0 ? 820 : 0)
    let balance = budget * share / 10_000
    let carriedIn = balance / 3 - Int64(index * 431 % 9_000)
    let result = balance - carriedIn
    let light: LightSign = share < -500 ? .exampleRed : (share < 0 ? .exampleYellow : .exampleGreen)
    let spent = budget - result
    return Row(
      code: UnitCode(String(1_000 + index)),
      name: starts[index % starts.count] + ["skolen", "huset", "centret"][index % 3] + " \(index / 33 + 1)",
      directorate: directorates[index * 5 / 210], budget: Money(kroner: budget), carriedIn: Money(kroner: carriedIn),
      spent: Money(kroner: spent), result: Money(kroner: result), balance: Money(kroner: balance),
      balanceBasisPoints: share, light: light,
      duties: share < 0 ? [Words("Handleplan", en: "Action plan")] : [],
      reviews: share < -500 ? [Words("Gæld over 5 %", en: "Debt above 5 %")] : [],
      spentByMonth: (1...12).map { month in
        Money(kroner: spent * Int64(month) / 12 + Int64((month * index) % 7) * spent / 200)
      })
  }
}

extension RoundListModel {
  /// Some rounds of two years.
  static let mock = make(missing: [], rows: [.mockFinal, .mockPreliminary])
  /// Nothing to close yet.
  static let mockMissing = make(
    missing: [Words("budgettet for 2025", en: "the budget of 2025"), Words("bogføringen", en: "the ledger")], rows: [])
  /// Everything is ready for the first.
  static let mockReady = make(missing: [], rows: [])

  private static func make(missing: [Words], rows: [RoundName]) -> RoundListModel {
    RoundListModel(
      missing: missing,
      rows: rows.map { name in
        Row(
          name: name, modelName: Words(same: "Randersmodellen 2.0"), unitCount: 210,
          balance: Money(kroner: 41_312_450),
          lights: [(.exampleGreen, 178), (.exampleYellow, 19), (.exampleRed, 13)])
      }, pageNumber: 1, pageCount: rows.isEmpty ? 1 : 2)
  }
}

extension RoundShowModel {
  /// A final round that differs from the one before it.
  static let mock = make(.mockFinal, previous: .mockPreliminary, replay: .same)
  /// The year's first round, preliminary.
  static let mockFirst = make(.mockPreliminary, previous: nil, replay: .notTried)
  /// A round that does not come out the same.
  static let mockReplayDiffers = make(.mockFinal, previous: .mockPreliminary, replay: .differs(units: 2))

  /// A round whose files are not what they were.
  static let mockInputsDiffer = make(
    .mockFinal, previous: nil, replay: .inputsDiffer([RoundFaults.contentHash(.mock)]))

  private static func make(_ name: RoundName, previous: RoundName?, replay: Replay) -> RoundShowModel {
    let hash = "3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550"
    let inside = Money(ore: 212_345_678_901)
    let outside = Money(ore: 18_120_455_010)
    let ignored = Money(ore: 1_204_050)
    return RoundShowModel(
      name: name, modelName: Words(same: "Randersmodellen 2.0"), modelID: "randersmodellen-2.0",
      inputs: [
        Input(kind: Words("budget", en: "budget"), file: "budget-2025.csv", hash: hash, rows: 210),
        Input(
          kind: Words("bogføring", en: "ledger"), file: "finans-2025.csv", hash: String(hash.reversed()),
          rows: 1_004_210),
      ],
      parts: [
        Part(name: Words("Inden for den decentrale økonomi", en: "Inside"), lines: 901_004, sum: inside),
        Part(name: Words("Uden for den decentrale økonomi", en: "Outside"), lines: 103_190, sum: outside),
        Part(name: Words("Andre år", en: "Other years"), lines: 16, sum: ignored),
        Part(name: Words("Ukendt enhed", en: "Unknown unit"), lines: 0, sum: .zero),
      ], allLines: 1_004_210, all: inside + outside + ignored,
      lights: [(.exampleGreen, 178), (.exampleYellow, 19), (.exampleRed, 13)], budget: Money(kroner: 2_140_000_000),
      spent: Money(ore: 212_345_678_901), result: Money(ore: 1_654_321_099), carriedIn: Money(kroner: 24_769_238),
      balance: Money(ore: 4_131_244_899), replay: replay, previous: previous,
      differences: previous == nil
        ? []
        : [
          Difference(
            code: UnitCode("1004"), name: "Møllehuset 1", balanceBefore: Money(kroner: -110_200),
            balanceNow: Money(kroner: -151_200), lightBefore: .exampleYellow, lightNow: .exampleRed),
          Difference(
            code: UnitCode("1107"), name: "Pilecentret 4", balanceBefore: nil, balanceNow: Money(kroner: 12_400),
            lightBefore: nil, lightNow: .exampleGreen),
        ])
  }
}

extension Round.Input {
  static let mock = Round.Input(
    importID: 3, kind: .ledger, fileName: "finans-2025.csv", contentHash: "3b0c", recordCount: 1_004_210)
}

extension RoundMakeModel {
  /// The form as it is first met.
  static let mockForm = make(.form, values: Values(year: "2025", kind: "preliminary"), errors: [])
  /// The form when something is missing.
  static let mockErrors = make(
    .form, values: Values(year: "", kind: ""),
    errors: [
      ErrorSummary.Item(field: "year", Words("Vælg et år", en: "Choose a year")),
      ErrorSummary.Item(field: "kind", Words("Vælg, om den er foreløbig eller endelig", en: "Choose a kind")),
    ])
  /// The choice, read back.
  static let mockReadBack = makeReadBack(isChanged: false)
  /// The choice, read back once more because the files have changed.
  static let mockChanged = makeReadBack(isChanged: true)

  private static func makeReadBack(isChanged: Bool) -> RoundMakeModel {
    make(
      .readBack(
        ReadBack(
          year: 2025, isFinal: true, number: 3, modelName: Words(same: "Randersmodellen 2.0"), unitCount: 210,
          ledgerLines: 1_004_210, inputs: RoundShowModel.mock.inputs,
          remarks: [
            Words("1 enhed har intet budget og får ingen indikator.", en: "1 unit has no budget and no light.")
          ], inputsHash: "9c56cc51b374c3ba", isChanged: isChanged)),
      values: Values(year: "2025", kind: "final"), errors: [])
  }

  private static func make(_ step: Step, values: Values, errors: [ErrorSummary.Item]) -> RoundMakeModel {
    RoundMakeModel(step: step, years: [2025, 2024], values: values, errors: errors, token: "2f7a90", key: "k")
  }
}
