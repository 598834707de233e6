import Database
import DatabasePostgres
import SteeringCore
import StyrehusTesting
import Testing

@Suite("The server keeps the municipalities apart", wherePostgresIs)
struct ApartTests {
  /// What a statement that names the municipality without asking for its rows can see.
  private static let careless = "SELECT COUNT(*) AS n FROM tally WHERE :tenant = :tenant"

  private func seen(_ database: some MunicipalDatabase, by tenant: Tenant) async throws -> Int64? {
    try await database.read(tenant) { try $0.row(Self.careless)?.integer("n") }
  }

  /// A database with a row of each of two municipalities.
  private func twoRows(user: String = "styrehus") async throws -> PostgresDatabase {
    let database = try await emptyTally(user: user)
    try await database.add(1, for: eastern)
    try await database.add(2, for: western)
    return database
  }

  @Test("A municipality sees its own rows, work across them sees all, a session of another tool sees none")
  func seeing() async throws {
    let database = try await twoRows()
    #expect(try await seen(database, by: eastern) == 1)
    #expect(try await seen(database, by: western) == 1)
    #expect(try await database.value("(SELECT COUNT(*) FROM tally)") == 2)
    // The setting ends with the transaction; outside of one it says nothing, as for psql.
    try await database.writeAcrossTenants { connection in
      try connection.run("SET LOCAL styrehus.tenant = ''")
      #expect(try connection.row("SELECT COUNT(*) AS n FROM tally")?.integer("n") == 0)
      try connection.run("RESET styrehus.tenant")
      #expect(try connection.row("SELECT COUNT(*) AS n FROM tally")?.integer("n") == 0)
      #expect(try connection.row("SELECT COUNT(*) AS n FROM styrehus_migration")?.integer("n") == 0)
    }
    try await database.close()
  }

  @Test("A superuser is held by no policy, and the line for the log says so")
  func superuser() async throws {
    let database = try await twoRows(user: "postgres")
    #expect(try await seen(database, by: eastern) == 2)
    #expect(database.description.danish.contains("NB: serveren holder ikke kommunerne adskilt"))
    try await database.close()
    let plain = try await twoRows()
    #expect(plain.description.danish.hasSuffix("hver ændring helt på disken, serveren holder kommunerne adskilt"))
    #expect(
      plain.description.english.hasSuffix("every change fully on disk, the server keeps the municipalities apart"))
    try await plain.close()
  }

  @Test(
    "A database whose tables are not guarded, or guarded by something else, is mended at the next start",
    arguments: [
      "ALTER TABLE tally NO FORCE ROW LEVEL SECURITY", "ALTER TABLE tally DISABLE ROW LEVEL SECURITY",
      "DROP POLICY styrehus_tenant ON tally", "ALTER POLICY styrehus_tenant ON tally USING (true)",
      "ALTER POLICY styrehus_tenant ON tally WITH CHECK (true)",
      "ALTER POLICY styrehus_tenant ON tally TO postgres",
    ])
  func mended(_ fault: String) async throws {
    let database = try await twoRows()
    #expect(try await database.integrityProblems(.quick) == [])
    try await database.writeAcrossTenants { _ = try $0.run(fault) }
    #expect(try await database.integrityProblems(.quick) == ["table tally does not keep the municipalities apart"])
    let runner = try MigrationRunner(countTables)
    #expect(try await runner.run(on: database, now: { 0 }).isEmpty)
    #expect(try await database.integrityProblems(.quick) == [])
    #expect(try await seen(database, by: eastern) == 1)
    try await database.close()
  }

  @Test("A policy of somebody else that would show more is named")
  func widened() async throws {
    let database = try await twoRows()
    try await database.writeAcrossTenants { _ = try $0.run("CREATE POLICY all_of_it ON tally USING (true)") }
    #expect(try await seen(database, by: eastern) == 2)
    #expect(try await database.integrityProblems(.quick) == ["table tally has a policy that is not ours: all_of_it"])
    try await database.close()
  }

  @Test("What is no key of a municipality opens no transaction", arguments: ["*", "", "a'b", "Aa", "æ", "a b"])
  func keys(_ key: String) async throws {
    let database = try await twoRows()
    let reading = await databaseError { try await seen(database, by: Tenant(key: key)) }
    #expect(reading?.kind == .misuse)
    let writing = await databaseError { try await database.write(Tenant(key: key)) { _ in } }
    #expect(writing?.kind == .misuse)
    #expect(try await seen(database, by: eastern) == 1, "the connection works on")
    try await database.close()
  }
}
