import Foundation
import StyrehusTesting
import Testing

@testable import Database
@testable import StyrehusApp

/// A municipality can neither read nor change another one's rows, whatever a statement says, in any table there is.
@Suite("The municipalities of one database")
struct IsolationTests {
  /// Statements that name the municipality and yet would show others' rows: each with a column `tenant`.
  private static let readings = [
    "SELECT tenant FROM {t} WHERE :tenant = :tenant",
    "SELECT b.tenant AS tenant FROM {t} AS a CROSS JOIN {t} AS b WHERE a.tenant = :tenant",
    "SELECT b.tenant AS tenant FROM {t} AS a LEFT JOIN {t} AS b ON b.tenant <> a.tenant WHERE a.tenant = :tenant",
    "SELECT (SELECT MAX(tenant) FROM {t}) AS tenant WHERE :tenant <> ''",
    "WITH x AS (SELECT tenant FROM {t}) SELECT tenant FROM x WHERE :tenant <> ''",
    "SELECT tenant FROM {t} WHERE tenant = :tenant UNION SELECT tenant FROM {t}",
    "SELECT tenant FROM {t} WHERE tenant = :tenant OR 1 = 1",
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM {t} WHERE tenant = 'granby') THEN 'granby' ELSE :tenant END AS tenant",
    "SELECT MAX(tenant) OVER () AS tenant FROM \"{t}\" AS \"main table\" WHERE :tenant <> ''",
  ]

  /// Which municipalities a statement shows.
  private static func seen(
    _ sql: String, in table: FilledTable, _ connection: any DatabaseConnection,
    _ bindings: [String: DatabaseValue] = [:]
  ) throws -> Set<String> {
    Set(
      try connection.rows(sql.replacing("{t}", with: table.shape.name), bindings).compactMap {
        try $0.optionalText("tenant")
      })
  }

  @Test("No reading shows another one's rows", arguments: TestedDatabase.allCases)
  func reading(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      for table in towns.tables {
        for sql in Self.readings {
          let byReader = try await towns.database.read(towns.own) { try Self.seen(sql, in: table, $0) }
          let byWriter = try await towns.database.write(towns.own) { try Self.seen(sql, in: table, $0) }
          #expect(byReader.isSubset(of: [towns.own.key]), "\(table): \(sql)")
          #expect(byWriter.isSubset(of: [towns.own.key]), "\(table): \(sql)")
          // The same across the municipalities, where nothing is kept apart, shows them: the trick is one.
          let across = try await towns.database.readAcrossTenants {
            try Self.seen(sql, in: table, $0, ["tenant": .text(towns.own.key)])
          }
          #expect(across.contains(towns.other.key), "\(table): \(sql)")
        }
      }
    }
  }

  @Test("No change reaches another one's rows", arguments: TestedDatabase.allCases)
  func changing(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      let before = try await towns.othersRows()
      #expect(before.count == towns.tables.count * 2)
      // Those that refer to others go first.
      for table in towns.tables.reversed() {
        for trick in try Self.changes(of: table) {
          let changed = try await towns.database.write(towns.own) { try $0.run(trick.sql, trick.values) }
          #expect(changed <= trick.ownRows, "\(table): \(trick.sql)")
          #expect(try await towns.othersRows() == before, "\(table): \(trick.sql)")
        }
      }
      let left = try await towns.database.readAcrossTenants { connection in
        try towns.tables.map { try $0.count(of: towns.own, connection) }
      }
      #expect(left.allSatisfy { $0 == 0 }, "its own rows could be removed")
    }
  }

  @Test("Across the municipalities the same changes reach all rows", arguments: TestedDatabase.allCases)
  func planted(on tested: TestedDatabase) async throws {
    struct Back: Error {}
    try await TwoTowns.with(on: tested) { towns in
      for table in towns.tables.reversed() {
        for trick in try Self.changes(of: table) where trick.reachesOver {
          await #expect(throws: Back.self, "\(table): \(trick.sql)") {
            try await towns.database.writeAcrossTenants { connection in
              // Rows that refer to these would keep them.
              for child in towns.tables.reversed().prefix(while: { $0.shape.name != table.shape.name }) {
                try connection.run("DELETE FROM \(child.shape.name)")
              }
              let changed = try connection.run(
                trick.sql, trick.values.merging(["tenant": .text(towns.own.key)]) { given, _ in given })
              #expect(changed > trick.ownRows, "\(table): \(trick.sql)")
              throw Back()
            }
          }
        }
      }
    }
  }

  @Test("No row can be given to another one", arguments: TestedDatabase.allCases)
  func giving(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      let before = try await towns.othersRows()
      for table in towns.tables {
        let key = table.key.joined(separator: ", ")
        let set = table.change.map { "DO UPDATE SET \($0.column) = excluded.\($0.column)" } ?? "DO NOTHING"
        let statements: [(String, Int64)] = [
          (table.insertion(tenant: "substr('granby' || :tenant, 1, 6)"), 3),
          (table.insertion(tenant: "substr('granby' || :tenant, 1, 6)"), 1),
          (table.insertion(tenant: "substr('granby' || :tenant, 1, 6)", suffix: "ON CONFLICT (\(key)) \(set)"), 1),
        ]
        for (sql, number) in statements {
          let error = await Self.refusal {
            try await towns.database.write(towns.own) { try $0.run(sql, table.row(number)) }
          }
          #expect(error?.kind == .misuse, "\(table): \(sql) \(String(describing: error))")
        }
        let moving = "UPDATE \(table.shape.name) SET tenant = 'granby' WHERE tenant = :tenant"
        let error = await Self.refusal { try await towns.database.write(towns.own) { try $0.run(moving) } }
        #expect(error?.kind == .misuse, "\(table): \(String(describing: error))")
        #expect(try await towns.othersRows() == before, "\(table)")
      }
    }
  }

  /// Statements that would lead past what keeps the municipalities apart.
  private static let ways = [
    "SELECT tenant FROM main.closing_round WHERE :tenant <> ''",
    "SELECT tenant FROM \"main\".closing_round WHERE :tenant <> ''",
    "SELECT tenant FROM 'main' . closing_round WHERE :tenant <> ''",
    "SELECT tenant FROM [main].closing_round WHERE :tenant <> ''",
    "SELECT tenant FROM `main`.closing_round WHERE :tenant <> ''",
    "SELECT tenant FROM closing_round, temp.sqlite_master WHERE :tenant <> ''",
    "SELECT set_config('styrehus.tenant', '*', true) AS tenant FROM closing_round WHERE :tenant <> ''",
    "SELECT name AS tenant FROM pragma_table_info('closing_round') WHERE :tenant <> ''",
    "UPDATE main.closing_round SET status = 'final' WHERE :tenant <> ''",
    "INSERT OR REPLACE INTO closing_round SELECT * FROM closing_round WHERE :tenant <> ''",
    "SET LOCAL styrehus.tenant = '*'", "PRAGMA writable_schema = ON /* :tenant */",
    "DROP VIEW closing_round /* :tenant */",
  ]

  @Test(
    "Nothing that is there for work across the municipalities can be used by one", arguments: TestedDatabase.allCases)
  func ways(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      let before = try await towns.othersRows()
      for sql in Self.ways {
        let reading = await Self.refusal { try await towns.database.write(towns.own) { try $0.rows(sql).count } }
        let writing = await Self.refusal { try await towns.database.write(towns.own) { try $0.run(sql) } }
        #expect(reading != nil && writing != nil, "\(sql)")
        #expect(try await towns.othersRows() == before, "\(sql)")
      }
    }
  }

  @Test("What is nobody's is not for a municipality", arguments: TestedDatabase.allCases)
  func nobodys(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      let steps = "SELECT COUNT(*) AS n FROM styrehus_migration WHERE :tenant <> ''"
      #expect(try await towns.database.read(towns.own) { try $0.row(steps)?.integer("n") } == 0)
      let removing = "DELETE FROM styrehus_migration WHERE :tenant <> ''"
      #expect(try await towns.database.write(towns.own) { try $0.run(removing) } == 0)
      let count = "SELECT COUNT(*) AS n FROM styrehus_migration"
      let there = try await towns.database.readAcrossTenants { try $0.row(count)?.integer("n") }
      #expect(there == Int64(Capabilities.migrations.count))
    }
  }

  @Test("The municipalities are listed from the tables", arguments: TestedDatabase.allCases)
  func listed(on tested: TestedDatabase) async throws {
    try await TwoTowns.with(on: tested) { towns in
      #expect(try await towns.database.tenants() == [towns.own, towns.other])
      // One that has a row in the last table alone.
      let last = try #require(towns.tables.last)
      _ = try await towns.database.write(Tenant(key: "aaby")) {
        try $0.run(last.insertion(tenant: ":tenant"), last.row(1))
      }
      #expect(try await towns.database.tenants().map(\.key) == ["aaby", "egelund", "granby"])
    }
    try await EmptyDatabase.with(Capabilities.migrations, on: tested) { database in
      let nobody = try await database.tenants()
      #expect(nobody == [])
    }
  }
}

extension IsolationTests {
  /// A statement that would change others' rows, and how many of the municipality's own it may change.
  struct Trick: Sendable {
    let sql: String
    var values: [String: DatabaseValue] = [:]
    let ownRows: Int
    /// Whether it changes more where nothing is kept apart.
    let reachesOver: Bool
  }

  /// The tricks on a table, in an order in which each finds the municipality's row; the last ones remove it.
  private static func changes(of table: FilledTable) throws -> [Trick] {
    let name = table.shape.name
    let change = try #require(table.change, "\(name) has no column that could be changed")
    let columns = table.columns.joined(separator: ", ")
    let shown = table.columns.map { $0 == "tenant" ? ":tenant" : $0 }.joined(separator: ", ")
    return [
      Trick(
        sql: "UPDATE \(name) SET \(change.column) = \(change.expression) WHERE :tenant = :tenant", ownRows: 1,
        reachesOver: true),
      Trick(
        sql: "UPDATE \(name) AS own SET \(change.column) = \(change.expression) WHERE own.tenant <> :tenant",
        ownRows: 0,
        reachesOver: true),
      Trick(
        sql: """
          WITH x AS (SELECT :tenant AS t) UPDATE \(name) SET \(change.column) = \(change.expression)
          WHERE tenant IN (SELECT tenant FROM \(name))
          """, ownRows: 1, reachesOver: true),
      Trick(
        sql: table.insertion(
          tenant: ":tenant",
          suffix: "ON CONFLICT (\(table.key.joined(separator: ", "))) DO UPDATE SET \(change.column) = "
            + "excluded.\(change.column)"), values: table.row(1), ownRows: 1, reachesOver: false),
      Trick(
        sql: """
          INSERT INTO \(name) (\(columns)) SELECT \(shown) FROM \(name) WHERE tenant <> :tenant
          ON CONFLICT DO NOTHING
          """, ownRows: 0, reachesOver: !table.refersToOthers),
      Trick(sql: "DELETE FROM \(name) WHERE tenant = 'granby' AND :tenant <> ''", ownRows: 0, reachesOver: true),
      Trick(sql: "DELETE FROM \(name) WHERE :tenant = :tenant", ownRows: 1, reachesOver: true),
    ]
  }

  /// The error of the database that some work threw.
  private static func refusal(_ work: () async throws -> some Sendable) async -> DatabaseError? {
    do {
      _ = try await work()
    } catch let error as DatabaseError {
      return error
    } catch {
      Issue.record("another error: \(error)")
    }
    return nil
  }
}

extension FilledTable {
  /// How many rows a municipality has.
  fileprivate func count(of tenant: Tenant, _ connection: any DatabaseConnection) throws -> Int64? {
    try connection.row(
      "SELECT COUNT(*) AS n FROM \(shape.name) WHERE tenant = :key", ["key": .text(tenant.key)])?.integer("n")
  }
}
