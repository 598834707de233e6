import Foundation
import StyrehusTesting
import Testing

@testable import Database
@testable import StyrehusApp

/// What keeping the municipalities apart, and spreading them over several servers, asks of the tables.
@Suite("The keys of every table")
struct KeyTests {
  /// The names of the product's tables.
  private static func tables(_ connection: any DatabaseConnection) throws -> [String] {
    try TableShape.all(connection).map(\.name)
  }

  @Test(
    "The municipality stands first in every primary key, and every table has one", arguments: TestedDatabase.allCases)
  func primaryKeys(on tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(Capabilities.migrations, on: tested) { database in
      let shapes = try await database.readAcrossTenants { try TableShape.all($0) }
      #expect(shapes.count >= 17)
      for shape in shapes {
        #expect(shape.columns.first { $0.keyPlace == 1 }?.name == "tenant", "\(shape.name)")
      }
    }
  }

  @Test("The municipality stands first in every index and in every reference", arguments: TestedDatabase.allCases)
  func indexesAndReferences(on tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(Capabilities.migrations, on: tested) { database in
      let isSQLite = database.dialect == .sqlite
      let found = try await database.readAcrossTenants { connection in
        let rows =
          try connection.rows(isSQLite ? Self.indexesInSQLite : Self.indexesInPostgres)
          + connection.rows(isSQLite ? Self.referencesInSQLite : Self.referencesInPostgres)
        return try rows.map { row in try ["table_name", "part", "first", "other"].map { try row.text($0) } }
      }
      #expect(found.count >= 17)
      for part in found { #expect(part[2] == "tenant" && part[3] == "tenant", "\(part)") }
    }
  }

  @Test("No key is a number that one server would have to hand out for all")
  func noSequences() {
    for migration in Capabilities.migrations {
      #expect(!migration.statements.contains { $0.contains("{identity}") }, "\(migration)")
    }
  }

  @Test("The manual spreads every table over the servers, by the municipality, and no other table")
  func spread() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let manual = try String(contentsOf: root.appending(path: "docs/operating-postgresql.md"), encoding: .utf8)
    let spread = manual.matches(of: #/create_distributed_table\('(\w+)', 'tenant'(, colocate_with => '(\w+)')?\)/#)
    let tables = try await EmptyDatabase.with(Capabilities.migrations) { database in
      try await database.readAcrossTenants(Self.tables)
    }
    #expect(spread.map { String($0.output.1) }.sorted() == tables.sorted())
    // The first one founds the group, the others join it, so that a municipality's rows lie on one server.
    let first = try #require(spread.first)
    #expect(first.output.3 == nil)
    #expect(spread.dropFirst().allSatisfy { $0.output.3 == first.output.1 })
    // Those that others refer to come first.
    let made = try Capabilities.migrations.flatMap(\.statements).map { try SQLStatement($0).table }
    let order = spread.compactMap { made.firstIndex(of: String($0.output.1)) }
    #expect(order == order.sorted())
  }
}

extension KeyTests {
  private static let indexesInSQLite = """
    SELECT t.name AS table_name, i.name AS part, c.name AS first, 'tenant' AS other
    FROM sqlite_master AS t JOIN pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
    WHERE t.type = 'table' AND t.name <> 'styrehus_migration' AND substr(t.name, 1, 7) <> 'sqlite_' AND c.seqno = 0
    """

  private static let indexesInPostgres = """
    SELECT t.relname::text AS table_name, i.indexrelid::regclass::text AS part, c.attname::text AS first,
      'tenant' AS other
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = i.indkey[0]
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> 'styrehus_migration'
    """

  private static let referencesInSQLite = """
    SELECT t.name AS table_name, r."table" AS part, r."from" AS first, r."to" AS other
    FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS r WHERE t.type = 'table' AND r.seq = 0
    """

  private static let referencesInPostgres = """
    SELECT r.conrelid::regclass::text AS table_name, r.confrelid::regclass::text AS part, c.attname::text AS first,
      o.attname::text AS other
    FROM pg_constraint r JOIN pg_attribute c ON c.attrelid = r.conrelid AND c.attnum = r.conkey[1]
    JOIN pg_attribute o ON o.attrelid = r.confrelid AND o.attnum = r.confkey[1]
    WHERE r.contype = 'f' AND r.connamespace = current_schema()::regnamespace
    """
}
