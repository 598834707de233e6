import Database
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import Governance

private let tables = PeopleCapability.migrations + LoginCapability.migrations + DatabaseTables.migrations

@Suite("Signing in")
struct LoginTests {
  private final class Clock: Sendable { let time = Mutex<Int64>(1_790_000_000) }

  private func with(
    _ tested: TestedDatabase = .standard, _ body: (LoginDesk, any MunicipalDatabase, Clock) async throws -> Void
  ) async throws {
    try await EmptyDatabase.with(tables, on: tested) { plain in
      let database = AuditedDatabase(plain)
      let clock = Clock()
      let desk = LoginDesk(
        database: database, tenant: EmptyDatabase.tenant, now: { clock.time.withLock { $0 } })
      try await body(desk, database, clock)
    }
  }

  private func enter(_ database: any MunicipalDatabase, _ clock: Clock) async throws -> (person: Int64, secret: Secret)
  {
    let now = clock.time.withLock { $0 }
    let secret = Secret.fresh()
    let person = try await database.write(EmptyDatabase.tenant) { connection in
      let person = try PeopleStore(connection, now: now).add(name: "Bo", email: "")
      try LoginStore(connection, now: now).invite(person, secret)
      return person
    }
    return (person, secret)
  }

  private static let password = "hest batteri klamme kaffe"

  @Test("an invitation works once, for a day, and gives a password", arguments: TestedDatabase.allCases)
  func invitation(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, database, clock in
      let (person, secret) = try await enter(database, clock)
      #expect(try await desk.accept(secret, person, " Bo ", Self.password, request: "r") == .done)
      #expect(try await desk.accept(secret, person, "bo", Self.password, request: "r") == .gone)
      guard case .welcome(person, _) = try await desk.signIn("BO", Self.password, from: "1.2.3.4", request: "r") else {
        Issue.record("the password does not fit")
        return
      }
      let (_, late) = try await enter(database, clock)
      clock.time.withLock { $0 += 86_400 }
      let found = try await database.read(EmptyDatabase.tenant) {
        try LoginStore($0, now: clock.time.withLock { $0 }).invited(late)
      }
      #expect(found == nil)
    }
  }

  @Test("nothing in the database is a password, a session or an invitation")
  func secrets() async throws {
    try await with { desk, database, clock in
      let (person, invitation) = try await enter(database, clock)
      _ = try await desk.accept(invitation, person, "bo", Self.password, request: "r")
      let session = Secret.fresh()
      try await desk.begin(session, for: person, by: .password, ending: nil, request: "r")
      let all = try await database.read(EmptyDatabase.tenant) { connection in
        try ["login_account", "login_session", "login_invitation", "database_audit"].flatMap {
          try connection.rows("SELECT * FROM \($0) WHERE tenant = :tenant").map { "\($0)" }
        }.joined()
      }
      for secret in [Self.password, invitation.text, session.text] { #expect(!all.contains(secret)) }
      #expect(all.contains("scrypt:32768:"))
    }
  }

  @Test("ten wrong passwords close the door to that name from that address, and to nobody else")
  func throttled() async throws {
    try await with { desk, database, clock in
      let (person, invitation) = try await enter(database, clock)
      _ = try await desk.accept(invitation, person, "bo", Self.password, request: "r")
      for _ in 0..<LoginDesk.mostOfName {
        guard case .wrong = try await desk.signIn("bo", "forkert", from: "10.0.0.1", request: "r") else {
          Issue.record("not refused")
          return
        }
      }
      guard case .tooMany = try await desk.signIn("bo", Self.password, from: "10.0.0.1", request: "r"),
        case .welcome = try await desk.signIn("bo", Self.password, from: "10.0.0.2", request: "r")
      else {
        Issue.record("the throttle is not at the name and the address")
        return
      }
      clock.time.withLock { $0 += 2 * LoginStore.window }
      guard case .welcome = try await desk.signIn("bo", Self.password, from: "10.0.0.1", request: "r") else {
        Issue.record("the door stays closed")
        return
      }
      let refused = try await database.read(EmptyDatabase.tenant) {
        try AuditTrail($0).latest(99, filter: .init(action: "login.refused")).count
      }
      #expect(refused == LoginDesk.mostOfName)
    }
  }

  @Test("a name is one name however its letters are put together")
  func names() {
    #expect(LoginStore.canonical("A\u{30A}se ") == LoginStore.canonical("\u{E5}se"))
  }

  @Test("many wrong passwords at the same moment are as many as one after the other")
  func atOnce() async throws {
    try await with { desk, database, clock in
      let (person, invitation) = try await enter(database, clock)
      _ = try await desk.accept(invitation, person, "bo", Self.password, request: "r")
      let tried = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<40 {
          group.addTask {
            if case .wrong = try await desk.signIn("bo", "forkert", from: "10.0.0.1", request: "r") {
              true
            } else {
              false
            }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect((1...LoginDesk.mostOfName).contains(tried))
    }
  }

  @Test("a password that was changed while it was tried begins no session, nor does one of a removed person")
  func changedMeanwhile() async throws {
    try await with { desk, database, clock in
      let (person, invitation) = try await enter(database, clock)
      _ = try await desk.accept(invitation, person, "bo", Self.password, request: "r")
      guard case .welcome(_, let password) = try await desk.signIn("bo", Self.password, from: "a", request: "r") else {
        Issue.record("not let in")
        return
      }
      func begins(_ secret: Secret) async throws -> Bool {
        try await desk.begin(secret, for: person, by: .password, ending: nil, password: password, request: "r")
      }
      #expect(try await begins(.fresh()))
      let now = clock.time.withLock { $0 }
      let again = Secret.fresh()
      try await database.write(EmptyDatabase.tenant) { try LoginStore($0, now: now).invite(person, again) }
      _ = try await desk.accept(again, person, "bo", "en helt anden lang adgangskode", request: "r")
      #expect(try await !begins(.fresh()))
      try await database.write(EmptyDatabase.tenant) { connection in
        try LoginStore(connection, now: now).forget(person)
        _ = try PeopleStore(connection, now: now).remove(person)
      }
      #expect(try await !desk.begin(.fresh(), for: person, by: .demo, ending: nil, request: "r"))
    }
  }

  @Test("an address that tries many names is stopped; half of a long address is one")
  func spread() async throws {
    try await with { desk, database, clock in
      let now = clock.time.withLock { $0 }
      let place = "address " + Secret.hash(of: Network.of("2001:db8:1:2:3::4"))
      try await database.writeBeside(EmptyDatabase.tenant) { connection in
        for _ in 0..<LoginDesk.mostOfAddress { try LoginStore(connection, now: now).fail([place]) }
      }
      guard case .tooMany = try await desk.signIn("x", "y", from: "2001:db8:1:2:ffff::9", request: "r") else {
        Issue.record("the network is not one")
        return
      }
    }
  }

  @Test("a session ends after an hour without a sign of life, after twelve in all, and when it is ended")
  func sessions() async throws {
    try await with { desk, database, clock in
      let (person, _) = try await enter(database, clock)
      func session(_ secret: Secret) async throws -> Session? {
        let now = clock.time.withLock { $0 }
        return try await database.read(EmptyDatabase.tenant) { try LoginStore($0, now: now).session(secret) }
      }
      func see(_ secret: Secret) async throws {
        let now = clock.time.withLock { $0 }
        try await database.writeBeside(EmptyDatabase.tenant) { try LoginStore($0, now: now).see(secret) }
      }
      let first = Secret.fresh()
      try await desk.begin(first, for: person, by: .password, ending: nil, request: "r")
      clock.time.withLock { $0 += Session.longestPause - 1 }
      #expect(try await session(first)?.person == person)
      clock.time.withLock { $0 += 1 }
      #expect(try await session(first) == nil)
      let second = Secret.fresh()
      try await desk.begin(second, for: person, by: .password, ending: first, request: "r")
      for _ in 0..<12 {
        try await see(second)
        clock.time.withLock { $0 += Session.longestPause - 1 }
      }
      #expect(try await session(second)?.person == person)
      try await see(second)
      clock.time.withLock { $0 += 12 }
      #expect(try await session(second) == nil, "twelve hours in all")
      let third = Secret.fresh()
      try await desk.begin(third, for: person, by: .password, ending: second, request: "r")
      let now = clock.time.withLock { $0 }
      let ended = try await database.writeBeside(EmptyDatabase.tenant) {
        try LoginStore($0, now: now).endSessions(of: person)
      }
      let left = try await session(third)
      #expect(ended >= 1 && left == nil)
      #expect(try await session(Secret.fresh()) == nil)
    }
  }

  @Test(
    "a password is long and not one that everybody tries",
    arguments: [
      ("kort", false), ("abcdefghijkl", false), ("aaaaaaaaaaaaaaaa", false), ("Password1234", false),
      ("adgangskode12", false), ("123456789012345", false), ("bohansen-er-her", false), ("hest batteri klamme", true),
      (String(repeating: "hest ged9 ", count: 20), true), (String(repeating: "hest ged9 ", count: 20) + "x", false),
      ("æøåæøå ßß 日本語 kaffe", true),
    ])
  func passwords(_ password: String, _ isGood: Bool) {
    #expect((PasswordRules.fault(password, userName: "bohansen") == nil) == isGood)
  }

  @Test("the same letters in another form are the same password")
  func canonical() async throws {
    let kept = try await KeptPassword.of("blåbærgrød med fløde")
    #expect(try await kept.fits("bla\u{30A}bærgrød med fløde"))
    #expect(try await !kept.fits("blabærgrød med fløde"))
    #expect(try await !KeptPassword.nobodys.fits(""))
    #expect(try await !KeptPassword(text: "scrypt:1").fits("x"))
  }
}
