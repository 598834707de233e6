import Database
import SteeringCore

/// What Styrehus expects of the units' running year, learned from the years that are closed for good.
struct YearForecasts: Sendable {
  private let forecaster: Forecaster

  /// Forecasts after so many months. Throws `DatabaseError`.
  init(_ connection: any DatabaseConnection, _ running: RunningYear, known: Int) throws {
    let past = try WholeYears.unitYears(connection).filter { $0.year < running.year }
    let now = running.units.values.map { UnitYear($0, running.year) }
    do {
      forecaster = Forecaster(try ForecastBooks(periods: 12, past + now), of: running.year, known: known)
    } catch {
      throw DatabaseError.misuse("the years of the closings do not make books: \(error)")
    }
  }

  /// The forecast of a unit.
  func forecast(_ unit: UnitCode) -> ForecastAnswer { forecaster.forecast(unit) }
}
