public import Database
import DatabaseSQLite

/// An empty database for a test: temporary, with the tables of the given migrations, closed and gone afterwards.
public enum EmptyDatabase {
  /// A municipality that exists nowhere.
  public static let tenant = Tenant(key: "egelund")
  /// Another one, for tests that look for what reaches over.
  public static let otherTenant = Tenant(key: "granby")

  /// Opens a database, makes its tables, lends it to the body and closes it, also where the body throws.
  public static func with<T: Sendable>(
    _ migrations: [Migration], _ body: (any MunicipalDatabase) async throws -> T
  ) async throws -> T {
    let database = try SQLiteDatabase.temporary()
    do {
      _ = try await MigrationRunner(migrations).run(on: database, now: { 1_750_000_000 })
      let result = try await body(database)
      try await database.close()
      return result
    } catch {
      try? await database.close()
      throw error
    }
  }
}
