import Database
import Economy
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import StyrehusApp

/// Two servers on one database, with the two closed years of a small town, and clients who do the same at once.
private struct TwoServers {
  let installation: Installation
  let clients: [any TestClientProtocol]

  private static let token = SignedIn.token
  static let lateLedger = """
    Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb
    901;31.12.2025;1002;3.22.01;2.9;Sen faktura;2.500,00

    """

  static func with(
    _ tested: TestedDatabase, _ body: @escaping @Sendable (TwoServers) async throws -> Void
  ) async throws {
    try await EmptyDatabase.withTwoServers(Capabilities.migrations, on: tested) { databases in
      var sites: [Site] = []
      for database in databases {
        let installation = try await Installation(on: database)
        if sites.isEmpty { try await SmallTown.fill(installation) }
        // The answer is waited for as long as it takes, however slow the machine is.
        sites.append(Site(installation, sign: HouseSign(municipality: "Egelund Kommune"), patience: .seconds(60)))
      }
      let (one, other) = (sites[0], sites[1])
      do {
        try await Application(responder: SignedIn.at(one.router())).test(.router) { first in
          try await Application(responder: SignedIn.at(other.router())).test(.router) { second in
            try await body(TwoServers(installation: one.installation, clients: [first, second]))
          }
        }
        for site in sites { await site.workshop.stop() }
      } catch {
        for site in sites { await site.workshop.stop() }
        throw error
      }
    }
  }

  /// What an answer says, as a browser sees it.
  struct Answer: Sendable {
    let status: Int
    let location: String?
    let html: String

    func hidden(_ name: String) -> String? {
      html.firstMatch(of: try! Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self))
        .map { String($0.output.1) }
    }
  }

  func get(_ address: String, client: Int = 0) async throws -> Answer {
    try await clients[client % 2].execute(uri: address, method: .get) {
      Answer(status: $0.status.code, location: nil, html: String(buffer: $0.body))
    }
  }

  func post(_ address: String, _ fields: [String: String], client: Int) async throws -> Answer {
    let form = fields.merging(["token": Self.token]) { $1 }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    return try await post(address, "application/x-www-form-urlencoded", Array(form.utf8), client)
  }

  /// Sends a ledger of 2025 to be looked at.
  func send(_ ledger: String, as name: String, client: Int) async throws -> Answer {
    let key = CommandKey.fresh().text
    var body = ""
    for (field, value) in [
      ("token", Self.token), ("key", key), ("kind", "ledger"), ("year", "2025"), ("profile", "native"),
    ] {
      body += "--x\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(ledger)\r\n--x--\r\n"
    return try await post("/import/preview", "multipart/form-data; boundary=x", Array(body.utf8), client)
  }

  private func post(_ address: String, _ type: String, _ body: [UInt8], _ client: Int) async throws -> Answer {
    try await clients[client % 2].execute(
      uri: address, method: .post, headers: [.contentType: type, .cookie: "__Host-form-styrehus=\(Self.token)"],
      body: ByteBuffer(bytes: body)
    ) { Answer(status: $0.status.code, location: $0.headers[.location], html: String(buffer: $0.body)) }
  }

  /// Sixteen clients, eight at each server, do something at once.
  func race(_ body: @escaping @Sendable (Int) async throws -> Answer) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: Answer.self) { group in
      for client in 0..<16 { group.addTask { try await body(client) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  func importLate() async throws {
    let importer = Importer(database: installation.database, tenant: installation.tenant, now: Installation.now)
    guard
      case .imported = try await importer.run(
        ImportRequest(
          profile: .ledger, year: FiscalYear(2025), fileName: "sen.csv", source: BytesInMemory(Self.lateLedger)))
    else {
      Issue.record("not imported")
      return
    }
  }

  func rounds() async throws -> [String] {
    let keeper = RoundKeeper(
      database: installation.database, tenant: installation.tenant, needs: .live, now: Installation.now)
    return try await keeper.rounds().map(\.id.text)
  }

  func ledgers() async throws -> [String] {
    try await installation.database.read(installation.tenant) { try ImportStore($0).all() }
      .filter { $0.kind == .ledger }.map(\.fileName)
  }
}

@Suite("Two servers and sixteen clients")
struct TwoServersTests {
  @Test("who all make the same closing final make one, and the others are told", arguments: TestedDatabase.allCases)
  func rounds(_ tested: TestedDatabase) async throws {
    try await TwoServers.with(tested) { servers in
      try await servers.importLate()
      var forms: [(key: String, inputs: String)] = []
      for client in 0..<16 {
        let page = try await servers.post("/rounds/make", ["year": "2025", "kind": "final"], client: client)
        forms.append((try #require(page.hidden("key")), try #require(page.hidden("inputs"))))
      }
      #expect(Set(forms.map(\.key)).count == 16 && Set(forms.map(\.inputs)).count == 1)
      let sent = forms
      let answers = try await servers.race { client in
        try await servers.post(
          "/rounds/make/confirm",
          ["key": sent[client].key, "year": "2025", "kind": "final", "inputs": sent[client].inputs], client: client)
      }
      #expect(answers.allSatisfy { $0.status == 303 })
      #expect(answers.count { $0.location == "/rounds/2025-2" } == 1)
      #expect(answers.count { $0.location == "/rounds/2025-2?again=yes" } == 15)
      #expect(try await servers.rounds() == ["2025-2", "2025-1", "2024-1"])
      let told = try await servers.get("/rounds/2025-2?again=yes", client: 1)
      #expect(told.html.contains("Opgørelsen var allerede lavet"))
      #expect(told.html.contains("af Frida Prøve. Dit ja har ikke ændret noget."))
    }
  }

  @Test("who load the same file load it once, and the others are told", arguments: TestedDatabase.allCases)
  func files(_ tested: TestedDatabase) async throws {
    try await TwoServers.with(tested) { servers in
      var forms: [(key: String, ticket: String)] = []
      for client in 0..<16 {
        let page = try await servers.send(TwoServers.lateLedger, as: "sen-\(client).csv", client: client)
        forms.append((try #require(page.hidden("key")), try #require(page.hidden("ticket"))))
      }
      #expect(Set(forms.map(\.ticket)).count == 16)
      let sent = forms
      let answers = try await servers.race { client in
        try await servers.post(
          "/import/confirm", ["key": sent[client].key, "ticket": sent[client].ticket], client: client)
      }
      #expect(answers.count { $0.location == "/import/done?import=5" } == 1)
      #expect(answers.count { $0.location == "/import/done?import=5&again=yes" } == 15)
      #expect(try await servers.ledgers().count == 3)
      let told = try await servers.get("/import/done?import=5&again=yes")
      #expect(told.html.contains("Filen var her i forvejen") && told.html.contains("af Frida Prøve."))
    }
  }

  @Test("who send the same form get the same answer, and it takes effect once", arguments: TestedDatabase.allCases)
  func sameForm(_ tested: TestedDatabase) async throws {
    try await TwoServers.with(tested) { servers in
      let page = try await servers.send(TwoServers.lateLedger, as: "sen.csv", client: 0)
      let (key, ticket) = (try #require(page.hidden("key")), try #require(page.hidden("ticket")))
      let loaded = try await servers.race { client in
        try await servers.post("/import/confirm", ["key": key, "ticket": ticket], client: client)
      }
      #expect(Set(loaded.map(\.location)) == ["/import/done?import=5"])
      #expect(try await servers.ledgers().count == 3)

      let read = try await servers.post("/rounds/make", ["year": "2025", "kind": "preliminary"], client: 1)
      let fields = [
        "key": try #require(read.hidden("key")), "inputs": try #require(read.hidden("inputs")), "year": "2025",
        "kind": "preliminary",
      ]
      let made = try await servers.race { client in
        try await servers.post("/rounds/make/confirm", fields, client: client)
      }
      #expect(Set(made.map(\.location)) == ["/rounds/2025-2"])
      #expect(try await servers.rounds().count == 3)

      let other = try await servers.post("/rounds/make/confirm", fields.merging(["kind": "final"]) { $1 }, client: 0)
      #expect(other.status == 409 && other.html.contains("Formularen er brugt"))
      #expect(try await servers.rounds().count == 3)
    }
  }
}
