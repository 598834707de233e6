import Database
import Foundation
import StyrehusTesting
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
func emptyStore(on tested: TestedDatabase) async throws -> any MunicipalDatabase {
  try await EmptyDatabase.open(roundTables, on: tested)
}

/// Makes the tables.
func prepare(_ database: some MunicipalDatabase) async throws {
  _ = try await MigrationRunner(roundTables).run(on: database, now: { 1_700_000_000 })
}

/// The names of all tables.
func tables(of database: any MunicipalDatabase) async throws -> [String] {
  let sql =
    database.dialect == .sqlite
    ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    : "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
  return try await database.readAcrossTenants { try $0.rows(sql).map { try $0.text("name") } }
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

extension DatabaseError {
  /// The rule that was broken, where it was one.
  var rule: Rule? {
    guard case .constraint(let rule, _) = kind else { return nil }
    return rule
  }
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
