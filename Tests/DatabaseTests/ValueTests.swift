import Database
import StyrehusTesting
import Testing

@Suite("Values come out as they went in")
struct ValueTests {
  /// Keeps a value in a column of its kind, and reads it back.
  private func roundTrip(_ value: DatabaseValue, on tested: TestedDatabase) async throws -> DatabaseValue? {
    try await roundTrip([value], on: tested).first
  }

  private func roundTrip(_ values: [DatabaseValue], on tested: TestedDatabase) async throws -> [DatabaseValue] {
    let database = try await EmptyDatabase.open(
      [
        Migration(
          capability: "values", number: 1, name: "values",
          statements: [
            "CREATE TABLE kept (id {identity}, whole {integer}, words {text}, bytes {blob}) {strict}"
          ])
      ], on: tested)
    return try await database.writeAcrossTenants { connection in
      try values.map { value in
        let column =
          switch value {
          case .integer: "whole"
          case .text, .null: "words"
          case .blob: "bytes"
          }
        let insert = "INSERT INTO kept (\(column)) VALUES (:value) RETURNING \(column) AS value"
        guard let row = try connection.row(insert, ["value": value]) else { return .null }
        return try row.value("value")
      }
    }
  }

  @Test("Every kind of value, and its edges", arguments: TestedDatabase.allCases)
  func edges(on tested: TestedDatabase) async throws {
    let values: [DatabaseValue] = [
      .null, .integer(.min), .integer(.max), 0, -1, "", "æøå ÆØÅ", "e\u{301}", "👩‍👩‍👧", "line\nbreak", "\\ \t ",
      "'; DROP TABLE kept; --",
      .blob([]), .blob([0]), .blob(Array(0...255)),
      true, nil,
    ]
    #expect(try await roundTrip(values, on: tested) == values)
  }

  @Test("A blob and a text of megabytes", arguments: TestedDatabase.allCases)
  func large(on tested: TestedDatabase) async throws {
    let blob = DatabaseValue.blob([UInt8](repeating: 7, count: 3_000_000))
    let text = DatabaseValue.text(String(repeating: "ø", count: 1_000_000))
    let isSame = try await roundTrip([blob, text], on: tested) == [blob, text]
    #expect(isSame)
  }

  @Test("A text is kept byte for byte, not in another Unicode form", arguments: TestedDatabase.allCases)
  func unicodeForm(on tested: TestedDatabase) async throws {
    guard case .text(let kept)? = try await roundTrip("e\u{301}", on: tested) else { Issue.record("no text"); return }
    #expect(Array(kept.utf8) == [0x65, 0xCC, 0x81])
  }

  @Test(
    "A text with NUL is refused, not cut short", arguments: TestedDatabase.allCases, ["a\0b", "\0", "end\0"])
  func nul(on tested: TestedDatabase, text: String) async throws {
    let error = await databaseError { try await roundTrip(.text(text), on: tested) }
    #expect(error?.kind == .unsuitableText)
  }

  @Test("Optional values become null")
  func optionals() {
    #expect(DatabaseValue(nil as Int64?) == .null)
    #expect(DatabaseValue(nil as String?) == .null)
    #expect(DatabaseValue(nil as [UInt8]?) == .null)
    #expect(DatabaseValue(7 as Int?) == 7)
    #expect(DatabaseValue("a" as String?) == "a")
    #expect(DatabaseValue(false) == 0)
  }

  @Test(
    "Reading a column as what it is not names the column and the table, never the value",
    arguments: TestedDatabase.allCases)
  func mismatches(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(7, "hemmelig", for: eastern)
    let row = try #require(
      try await database.read(eastern) { connection in
        try connection.row("SELECT title, number, result, 2 AS two FROM round WHERE tenant = :tenant")
      })
    for reading in [
      { _ = try row.integer("title") }, { _ = try row.optionalInteger("title") }, { _ = try row.blob("title") },
      { _ = try row.bool("title") },
    ] {
      let error = #expect(throws: DatabaseError.self) { try reading() }
      #expect(error?.kind == .misuse)
      #expect(error?.detail.contains("column title of a result from round") == true)
      #expect(error?.detail.contains("hemmelig") == false)
    }
    #expect(throws: DatabaseError.self) { try row.text("number") }
    #expect(throws: DatabaseError.self) { try row.integer("result") }
    #expect(throws: DatabaseError.self) { try row.bool("two") }
    #expect(try row.optionalInteger("result") == nil)
    #expect(try row.optionalText("title") == "hemmelig")
    let absent = #expect(throws: DatabaseError.self) { try row.text("name") }
    #expect(absent?.detail.contains("no column name in a result from round; it has title, number") == true)
  }

  @Test("Two columns of one name, and floating-point numbers, are refused", arguments: TestedDatabase.allCases)
  func unreadable(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    for sql in ["SELECT 1 AS a, 2 AS a", "SELECT 1.5 AS a", "SELECT 5 / 2.0 AS a"] {
      let error = await databaseError { try await database.readAcrossTenants { try $0.rows(sql).count } }
      #expect(error?.kind == .misuse)
    }
  }

  @Test("A sum beyond 64 bits is an error, not another number", arguments: TestedDatabase.allCases)
  func overflow(on tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open(on: tested)
    let sum = "SELECT SUM(n) AS total FROM (SELECT 9223372036854775807 AS n UNION ALL SELECT 1) AS numbers"
    let error = await databaseError { try await database.readAcrossTenants { try $0.rows(sum).count } }
    #expect(error?.kind == .other)
    #expect(error?.detail.contains("integer overflow") == true)
  }

  @Test(
    "Many rows at once: every kind of column, the municipality by itself, the count in all",
    arguments: TestedDatabase.allCases)
  func many(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    let count = 20_000
    let numbers = (0..<count).map(Int64.init)
    let inserted = try await database.write(eastern) { connection in
      try connection.runMany(
        "INSERT INTO round (tenant, number, title, result, final) VALUES (:tenant, :number, :title, :result, :final)",
        [
          "number": .integers(numbers), "title": .texts(numbers.map { "runde \($0)" }),
          "result": .optionalIntegers(numbers.map { $0 % 2 == 0 ? $0 : nil }), "final": .same(1),
        ])
    }
    #expect(inserted == count)
    let row = try await database.read(eastern) { connection in
      try connection.row(
        """
        SELECT COUNT(*) AS rows, SUM(number) AS numbers, COUNT(result) AS results, SUM(final) AS finals,
          MAX(CASE WHEN number = 777 THEN title END) AS title
        FROM round WHERE tenant = :tenant
        """)
    }
    #expect(try row?.integer("rows") == 20_000)
    #expect(try row?.integer("numbers") == 199_990_000)
    #expect(try row?.integer("results") == 10_000)
    #expect(try row?.integer("finals") == 20_000)
    #expect(try row?.text("title") == "runde 777")
    #expect(try await database.titles(of: western) == [])
  }

  @Test(
    "Many rows at once: blobs, texts that may be missing, no rows at all, and all or nothing",
    arguments: TestedDatabase.allCases)
  func manyEdges(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    let insert = "INSERT INTO remark (tenant, round, words, file) VALUES (:tenant, :round, :words, :file)"
    let blobs: [[UInt8]] = [[], [0, 1], [255]]
    let counts = try await database.write(eastern) { connection in
      [
        try connection.runMany(insert, ["round": .same(1), "words": .texts([]), "file": .blobs([])]),
        try connection.runMany(insert, ["round": .same(1), "words": .texts(["a", "", "c"]), "file": .blobs(blobs)]),
      ]
    }
    #expect(counts == [0, 3])
    let error = await databaseError {
      try await database.write(eastern) { connection in
        try connection.runMany(
          insert, ["round": .same(1), "words": .optionalTexts(["d", nil]), "file": .blobs([[], []])])
      }
    }
    #expect(error?.kind == .constraint(.notNull, name: "remark.words"))
    let files = try await database.read(eastern) { connection in
      try connection.rows("SELECT file FROM remark WHERE tenant = :tenant ORDER BY id").map { try $0.blob("file") }
    }
    #expect(files == blobs)
  }
}
