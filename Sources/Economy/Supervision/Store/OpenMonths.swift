public import Database
import Ledger
public import SteeringCore
public import SurfaceKit

/// A unit's month that nobody has signed.
public struct OpenMonth: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// Its name.
  public let name: String
  /// The month in words.
  public let month: Words
  /// The last day in time.
  public let due: CalendarDate
  /// Where it is signed.
  public let address: Address
}

extension SupervisionCapability {
  /// The newest month of the running year, and the one before, for every unit that has not signed it; none that is
  /// frozen. Still earlier months are not asked for again: a newer one says what the year comes to.
  public static func openMonths(
    _ connection: any DatabaseConnection, _ reader: ClosingReader, on day: CalendarDate
  ) throws -> [OpenMonth] {
    guard let (year, _) = try reader.shelf.forecasts(connection, on: day), let newest = year.newest else { return [] }
    let store = SupervisionStore(connection: connection)
    let frozen = try store.frozen(year.year)
    let signed = try store.signOffs(year.year)
    let months = [SupervisionMonth(year.year, newest.month - 1), newest].compactMap { $0 }
      .filter { !frozen.contains($0.month) }
    return months.flatMap { month in
      year.units.values.filter { facts in
        signed[month]?[facts.budget.unit] == nil && (facts.budget.pay != .zero || facts.budget.other != .zero)
      }.sorted { $0.budget.unit < $1.budget.unit }.map { facts in
        OpenMonth(
          unit: facts.budget.unit, name: facts.budget.name, month: SupervisionTexts.heading(month),
          due: month.due(onDay: SupervisionDesk.dueDay), address: SupervisionAddress.unit(facts.budget.unit, month))
      }
    }
  }

  /// The oldest year that is over, has a budget and a ledger, and is not closed for good; nil where none is.
  public static func unclosedYear(_ connection: any DatabaseConnection, on day: CalendarDate) throws -> FiscalYear? {
    try RunningYear.unclosed(connection).first { $0.lastDay < day }
  }
}
