public import Database
import DatabasePostgres
import DatabaseSQLite

/// An empty database for a test: temporary, with the tables of the given migrations, closed and gone afterwards.
public enum EmptyDatabase {
  /// A municipality that exists nowhere.
  public static let tenant = Tenant(key: "egelund")
  /// Another one, for tests that look for what reaches over.
  public static let otherTenant = Tenant(key: "granby")

  /// Opens a database and makes its tables. It is gone when nobody uses it any longer.
  public static func open(
    _ migrations: [Migration] = [], on tested: TestedDatabase = .standard
  ) async throws -> any MunicipalDatabase {
    let database: any MunicipalDatabase =
      switch tested {
      case .sqlite: try SQLiteDatabase.temporary()
      case .postgres: try await ThrowawayPostgres.shared.open()
      }
    do {
      _ = try await MigrationRunner(migrations).run(on: database, now: { 1_750_000_000 })
      return database
    } catch {
      try? await database.close()
      throw error
    }
  }

  /// Opens a database, makes its tables, lends it to the body and closes it, also where the body throws.
  public static func with<T: Sendable>(
    _ migrations: [Migration], on tested: TestedDatabase = .standard, _ body: (any MunicipalDatabase) async throws -> T
  ) async throws -> T {
    let database = try await open(migrations, on: tested)
    return try await database.closing { try await body(database) }
  }

  /// Two servers' ways to one database: on PostgreSQL two that know nothing of each other, on SQLite, where one process
  /// serves, the same one twice. Closed afterwards.
  public static func withTwoServers<T: Sendable>(
    _ migrations: [Migration], on tested: TestedDatabase, _ body: ([any MunicipalDatabase]) async throws -> T
  ) async throws -> T {
    guard tested == .postgres else {
      return try await with(migrations, on: tested) { try await body([$0, $0]) }
    }
    let schema = try ThrowawayPostgres.shared.newSchema()
    let one = try await ThrowawayPostgres.shared.open(at: schema)
    return try await one.closing {
      let other = try await PostgresDatabase.open(schema.address, limits: .forTests)
      return try await other.closing {
        _ = try await MigrationRunner(migrations).run(on: one, now: { 1_750_000_000 })
        return try await body([one, other])
      }
    }
  }
}
