import Database
import Dispatch
import SteeringCore
import StyrehusTesting
import Testing

@Suite("Transactions and tenants")
struct TransactionTests {
  struct Stop: Error {}

  @Test("A body that throws leaves nothing behind, and its own error comes out", arguments: TestedDatabase.allCases)
  func rollback(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    await #expect(throws: Stop.self) {
      try await database.write(eastern) { connection in
        try connection.run(insertRound, ["number": 1, "title": "a"])
        try connection.run(insertRound, ["number": 2, "title": "b"])
        throw Stop()
      }
    }
    #expect(try await database.titles(of: eastern) == [])
    try await database.addRound(1, for: eastern)
    #expect(try await database.titles(of: eastern) == ["Foreløbig"])
  }

  @Test(
    "A failed statement ends the transaction, also where the body catches its error", arguments: TestedDatabase.allCases
  )
  func swallowed(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    let error = await databaseError {
      try await database.write(eastern) { connection in
        try connection.run(insertRound, ["number": 1, "title": "a"])
        _ = try? connection.run(insertRound, ["number": 1, "title": "again"])
        _ = try? connection.run(insertRound, ["number": 2, "title": "b"])
      }
    }
    #expect(error?.rule == .unique)
    #expect(try await database.titles(of: eastern) == [])
  }

  @Test("A misuse that is caught also ends the transaction", arguments: TestedDatabase.allCases)
  func swallowedMisuse(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    let error = await databaseError {
      try await database.write(eastern) { connection in
        try connection.run(insertRound, ["number": 1, "title": "a"])
        _ = try? connection.rows("SELECT title FROM round")
      }
    }
    #expect(error?.kind == .misuse)
    #expect(try await database.titles(of: eastern) == [])
  }

  @Test("Two municipalities do not see, change or remove each other's rows", arguments: TestedDatabase.allCases)
  func tenants(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, "øst", for: eastern)
    try await database.addRound(1, "vest", for: western)
    #expect(try await database.titles(of: eastern) == ["øst"])
    #expect(try await database.titles(of: western) == ["vest"])
    let changed = try await database.write(western) { connection in
      try connection.run("UPDATE round SET title = 'ny' WHERE tenant = :tenant")
    }
    #expect(changed == 1)
    let removed = try await database.write(western) { connection in
      try connection.run("DELETE FROM round WHERE tenant = :tenant")
    }
    #expect(removed == 1)
    #expect(try await database.titles(of: eastern) == ["øst"])
    #expect(try await database.titles(of: western) == [])
  }

  @Test(
    "A statement that forgets the municipality is refused by every way in, with the table's name",
    arguments: TestedDatabase.allCases, ["rows", "forEachRow", "run", "runMany"])
  func forgotten(on tested: TestedDatabase, way: String) async throws {
    let database = try await emptyStore(on: tested)
    let error = await databaseError {
      try await database.write(eastern) { connection in
        switch way {
        case "rows": _ = try connection.rows("SELECT * FROM round")
        case "forEachRow": try connection.forEachRow("SELECT * FROM round", [:]) { _ in }
        case "run": try connection.run("DELETE FROM round")
        default: try connection.runMany("DELETE FROM round WHERE number = :number", ["number": .integers([1])])
        }
      }
    }
    #expect(error?.kind == .misuse)
    #expect(error?.detail.contains("a statement on round does not mention :tenant") == true)
  }

  @Test(
    "A read cannot write", arguments: TestedDatabase.allCases,
    [
      "DELETE FROM round WHERE tenant = :tenant",
      "INSERT INTO round (tenant, number, title) VALUES (:tenant, 9, 'x') RETURNING number",
      "WITH t AS (SELECT :tenant AS tenant) INSERT INTO round (tenant, number, title) SELECT tenant, 9, 'x' FROM t",
    ])
  func readOnly(on tested: TestedDatabase, sql: String) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    let byRun = await databaseError { try await database.read(eastern) { try $0.run(sql) } }
    let byRows = await databaseError { try await database.read(eastern) { try $0.rows(sql).count } }
    #expect(byRun?.kind == .misuse)
    #expect(byRows?.kind == .misuse)
    #expect(try await database.titles(of: eastern) == ["Foreløbig"])
  }

  @Test("Each rule of a table is told apart", arguments: TestedDatabase.allCases)
  func constraints(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    _ = try await database.write(eastern) {
      try $0.run("INSERT INTO remark (tenant, round, words) VALUES (:tenant, 1, 'x')")
    }
    func error(_ sql: String) async -> DatabaseError? {
      await databaseError { try await database.write(eastern) { try $0.run(sql) } }
    }
    let check = await error("UPDATE round SET result = -1000000 WHERE tenant = :tenant")
    #expect(check?.kind == .constraint(.check, name: "plausible"))
    #expect(await error("INSERT INTO remark (tenant, round, words) VALUES (:tenant, 9, 'x')")?.rule == .foreignKey)
    #expect(await error("DELETE FROM round WHERE tenant = :tenant")?.rule == .foreignKey)
    let missing = await error("INSERT INTO round (tenant, number) VALUES (:tenant, 2)")
    #expect(missing?.kind == .constraint(.notNull, name: "round.title"))
    let text = await error("UPDATE round SET result = 'much' WHERE tenant = :tenant")
    #expect(text?.rule == .check, "a text in a column of numbers is refused")
    for error in [check, missing, text] { #expect(error?.detail.contains("much") == false, "no values") }
  }

  @Test(
    "The count of changed rows is the statement's own; an expected conflict counts 0",
    arguments: TestedDatabase.allCases)
  func counts(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    let upsert =
      "INSERT INTO round (tenant, number, title) VALUES (:tenant, :number, :title) ON CONFLICT (tenant, number) DO "
    let counts = try await database.write(eastern) { connection in
      [
        try connection.run(upsert + "NOTHING", ["number": 1, "title": "a"]),
        try connection.run(upsert + "NOTHING", ["number": 1, "title": "b"]),
        try connection.run(upsert + "UPDATE SET title = excluded.title", ["number": 1, "title": "c"]),
        try connection.run("SELECT title FROM round WHERE tenant = :tenant"),
        try connection.run("UPDATE round SET final = 1 WHERE tenant = :tenant AND number = 7"),
      ]
    }
    #expect(counts == [1, 0, 1, 0, 0])
    #expect(try await database.titles(of: eastern) == ["c"])
  }

  @Test(
    "Numbers that the database hands out come back with RETURNING and are never used twice",
    arguments: TestedDatabase.allCases)
  func identity(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    let insert = "INSERT INTO remark (tenant, round, words) VALUES (:tenant, 1, 'x') RETURNING id"
    let numbers = try await database.write(eastern) { connection in
      let first = try connection.row(insert)?.integer("id")
      try connection.run("DELETE FROM remark WHERE tenant = :tenant")
      return [first, try connection.row(insert)?.integer("id")]
    }
    #expect(numbers == [1, 2])
  }

  @Test("A query may run inside the same query", arguments: TestedDatabase.allCases)
  func nested(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    for number in 1...3 { try await database.addRound(Int64(number), for: eastern) }
    let pairs = try await database.read(eastern) { connection in
      var pairs: [Int64] = []
      let sql = "SELECT number FROM round WHERE tenant = :tenant ORDER BY number"
      try connection.forEachRow(sql, [:]) { outer in
        try connection.forEachRow(sql, [:]) { inner in
          pairs.append(try outer.integer("number") * 10 + inner.integer("number"))
        }
      }
      return pairs
    }
    #expect(pairs == [11, 12, 13, 21, 22, 23, 31, 32, 33])
  }

  @Test(
    "A body's error ends a walk over rows and comes out; the statement can be used again",
    arguments: TestedDatabase.allCases)
  func walkStopped(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    for number in 1...3 { try await database.addRound(Int64(number), for: eastern) }
    let seen = try await database.read(eastern) { connection in
      var seen: [Int64] = []
      let sql = "SELECT number FROM round WHERE tenant = :tenant ORDER BY number"
      #expect(throws: Stop.self) { try connection.forEachRow(sql, [:]) { _ in throw Stop() } }
      try connection.forEachRow(sql, [:]) { seen.append(try $0.integer("number")) }
      return seen
    }
    #expect(seen == [1, 2, 3])
  }

  @Test(
    "After a walk over its rows, a table can be changed in the same transaction", arguments: TestedDatabase.allCases)
  func walkThenChange(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.addRound(1, for: eastern)
    let extra = try await database.writeAcrossTenants { connection in
      try connection.forEachRow("SELECT number FROM round", [:]) { _ in }
      try connection.run(connection.dialect.render("ALTER TABLE round ADD COLUMN extra {integer}"))
      var extra: [DatabaseValue] = []
      try connection.forEachRow("SELECT extra FROM round", [:]) { extra.append(try $0.value("extra")) }
      return extra
    }
    #expect(extra == [.null])
  }

  @Test("A cancelled task's transaction is interrupted and rolled back", arguments: TestedDatabase.allCases)
  func cancelled(on tested: TestedDatabase) async throws { try await cancels(on: tested, beforeTheStatement: false) }

  @Test(
    "A task that is cancelled between two statements does not get through the second",
    arguments: TestedDatabase.allCases)
  func cancelledBetween(on tested: TestedDatabase) async throws {
    try await cancels(on: tested, beforeTheStatement: true)
  }

  /// Cancels a transaction in, or right before, a statement that never ends by itself.
  private func cancels(on tested: TestedDatabase, beforeTheStatement: Bool) async throws {
    let database = try await emptyStore(on: tested)
    let (started, start) = AsyncStream<Void>.makeStream()
    let cancelled = DispatchSemaphore(value: beforeTheStatement ? 0 : 1)
    let work = Task {
      try await database.write(eastern) { connection in
        try connection.run(insertRound, ["number": 1, "title": "a"])
        start.yield()
        cancelled.wait()
        let endless = """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0 AND :tenant <> ''
          """
        try connection.forEachRow(endless, [:]) { _ in }
      }
    }
    for await _ in started { break }
    work.cancel()
    cancelled.signal()
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(try await database.titles(of: eastern) == [])
  }

  @Test("After closing, every call says so; closing again does nothing", arguments: TestedDatabase.allCases)
  func closed(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await database.close()
    try await database.close()
    let reading = await databaseError { try await database.titles(of: eastern).count }
    let writing = await databaseError { try await database.addRound(1, for: eastern) }
    #expect(reading?.kind == .unavailable)
    #expect(writing?.kind == .unavailable)
    #expect(writing?.message.danish == "Databasen er lukket.")
  }

  @Test("A connection that is kept after its transaction is refused", arguments: TestedDatabase.allCases)
  func kept(on tested: TestedDatabase) async throws {
    final class Shelf: @unchecked Sendable { var connection: (any DatabaseConnection)? }
    let shelf = Shelf()
    let database = try await emptyStore(on: tested)
    try await database.read(eastern) { shelf.connection = $0 }
    #expect(throws: DatabaseError.self) { try shelf.connection?.rows("SELECT :tenant AS t") }
  }

  @Test("Eight who read, decide and write at once do it one after the other", arguments: TestedDatabase.allCases)
  func deciding(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await database.write(eastern) { connection in
            let sql = "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM round WHERE tenant = :tenant"
            let next = try connection.row(sql)?.integer("next") ?? 0
            try connection.run(insertRound, ["number": .integer(next), "title": "a"])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.titles(of: eastern).count == 8)
  }

  @Test(
    "Eight readers work while one writer writes, and each sees whole transactions", arguments: TestedDatabase.allCases)
  func concurrency(on tested: TestedDatabase) async throws {
    let database = try await emptyStore(on: tested)
    let pairs: Int64 = 200
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for pair in 0..<pairs {
          try await database.write(eastern) { connection in
            try connection.run(insertRound, ["number": .integer(pair * 2), "title": "a"])
            try connection.run(insertRound, ["number": .integer(pair * 2 + 1), "title": "b"])
          }
        }
      }
      for _ in 0..<8 {
        group.addTask {
          var seen: Int64 = 0
          while seen < pairs * 2 {
            let before = seen
            seen = try await database.read(eastern) { connection in
              let count = "SELECT COUNT(*) AS n FROM round WHERE tenant = :tenant"
              let first = try connection.row(count)?.integer("n") ?? -1
              let second = try connection.row(count)?.integer("n") ?? -1
              #expect(first == second, "one read sees one picture")
              return first
            }
            #expect(seen % 2 == 0, "half a transaction was seen")
            #expect(seen >= before)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
