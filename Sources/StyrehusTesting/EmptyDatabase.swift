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
}
