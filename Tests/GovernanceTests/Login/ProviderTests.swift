import Database
import Organisation
import SteeringCore
import StyrehusTesting
import Testing

@testable import Governance

private let tables = PeopleCapability.migrations + LoginCapability.migrations + DatabaseTables.migrations

@Suite("Signing in at an identity provider")
struct ProviderTests {
  private static let now: Int64 = 1_790_000_000
  private static let today = CalendarDate(inDenmarkAt: now)

  private func with(
    _ tested: TestedDatabase = .standard, _ body: (ProviderDesk, any MunicipalDatabase) async throws -> Void
  ) async throws {
    try await EmptyDatabase.with(tables, on: tested) { plain in
      let database = AuditedDatabase(plain)
      let premises = Premises(database: database, tenant: EmptyDatabase.tenant, now: { Self.now }) { day in
        let rows = [("0", "kommune", String?.none), ("5210", "aftaleenhed", "0")]
        return OrganisationHistory.build(
          rows.enumerated().map { line, row in
            OrganisationRow(
              line: line + 2, code: UnitCode(row.0), name: row.0, kind: row.1, parent: row.2.map { UnitCode($0) },
              isCitizenFacing: false, requiresAgreement: false, validFrom: CalendarDate(iso: "2020-01-01")!,
              validTo: nil)
          }, file: "o"
        ).history!.at(day)
      }
      try await body(ProviderDesk(premises: premises), database)
    }
  }

  private static let claims = read(
    """
    providers:
      - name: {da: Egelund, en: Egelund}
        address: https://styrehus.example
        issuer: https://login.example
        client: styrehus
        positions:
          - {group: "leder-{place}", position: unitLeader}
          - {group: okonomi, position: financeDepartment}
          - {group: pilen, position: employee, place: "5210"}
    """
  ).0!.first!.claims

  private static func read(_ text: String) -> ([ProviderFile.Entry]?, Findings) {
    ProviderFile.read(bytes: Array(text.utf8), fileName: "login.yaml")
  }

  private static func identity(
    _ subject: String, _ groups: String..., email: String = "bo@example.org", missing: String? = nil,
    session: String? = nil
  ) -> ProviderIdentity {
    ProviderIdentity(
      issuer: "https://login.example", subject: subject, name: "Bo Ek", email: email, groups: groups,
      groupsMissing: missing, session: session, token: "token")
  }

  private func positions(_ database: any MunicipalDatabase, _ person: Int64) async throws -> [String] {
    try await database.read(EmptyDatabase.tenant) { connection in
      try PeopleStore(connection, now: Self.now).register().positions(of: person, on: Self.today)
        .map { "\($0.kind.rawValue) \($0.place)" }
    }
  }

  private func person(_ admission: ProviderDesk.Admission) throws -> Int64 {
    guard case .welcome(let person) = admission else {
      Issue.record("not let in: \(admission)")
      throw NotLetIn()
    }
    return person
  }
  private struct NotLetIn: Error {}

  @Test("groups give positions, and take back what groups gave, and nothing else", arguments: TestedDatabase.allCases)
  func groups(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, database in
      func visit(_ groups: ProviderIdentity) async throws -> Int64 {
        try person(try await desk.admit(groups, Self.claims, invitationHash: nil, request: "r"))
      }
      let bo = try await visit(Self.identity("1", "leder-5210", "okonomi", "nobody-asked"))
      #expect(try await positions(database, bo) == ["unitLeader 5210", "financeDepartment "])
      // What somebody here gave stays, whatever the groups say.
      try await database.write(EmptyDatabase.tenant) { connection in
        let people = PeopleStore(connection, now: Self.now)
        let period = ValidPeriod(from: Self.today)!
        _ = try people.appoint(bo, to: try people.add(.auditor, place: "", period), period)
      }
      #expect(try await visit(Self.identity("1", "okonomi")) == bo)
      #expect(try await positions(database, bo) == ["financeDepartment ", "auditor "])
      #expect(try await visit(Self.identity("1", missing: "too-many")) == bo)
      #expect(try await positions(database, bo) == ["auditor "])
      #expect(try await visit(Self.identity("1", "leder-5210")) == bo)
      #expect(try await positions(database, bo) == ["unitLeader 5210", "auditor "])
      let trail = try await database.read(EmptyDatabase.tenant) { try AuditTrail($0).latest(100).map(\.act.action) }
      #expect(trail.contains("login.groupsMissing") && trail.filter { $0 == "people.leave" }.count == 2)
    }
  }

  @Test("somebody else with the same e-mail is somebody else", arguments: TestedDatabase.allCases)
  func sameEmail(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, _ in
      let one = try person(
        try await desk.admit(Self.identity("1", "okonomi"), Self.claims, invitationHash: nil, request: "r"))
      let other = try person(
        try await desk.admit(Self.identity("2", "okonomi"), Self.claims, invitationHash: nil, request: "r"))
      #expect(one != other)
    }
  }

  @Test("who has no position here is not entered, nor is anybody for a unit that does not exist")
  func strangers() async throws {
    try await with { desk, database in
      for groups in [Self.identity("1"), Self.identity("1", "leder-9999"), Self.identity("1", "Okonomi", "leder-")] {
        #expect(try await desk.admit(groups, Self.claims, invitationHash: nil, request: "r") == .unknown)
      }
      let count = try await database.read(EmptyDatabase.tenant) {
        try PeopleStore($0, now: Self.now).register().people.count
      }
      #expect(count == 0)
    }
  }

  @Test("an invitation ties the identity to who was invited, once", arguments: TestedDatabase.allCases)
  func invitations(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, database in
      let (first, second) = (Secret.fresh(), Secret.fresh())
      let (ann, ben) = try await database.write(EmptyDatabase.tenant) { connection in
        let people = PeopleStore(connection, now: Self.now)
        let (ann, ben) = (try people.add(name: "Ann", email: ""), try people.add(name: "Ben", email: ""))
        try LoginStore(connection, now: Self.now).invite(ann, first)
        try LoginStore(connection, now: Self.now).invite(ben, second)
        return (ann, ben)
      }
      let identity = Self.identity("1")
      func admit(_ hash: String?) async throws -> ProviderDesk.Admission {
        try await desk.admit(identity, Self.claims, invitationHash: hash, request: "r")
      }
      #expect(try await admit(first.hash) == .welcome(ann))
      #expect(try await admit(first.hash) == .gone)
      #expect(try await admit(nil) == .welcome(ann))
      // Ann cannot take Ben's place, and his invitation is still good.
      #expect(try await admit(second.hash) == .other)
      let still = try await database.read(EmptyDatabase.tenant) {
        try LoginStore($0, now: Self.now).invited(second)
      }
      #expect(still == ben)
      // Whose data were removed is not known any more.
      try await database.write(EmptyDatabase.tenant) { connection in
        try LoginStore(connection, now: Self.now).forget(ann)
        _ = try PeopleStore(connection, now: Self.now).remove(ann)
      }
      #expect(try await admit(nil) == .unknown)
    }
  }

  @Test("a sign-in that was begun counts once, and for ten minutes", arguments: TestedDatabase.allCases)
  func starts(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, database in
      let secret = try await desk.keep(.init(kept: "kept", next: "/units", invitationHash: nil))
      #expect(try await desk.take(Secret.fresh()) == nil)
      #expect(try await desk.take(secret)?.next == "/units")
      #expect(try await desk.take(secret) == nil)
      let late = try await desk.keep(.init(kept: "kept", next: "/", invitationHash: nil))
      let taken = try await database.writeBeside(EmptyDatabase.tenant) {
        try ProviderStore($0, now: Self.now + 601).take(late)
      }
      #expect(taken == nil)
    }
  }

  @Test(
    "signing out at the provider ends the sessions that began there, one or all", arguments: TestedDatabase.allCases)
  func signedOut(_ tested: TestedDatabase) async throws {
    try await with(tested) { desk, database in
      let login = LoginDesk(database: database, tenant: EmptyDatabase.tenant, now: { Self.now })
      let identity = Self.identity("1", "okonomi")
      let bo = try person(try await desk.admit(identity, Self.claims, invitationHash: nil, request: "r"))
      let secrets = (0..<4).map { _ in Secret.fresh() }
      for (number, secret) in secrets.enumerated() {
        let at = number == 3 ? nil : Self.identity("1", session: "s\(number)")
        try await login.begin(secret, for: bo, by: .provider, ending: nil, at: at, request: "r")
      }
      func alive() async throws -> [Bool] {
        try await database.read(EmptyDatabase.tenant) { connection in
          try secrets.map { try LoginStore(connection, now: Self.now).session($0) != nil }
        }
      }
      func end(_ issuer: String, _ subject: String?, _ session: String?) async throws -> Int {
        try await desk.end(.init(issuer: issuer, subject: subject, session: session), request: "r")
      }
      #expect(try await end("https://other.example", "1", nil) == 0)
      #expect(try await end("https://login.example", "2", nil) == 0)
      #expect(try await end("https://login.example", "2", "s0") == 0)
      #expect(try await end("https://login.example", nil, "s0") == 1)
      #expect(try await alive() == [false, true, true, true])
      #expect(try await end("https://login.example", "1", nil) == 2)
      // The one that began with a password of the house is the house's own.
      #expect(try await alive() == [false, false, false, true])
    }
  }

  @Test("everything wrong with the file is found in one reading, with its line")
  func brokenFile() throws {
    let (entries, findings) = Self.read(
      """
      providers:
        - name: {da: Egelund}
          address: https://styrehus.example
          issuer: https://login.example
          client: styrehus
          newcomers: some
          positions:
            - {group: leder, position: unitLeader}
            - {group: "o-{place}", position: financeDepartment}
            - {group: x, position: boss}
            - {group: "a-{place}", position: employee, place: "1"}
          colour: red
      """)
    #expect(entries == nil)
    let lines = findings.lines(.english).joined(separator: "\n")
    for expected in [
      "'en' is missing", "'some' is not known", "login.yaml:8", "login.yaml:9", "'boss' is not known", "login.yaml:11",
      "'colour'",
    ] { #expect(lines.contains(expected), "\(expected)\n\(lines)") }
  }

  @Test("a municipality has one provider")
  func twice() {
    let one = "  - {name: {da: a, en: a}, address: https://a.example, issuer: https://b.example, client: c}\n"
    #expect(Self.read("providers:\n" + one).0?.count == 1)
    #expect(Self.read("providers:\n" + one + one).0 == nil)
  }
}
