import ArgumentParser
import Database
import DatabaseSQLite
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

@Suite("What every address and every command asks")
struct AccessTests {
  @Test("is on the list once: no address is missing, and none is there that the product has not")
  func routes() async throws {
    let list = AccessList.live
    #expect(list.doubles.isEmpty)
    try await SmallTown.with { site in
      // A method that an address does not take has a route too, which says so; those are not asked for anything.
      let made = Dictionary(grouping: site.router().routes, by: \.path.description).mapValues { routes in
        Set(routes.map(\.method.rawValue)).intersection(["GET", "POST"])
      }
      #expect(Set(list.routes.keys) == Set(made.keys))
      // Every method that a path answers is on the list, and no other: the rest say 405.
      let answering = Dictionary(grouping: site.answeringRoutes().routes, by: \.path.description).mapValues { routes in
        Set(routes.map(\.method.rawValue)).intersection(["GET", "POST", "PUT", "PATCH", "DELETE"])
      }
      for (path, methods) in list.routes { #expect(Set(methods.keys) == answering[path], "\(path)") }
    }
  }

  @Test("an address that is on no list lets nobody in")
  func missing() async throws {
    try await SmallTown.with { site in
      let router = Router(context: SurfaceContext.self)
      let premises = Premises(
        database: site.installation.database, tenant: site.installation.tenant, now: Installation.now,
        tree: { .empty(on: $0) })
      router.addMiddleware {
        TroubleDesk()
        Porter(premises) { _ in [:] }
      }
      router.get("secret") { _, _ in "42" }
      try await Application(responder: SignedIn.at(router)).test(.router) { client in
        let response = try await client.execute(uri: "/secret", method: .get)
        #expect(response.status == .forbidden && !String(buffer: response.body).contains("42"))
      }
    }
  }

  /// Every command that does something, by its words.
  private static func commands(_ command: any ParsableCommand.Type, _ words: [String] = []) -> [String] {
    let inner = command.configuration.subcommands
    return inner.isEmpty
      ? [words.joined(separator: " ")]
      : inner.flatMap { commands($0, words + [$0._commandName]) }
  }

  @Test("is on the list for every command, once")
  func commandList() {
    #expect(Set(AccessList.live.commands.keys) == Set(Self.commands(StyrehusCommand.self)))
  }

  @Test("is given to somebody by the plan that comes with the product")
  func shipped() {
    let (plan, findings) = DelegationPlanFile.read(
      bytes: ShippedPlan.bytes, fileName: "plan", demands: AccessList.live.demands)
    #expect(plan != nil, "\(findings.lines(.english))")
  }

  /// Somebody of one kind of position, bound to a place, with a session.
  private struct Role: Sendable {
    let kind: PositionKind
    let place: String
    let secret: Secret
    let actor: Actor
  }

  private func roles(_ installation: Installation) async throws -> [Role] {
    let now = Installation.now()
    let period = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!
    return try await installation.database.write(installation.tenant) { connection in
      let people = PeopleStore(connection, now: now)
      return try PositionKind.held.flatMap { kind in
        let places: [String] =
          switch kind.place {
          case .unit: ["1001", "1002"]
          case .directorate: ["1", "9"]
          default: [""]
          }
        return try places.map { place in
          let person = try people.add(name: "\(kind.rawValue) \(place)", email: "")
          let position = try people.add(kind, place: place, period)
          _ = try people.appoint(person, to: position, period)
          let secret = Secret.fresh()
          try LoginStore(connection, now: now).begin(
            secret, for: person, by: .password, formToken: SignedIn.token)
          return Role(
            kind: kind, place: place, secret: secret,
            actor: Actor(
              person: person, positions: [Position(id: position, kind: kind, place: place, period: period)]))
        }
      }
    }
  }

  @Test("every role at every address, with its own unit and another's, comes as far as the plan says")
  func matrix() async throws {
    try await SmallTown.with { site in
      let installation = site.installation
      let roles = try await roles(installation)
      let tree = try await site.tree(Installation.today())
      let plan = ShippedPlan.plan
      let cells = try await Application(router: site.router()).test(.router) { client in
        var cells = 0
        for (path, methods) in AccessList.live.routes {
          for (method, rule) in methods {
            guard let permission = rule.permission, rule.unitParameter == nil || !path.isEmpty else { continue }
            let units = rule.unitParameter == nil ? [nil] : ["1001", "1002", "9999"]
            for unit in units {
              let address = Self.address(path, unit)
              for role in roles + [nil] {
                let ruling = plan.ruling(
                  on: Matter(permission, unit: unit.map { UnitCode($0) }), by: role?.actor ?? .stranger, tree)
                let found = try await Self.ask(client, method, address, role?.secret)
                cells += 1
                #expect(
                  found == (ruling.isAllowed ? .in : role == nil ? .atTheDoor : .out),
                  "\(method) \(address): \(role.map { "\($0.kind) \($0.place)" } ?? "stranger")")
              }
            }
          }
        }
        return cells
      }
      #expect(cells > 1_000)
    }
  }

  private enum Coming { case `in`, out, atTheDoor }

  private static func address(_ path: String, _ unit: String?) -> String {
    path.replacing("{unit}", with: unit ?? "1001").replacing("{round}", with: "2025-1").replacing("{person}", with: "1")
      .replacing("{id}", with: "randersmodellen-2.0").replacing("{job}", with: "0123456789abcdef")
  }

  /// Asks, with a form that is empty but for its token, so that nothing is changed by those who come in.
  private static func ask(
    _ client: any TestClientProtocol, _ method: String, _ address: String, _ secret: Secret?
  ) async throws -> Coming {
    var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    let session = secret.map { "; __Host-styrehus=\($0.text)" } ?? ""
    headers[.cookie] = "__Host-form-styrehus=\(SignedIn.token)" + session
    let response = try await client.execute(
      uri: address, method: method == "GET" ? .get : .post, headers: headers,
      body: ByteBuffer(string: method == "GET" ? "" : "token=\(SignedIn.token)"))
    let page = String(buffer: response.body)
    if response.status == .unauthorized || response.headers[.location]?.hasPrefix("/login") == true {
      return .atTheDoor
    }
    return response.status == .forbidden && page.contains("<h1>Det må du ikke</h1>") ? .out : .in
  }

  @Test("a refusal is noted with who it was, and changes nothing else")
  func refused() async throws {
    try await SmallTown.with { site in
      let roles = try await roles(site.installation)
      let mayor = try #require(roles.first { $0.kind == .mayor })
      try await Application(router: site.router()).test(.router) { client in
        let body = ByteBuffer(string: "token=\(SignedIn.token)&key=0123456789abcdef&year=2025&kind=final&inputs=x")
        let response = try await client.execute(
          uri: "/rounds/make/confirm", method: .post,
          headers: [
            .contentType: "application/x-www-form-urlencoded", .cookie: "__Host-styrehus=\(mayor.secret.text)",
          ], body: body)
        #expect(response.status == .forbidden && String(buffer: response.body).contains("økonomidirektør"))
      }
      let entry = try await site.installation.database.read(site.installation.tenant) {
        try AuditTrail($0).latest(1).first
      }
      #expect(entry?.act.action == "access.refused" && entry?.act.object == "closing.make")
      #expect(entry?.deed.person == mayor.actor.person.map(String.init))
    }
  }

  @Test("a session's form takes no token but its own, and a stranger's cookie is no session")
  func tokens() async throws {
    try await SmallTown.with { site in
      try await Application(router: site.router()).test(.router) { client in
        func enter(_ cookie: String, _ token: String) async throws -> HTTPResponse.Status {
          try await client.execute(
            uri: "/people/enter", method: .post,
            headers: [.contentType: "application/x-www-form-urlencoded", .cookie: cookie],
            body: ByteBuffer(string: "token=\(token)&key=0123456789abcdef&name=Bo")
          ).status
        }
        let other = "zyxwvutsrqponmlk9876543210"
        let fixed = String(repeating: "a", count: 64)
        let wanted: [(cookie: String, token: String, status: HTTPResponse.Status)] = [
          ("__Host-form-styrehus=\(other); \(SignedIn.cookie())", other, .forbidden),
          (SignedIn.cookie(), "", .forbidden),
          ("__Host-form-styrehus=\(SignedIn.token)", SignedIn.token, .unauthorized),
          ("__Host-styrehus=\(fixed); __Host-form-styrehus=\(other)", other, .unauthorized),
          (SignedIn.cookie(), SignedIn.token, .seeOther),
        ]
        for (cookie, token, status) in wanted {
          let found = try await enter(cookie, token)
          #expect(found == status, "\(cookie)")
        }
      }
    }
  }
}
