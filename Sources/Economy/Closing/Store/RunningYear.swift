import Database
import Ledger
import SteeringCore

/// The year that is running: the newest with a budget and a ledger that no final closing has ended, and of which some
/// month is over.
struct RunningYear: Sendable {
  let year: FiscalYear
  /// The newest month that is over and that anything is posted in, or in a later one; 1...12.
  let lastMonth: Int
  /// What is known about each unit.
  let units: [UnitCode: UnitFacts]
  /// The ledgers, and those of the year before.
  let ledgers: [ImportedFile]
  let ledgersBefore: [ImportedFile]

  /// The newest month of a year that is over on a day; 0 for a year that no month of is.
  static func monthsOver(_ year: FiscalYear, on day: CalendarDate) -> Int {
    day.year > year.number ? 12 : day.year == year.number ? day.month - 1 : 0
  }

  /// The years with a budget and a ledger that no final closing has ended, ascending.
  static func unclosed(_ connection: any DatabaseConnection) throws -> [FiscalYear] {
    unclosed(try RoundStore(connection: connection).rounds(), try ImportStore(connection).current())
  }

  private static func unclosed(_ rounds: [Round], _ current: [ImportedFile]) -> [FiscalYear] {
    let closed = Set(rounds.filter { $0.status == .final }.map(\.id.year))
    func years(_ kind: FileKind) -> Set<FiscalYear> { Set(current.filter { $0.kind == kind }.compactMap(\.year)) }
    return years(.budget).intersection(years(.ledger)).subtracting(closed).sorted()
  }

  /// Reads it as of a day; nil where no year is running, or nothing is posted in it.
  init?(_ connection: any DatabaseConnection, on day: CalendarDate) throws {
    let imports = ImportStore(connection)
    let rounds = try RoundStore(connection: connection).rounds()
    let current = try imports.current()
    guard let year = Self.unclosed(rounds, current).last(where: { Self.monthsOver($0, on: day) > 0 }) else {
      return nil
    }
    let before = rounds.standing.first { $0.id.year.number == year.number - 1 }
    let earlier = try before.map { try RoundStore(connection: connection).ends($0.id) }
    let books = try YearBooks.gather(imports, year, try YearBooks.files(imports, year), earlier: earlier)
    let months = books.facts.map { $0.actuals.lastMonth }.max() ?? 0
    guard months > 0 else { return nil }
    self.year = year
    // What is posted ahead of its time does not make a month go by.
    lastMonth = min(months, Self.monthsOver(year, on: day))
    units = Dictionary(books.facts.map { ($0.budget.unit, $0) }) { first, _ in first }
    ledgers = books.files.filter { $0.kind == .ledger }
    ledgersBefore = current.filter { $0.kind == .ledger && $0.year?.number == year.number - 1 }
  }
}

extension UnitActuals {
  /// The newest month with postings inside; 0 without any.
  fileprivate var lastMonth: Int { (1...12).last { pay[$0 - 1] != 0 || other[$0 - 1] != 0 } ?? 0 }

  /// What was spent on pay from January to a month.
  func pay(to month: Int) -> Money { Self.sum(pay, to: month) }
  /// The same of other operations.
  func other(to month: Int) -> Money { Self.sum(other, to: month) }
  /// Both.
  func spent(to month: Int) -> Money { pay(to: month).adding(other(to: month)) ?? .zero }

  private static func sum(_ months: [Int64], to month: Int) -> Money {
    Money(ore: Int64(exactly: months.prefix(month).reduce(Int128(0)) { $0 + Int128($1) }) ?? 0)
  }
}
