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
  /// The newest month of the running year, for every unit that has not signed it; empty where it is frozen. Earlier
  /// months are not asked for again: the newest says what the year comes to.
  public static func openMonths(_ connection: any DatabaseConnection, _ reader: ClosingReader) throws -> [OpenMonth] {
    guard let (year, _) = try reader.shelf.forecasts(connection), let month = year.newest else { return [] }
    let store = SupervisionStore(connection: connection)
    if try store.frozen(year.year).contains(month.month) { return [] }
    let signed = try store.signOffs(year.year)[month] ?? [:]
    return year.units.values.filter { facts in
      signed[facts.budget.unit] == nil && (facts.budget.pay != .zero || facts.budget.other != .zero)
    }.sorted { $0.budget.unit < $1.budget.unit }.map { facts in
      OpenMonth(
        unit: facts.budget.unit, name: facts.budget.name, month: SupervisionTexts.heading(month),
        due: month.due(onDay: SupervisionDesk.dueDay), address: SupervisionAddress.unit(facts.budget.unit, month))
    }
  }

  /// The year that is over and not closed for good; nil where none is.
  public static func unclosedYear(
    _ connection: any DatabaseConnection, _ reader: ClosingReader, on day: CalendarDate
  ) throws -> FiscalYear? {
    try reader.shelf.forecasts(connection).flatMap { $0.year.year.lastDay < day ? $0.year.year : nil }
  }
}
