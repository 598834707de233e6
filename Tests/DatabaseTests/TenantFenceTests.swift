import Database
import StyrehusTesting
import Testing

@Suite("Each municipality sees the tables as if they were its own")
struct TenantFenceTests {
  struct Stop: Error {}

  /// Shows every row there is where nothing keeps the municipalities apart.
  private static let careless = "SELECT COUNT(*) AS n FROM round WHERE :tenant = :tenant"

  private func seen(_ database: any MunicipalDatabase, by tenant: Tenant) async throws -> [Int64?] {
    [
      try await database.read(tenant) { try $0.row(Self.careless)?.integer("n") },
      try await database.write(tenant) { try $0.row(Self.careless)?.integer("n") },
    ]
  }

  private func twoRounds(on tested: TestedDatabase) async throws -> any MunicipalDatabase {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    try await database.addRound(1, for: western)
    try await database.addRound(2, for: western)
    return database
  }

  @Test("Reading and writing, by turns with work across the municipalities", arguments: TestedDatabase.allCases)
  func turns(on tested: TestedDatabase) async throws {
    let database = try await twoRounds(on: tested)
    let all = "SELECT COUNT(*) AS n FROM round"
    for _ in 0..<3 {
      #expect(try await seen(database, by: eastern) == [1, 1])
      #expect(try await database.readAcrossTenants { try $0.row(all)?.integer("n") } == 3)
      #expect(try await database.writeAcrossTenants { try $0.row(all)?.integer("n") } == 3)
      #expect(try await seen(database, by: western) == [2, 2])
    }
    try await database.close()
  }

  @Test("A transaction that is rolled back leaves the municipalities apart", arguments: TestedDatabase.allCases)
  func rolledBack(on tested: TestedDatabase) async throws {
    let database = try await twoRounds(on: tested)
    for _ in 0..<3 {
      await #expect(throws: Stop.self) { try await database.writeAcrossTenants { _ in throw Stop() } }
      #expect(try await seen(database, by: eastern) == [1, 1])
      _ = try await database.writeAcrossTenants { try $0.rows("SELECT number FROM round").count }
      await #expect(throws: Stop.self) { try await database.write(eastern) { _ in throw Stop() } }
      await #expect(throws: Stop.self) { try await database.read(eastern) { _ in throw Stop() } }
      #expect(try await seen(database, by: eastern) == [1, 1])
      let removed = try await database.write(eastern) { try $0.run("DELETE FROM round WHERE :tenant = 'none'") }
      #expect(removed == 0)
    }
    try await database.close()
  }

  @Test("A table, a column and a view that come later are hidden at once", arguments: TestedDatabase.allCases)
  func later(on tested: TestedDatabase) async throws {
    let database = try await twoRounds(on: tested)
    #expect(try await seen(database, by: eastern) == [1, 1])
    let later =
      roundTables + [
        Migration(
          capability: "rounds", number: 2, name: "later",
          statements: [
            "CREATE TABLE later (tenant {text}, number {integer}, PRIMARY KEY (tenant, number)) {keyed}",
            "INSERT INTO later (tenant, number) SELECT tenant, number FROM round",
            "ALTER TABLE round ADD COLUMN late {integer}", "CREATE VIEW rounds_published AS SELECT * FROM round",
          ])
      ]
    _ = try await MigrationRunner(later).run(on: database, now: { 0 })
    for table in ["later", "rounds_published"] {
      let careless = "SELECT COUNT(*) AS n FROM \(table) WHERE :tenant = :tenant"
      #expect(try await database.read(eastern) { try $0.row(careless)?.integer("n") } == 1, "\(table)")
      #expect(try await database.write(western) { try $0.row(careless)?.integer("n") } == 2, "\(table)")
    }
    let columns = "UPDATE round SET late = 7 WHERE :tenant = :tenant"
    #expect(try await database.write(western) { try $0.run(columns) } == 2)
    let late = "SELECT SUM(late) AS n FROM round"
    #expect(try await database.readAcrossTenants { try $0.row(late)?.integer("n") } == 14)
    try await database.close()
  }

  @Test("RETURNING and the count of changed rows tell of the municipality's own", arguments: TestedDatabase.allCases)
  func returning(on tested: TestedDatabase) async throws {
    let database = try await twoRounds(on: tested)
    let changed = try await database.write(western) {
      try $0.rows("UPDATE round SET title = 'ny' WHERE :tenant = :tenant RETURNING tenant, number").map {
        "\(try $0.text("tenant")) \(try $0.integer("number"))"
      }
    }
    #expect(changed.sorted() == ["vesterby 1", "vesterby 2"])
    #expect(try await database.titles(of: eastern) == ["Foreløbig"])
    let many = try await database.write(eastern) {
      try $0.runMany(
        "UPDATE round SET title = :title WHERE number = :number AND :tenant = :tenant",
        ["title": .same("ny"), "number": .integers([1, 2, 3])])
    }
    #expect(many == 1)
    #expect(try await database.titles(of: western) == ["ny", "ny"])
    try await database.close()
  }

  @Test("A row that refers to another one's row is refused", arguments: TestedDatabase.allCases)
  func references(on tested: TestedDatabase) async throws {
    let database = try await twoRounds(on: tested)
    let remark = "INSERT INTO remark (tenant, round, words) VALUES (:tenant, 2, 'x')"
    let error = await databaseError { try await database.write(eastern) { try $0.run(remark) } }
    #expect(error?.rule == .foreignKey)
    let foreign = "INSERT INTO remark (tenant, round, words) VALUES ('vesterby', 2, :tenant)"
    let misuse = await databaseError { try await database.write(eastern) { try $0.run(foreign) } }
    #expect(misuse?.kind == .misuse)
    try await database.close()
  }

  @Test(
    "What is no key of a municipality opens no transaction", arguments: TestedDatabase.allCases, ["*", "", "a'b", "Æ"])
  func keys(on tested: TestedDatabase, _ key: String) async throws {
    let database = try await twoRounds(on: tested)
    let reading = await databaseError { try await database.titles(of: Tenant(key: key)).count }
    let writing = await databaseError { try await database.addRound(1, for: Tenant(key: key)) }
    #expect(reading?.kind == .misuse && writing?.kind == .misuse)
    #expect(try await seen(database, by: eastern) == [1, 1])
    try await database.close()
  }
}
