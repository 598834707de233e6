import Database
@testable import Economy
import Governance
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

/// Two towns on one installation: Egelund with a host name, and another one with a prefix, every text of which holds a
/// word that nobody else has.
private enum SharedHouse {
  static let egelund = Tenant(key: "egelund")
  static let hidden = Tenant(key: "skjult")
  static let host = "styring.egelund.dk"
  static let secret = "Skjul"

  static func disguise(_ text: String) -> String {
    [("Egelund", secret + "by"), ("Møllehuset", secret + "mølle"), ("Pilecentret", secret + "pil"), ("Børn", secret)]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
      .replacing("100", with: "770").replacing("Frugt", with: secret).replacing("Løn;", with: secret + ";")
      .replacing("Lønbudget", with: "Lønbudget").replacing("ledger-", with: secret).replacing("budget-2", with: secret)
  }

  /// Builds both and lends the door to the body, as a client and as the installation.
  static func with(
    on tested: TestedDatabase, _ body: @Sendable (Installation, FrontDoor) async throws -> Void
  ) async throws {
    try await EmptyDatabase.with([], on: tested) { database in
      let installation = try await Installation(on: database)
      let entries = [
        Municipality(tenant: egelund, name: "Egelund Kommune", hosts: [host], prefix: ""),
        Municipality(tenant: hidden, name: secret + "by Kommune", hosts: [], prefix: "skjult"),
      ]
      for entry in entries {
        let faults = try await database.writeAcrossTenants { try TenantStore($0).enter(entry, at: 1) }
        #expect(faults.isEmpty)
      }
      try await SmallTown.fill(installation.lent(to: egelund))
      try await SmallTown.fill(installation.lent(to: hidden), disguise)
      try await body(installation, try await FrontDoor.open(.init(installation, municipality: "Alle")))
    }
  }

  /// Asks the door under a host name.
  static func ask<T: Sendable>(
    _ door: FrontDoor, host: String, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> T
  ) async throws -> T {
    let responder = CallbackResponder { (request: Request, context: SurfaceContext) in
      var head = request.head
      head.authority = host
      let signed = SignedIn.withCookie(
        Request(head: head, body: request.body), [SignedIn.cookie(), SignedIn.cookie("/skjult")])
      return try await door.respond(to: signed, context: context)
    }
    return try await Application(responder: responder).test(.router, body)
  }
}

@Suite("Several municipalities on one installation")
struct TenantSiteTests {
  /// Every address of a site, with one municipality's values and with the other's.
  private static let addresses: [String] = {
    let own = Array(ExchangeTests.pages.values)
    let foreign = own.map { $0.replacing("100", with: "770") }
    let guesses = (1...12).map { "/import/done?import=\($0)" } + ["/units?q=Skjul", "/units/Skjul", "/?round=2024-1"]
    return Array(Set(own + foreign + guesses)).sorted()
  }()

  @Test("no address of one shows a word of the other's, whatever it asks for", arguments: TestedDatabase.allCases)
  func nothingSeen(_ tested: TestedDatabase) async throws {
    try await SharedHouse.with(on: tested) { _, door in
      func texts(_ host: String, _ prefix: String) async throws -> [String: String] {
        try await SharedHouse.ask(door, host: host) { client in
          var texts: [String: String] = [:]
          for address in Self.addresses {
            let response = try await client.execute(uri: prefix + address, method: .get)
            texts[address] = "\(response.status.code) \(response.headers) \(String(buffer: response.body))"
          }
          return texts
        }
      }
      // `skjult` in an address is what was asked for; the other's words are written with a capital.
      for (address, text) in try await texts(SharedHouse.host, "") where !address.contains("Skjul") {
        let shows = text.contains(SharedHouse.secret)
        #expect(!shows, "\(address)")
        // An answer may repeat the code that was asked for, and must then not know it.
        let isForeign = address.contains("770")
        let knows = isForeign ? !text.hasPrefix("404") : text.contains(/\b770[0-9]\b/)
        #expect(!knows, "\(address)")
      }
      let other = try await texts("localhost", "/skjult")
      for (address, text) in other {
        let shows = ["Egelund", "Møllehuset", "Frugt"].contains { text.contains($0) }
        #expect(!shows, "\(address)")
      }
      // The same words are there for those whose they are, so the search would find them.
      let finds = other["/units"]?.contains("Skjulmølle") == true && other["/organisation"]?.contains("Skjulby") == true
      #expect(finds && other["/units/7702"]?.hasPrefix("200") == true)
    }
  }

  @Test("a session of one opens no door of the other's, under whatever cookie", arguments: TestedDatabase.allCases)
  func sessions(_ tested: TestedDatabase) async throws {
    try await SharedHouse.with(on: tested) { installation, door in
      let own = Secret.fresh()
      let here = installation.lent(to: SharedHouse.egelund)
      try await here.database.write(here.tenant) { connection in
        try LoginStore(connection, now: Installation.now()).begin(
          own, for: 1, by: .password, formToken: SignedIn.token)
      }
      func status(_ host: String, _ address: String) async throws -> Int {
        let responder = CallbackResponder { (request: Request, context: SurfaceContext) in
          var head = request.head
          head.authority = host
          return try await door.respond(to: Request(head: head, body: request.body), context: context)
        }
        let cookies = ["", "/skjult"].map { "\(Porter.cookieName($0))=\(own.text)" }.joined(separator: "; ")
        return try await Application(responder: responder).test(.router) { client in
          try await client.execute(uri: address, method: .get, headers: [.cookie: cookies]).status.code
        }
      }
      #expect(try await status(SharedHouse.host, "/people") == 200)
      #expect(try await status("localhost", "/skjult/people") == 303)
      #expect(try await status("localhost", "/skjult/units/7701/postings") == 303)
    }
  }

  @Test("every link, form and redirect of a house behind a prefix stays behind it")
  func prefix() async throws {
    try await SharedHouse.with(on: .sqlite) { _, door in
      try await SharedHouse.ask(door, host: "localhost") { client in
        for address in ["/skjult", "/skjult/", "/skjult/units", "/skjult/import", "/skjult/rounds/2025-1"] {
          let response = try await client.execute(uri: address, method: .get)
          #expect(response.status == .ok, "\(address)")
          let page = String(buffer: response.body)
          for link in page.matches(of: /(?:href|src|action)="([^"]*)"/).map(\.1) where link.hasPrefix("/") {
            #expect(link == "/skjult" || link.hasPrefix("/skjult/"), "\(address): \(link)")
          }
          #expect(response.headers[values: .setCookie].allSatisfy { $0.contains("styrehus-skjult=") })
        }
        let token = SignedIn.token
        let hash = String(repeating: "0", count: 64)
        let sent = try await client.execute(
          uri: "/skjult/import/confirm", method: .post,
          headers: [.cookie: "__Host-form-styrehus=\(token)", .contentType: "application/x-www-form-urlencoded"],
          body: ByteBuffer(string: "token=\(token)&key=\(CommandKey.fresh())&ticket=x-\(hash)"))
        #expect(sent.status.code >= 400)
      }
    }
  }

  @Test("what one sends for the other's rows changes nothing of them", arguments: TestedDatabase.allCases)
  func nothingChanged(_ tested: TestedDatabase) async throws {
    try await SharedHouse.with(on: tested) { installation, door in
      let draft = try ImportDraft(
        key: .fresh(), kind: .plans, year: nil, profile: "plans", fileName: "planer.csv", content: Array("x".utf8))
      try await installation.database.write(SharedHouse.hidden) { connection in
        try ImportStore(connection).keep(draft, at: Installation.now())
        try connection.tell(Act("test", object: "draft"))
      }
      func rows() async throws -> [String] {
        try await SharedHouse.rows(of: SharedHouse.hidden, in: installation)
      }
      let before = try await rows()
      let token = SignedIn.token
      let forms = [
        "ticket=\(draft.ticket)", "ticket=\(draft.ticket)&overlap=stop", "ticket=\(draft.ticket)&overlap=replace",
        "year=2024&kind=final", "year=2025&kind=preliminary",
      ]
      try await SharedHouse.ask(door, host: SharedHouse.host) { client in
        for address in ["/import/confirm", "/import/preview", "/rounds/make", "/rounds/make/confirm"] {
          for form in forms {
            _ = try await client.execute(
              uri: address, method: .post,
              headers: [.cookie: "__Host-form-styrehus=\(token)", .contentType: "application/x-www-form-urlencoded"],
              body: ByteBuffer(string: "token=\(token)&key=\(CommandKey.fresh())&\(form)"))
          }
        }
      }
      #expect(try await rows() == before && before.count > 20)
    }
  }

  @Test("who asks for nobody gets a choice, machines the health, and a stranger's name is refused")
  func lobby() async throws {
    try await SharedHouse.with(on: .sqlite) { _, door in
      try await SharedHouse.ask(door, host: "localhost") { client in
        let page = try await client.execute(uri: "/", method: .get)
        let text = String(buffer: page.body)
        #expect(text.contains(#"href="/skjult""#) && !text.contains("Egelund"))
        #expect(page.headers[values: .setCookie].isEmpty)
        #expect(try await client.execute(uri: "/units", method: .get).status == .notFound)
        #expect(try await client.execute(uri: "/health/ready", method: .get).status == .ok)
        #expect(try await client.execute(uri: "/skjult/metrics", method: .get).status == .notFound)
      }
      let status = try await SharedHouse.ask(door, host: "fremmed.dk") {
        try await $0.execute(uri: "/", method: .get).status
      }
      #expect(status == .misdirectedRequest)
    }
  }

  @Test("an entry that is made while the server runs counts soon, and one that is closed is gone")
  func fresh() async throws {
    try await EmptyDatabase.with([], on: .sqlite) { database in
      let installation = try await Installation(on: database)
      let door = try await FrontDoor.open(.init(installation, municipality: "Egelund"), lifetime: .zero)
      let entry = Municipality(tenant: SharedHouse.egelund, name: "Egelund", hosts: [], prefix: "egelund")
      func status(_ address: String) async throws -> Int {
        try await SharedHouse.ask(door, host: "localhost") {
          try await $0.execute(uri: address, method: .get).status.code
        }
      }
      #expect(try await status("/units") == 200)
      _ = try await database.writeAcrossTenants { try TenantStore($0).enter(entry, at: 1) }
      while try await status("/egelund/units") != 200 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(try await status("/units") == 404)
      _ = try await database.writeAcrossTenants { try TenantStore($0).close(entry.tenant, at: 2) }
      while try await status("/egelund/units") != 404 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(try await status("/units") == 404, "where all are closed, nobody is let in")
      #expect(try await status("/") == 200)
    }
  }
}

extension SharedHouse {
  /// Every row of a municipality in every table, as text.
  static func rows(of tenant: Tenant, in installation: Installation) async throws -> [String] {
    let tables = Capabilities.migrations.flatMap(\.statements).compactMap { statement in
      statement.firstMatch(of: /CREATE TABLE ([a-z_]+)/).map { String($0.1) }
    }
    return try await installation.database.read(tenant) { connection in
      try tables.flatMap { table in
        try connection.rows("SELECT * FROM \(table) WHERE tenant = :tenant").map { "\(table) \($0)" }.sorted()
      }
    }
  }
}
