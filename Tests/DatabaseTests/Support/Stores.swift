import Database
import DatabaseSQLite
import Foundation
import Testing

/// Two municipalities that exist nowhere.
let eastern = Tenant(key: "oesterby")
let western = Tenant(key: "vesterby")

/// The tables of these tests: a small one with every kind of rule, and one with every kind of value.
let roundTables = [
  Migration(
    capability: "rounds", number: 1, name: "rounds",
    statements: [
      """
      CREATE TABLE round (
        tenant {text} NOT NULL, number {integer} NOT NULL, title {text} NOT NULL,
        result {integer} CONSTRAINT plausible CHECK (result > -1000000), final {boolean} NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant, number)
      ) {keyed}
      """,
      """
      CREATE TABLE remark (
        id {identity}, tenant {text} NOT NULL, round {integer} NOT NULL, words {text} NOT NULL, file {blob},
        FOREIGN KEY (tenant, round) REFERENCES round (tenant, number)
      ) {strict}
      """,
    ])
]

/// An empty database with the tables.
func emptyStore() async throws -> SQLiteDatabase {
  let database = try SQLiteDatabase.temporary()
  try await prepare(database)
  return database
}

/// Makes the tables.
func prepare(_ database: SQLiteDatabase) async throws {
  _ = try await MigrationRunner(roundTables).run(on: database, now: { 1_700_000_000 })
}

/// A folder for a test's files, removed at its end.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "styrehus-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A file in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// What the work threw, where it was one of the database's errors; else a failure of the test.
func databaseError(
  sourceLocation: SourceLocation = #_sourceLocation, from work: () async throws -> some Sendable
) async -> DatabaseError? {
  do {
    _ = try await work()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as DatabaseError {
    return error
  } catch {
    Issue.record("another error: \(error)", sourceLocation: sourceLocation)
  }
  return nil
}

extension MunicipalDatabase {
  /// Adds a round.
  func addRound(_ number: Int64, _ title: String = "Foreløbig", for tenant: Tenant) async throws {
    try await write(tenant) { connection in
      _ = try connection.run(insertRound, ["number": .integer(number), "title": .text(title)])
    }
  }

  /// The titles of a municipality's rounds, by number.
  func titles(of tenant: Tenant) async throws -> [String] {
    try await read(tenant) { connection in
      try connection.rows("SELECT title FROM round WHERE tenant = :tenant ORDER BY number").map { try $0.text("title") }
    }
  }
}

/// Adds a round of the municipality.
let insertRound = "INSERT INTO round (tenant, number, title) VALUES (:tenant, :number, :title)"
