import Database
import Dispatch
import StyrehusTesting
import Testing

/// A database to move from and one to move to.
struct Direction: Sendable, CustomTestStringConvertible {
  let source: TestedDatabase
  let target: TestedDatabase
  var testDescription: String { "\(source) to \(target)" }

  static let all = TestedDatabase.allCases.flatMap { source in
    TestedDatabase.allCases.map { Direction(source: source, target: $0) }
  }
}

@Suite("Moving everything from one database to another")
struct MoveTests {
  private let move = DatabaseMove(roundTables)

  /// A source with rows of two municipalities: more than go on one journey, and every kind of value.
  private func source(on tested: TestedDatabase) async throws -> any MunicipalDatabase {
    let source = try await emptyStore(on: tested)
    try await source.writeAcrossTenants { connection in
      let numbers = (1...4_500).map(Int64.init)
      // Titles and keys whose order depends on who sorts, unless it is by bytes.
      let titles = numbers.map { ["å \($0)", "Z", "z", "e\u{301}", "", "👩‍👩‍👧"][Int($0) % 6] }
      let insert = """
        INSERT INTO round (tenant, number, title, result, final) VALUES (:tenant, :number, :title, :result, :final)
        """
      for tenant in ["østerby", "Zetaby", "zetaby"] {
        try connection.runMany(
          insert,
          [
            "tenant": .same(.text(tenant)), "number": .integers(numbers.reversed()), "title": .texts(titles),
            "result": .optionalIntegers(numbers.map { $0 % 5 == 0 ? nil : $0 * 1_000_000_000_000 }),
            "final": .integers(numbers.map { $0 % 2 }),
          ])
      }
      let files: [DatabaseValue] = [nil, .blob([]), .blob([0, 255]), .blob([UInt8](repeating: 7, count: 5_000_000))]
      // So many that a server takes them as a stream.
      let more: [DatabaseValue] = (5...40).map { $0 % 2 == 0 ? nil : .blob([$0, 0]) }
      for file in files + more {
        try connection.run(
          "INSERT INTO remark (tenant, round, words, file) VALUES ('østerby', 1, 'bilag', :file)", ["file": file])
      }
    }
    return source
  }

  private func run(
    _ source: any MunicipalDatabase, _ target: any MunicipalDatabase
  ) async throws -> [TableProof] { try await move.run(from: source, to: target, now: { 0 }) }

  private func counts(_ database: any MunicipalDatabase) async throws -> [Int64] {
    try await database.readAcrossTenants { connection in
      try ["round", "remark"].map {
        try connection.row("SELECT COUNT(*) AS rows FROM \($0)")?.integer("rows") ?? -1
      }
    }
  }

  @Test("everything arrives, in every direction and back again", arguments: Direction.all)
  func roundTrip(_ direction: Direction) async throws {
    let first = try await source(on: direction.source)
    let second = try await EmptyDatabase.open(on: direction.target)
    let third = try await EmptyDatabase.open(on: direction.source)
    let there = try await run(first, second)
    let back = try await run(second, third)
    #expect(there.map(\.table) == ["round", "remark"] && there.map(\.rowCount) == [13_500, 40])
    #expect(Set(there.map(\.digest)).count == 2 && there.allSatisfy { $0.digest.count == 64 })
    #expect(back == there)
    let remark = try await third.readAcrossTenants {
      try $0.rows("SELECT file FROM remark ORDER BY id").map { try $0.optionalBlob("file")?.count }
    }
    #expect(remark.prefix(6) == [nil, 0, 2, 5_000_000, 2, nil])
  }

  @Test("numbers that the database hands out go on after those that came", arguments: Direction.all)
  func numbers(_ direction: Direction) async throws {
    let target = try await EmptyDatabase.open(on: direction.target)
    _ = try await run(try await source(on: direction.source), target)
    let next = try await target.writeAcrossTenants {
      try $0.row("INSERT INTO remark (tenant, round, words) VALUES ('zetaby', 2, 'ny') RETURNING id")?.integer("id")
    }
    #expect(next == 41)
  }

  @Test("a database without a row moves as well", arguments: Direction.all)
  func nothing(_ direction: Direction) async throws {
    let target = try await EmptyDatabase.open(on: direction.target)
    let proofs = try await run(try await emptyStore(on: direction.source), target)
    #expect(proofs.map(\.rowCount) == [0, 0])
  }

  @Test("a target that holds a row is refused and stays as it is", arguments: Direction.all)
  func notEmpty(_ direction: Direction) async throws {
    let target = try await emptyStore(on: direction.target)
    try await target.writeAcrossTenants {
      _ = try $0.run("INSERT INTO round (tenant, number, title) VALUES ('granby', 1, 'vores')")
    }
    let source = try await source(on: direction.source)
    await #expect(throws: MoveRefusal.targetHoldsRows(table: "round")) { try await run(source, target) }
    #expect(try await counts(target) == [1, 0])
  }

  @Test("an older target that holds a row is not brought up to date by the refusal", arguments: TestedDatabase.allCases)
  func olderTarget(on tested: TestedDatabase) async throws {
    let later = Migration(
      capability: "rounds", number: 2, name: "later", statements: ["ALTER TABLE round ADD COLUMN later {text}"])
    let source = try await EmptyDatabase.open(roundTables + [later])
    let target = try await emptyStore(on: tested)
    try await target.writeAcrossTenants {
      _ = try $0.run("INSERT INTO round (tenant, number, title) VALUES ('granby', 1, 'vores')")
    }
    await #expect(throws: MoveRefusal.targetHoldsRows(table: "round")) {
      try await DatabaseMove(roundTables + [later]).run(from: source, to: target, now: { 0 })
    }
    #expect(try await MigrationRunner(roundTables + [later]).plan(on: target) == [later])
  }

  @Test("a source that lacks steps is refused, and the target is not touched", arguments: TestedDatabase.allCases)
  func behind(on tested: TestedDatabase) async throws {
    let source = try await EmptyDatabase.open(on: tested)
    let target = try await EmptyDatabase.open(on: tested)
    await #expect(throws: MoveRefusal.sourceIsBehind(steps: roundTables)) { try await run(source, target) }
    #expect(try await tables(of: target) == [])
  }

  @Test("a table that only one of them has is named, and nothing is moved", arguments: Direction.all)
  func otherTables(_ direction: Direction) async throws {
    let source = try await source(on: direction.source)
    let target = try await emptyStore(on: direction.target)
    try await source.writeAcrossTenants { _ = try $0.run("CREATE TABLE own (id BIGINT PRIMARY KEY)") }
    await #expect(throws: MoveRefusal.tablesDiffer(["own"])) { try await run(source, target) }
    #expect(try await counts(target) == [0, 0])
  }

  @Test("a row that the target refuses in the middle leaves it empty", arguments: Direction.all)
  func faultInTheMiddle(_ direction: Direction) async throws {
    let source = try await source(on: direction.source)
    let target = try await emptyStore(on: direction.target)
    // Two rows that are found only after many have been kept.
    try await target.writeAcrossTenants {
      _ = try $0.run("CREATE UNIQUE INDEX planted ON round (final) WHERE number > 4400")
    }
    await #expect(throws: DatabaseError.self) { try await run(source, target) }
    #expect(try await counts(target) == [0, 0])
    // The source is let go of.
    #expect(try await counts(source) == [13_500, 40])
  }

  @Test("a value that cannot be read in the middle leaves the target empty")
  func unreadableSource() async throws {
    let source = try await source(on: .sqlite)
    let target = try await emptyStore(on: .sqlite)
    try await source.writeAcrossTenants {
      _ = try $0.run("UPDATE remark SET words = CAST(x'ff' AS TEXT) WHERE id = 3")
    }
    await #expect { try await run(source, target) } throws: { ($0 as? DatabaseError)?.kind == .corrupt }
    #expect(try await counts(target) == [0, 0])
  }

  /// A change to the values of one column on their way.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let column: String
    let table: String
    let change: @Sendable (DatabaseColumn) -> DatabaseColumn

    static let all = [
      Fault(testDescription: "a space is added", column: "title", table: "round") {
        texts($0) { $0 == "å 4500" ? "å 4500 " : $0 }
      },
      Fault(testDescription: "another Unicode form of the same letters", column: "title", table: "round") {
        texts($0) { $0?.replacing("e\u{301}", with: "é") }
      },
      Fault(testDescription: "another tenant", column: "tenant", table: "round") {
        texts($0) { $0 == "Zetaby" ? "Zetabz" : $0 }
      },
      Fault(testDescription: "nothing becomes 0", column: "result", table: "round") { integers($0) { $0 ?? 0 } },
      Fault(testDescription: "an øre is lost", column: "result", table: "round") {
        integers($0) { $0 == 4_499_000_000_000_000 ? 4_498_999_999_999_999 : $0 }
      },
      Fault(testDescription: "nothing becomes an empty blob", column: "file", table: "remark") {
        guard case .optionalBlobs(let values) = $0 else { return $0 }
        return .optionalBlobs(values.map { $0 ?? [] })
      },
    ]

    private static func texts(_ column: DatabaseColumn, _ body: (String?) -> String?) -> DatabaseColumn {
      guard case .optionalTexts(let values) = column else { return column }
      return .optionalTexts(values.map(body))
    }

    private static func integers(_ column: DatabaseColumn, _ body: (Int64?) -> Int64?) -> DatabaseColumn {
      guard case .optionalIntegers(let values) = column else { return column }
      return .optionalIntegers(values.map(body))
    }
  }

  @Test(
    "a value that arrives as another one is found, and nothing is kept", arguments: Fault.all, TestedDatabase.allCases)
  func difference(_ fault: Fault, on tested: TestedDatabase) async throws {
    let source = try await source(on: tested)
    let target = try await emptyStore(on: tested)
    let meddled = MeddledDatabase(base: target) { table, columns in
      var columns = columns
      if table == fault.table { columns[fault.column] = columns[fault.column].map(fault.change) }
      return columns
    }
    await #expect(throws: MoveRefusal.contentDiffers(tables: [fault.table])) { try await run(source, meddled) }
    #expect(try await counts(target) == [0, 0])
  }

  @Test("a move that is called off on the way leaves the target empty", arguments: Direction.all)
  func calledOff(_ direction: Direction) async throws {
    let source = try await source(on: direction.source)
    let target = try await emptyStore(on: direction.target)
    let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
    let goOn = DispatchSemaphore(value: 0)
    let meddled = MeddledDatabase(base: target) { _, columns in
      arrived.yield()
      goOn.wait()
      return columns
    }
    let work = Task { try await run(source, meddled) }
    for await _ in arrivals { break }
    work.cancel()
    for _ in 0..<100 { goOn.signal() }
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(try await counts(target) == [0, 0])
    #expect(try await counts(source) == [13_500, 40])
  }
}
