import Database
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("Several servers on one database", wherePostgresIs)
struct RaceTests {
  /// Two servers on a schema of their own.
  private func servers() async throws -> [PostgresDatabase] {
    let schema = try ThrowawayPostgres.shared.newSchema()
    let one = try await PostgresDatabase.open(schema.address, limits: .forTests)
    try await one.writeAcrossTenants { _ = try $0.run("CREATE SCHEMA \(schema.name)") }
    return [one, try await PostgresDatabase.open(schema.address, limits: .forTests)]
  }

  /// Lets eight writers at the servers do the same at once, and returns what each came to.
  private func race<T: Sendable>(
    _ servers: [PostgresDatabase], _ body: @escaping @Sendable (any DatabaseConnection, Int) throws -> T
  ) async throws -> [T] {
    try await withThrowingTaskGroup(of: T.self) { group in
      for runner in 0..<8 {
        group.addTask { try await servers[runner % 2].write(eastern) { try body($0, runner) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test("Of eight who decide the same thing at once, exactly one wins, a hundred times")
  func guardedUpdate() async throws {
    let servers = try await servers()
    _ = try await MigrationRunner(countTables).run(on: servers[0], now: { 0 })
    for round in Int64(1)...100 {
      try await servers[0].add(round)
      let wins = try await race(servers) { connection, _ in
        try connection.run(
          "UPDATE tally SET final = 1 WHERE tenant = :tenant AND number = :number AND final = 0",
          ["number": .integer(round)])
      }
      #expect(wins.reduce(0, +) == 1)
    }
    for server in servers { try await server.close() }
  }

  @Test("Those who read the highest number and take the next one never take the same")
  func nextNumber() async throws {
    let servers = try await servers()
    _ = try await MigrationRunner(countTables).run(on: servers[0], now: { 0 })
    for _ in 0..<10 {
      _ = try await race(servers) { connection, _ in
        let next = "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM tally WHERE tenant = :tenant"
        let number = try connection.row(next)?.integer("next") ?? 0
        try connection.run(insertTally, ["number": .integer(number), "title": "x"])
      }
    }
    #expect(try await servers[1].numbers() == Array(1...80))
    for server in servers { try await server.close() }
  }

  @Test("Servers that start at once run each step of the tables once between them")
  func migrations() async throws {
    let servers = try await servers()
    let more = Migration(capability: "counts", number: 2, name: "more", statements: ["SELECT pg_sleep(0.1)"])
    let runner = try MigrationRunner(countTables + [more])
    let done = try await withThrowingTaskGroup(of: [Migration].self) { group in
      for server in servers + servers { group.addTask { try await runner.run(on: server, now: { 0 }) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(done.map(\.number).sorted() == [1, 2])
    for server in servers { try await server.close() }
  }

  @Test("Work across the municipalities waits for every writer, and they for it")
  func alone() async throws {
    let servers = try await servers()
    let gate = Gate()
    let order = Note<[String]>([])
    let waiting = """
      (SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND objid = CAST(hashtext(current_schema()) AS BIGINT) & 4294967295)
      """
    let writer = Task {
      try await servers[0].write(eastern) { _ in
        gate.pass()
        order.change { $0.append("writer") }
      }
    }
    try await gate.awaitArrival(of: 1)
    let across = Task { try await servers[1].writeAcrossTenants { _ in order.change { $0.append("across") } } }
    try await until { try await servers[0].value(waiting) == 1 }
    let later = Task { try await servers[0].write(western) { _ in order.change { $0.append("later") } } }
    try await until { try await servers[0].value(waiting) == 2 }
    #expect(order.value == [])
    gate.open()
    try await writer.value
    try await across.value
    try await later.value
    #expect(order.value == ["writer", "across", "later"])
    for server in servers { try await server.close() }
  }

  @Test("A reader sees one picture while others write, and what was written is seen by the next one on any server")
  func pictures() async throws {
    let servers = try await servers()
    _ = try await MigrationRunner(countTables).run(on: servers[0], now: { 0 })
    let gate = Gate()
    let reading = Task {
      try await servers[1].read(eastern) { connection in
        let count = "SELECT COUNT(*) AS n FROM tally WHERE tenant = :tenant"
        let first = try connection.row(count)?.integer("n")
        gate.pass()
        return [first, try connection.row(count)?.integer("n")]
      }
    }
    try await gate.awaitArrival(of: 1)
    try await servers[0].add(1)
    #expect(try await servers[1].numbers() == [1])
    gate.open()
    #expect(try await reading.value == [0, 0])
    for server in servers { try await server.close() }
  }
}
