import Database
import Organisation
import SteeringCore
import StyrehusTesting
import Testing

@testable import Governance

private let tables =
  PeopleCapability.migrations + LoginCapability.migrations + RetentionCapability.migrations + DatabaseTables.migrations

@Suite("What is kept, and for how long")
struct RetentionTests {
  private static let now: Int64 = 1_790_000_000
  private static let day: Int64 = 86_400

  private func with(
    _ tested: TestedDatabase = .standard, _ body: (any MunicipalDatabase, Retention) async throws -> Void
  ) async throws {
    try await EmptyDatabase.with(tables, on: tested) { plain in
      let database = AuditedDatabase(plain)
      let premises = Premises(
        database: database, tenant: EmptyDatabase.tenant, now: { Self.now }, tree: { .empty(on: $0) })
      try await body(database, Retention(premises, [:]))
    }
  }

  /// Somebody whose only position ended so many days ago.
  private func leave(_ database: any MunicipalDatabase, _ name: String, daysAgo: Int64) async throws -> Int64 {
    let then = Self.now - daysAgo * Self.day
    return try await database.write(EmptyDatabase.tenant) { connection in
      let store = PeopleStore(connection, now: then)
      let person = try store.add(name: name, email: "")
      let last = CalendarDate(inDenmarkAt: then)
      let period = ValidPeriod(from: CalendarDate(iso: "2010-01-01")!, through: last)!
      _ = try store.appoint(person, to: try store.add(.employee, place: "", ValidPeriod(from: period.from)!), period)
      return person
    }
  }

  private func decide(
    _ database: any MunicipalDatabase, _ dataClass: DataClass, _ verdict: PreservationDecision.Verdict,
    days: Int = 1_826
  ) async throws {
    try await database.write(EmptyDatabase.tenant) {
      try RetentionStore($0, now: Self.now).add(
        .init(
          dataClass: dataClass, verdict: verdict, keepDays: days, reference: "2026-17",
          decidedOn: CalendarDate(iso: "2026-03-01")!))
    }
  }

  private func state(_ retention: Retention, _ dataClass: DataClass) async throws -> ClassStanding {
    try #require(try await retention.standings().first { $0.dataClass == dataClass })
  }

  @Test(
    "people are blocked until a decision is stored, and the newest decision counts", arguments: TestedDatabase.allCases)
  func blocked(_ tested: TestedDatabase) async throws {
    try await with(tested) { database, retention in
      let old = try await leave(database, "Old", daysAgo: 3_000)
      let recent = try await leave(database, "Recent", daysAgo: 400)
      #expect(try await state(retention, .people).state == .blocked)
      #expect(try await retention.sweep().isEmpty)
      try await decide(database, .people, .preserve)
      #expect(try await state(retention, .people).state == .preserved)
      #expect(try await retention.sweep().isEmpty)
      try await decide(database, .people, .destroy)
      #expect(try await state(retention, .people).due == 1)
      let gone = try await retention.sweep()
      #expect(gone.map(\.0) == [.people] && gone.map(\.1) == [1])
      let people = try await database.read(EmptyDatabase.tenant) {
        try PeopleStore($0, now: Self.now).register().people
      }
      #expect(people.first { $0.id == old }?.name == "" && people.first { $0.id == recent }?.name == "Recent")
      let (words, check) = try await database.read(EmptyDatabase.tenant) { connection in
        (try AuditTrail(connection).latest(100).map { "\($0.act)" }.joined(), try AuditCheck(connection))
      }
      #expect(!words.contains("Old") && words.contains("Recent") && words.contains("privacy.sweep"))
      #expect(check.faults.isEmpty, "the chain still holds")
      try await decide(database, .people, .destroy, days: 365)
      #expect(try await state(retention, .people).due == 1)
    }
  }

  @Test("what is over is deleted on the day it is due, and not the day before", arguments: TestedDatabase.allCases)
  func edges(_ tested: TestedDatabase) async throws {
    try await with(tested) { database, retention in
      let person = try await leave(database, "Bo", daysAgo: 1)
      let limit = Int64(DataClass.signIns.days!) * Self.day
      for seconds in [limit - 1, limit, limit + 1] {
        try await database.write(EmptyDatabase.tenant) { connection in
          let store = LoginStore(connection, now: Self.now - seconds)
          let secret = Secret.fresh()
          try store.begin(secret, for: person, by: .password, formToken: "t")
          try store.end(secret)
        }
      }
      #expect(try await state(retention, .signIns).due == 1)
      #expect(try await retention.sweep().map(\.1) == [1])
      #expect(try await retention.sweep().isEmpty)
      let left = try await database.read(EmptyDatabase.tenant) {
        try $0.rows("SELECT session_hash FROM login_session WHERE tenant = :tenant").count
      }
      #expect(left == 2)
    }
  }

  @Test("names in the trail go when their time is over, and the chain holds", arguments: TestedDatabase.allCases)
  func trailWords(_ tested: TestedDatabase) async throws {
    try await with(tested) { database, retention in
      _ = try await leave(database, "Canary", daysAgo: 1)
      try await decide(database, .trailWords, .destroy)
      #expect(try await state(retention, .trailWords).due == 0, "written a moment ago")
      let count = try await database.write(EmptyDatabase.tenant) { connection in
        let gone = try AuditTrail(connection).forget(before: Int64.max / 1_000, isCarriedOut: true)
        try connection.tell(Act("privacy.sweep", object: "trailWords", after: "\(gone)"))
        return gone
      }
      #expect(count == 1)
      let (words, faults) = try await database.read(EmptyDatabase.tenant) { connection in
        (try AuditTrail(connection).latest(100).map { "\($0.act)" }.joined(), try AuditCheck(connection).faults)
      }
      #expect(!words.contains("Canary") && faults.isEmpty)
    }
  }

  @Test("postings and the trail are never deleted, whatever is decided")
  func kept() async throws {
    try await with { database, retention in
      for dataClass in [DataClass.postings, .trail] {
        try await decide(database, dataClass, .destroy, days: 30)
        #expect(try await state(retention, dataClass).state == .kept)
      }
      #expect(try await retention.sweep().isEmpty)
    }
  }
}
