import Database
import Foundation
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("Is the data sound?", wherePostgresIs)
struct IntegrityTests {
  @Test("A sound database has no problems; broken references and unchecked rules are found", arguments: [true, false])
  func references(thorough: Bool) async throws {
    let depth = thorough ? IntegrityDepth.thorough : .quick
    // Only a superuser may leave references unchecked.
    let database = try await emptyTally(user: "postgres")
    _ = try await database.writeAcrossTenants { connection in
      try connection.run(
        """
        CREATE TABLE "a remark" (tenant TEXT, "the number" BIGINT, words TEXT,
          FOREIGN KEY (tenant, "the number") REFERENCES tally (tenant, number))
        """)
    }
    try await database.add(1)
    try await database.write(eastern) { connection in
      for number in ["1", "NULL"] {
        try connection.run("INSERT INTO \"a remark\" (tenant, \"the number\") VALUES (:tenant, \(number))")
      }
    }
    #expect(try await database.integrityProblems(depth) == ["table a remark does not keep the municipalities apart"])
    _ = try await MigrationRunner(countTables).run(on: database, now: { 0 })
    #expect(try await database.integrityProblems(depth) == [])
    try await database.writeAcrossTenants { connection in
      try connection.run("SET LOCAL session_replication_role = replica")
      try connection.run("INSERT INTO \"a remark\" (tenant, \"the number\") VALUES ('oesterby', 9)")
      try connection.run("ALTER TABLE tally ADD CONSTRAINT late CHECK (number > 5) NOT VALID")
    }
    #expect(
      try await database.integrityProblems(depth)
        == ["rule late was never checked", "a row of a remark refers to a missing row of tally"])
    try await database.close()
  }

  @Test("A damaged page is found by reading everything, and named as damage when it is met")
  func damagedPage() async throws {
    let server = try await aside { try ThrowawayPostgres() }
    let database = try await emptyTally(on: server)
    let numbers = (0..<5_000).map(Int64.init)
    _ = try await database.write(eastern) {
      try $0.runMany(insertTally, ["number": .integers(numbers), "title": .same("en række med en titel")])
    }
    let path = try await database.value("pg_relation_filepath('tally')::text")
    guard case .text(let relative)? = path else { Issue.record("no file"); return }
    try await aside { try server.stop() }
    let file = try FileHandle(forWritingTo: URL(filePath: "\(server.folder)/data/\(relative)"))
    try file.seek(toOffset: 8192 * 5 + 4000)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 100))
    try file.close()
    try await aside { try server.start() }
    #expect(try await database.integrityProblems(.quick) == [])
    let problems = try await database.integrityProblems(.thorough)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("invalid page in block 5") == true)
    let error = await databaseError { try await database.numbers().count }
    #expect(error?.kind == .corrupt)
    try await database.close()
  }
}
