import Database
import SteeringCore
import StyrehusTesting
import Testing

@Suite("Migrations")
struct MigrationTests {
  private static let first = Migration(
    capability: "closing", number: 1, name: "rounds",
    statements: ["CREATE TABLE a (x {integer}) {strict}", "INSERT INTO a (x) VALUES (1)"])
  private static let second = Migration(
    capability: "closing", number: 2, name: "more", statements: ["ALTER TABLE a ADD COLUMN y {text}"])
  private static let other = Migration(
    capability: "register", number: 1, name: "units", statements: ["CREATE TABLE b (x {blob}) {strict}"])

  private func run(_ steps: [Migration], on database: any MunicipalDatabase) async throws -> [Migration] {
    try await MigrationRunner(steps).run(on: database, now: { 1_700_000_000 })
  }

  @Test(
    "Each step runs once, in order, and is recorded with its text's digest and the time",
    arguments: TestedDatabase.allCases)
  func once(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    #expect(try await run([Self.first, Self.other], on: database) == [Self.first, Self.other])
    #expect(try await run([Self.first, Self.other], on: database) == [])
    #expect(try await run([Self.first, Self.second, Self.other], on: database) == [Self.second])
    let record = try await database.readAcrossTenants { connection in
      try connection.rows("SELECT * FROM styrehus_migration ORDER BY capability, number")
    }
    #expect(try record.map { try $0.integer("number") } == [1, 2, 1])
    #expect(try record.map { try $0.text("digest") } == [Self.first, Self.second, Self.other].map(\.digest))
    #expect(try record.map { try $0.integer("applied_at") } == [1_700_000_000, 1_700_000_000, 1_700_000_000])
    let rows = try await database.readAcrossTenants { try $0.rows("SELECT x, y FROM a").count }
    #expect(rows == 1)
  }

  @Test("A step that fails after others says that those stay", arguments: TestedDatabase.allCases)
  func failedLater(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    let broken = Migration(capability: "register", number: 1, name: "broken", statements: ["CREATE TABLE a (x {text})"])
    let error = try await #require(throws: DatabaseError.self) { try await run([Self.first, broken], on: database) }
    #expect(
      error.text(.english).contains("brought 1 step(s) further") && error.text(.english).contains("Those steps stay"))
    #expect(!error.text(.english).contains("Nothing was changed"))
    #expect(try await run([Self.first], on: database) == [])
  }

  @Test("The plan lists what would run and changes nothing", arguments: TestedDatabase.allCases)
  func plan(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    let runner = try MigrationRunner([Self.first, Self.second])
    #expect(try await runner.plan(on: database) == [Self.first, Self.second])
    #expect(try await tables(of: database) == [])
    _ = try await run([Self.first], on: database)
    #expect(try await runner.plan(on: database) == [Self.second])
  }

  @Test("A step whose text has changed is refused by name, and nothing else runs", arguments: TestedDatabase.allCases)
  func changed(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    _ = try await run([Self.first], on: database)
    let altered = Migration(
      capability: "closing", number: 1, name: "rounds", statements: Self.first.statements + ["SELECT 1"])
    let error = await databaseError { try await run([altered, Self.second], on: database) }
    #expect(error?.kind == .migrationRefused)
    #expect(error?.text(.danish).contains("Trin 1 af »closing«") == true)
    #expect(error?.detail == "changed migration closing 1 (rounds)")
    #expect(try await MigrationRunner([Self.first, Self.second]).plan(on: database) == [Self.second])
  }

  @Test("A database that a newer program has been at is refused", arguments: TestedDatabase.allCases)
  func unknown(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    _ = try await run([Self.first, Self.second, Self.other], on: database)
    for known in [[Self.first, Self.second], [Self.first, Self.other]] {
      let error = await databaseError { try await run(known, on: database) }
      #expect(error?.kind == .migrationRefused)
      #expect(error?.detail.hasPrefix("unknown migration") == true)
    }
  }

  @Test("A hole in the record is refused", arguments: TestedDatabase.allCases)
  func hole(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    _ = try await run([Self.first, Self.second], on: database)
    try await database.writeAcrossTenants { connection in
      _ = try connection.run("DELETE FROM styrehus_migration WHERE number = 1")
    }
    let error = await databaseError { try await run([Self.first, Self.second], on: database) }
    #expect(error?.kind == .migrationRefused)
    #expect(error?.detail == "missing migration closing 1 (rounds)")
  }

  @Test(
    "A step that fails leaves nothing behind; those before it stay and the next run goes on from there",
    arguments: TestedDatabase.allCases)
  func failing(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    let broken = Migration(
      capability: "closing", number: 2, name: "more",
      statements: ["CREATE TABLE half (x {integer})", "CREATE nonsense"])
    let error = await databaseError { try await run([Self.first, broken], on: database) }
    #expect(error?.kind == .other)
    #expect(try await tables(of: database) == ["a", "styrehus_migration"])
    #expect(try await run([Self.first, Self.second], on: database) == [Self.second])
  }

  @Test("Two servers that start at once run each step once between them", arguments: TestedDatabase.allCases)
  func together(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    let steps = [Self.first, Self.second, Self.other]
    let done = try await withThrowingTaskGroup(of: [Migration].self) { group in
      for _ in 0..<4 { group.addTask { try await run(steps, on: database) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(done.count == 3)
    #expect(Set(done) == Set(steps))
  }

  @Test("Numbers run 1, 2, 3 within a capability")
  func numbers() {
    for steps in [[Self.second], [Self.first, Self.first], [Self.second, Self.first]] {
      #expect(throws: DatabaseError.self) { try MigrationRunner(steps) }
    }
  }

  @Test("The digest is of the statements as written, and notices text that moves between them")
  func digest() {
    func digest(_ statements: [String]) -> String {
      Migration(capability: "a", number: 1, name: "n", statements: statements).digest
    }
    // SHA-256 of "8:SELECT 1", by another tool.
    #expect(digest(["SELECT 1"]) == "fae35e932384b10179a59401efb4584e6d0d411ce6303c23328affd9739d252f")
    #expect(Set([digest(["ab", "c"]), digest(["a", "bc"]), digest(["abc"]), digest(["abc", ""])]).count == 4)
    #expect(digest([]).count == 64)
  }
}
