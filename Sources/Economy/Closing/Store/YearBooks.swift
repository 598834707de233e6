import Database
import Ledger
import RuleKit
import SteeringCore

/// How a year's units ended in the round that stands for it.
struct EarlierRound {
  /// A unit's name and balance.
  typealias End = (name: String, balance: Money)

  let id: Round.ID
  let ends: [UnitCode: End]
}

/// What the database knows about a year: the files that count, and the facts of every unit made from them.
struct YearBooks {
  let year: FiscalYear
  let files: [ImportedFile]
  let carriedFrom: Round.ID?
  /// The units that budget and carry-over file carry in with different amounts; the budget's counts.
  let carriedInTwice: [CarriedInTwice]
  /// The units that no file of the year knows, here because of the balance they ended the year before with.
  let admitted: [UnitCode]
  let facts: [UnitFacts]
  let totals: ClosingTotals

  /// The files of the year that count now, and the accounts.
  static func files(_ store: ImportStore, _ year: FiscalYear) throws -> [ImportedFile] {
    try store.current().filter { $0.year == year || $0.kind == .accounts }
  }

  /// Gathers the facts from some files; the accounts among them sort both the postings and a budget by account, however
  /// much later they were imported. `earlier` gives the balances of the round before, for units whose files say
  /// nothing about what they carry in. Where no file of the year says what anyone carries in, a unit that no file knows
  /// is let in with budget 0 if it ended with a balance: money and debt do not vanish between two years.
  /// Where the files do say it, they also say where the balance of a unit that is gone has moved to.
  static func gather(
    _ store: ImportStore, _ year: FiscalYear, _ files: [ImportedFile],
    earlier: EarlierRound?
  ) throws -> YearBooks {
    func last(_ kind: FileKind) -> ImportedFile? { files.last { $0.kind == kind } }
    let mapping = try store.mapping(last(.accounts)?.id)
    var rows = try last(.budget).map { try store.budget($0.id, by: mapping) } ?? []
    let carried = try last(.carryOver).map { try store.carryOver($0.id) } ?? [:]
    let plans = try last(.plans).map { try store.plans($0) } ?? [:]
    let ledgers = files.filter { $0.kind == .ledger }
    let spent = try SpentByUnit(store, ledgers, mapping)
    var known = Set(rows.map(\.unit))
    for unit in (spent.actuals.keys.sorted() + carried.keys.sorted()) where known.insert(unit).inserted {
      rows.append(BudgetRow(unit: unit, name: unit.text, pay: .zero, other: .zero, line: 0))
    }
    let ends = earlier?.ends ?? [:]
    let filesSay = !carried.isEmpty || rows.contains { $0.carriedIn != nil }
    let gone = ends.filter { $1.balance != .zero && !known.contains($0) }.keys.sorted()
    let admitted = filesSay ? [] : gone
    for unit in admitted {
      rows.append(BudgetRow(unit: unit, name: ends[unit]?.name ?? unit.text, pay: .zero, other: .zero, line: 0))
    }
    let facts = rows.map { row in
      UnitFacts(
        budget: row, file: carried[row.unit], earlierRound: ends[row.unit]?.balance,
        actuals: spent.actuals[row.unit] ?? .none, plans: plans[row.unit] ?? [])
    }
    let usesEarlier = facts.contains { $0.carriedInFrom == .earlierRound }
    return YearBooks(
      year: year, files: files, carriedFrom: usesEarlier ? earlier?.id : nil,
      carriedInTwice: CarriedInTwice.all(rows, carried), admitted: admitted, facts: facts,
      totals: try totals(spent, ledgers))
  }

  private static func totals(_ spent: SpentByUnit, _ ledgers: [ImportedFile]) throws -> ClosingTotals {
    var totals = ClosingTotals()
    totals.inside = spent.inside
    totals.outside = spent.outside
    for file in ledgers {
      guard let all = Money(ore: totals.all.ore).adding(Money(ore: file.sumOre)),
        let ignored = Money(ore: totals.ignored.ore).adding(Money(ore: file.outsideYear.ore))
      else { throw ClosingOverflow(unit: UnitCode("")) }
      totals.all = .init(lines: totals.all.lines + file.recordCount, ore: all.ore)
      totals.ignored = .init(lines: totals.ignored.lines + file.outsideYear.lines, ore: ignored.ore)
    }
    return totals
  }
}

/// The sums by account of a year's ledgers, sorted into pay, other and outside.
struct SpentByUnit {
  private(set) var actuals: [UnitCode: UnitActuals] = [:]
  private(set) var inside = ClosingSums.Tally()
  private(set) var outside = ClosingSums.Tally()

  /// Sorts the sums. Throws `ClosingOverflow` where those of a unit, their signs dropped, do not add up within 64
  /// bits: its pages show any of them together.
  init(_ store: ImportStore, _ ledgers: [ImportedFile], _ mapping: AccountMapping) throws {
    var sizes: [UnitCode: Int128] = [:]
    for ledger in ledgers {
      try store.forEachUnit(ledger.id) { packet in
        let unit = UnitCode(packet.unit)
        var months = actuals[unit] ?? .none
        var isOfYear = false
        var size = sizes[unit] ?? 0
        try packet.forEachSumOfYear(by: mapping) { sum, category in
          isOfYear = true
          try months.add(sum, as: category)
          if category == .outside { try outside.add(sum) } else { try inside.add(sum) }
          size += Int128(sum.sumOre.magnitude)
        }
        guard size <= Int128(Int64.max) else { throw ClosingOverflow(unit: unit) }
        sizes[unit] = size
        if isOfYear { actuals[unit] = months }
      }
    }
  }
}

extension UnitActuals {
  fileprivate mutating func add(_ sum: AccountMonthSum, as category: AccountCategory) throws {
    switch category {
    case .pay: try Self.add(sum, to: &pay)
    case .other: try Self.add(sum, to: &other)
    case .outside: try Self.add(sum, to: &outside)
    }
  }

  private static func add(_ sum: AccountMonthSum, to months: inout [Int64]) throws {
    let (total, overflow) = months[sum.month - 1].addingReportingOverflow(sum.sumOre)
    guard !overflow else { throw ClosingOverflow(unit: UnitCode(sum.unit)) }
    months[sum.month - 1] = total
  }
}

extension ClosingSums.Tally {
  fileprivate mutating func add(_ sum: AccountMonthSum) throws {
    let (total, overflow) = ore.addingReportingOverflow(sum.sumOre)
    guard !overflow else { throw ClosingOverflow(unit: UnitCode(sum.unit)) }
    let (count, tooMany) = lines.addingReportingOverflow(sum.count)
    guard !tooMany else { throw ClosingOverflow(unit: UnitCode(sum.unit)) }
    self = .init(lines: count, ore: total)
  }
}
