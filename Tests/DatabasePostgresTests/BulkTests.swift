import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("Statements that are run for many rows")
struct PlainInsertTests {
  @Test("Bytes are kept as they are: no time goes into pressing what is packed already")
  func bytesAsTheyAre() async throws {
    let database = try await emptyTally()
    let storage = try await database.value(
      "(SELECT attstorage::text FROM pg_attribute WHERE attrelid = 'tally'::regclass AND attname = 'file')")
    #expect(storage == "e")
    try await database.close()
  }

  @Test("An insert of nothing but parameters is recognised")
  func plain() throws {
    let insert = try #require(
      PlainInsert(numbered: " insert INTO tally\n (tenant, number,title )\nVALUES ( $1,$3,  $2 ) ; "))
    #expect(insert.table == "tally")
    #expect(insert.columns == ["tenant", "number", "title"])
    #expect(insert.parameters == [0, 2, 1])
    #expect(insert.copyStatement == "COPY tally (tenant, number, title) FROM STDIN (FORMAT binary)")
    #expect(
      insert.listStatement(isList: [false, true, true])
        == "INSERT INTO tally (tenant, number, title)\nSELECT $1, c1, c2 FROM unnest($2, $3) AS given (c1, c2)")
  }

  @Test(
    "Anything else is not",
    arguments: [
      "INSERT INTO a (b) VALUES (1)", "INSERT INTO a (b) VALUES ($1) ON CONFLICT DO NOTHING",
      "INSERT INTO a (b) VALUES ($1) RETURNING b", "INSERT INTO a (b) VALUES ($1 + 1)", "INSERT INTO a VALUES ($1)",
      "INSERT INTO a (b, c) VALUES ($1, $1)", "INSERT INTO a (b, c) VALUES ($1)", "INSERT INTO a (b) VALUES ($1), ($2)",
      "INSERT INTO a (b, c) VALUES ($1, 2)", "UPDATE a SET b = $1", "INSERT INTO a (b) SELECT $1",
      "INSERT INTO a (b) VALUES (lower($1))", "INSERT INTO a (b) VALUES ($1) -- note",
    ])
  func others(statement: String) { #expect(PlainInsert(numbered: statement) == nil) }
}

@Suite("Many rows at once", wherePostgresIs)
struct BulkTests {
  private static let insert =
    "INSERT INTO tally (tenant, number, title, file, final) VALUES (:tenant, :number, :title, :file, :final)"

  /// The ways in which the driver hands over rows, as the server saw the statements.
  private func ways(_ database: PostgresDatabase) async throws -> [String] {
    try await database.readAcrossTenants {
      try $0.rows("SELECT DISTINCT way FROM seen ORDER BY way").map { try $0.text("way") }
    }
  }

  /// Notes each statement that inserts into the table.
  private func watch(_ database: PostgresDatabase) async throws {
    try await database.writeAcrossTenants { connection in
      try connection.run("CREATE TABLE seen (way TEXT)")
      try connection.run(
        """
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS '
        BEGIN INSERT INTO seen VALUES (split_part(current_query(), '' '', 1)); RETURN NULL; END'
        """)
      try connection.run("CREATE TRIGGER noted AFTER INSERT ON tally EXECUTE FUNCTION note()")
    }
  }

  private func rows(_ count: Int) -> [String: DatabaseColumn] {
    let numbers = (0..<count).map(Int64.init)
    return [
      "number": .integers(numbers), "title": .optionalTexts(numbers.map { $0 % 3 == 0 ? nil : "række \($0)\t\\.\n" }),
      "file": .blobs(numbers.map { $0 % 2 == 0 ? [] : [0, UInt8(truncatingIfNeeded: $0), 255] }), "final": .same(1),
    ]
  }

  private func check(_ database: PostgresDatabase, count: Int64) async throws {
    try await database.read(eastern) { connection in
      let row = try connection.row(
        """
        SELECT COUNT(*) AS rows, SUM(number) AS numbers, COUNT(title) AS titles, SUM(length(file)) AS bytes,
          SUM(final) AS finals, MAX(CASE WHEN number = 7 THEN title END) AS seventh FROM tally WHERE tenant = :tenant
        """)
      #expect(try row?.integer("rows") == count)
      #expect(try row?.integer("numbers") == count * (count - 1) / 2)
      #expect(try row?.integer("titles") == count - (count + 2) / 3)
      #expect(try row?.integer("bytes") == count / 2 * 3)
      #expect(try row?.integer("finals") == count)
      #expect(try row?.text("seventh") == "række 7\t\\.\n")
      let odd = try connection.row("SELECT file FROM tally WHERE tenant = :tenant AND number = 259")
      #expect(try odd?.blob("file") == [0, 3, 255])
    }
  }

  @Test("Where the server guards no rows, a plain insert goes in as a stream of rows, with every kind of column")
  func stream() async throws {
    let database = try await emptyTally(user: "postgres")
    try await watch(database)
    let columns = rows(30_000)
    #expect(try await database.write(eastern) { try $0.runMany(Self.insert, columns) } == 30_000)
    try await check(database, count: 30_000)
    #expect(try await ways(database) == ["COPY"])
    #expect(try await database.numbers(of: western) == [])
    try await database.close()
  }

  /// Whether the transaction has a table of its own that rows were streamed into.
  private func isStaged(_ connection: any DatabaseConnection) throws -> Bool {
    try connection.row("SELECT 1 AS n FROM pg_class WHERE relname = 'styrehus_bulk_tally' AND :tenant <> ''") != nil
  }

  @Test("Where the server guards rows, many are streamed beside the table, few go as lists; only own rows are written")
  func guarded() async throws {
    let database = try await emptyTally()
    try await watch(database)
    try await database.add(1, for: western)
    let columns = rows(30_000)
    let (count, isStaged, few) = try await database.write(eastern) { connection in
      let few = [
        "number": DatabaseColumn.integers((50_000..<50_100).map(Int64.init)), "title": .same("x"), "file": .same(nil),
        "final": .same(1),
      ]
      let small = try connection.runMany(Self.insert, few)
      let before = try self.isStaged(connection)
      try connection.run("DELETE FROM tally WHERE tenant = :tenant AND number >= 50000")
      return (try connection.runMany(Self.insert, columns), try self.isStaged(connection), (small, before))
    }
    #expect(count == 30_000 && isStaged && few == (100, false))
    try await check(database, count: 30_000)
    #expect(try await ways(database) == ["INSERT"])
    #expect(try await !database.read(eastern) { try self.isStaged($0) }, "it is gone with the transaction")
    // Several times in a transaction, and rows of another municipality in the stream.
    let again = try await database.write(eastern) { connection in
      try (1...3).map { part in
        try connection.runMany(
          insertTally,
          ["number": .integers((part * 100_000..<part * 100_000 + 3_000).map(Int64.init)), "title": .same("y")])
      }
    }
    #expect(again == [3_000, 3_000, 3_000])
    let others = "INSERT INTO tally (tenant, number, title) VALUES (:other, :number, :tenant)"
    let streamed: [String: DatabaseColumn] = [
      "other": .same("vesterby"), "number": .integers((400_000..<403_000).map(Int64.init)),
    ]
    let kept = await databaseError { try await database.write(eastern) { try $0.runMany(others, streamed) } }
    #expect(kept?.kind == .misuse)
    // A statement that names the tenant without asking for its rows still gets no others.
    let careless = "SELECT COUNT(*) AS n FROM tally WHERE :tenant <> ''"
    #expect(try await database.read(western) { try $0.row(careless)?.integer("n") } == 1)
    let foreign = "INSERT INTO tally (tenant, number) VALUES ('vesterby', 2 + length(:tenant))"
    let error = await databaseError { try await database.write(eastern) { try $0.run(foreign) } }
    let many = "INSERT INTO tally (tenant, number, title) VALUES (:other, :number, :tenant)"
    let given: [String: DatabaseColumn] = [
      "other": .same("vesterby"), "number": .integers((100..<200).map(Int64.init)),
    ]
    let refused = await databaseError { try await database.write(eastern) { try $0.runMany(many, given) } }
    #expect(refused?.kind == .misuse)
    #expect(error?.kind == .misuse)
    #expect(try await database.numbers(of: western) == [1])
    try await database.close()
  }

  @Test("A conflict that is expected counts 0, row by row")
  func conflicts() async throws {
    let database = try await emptyTally()
    try await database.add(3)
    let counts = try await database.write(eastern) { connection in
      let numbers = (0..<2_000).map(Int64.init)
      return [
        try connection.runMany(
          insertTally + " ON CONFLICT DO NOTHING", ["number": .integers(numbers), "title": .same("y")]),
        try connection.runMany(
          "UPDATE tally SET title = :title WHERE tenant = :tenant AND number = :number",
          ["number": .integers(numbers + [9_999]), "title": .same("z")]),
        try connection.runMany(
          insertTally + " ON CONFLICT (tenant, number) DO UPDATE SET title = excluded.title",
          ["number": .integers([5, 5] + Array(numbers.prefix(40))), "title": .same("w")]),
        try connection.runMany(
          "DELETE FROM tally WHERE tenant = :tenant AND number = :number", ["number": .integers(numbers)]),
      ]
    }
    #expect(counts == [1_999, 2_000, 42, 2_000])
    #expect(try await database.numbers() == [])
    try await database.close()
  }

  @Test("What a table refuses ends the transaction, by whichever way it comes, and the connection works on")
  func refused() async throws {
    let database = try await emptyTally()
    let many = (0..<5_000).map(Int64.init)
    let twice: [String: DatabaseColumn] = ["number": .integers(many + [7]), "title": .same("x")]
    let nul: [String: DatabaseColumn] = [
      "number": .integers(many), "title": .texts(many.map { $0 == 4_000 ? "a\0b" : "x" }),
    ]
    let wide: [String: DatabaseColumn] = [
      "number": .integers(many), "title": .same("x"), "file": .same(nil), "final": .integers(many.map { $0 * 100 }),
    ]
    let wrong: [String: DatabaseColumn] = ["number": .texts(many.map { "nr \($0)" }), "title": .same("x")]
    for (sql, columns, kind) in [
      (insertTally, twice, DatabaseError.Kind.constraint(.unique, name: "tally_pkey")),
      (
        insertTally + " ON CONFLICT (tenant, number) DO UPDATE SET number = NULL", twice,
        .constraint(.notNull, name: "tally.number")
      ),
      (insertTally, nul, .unsuitableText), (Self.insert, wide, .constraint(.check, name: "")),
      (insertTally, wrong, .constraint(.check, name: "")),
    ] {
      let error = await databaseError { try await database.write(eastern) { try $0.runMany(sql, columns) } }
      #expect(error?.kind == kind, "\(sql)")
      #expect(try await database.numbers() == [])
    }
    let numbers: [String: DatabaseColumn] = ["number": .integers(many), "title": .same("x")]
    #expect(try await database.write(eastern) { try $0.runMany(insertTally, numbers) } == 5_000)
    try await database.close()
  }

  @Test("An interrupted stream leaves nothing behind")
  func interrupted() async throws {
    let database = try await emptyTally()
    let work = Task {
      try await database.write(eastern) { connection in
        for start in 0..<10_000 {
          let numbers = (start * 1_000..<(start + 1) * 1_000).map(Int64.init)
          try connection.runMany(insertTally, ["number": .integers(numbers), "title": .same("x")])
        }
      }
    }
    try await Task.sleep(for: .milliseconds(200))
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(try await database.numbers() == [])
    try await database.close()
  }

  /// Whether nothing else runs in this process, so that its memory can be measured: `STYREHUS_MEASURE=1 swift test
  /// --filter BulkTests`.
  private static let isAlone = ProcessInfo.processInfo.environment["STYREHUS_MEASURE"] == "1"

  @Test("Very many rows go in and come out; measured alone, a million in bounded memory")
  func million() async throws {
    let database = try await emptyTally()
    let count = Self.isAlone ? 1_000_000 : 100_000
    let numbers = (0..<count).map(Int64.init)
    let title = String(repeating: "en titel, som alle har ", count: 15)
    // Makes the kernel forget the highest mark so far.
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = residentMegabytes()
    let inserted = try await database.write(eastern) { connection in
      try connection.runMany(insertTally, ["number": .integers(numbers), "title": .same(.text(title))])
    }
    #expect(inserted == count)
    let sum = try await database.read(eastern) { connection in
      var sum: Int64 = 0
      try connection.forEachRow("SELECT number, title FROM tally WHERE tenant = :tenant", [:]) {
        sum += try $0.integer("number")
      }
      return sum
    }
    #expect(sum == Int64(count) * Int64(count - 1) / 2)
    // A million rows at once weigh 350 MB.
    if Self.isAlone { #expect(residentMegabytes() - before < 250) }
    try await database.close()
  }

  /// The most memory that the process has had at one time since the mark was forgotten, in megabytes.
  private func residentMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 } ?? 0
  }
}
