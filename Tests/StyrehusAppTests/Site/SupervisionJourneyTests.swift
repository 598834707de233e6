import Database
import Economy
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Organisation
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

/// A month on its way through the pages: opened, filled in wrongly, signed, read by others, closed.
@Suite("The supervision of a month")
struct SupervisionJourneyTests {
  private static let token = SignedIn.token

  private func leader(_ site: Site, of unit: String) async throws -> Secret {
    let secret = Secret.fresh()
    let period = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!
    try await site.installation.database.write(site.installation.tenant) { connection in
      let people = PeopleStore(connection, now: Installation.now())
      let person = try people.add(name: "Lea Leder", email: "")
      _ = try people.appoint(person, to: try people.add(.unitLeader, place: unit, period), period)
      try LoginStore(connection, now: Installation.now()).begin(
        secret, for: person, by: .password, formToken: Self.token)
    }
    return secret
  }

  /// A year that is running, with a ledger to April.
  private func begin2026(_ site: Site) async throws {
    let importer = Importer(
      database: site.installation.database, tenant: site.installation.tenant, now: { 1_770_000_000 })
    let budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n1001;Møllehuset;1.000,00;200,00;0,00\n"
    let ledger =
      "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n9;30.04.2026;1001;3.22.01;1.1;Løn;300,00\n"
    for (profile, text) in [(ImportProfile.budget, budget), (.ledger, ledger)] {
      let outcome = try await importer.run(
        ImportRequest(
          profile: profile, year: FiscalYear(2026), fileName: "\(profile.name)-2026.csv",
          source: BytesInMemory(text), overlap: .stop))
      guard case .imported = outcome else {
        Issue.record("not imported: \(outcome)")
        return
      }
    }
  }

  private func send(
    _ client: any TestClientProtocol, _ address: String, as secret: String, _ fields: [String: String]? = nil
  ) async throws -> (status: Int, body: String) {
    var headers: HTTPFields = [.cookie: "\(Porter.cookieName(""))=\(secret)"]
    var body = ""
    if var fields {
      fields["token"] = Self.token
      if fields["key"] == nil { fields["key"] = CommandKey.fresh().text }
      headers[.contentType] = "application/x-www-form-urlencoded"
      body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    }
    let answer = try await client.execute(
      uri: address, method: fields == nil ? .get : .post, headers: headers, body: ByteBuffer(string: body))
    return (answer.status.code, String(buffer: answer.body))
  }

  @Test("is signed by the unit's own leader alone, read by the finance department, and closed by it")
  func journey() async throws {
    try await SmallTown.with { site in
      let leader = try await leader(site, of: "1001").text
      let other = try await self.leader(site, of: "1002").text
      let finance = SignedIn.secret
      try await Application(router: site.router()).test(.router) { client in
        let empty = try await send(client, "/supervision", as: finance)
        #expect(empty.body.contains("Der er intet år at føre tilsyn med"))
        try await begin2026(site)
        let page = "/units/1001/supervision"
        let form = try await send(client, page, as: leader)
        #expect(form.status == 200 && form.body.contains("april 2026"))
        #expect(form.body.contains("Styrehus venter") && form.body.contains("Bilagskontrol"))
        #expect(try await send(client, page, as: other).status == 403)
        let fields = [
          "month": "2026-04", "version": "0", "pay": "1.050", "other": "200,00", "reason": "Vikarer",
          "control-0": "yes", "evidence-0": "sag%201",
        ]
        for secret in [other, finance] {
          #expect(try await send(client, page, as: secret, fields).status == 403, "nobody signs for the leader")
        }
        let wrong = try await send(client, page, as: leader, fields.merging(["pay": "x", "evidence-0": ""]) { $1 })
        #expect(wrong.status == 422)
        #expect(wrong.body.contains(##"href="#pay""##) && wrong.body.contains(##"href="#evidence-0""##))
        #expect(wrong.body.contains(#"value="x""#) && wrong.body.contains(#"value="Vikarer""#), "nothing typed is lost")
        let asked = try await send(client, "/duties", as: leader)
        #expect(asked.body.contains("Skriv under på ledelsestilsynet for april 2026") && asked.body.contains("R-65"))
        #expect(try await send(client, "/", as: leader).body.contains("Dine opgaver"))
        #expect(try await send(client, "/duties.ics", as: leader).body.contains("DTSTART;VALUE=DATE:20260515"))
        #expect(try await send(client, "/duties", as: other).body.contains("Møllehuset") == false)
        #expect(try await send(client, page, as: leader, fields).status == 303)
        let after = try await send(client, "/duties", as: leader).body
        #expect(
          after.contains("april 2026") == false && after.contains("marts 2026"), "the month before is still asked for")
        let road = try await send(client, "/units/1001", as: leader).body
        #expect(road.contains("Sådan tegner 2026") && road.contains("Lederen venter"))
        let stranger = try await send(client, "/units/1001", as: "").body
        #expect(stranger.contains("Møllehuset") && !stranger.contains("Sådan tegner 2026"))
        #expect(try await send(client, page, as: leader, fields).status == 409, "the form was of an unsigned month")
        let list = try await send(client, "/supervision", as: finance)
        #expect(list.body.contains("1 / 1") && list.body.contains("-50"))
        let read = try await send(client, page, as: finance)
        #expect(read.body.contains("Vikarer") && read.body.contains("af Lea Leder") && read.body.contains("sag 1"))
        #expect(try await send(client, "/supervision/freeze", as: leader, ["month": "2026-04"]).status == 403)
        #expect(try await send(client, "/supervision/freeze", as: finance, ["month": "2026-04"]).status == 303)
        let late = try await send(client, page, as: leader, fields.merging(["version": "1"]) { $1 })
        #expect(late.status == 409 && late.body.contains("Måneden er lukket"))
        for address in ["/supervision?month=2026-05", "/supervision?month=x", page + "?month=2025-04"] {
          #expect(try await send(client, address, as: finance).status == 404, "\(address)")
        }
      }
    }
  }

  @Test("asks for what the central list says, which the finance department alone can change")
  func controls() async throws {
    try await SmallTown.with { site in
      let leader = try await leader(site, of: "1001").text
      try await begin2026(site)
      try await Application(router: site.router()).test(.router) { client in
        let address = "/supervision/controls"
        let new = ["name": "Kasse", "task": "T%C3%A6l%20kassen", "months": "4%205"]
        #expect(try await send(client, address, as: leader, new).status == 403)
        let wrong = try await send(client, address, as: SignedIn.secret, ["name": "", "task": "", "months": "4%2013"])
        #expect(wrong.status == 422 && wrong.body.contains(#"value="4 13""#))
        #expect(try await send(client, address, as: SignedIn.secret, new).status == 303)
        let page = try await send(client, "/units/1001/supervision", as: leader)
        #expect(page.body.contains("Tæl kassen"))
        #expect(try await send(client, address, as: SignedIn.secret, ["withdraw": "0"]).status == 303)
        #expect(try await send(client, "/units/1001/supervision", as: leader).body.contains("Bilagskontrol") == false)
      }
    }
  }
}
