import SteeringCore
import StyrehusTesting
import Testing

@testable import Database

@Suite("The audit trail")
struct AuditTests {
  private static let leader = Deed(person: "7", position: "3", reason: "årsskifte", request: "r1")

  private func fill(_ database: any MunicipalDatabase, _ count: Int = 5) async throws {
    let audited = AuditedDatabase(database)
    for number in 1...count {
      try await Deed.$current.withValue(Self.leader) {
        try await audited.write(eastern) { connection in
          try connection.run(
            "INSERT INTO round (tenant, number, title) VALUES (:tenant, :number, 'x')",
            ["number": .integer(Int64(number))])
          try connection.tell(
            Act(
              "round.add", object: "round \(number)", before: "", after: "x",
              personal: number == 2 ? .init(person: "9", after: "name=Bo Hansen") : nil))
        }
      }
    }
  }

  private func check(
    _ database: any MunicipalDatabase, _ anchors: [AuditAnchor] = []
  ) async throws -> AuditCheck {
    try await database.read(eastern) { try AuditCheck($0, anchors: anchors) }
  }

  private func with(_ tested: TestedDatabase, _ body: (any MunicipalDatabase) async throws -> Void) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      try await fill(database)
      try await body(database)
    }
  }

  @Test("tells who did what, in which position, why and in which request", arguments: TestedDatabase.allCases)
  func entries(_ tested: TestedDatabase) async throws {
    try await with(tested) { database in
      let latest = try await database.read(eastern) { try AuditTrail($0).latest(2) }
      #expect(latest.map(\.number) == [5, 4])
      #expect(latest[0].deed == Self.leader && latest[0].act.action == "round.add" && latest[0].act.after == "x")
      #expect(latest[0].at > 1_700_000_000_000)
      let ofNine = try await database.read(eastern) { try AuditTrail($0).latest(9, filter: .init(person: "9")) }
      #expect(ofNine.map(\.number) == [2])
      let check = try await check(database)
      #expect(check.faults.isEmpty && check.count == 5 && check.anchor == AuditAnchor(check.anchor?.description ?? ""))
    }
  }

  @Test("a write that says nothing is refused, and nothing of it is kept", arguments: TestedDatabase.allCases)
  func silent(_ tested: TestedDatabase) async throws {
    try await with(tested) { database in
      let audited = AuditedDatabase(database)
      let error = await #expect(throws: DatabaseError.self) {
        try await audited.write(eastern) {
          try $0.run("UPDATE round SET title = 'y' WHERE tenant = :tenant AND number = 1")
        }
      }
      #expect(error?.kind == .misuse)
      let titles = try await database.read(eastern) {
        try $0.rows("SELECT title FROM round WHERE tenant = :tenant").map { try $0.text("title") }
      }
      #expect(titles == Array(repeating: "x", count: 5))
      // A statement that changes nothing needs no word.
      try await audited.write(eastern) {
        _ = try $0.run("UPDATE round SET title = 'y' WHERE tenant = :tenant AND number = 99")
      }
    }
  }

  private static let meddling: [(what: String, statement: String, told: String)] = [
    ("who", "UPDATE database_audit SET person = '8' WHERE tenant = :tenant AND number = 3", "Entry 3 "),
    ("what", "UPDATE database_audit SET after_text = 'y' WHERE tenant = :tenant AND number = 4", "Entry 4 "),
    ("when", "UPDATE database_audit SET at_ms = at_ms + 1 WHERE tenant = :tenant AND number = 1", "Entry 1 "),
    ("gone", "DELETE FROM database_audit WHERE tenant = :tenant AND number = 3", "Entry 3 is missing"),
    ("first", "DELETE FROM database_audit WHERE tenant = :tenant AND number = 1", "Entry 1 is missing"),
    ("tail", "DELETE FROM database_audit WHERE tenant = :tenant AND number >= 4", "its end is missing"),
    ("words", "UPDATE database_audit_personal SET after_text = 'Ib' WHERE tenant = :tenant", "Entry 2: what it says"),
    ("head", "DELETE FROM database_audit_head WHERE tenant = :tenant", "own mark"),
  ]

  @Test("shows where it was meddled with", arguments: TestedDatabase.allCases, meddling.indices)
  func meddled(_ tested: TestedDatabase, _ index: Int) async throws {
    let (what, statement, told) = Self.meddling[index]
    try await with(tested) { database in
      let changed = try await database.write(eastern) { try $0.run(statement) }
      #expect(changed > 0)
      let faults = try await check(database).faults.map(\.english)
      #expect(faults.contains { $0.contains(told) }, "\(what): \(faults)")
    }
  }

  @Test("shows where two entries changed places, or one was put between", arguments: TestedDatabase.allCases)
  func moved(_ tested: TestedDatabase) async throws {
    try await with(tested) { database in
      for (from, to) in [(2, 90), (3, 2), (90, 3)] {
        _ = try await database.write(eastern) {
          try $0.run(
            "UPDATE database_audit SET number = :to WHERE tenant = :tenant AND number = :from",
            ["from": DatabaseValue(from), "to": DatabaseValue(to)])
        }
      }
      let faults = try await check(database).faults.map(\.english)
      #expect(faults.contains { $0.hasPrefix("Entry 2 ") } && faults.contains { $0.hasPrefix("Entry 3 ") })
    }
  }

  @Test(
    "that was cut with its mark, or written anew as a whole, is found by an anchor", arguments: TestedDatabase.allCases)
  func anchored(_ tested: TestedDatabase) async throws {
    try await with(tested) { database in
      let anchor = try #require(try await check(database).anchor)
      _ = try await database.write(eastern) { connection in
        try connection.run("DELETE FROM database_audit WHERE tenant = :tenant AND number = 5")
        let last = try #require(try AuditTrail(connection).latest(1).first)
        return try connection.run(
          "UPDATE database_audit_head SET number = 4, hash = :hash WHERE tenant = :tenant", ["hash": .text(last.hash)])
      }
      #expect(try await check(database).faults.isEmpty, "without an anchor it cannot be known")
      #expect(try await check(database, [anchor]).faults.map(\.english).contains { $0.contains("its end is missing") })
      // Somebody adds an entry of the same number afterwards.
      try await AuditedDatabase(database).write(eastern) { try $0.tell(Act("round.add", object: "round 5")) }
      #expect(try await check(database, [anchor]).faults.map(\.english).contains { $0.contains("written anew") })
    }
  }

  @Test("stays whole when what it says about a person is taken out", arguments: TestedDatabase.allCases)
  func forgotten(_ tested: TestedDatabase) async throws {
    try await with(tested) { database in
      let count = try await database.write(eastern) { try AuditTrail($0).forget(person: "9") }
      #expect(count == 1)
      // Nothing says that the words were taken out: somebody may have done it past the product.
      let told = try await check(database).faults.map(\.english)
      #expect(told.count == 1 && told[0].contains("is gone, and no later entry says"))
      try await AuditedDatabase(database).write(eastern) { try $0.tell(Act("privacy.remove", object: "person 9")) }
      #expect(try await check(database).faults.isEmpty)
      let entry = try await database.read(eastern) { try AuditTrail($0).latest(9, filter: .init(person: "9")).first }
      #expect(entry?.isPersonalGone == true && entry?.act.personal?.after == "" && entry?.act.action == "round.add")
    }
  }

  @Test("is one chain also where many write at once, on two servers", arguments: TestedDatabase.allCases)
  func together(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.withTwoServers(commandTables, on: tested) { databases in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask {
            try await AuditedDatabase(databases[number % 2]).writeBeside(eastern) {
              try $0.tell(Act("round.see", object: "\(number)"))
            }
          }
        }
        try await group.waitForAll()
      }
      let check = try await check(databases[0])
      #expect(check.faults.isEmpty && check.count == 40)
    }
  }

  @Test(
    "an anchor is a number and a hash", arguments: ["", "1", "1:", "x:" + String(repeating: "a", count: 64), "0:1"])
  func anchors(_ text: String) {
    #expect(AuditAnchor(text) == nil)
  }
}
