public import Database
import DatabaseSQLite
import Economy
import Foundation
import Register
import SteeringCore

/// A database that is open and up to date, and the municipality in it.
public struct Installation: Sendable {
  /// The database.
  public let database: any MunicipalDatabase
  /// The municipality.
  public let tenant: Tenant

  /// The municipality of an installation that holds one.
  public static let onlyTenant = Tenant(key: "municipality")
  /// Where the database is when nobody says.
  static let standardPlace = "sqlite:styrehus.sqlite"

  /// An installation on an open database, whose tables are brought up to date. Throws `DatabaseError`.
  public init(on database: any MunicipalDatabase) async throws {
    self.database = database
    tenant = Self.onlyTenant
    _ = try await MigrationRunner(Capabilities.migrations).run(on: database, now: Self.now)
  }

  /// Opens the database of an address such as `sqlite:PATH`; without one that of the environment's
  /// `STYREHUS_DATABASE`, or `styrehus.sqlite` in the current folder. Throws `DatabaseError`.
  static func open(_ address: String?) async throws -> Installation {
    let database = try openUnprepared(address)
    do {
      return try await Installation(on: database)
    } catch {
      try await database.close()
      throw error
    }
  }

  /// Opens the database of an address without looking at its tables.
  static func openUnprepared(_ address: String?) throws -> any MunicipalDatabase {
    try SQLiteDatabase.open(path: try path(address))
  }

  /// The file of the embedded database that an address names. Throws where it names none.
  static func path(_ address: String?) throws -> String {
    let place = address ?? ProcessInfo.processInfo.environment["STYREHUS_DATABASE"] ?? standardPlace
    guard place.hasPrefix("sqlite:"), place.count > 7 else {
      throw DatabaseError(
        .unavailable, Words("Databasen »\(place)« kendes ikke.", en: "The database »\(place)« is not known."),
        remedy: Words("Skriv sqlite: og en sti.", en: "Write sqlite: and a path."))
    }
    return String(place.dropFirst(7))
  }

  /// The time, in whole seconds since 1 January 1970 UTC.
  @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }

  /// The day, in UTC.
  @Sendable static func today() -> CalendarDate { CalendarDate(secondsSince1970: now()) }

  /// What is wrong with the data, in words; empty where all is well: the file's structure and the sums of what was
  /// imported against what was recorded.
  func problems() async throws -> [String] { try await database.integrityProblems(.quick) }
}
