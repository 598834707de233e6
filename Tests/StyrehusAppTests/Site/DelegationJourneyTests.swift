import Database
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Organisation
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

/// Competence on its way through the pages: given, used, taken back, and what nobody may give.
@Suite("Competence that is delegated")
struct DelegationJourneyTests {
  private static let token = SignedIn.token

  /// Somebody in positions, signed in.
  private func enter(_ site: Site, _ name: String, _ kinds: [(PositionKind, String)]) async throws -> (
    person: Int64, secret: Secret, positions: [Int64]
  ) {
    let secret = Secret.fresh()
    let period = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!
    let installation = site.installation
    return try await installation.database.write(installation.tenant) { connection in
      let people = PeopleStore(connection, now: Installation.now())
      let person = try people.add(name: name, email: "")
      let positions = try kinds.map { kind, place in
        let position = try people.add(kind, place: place, period)
        _ = try people.appoint(person, to: position, period)
        return position
      }
      try LoginStore(connection, now: Installation.now()).begin(
        secret, for: person, by: .password, formToken: Self.token)
      return (person, secret, positions)
    }
  }

  private func post(
    _ client: any TestClientProtocol, _ address: String, as secret: Secret, _ fields: [String: String]
  ) async throws -> Int {
    var all = fields
    all["token"] = Self.token
    if all["key"] == nil { all["key"] = CommandKey.fresh().text }
    let body = all.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return try await client.execute(
      uri: address, method: .post,
      headers: [
        .contentType: "application/x-www-form-urlencoded", .cookie: "\(Porter.cookieName(""))=\(secret.text)",
      ], body: ByteBuffer(string: body)
    ).status.code
  }

  private func get(_ client: any TestClientProtocol, _ address: String, as secret: Secret) async throws -> Int {
    try await client.execute(
      uri: address, method: .get, headers: [.cookie: "\(Porter.cookieName(""))=\(secret.text)"]
    ).status.code
  }

  private func trail(_ site: Site) async throws -> [AuditEntry] {
    try await site.installation.database.read(site.installation.tenant) { try AuditTrail($0).latest(50) }
  }

  @Test("opens the door to one unit, says so in the trail, and closes with the next request when it is taken back")
  func journey() async throws {
    try await SmallTown.with { site in
      let leader = try await enter(site, "Lea", [(.unitLeader, "1001"), (.administrator, "")])
      let helper = try await enter(site, "Hal", [(.employee, "1001")])
      let idle = try await enter(site, "Ida", [])
      let today = Installation.today()
      try await Application(router: site.router()).test(.router) { client in
        func give(_ position: Int64, _ person: Int64, _ decision: String, through: String = today.iso) async throws
          -> Int
        {
          try await post(
            client, "/plan/delegate", as: leader.secret,
            [
              "position": "\(position)", "person": "\(person)", "decision": decision, "from": today.iso,
              "through": through, "why": "Ferie",
            ])
        }
        #expect(try await get(client, "/units/1001/postings", as: helper.secret) == 403)
        // Not another position's, not what decides who may do what, not to somebody without a position, not for ever.
        #expect(try await give(leader.positions[1], helper.person, "people.appoint") == 422)
        #expect(try await give(leader.positions[0], helper.person, "people.appoint") == 422)
        #expect(try await give(leader.positions[0], helper.person, "competence.delegate") == 422)
        #expect(try await give(leader.positions[0], idle.person, "postings.read") == 422)
        #expect(try await give(leader.positions[0], helper.person, "postings.read", through: "9999-12-31") == 422)
        #expect(try await give(leader.positions[0], helper.person, "postings.read") == 303)
        #expect(try await get(client, "/units/1001/postings", as: helper.secret) == 200)
        #expect(try await get(client, "/units/1002/postings", as: helper.secret) == 403)
        let entries = try await trail(site)
        let given = try #require(entries.first { $0.act.action == "competence.delegate" })
        #expect(given.deed.person == "\(leader.person)" && given.deed.reason == "Ferie")
        #expect(entries.contains { $0.deed.position == "\(leader.positions[0]) delegated" }, "read by delegation")
        // Somebody else cannot take it back, the leader can.
        #expect(try await post(client, "/plan/withdraw", as: helper.secret, ["delegation": "1"]) == 403)
        #expect(try await post(client, "/plan/withdraw", as: leader.secret, ["delegation": "1"]) == 303)
        #expect(try await get(client, "/units/1001/postings", as: helper.secret) == 403)
      }
    }
  }

  @Test("what is done to people takes effect with the next request, once for each form, with its reason")
  func people() async throws {
    try await SmallTown.with { site in
      let admin = try await enter(site, "Ada", [(.administrator, "")])
      let leader = try await enter(site, "Lea", [(.unitLeader, "1001")])
      try await Application(router: site.router()).test(.router) { client in
        #expect(try await get(client, "/units/1001/postings", as: leader.secret) == 200)
        let holding = try await site.installation.database.read(site.installation.tenant) { connection in
          try PeopleStore(connection, now: Installation.now()).register().holdings.first { $0.person == leader.person }
        }
        let key = CommandKey.fresh().text
        let fields = [
          "holding": "\(try #require(holding).id)", "through": Installation.today().previous.iso, "key": key,
          "why": "Stoppet",
        ]
        #expect(try await post(client, "/people/leave", as: leader.secret, fields) == 403)
        #expect(try await post(client, "/people/leave", as: admin.secret, fields) == 303)
        #expect(try await post(client, "/people/leave", as: admin.secret, fields) == 303)
        let other = fields.merging(["through": "2031-01-01"]) { $1 }
        #expect(try await post(client, "/people/leave", as: admin.secret, other) == 409)
        #expect(try await get(client, "/units/1001/postings", as: leader.secret) == 403)
        let left = try await trail(site).filter { $0.act.action == "people.leave" }
        #expect(left.count == 1 && left.first?.deed.reason == "Stoppet")
        // The person may still see what is stored about her, until her way in is closed.
        #expect(try await get(client, "/me", as: leader.secret) == 200)
        #expect(try await get(client, "/me/data.json", as: leader.secret) == 200)
        #expect(
          try await post(client, "/people/close-sign-in", as: admin.secret, ["person": "\(leader.person)"]) == 303)
        #expect(try await get(client, "/me", as: leader.secret) == 303)
        // Data are removed only when it was decided that they need not be preserved.
        let remove = ["person": "\(leader.person)"]
        #expect(try await post(client, "/people/remove", as: admin.secret, remove) == 409)
        let secretariat = try await enter(site, "Sus", [(.councilSecretariat, "")])
        let decision = [
          "class": "people", "verdict": "destroy", "days": "30", "reference": "2026-1",
          "decided": Installation.today().iso,
        ]
        #expect(try await post(client, "/privacy/decide", as: admin.secret, decision) == 403)
        #expect(try await post(client, "/privacy/decide", as: secretariat.secret, decision) == 303)
        #expect(try await post(client, "/people/remove", as: admin.secret, remove) == 303)
        let gone = try await post(
          client, "/people/appoint", as: admin.secret,
          ["person": "\(leader.person)", "position": "\(admin.positions[0])", "from": "2026-01-01"])
        #expect(gone == 422, "nobody is there to be appointed")
      }
    }
  }

  @Test("the link of the first administrator is printed until somebody can sign in, here or elsewhere")
  func firstAdministrator() async throws {
    try await SmallTown.with { site in
      let installation = site.installation
      let admin = try await enter(site, "Ada", [(.administrator, "")])
      func isPrinted() async throws -> Bool {
        let before = try await trail(site).filter { $0.act.action == "people.signIn" }.count
        try await FirstAdministrator(installation: installation).invite(Terminal.current, place: "http://x")
        return try await trail(site).filter { $0.act.action == "people.signIn" }.count > before
      }
      #expect(try await isPrinted())
      try await installation.database.write(installation.tenant) { connection in
        try connection.run(
          """
          INSERT INTO login_identity (tenant, issuer, subject, person_id, linked_at)
          VALUES (:tenant, 'https://login.example', '1', :person, 0)
          """, ["person": .integer(admin.person)])
        try connection.tell(Act("login.link", object: "person \(admin.person)"))
      }
      #expect(try await !isPrinted())
    }
  }
}
