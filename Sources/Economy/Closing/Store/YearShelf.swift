import Database
import SteeringCore
import Synchronization

/// The running year and its forecasts, kept so that a page does not reckon the same anew. What they are made of (which
/// files count, which rounds are final) is the key, so the shelf can never be out of date; and each server may have its
/// own.
final class YearShelf: Sendable {
  private struct Kept: Sendable {
    let key: [Int64]
    let year: RunningYear
    var forecasts: [Int: YearForecasts] = [:]
  }

  private let kept = Mutex<Kept?>(nil)

  /// The running year of a day, and its forecasts after so many months: the newest, or the one that is named. Nil where
  /// no year is running. Throws `DatabaseError`.
  func forecasts(
    _ connection: any DatabaseConnection, on day: CalendarDate, known: Int? = nil
  ) throws -> (year: RunningYear, forecasts: YearForecasts)? {
    let key = try [Int64(day.year), Int64(day.month)] + RunningYear.key(connection)
    if let found = kept.withLock({ $0?.key == key ? $0 : nil }) {
      let months = known ?? found.year.lastMonth
      if let forecasts = found.forecasts[months] { return (found.year, forecasts) }
      return (found.year, try keep(connection, key, found.year, months))
    }
    guard let year = try RunningYear(connection, on: day) else { return nil }
    return (year, try keep(connection, key, year, known ?? year.lastMonth))
  }

  private func keep(
    _ connection: any DatabaseConnection, _ key: [Int64], _ year: RunningYear, _ known: Int
  ) throws -> YearForecasts {
    let forecasts = try YearForecasts(connection, year, known: known)
    kept.withLock { kept in
      if kept?.key != key { kept = Kept(key: key, year: year) }
      kept?.forecasts[known] = forecasts
    }
    return forecasts
  }
}

extension RunningYear {
  /// What it and its forecasts are made of: the files that count, and the rounds. Files and rounds are never changed.
  static func key(_ connection: any DatabaseConnection) throws -> [Int64] {
    let files = try ImportStore(connection).current().map(\.id)
    let rounds = try connection.rows(
      "SELECT fiscal_year, number, status FROM closing_round WHERE tenant = :tenant ORDER BY fiscal_year, number", [:])
    return try files + [-1]
      + rounds.flatMap { row in
        [try row.integer("fiscal_year"), try row.integer("number"), try row.text("status") == "final" ? 1 : 0]
      }
  }
}
