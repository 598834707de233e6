import StyrehusTesting
import Testing

@testable import Database

/// The tables of commands and jobs, and those of the other tests here.
let commandTables = roundTables + DatabaseTables.migrations

private let addRound = "INSERT INTO round (tenant, number, title) VALUES (:tenant, :number, 'x')"

@Suite("What is asked for under a key")
struct CommandTests {
  private func command(_ key: CommandKey, _ content: String = "7") -> Command {
    Command(key, kind: "round") { [content] }
  }

  /// Adds a round under a key, and says whether it was done now and what is recorded.
  private func add(
    _ number: Int64, _ command: Command, to database: any MunicipalDatabase
  ) async throws -> (isNew: Bool, outcome: String) {
    try await database.write(eastern) { connection in
      let effect = try connection.once(command, record: { (number: Int64) in "round \(number)" }) {
        try connection.run(addRound, ["number": .integer(number)])
        return number
      }
      switch effect {
      case .done(let number): return (true, "round \(number)")
      case .doneBefore(let decision): return (false, decision.outcome)
      }
    }
  }

  private func count(_ database: any MunicipalDatabase, _ tenant: Tenant = eastern) async throws -> Int64? {
    try await database.read(tenant) {
      try $0.row("SELECT COUNT(*) AS n FROM round WHERE tenant = :tenant")?.integer("n")
    }
  }

  @Test("happens once; a retry is told what was decided", arguments: TestedDatabase.allCases)
  func once(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let key = CommandKey.fresh()
      let first = try await add(1, command(key), to: database)
      #expect(first.isNew && first.outcome == "round 1")
      for number in Int64(2)...3 {
        let again = try await add(number, command(key), to: database)
        #expect(!again.isNew && again.outcome == "round 1")
      }
      #expect(try await count(database) == 1)
      let next = try await add(4, command(.fresh()), to: database)
      #expect(next.isNew, "another key is another command")
    }
  }

  @Test(
    "is refused where the key comes with another content, and then changes nothing", arguments: TestedDatabase.allCases)
  func reused(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let key = CommandKey.fresh()
      _ = try await add(1, command(key), to: database)
      await #expect(throws: CommandReused(key: key)) { try await add(2, command(key, "8"), to: database) }
      #expect(try await count(database) == 1)
    }
  }

  @Test("leaves no trace where it fails, so that it may be tried again", arguments: TestedDatabase.allCases)
  func fails(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let key = CommandKey.fresh()
      let command = command(key)
      await #expect(throws: CancellationError.self) {
        try await database.write(eastern) { connection in
          _ = try connection.once(command, record: { _ in "" }) {
            try connection.run(addRound, ["number": 1])
            throw CancellationError()
          }
        }
      }
      #expect(try await count(database) == 0)
      let next = try await add(1, command, to: database)
      #expect(next.isNew)
    }
  }

  @Test("belongs to its municipality", arguments: TestedDatabase.allCases)
  func tenants(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let key = CommandKey.fresh()
      _ = try await add(1, command(key), to: database)
      let command = command(key, "8")
      try await database.write(western) { connection in
        guard case .done = try connection.once(command, record: { "\($0)" }, { 1 }) else {
          Issue.record("another municipality's key was found")
          return
        }
      }
    }
  }

  @Test("of sixteen who say it at once, one does it and all are told the same", arguments: TestedDatabase.allCases)
  func race(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      for round in Int64(1)...10 {
        let command = command(.fresh())
        let answers = try await withThrowingTaskGroup(of: (Bool, String).self) { group in
          for _ in 0..<16 { group.addTask { try await add(round, command, to: database) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.0 } == 1)
        #expect(Set(answers.map(\.1)) == ["round \(round)"])
      }
    }
  }

  @Test("has a key that is made of small letters, digits and hyphens")
  func keys() {
    #expect(CommandKey("0123456789abcde") == nil && CommandKey("0123456789ABCDEF") == nil)
    #expect(CommandKey("0123456789-abcdef")?.text == "0123456789-abcdef")
    #expect(CommandKey(String(repeating: "a", count: 65)) == nil)
    let keys = (0..<1_000).map { _ in CommandKey.fresh() }
    #expect(Set(keys).count == 1_000 && keys.allSatisfy { CommandKey($0.text) == $0 && $0.text.utf8.count == 32 })
  }

  @Test("where the database cannot be asked the second time either, nobody knows, and that is what is said")
  func insistsInVain() async throws {
    var tries = 0
    let error = await #expect(throws: DatabaseError.self) {
      try await CommandKey.fresh().insisting(telling: { _ in }) { _ in
        tries += 1
        throw DatabaseError.of(tries == 1 ? .outcomeUnknown : .unavailable, detail: "")
      }
    }
    #expect(tries == 2 && error?.kind == .outcomeUnknown)
  }

  @Test("is tried once more where nobody knows whether it was kept, and only then")
  func insists() async throws {
    let key = CommandKey.fresh()
    var tries = 0
    let outcome = try await key.insisting(telling: { #expect($0 == key) }) { key in
      tries += 1
      if tries == 1 { throw DatabaseError.of(.outcomeUnknown, detail: "") }
      return key.text
    }
    #expect(tries == 2 && outcome == key.text)
    for kind in [DatabaseError.Kind.busy, .unavailable, .diskFull] {
      var tries = 0
      await #expect(throws: DatabaseError.self) {
        try await key.insisting(telling: { _ in Issue.record("told") }) { _ in
          tries += 1
          throw DatabaseError.of(kind, detail: "")
        }
      }
      #expect(tries == 1)
    }
  }
}
