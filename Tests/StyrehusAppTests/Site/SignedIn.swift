import Database
import Governance
import Hummingbird
import HummingbirdTesting
import Organisation
import SteeringCore
import SurfaceKit

@testable import StyrehusApp

/// Somebody who may do everything that the tests of other things ask for, with a session whose secret and token the
/// tests know.
enum SignedIn {
  static let secret = String(repeating: "5", count: 64)
  static let token = "abcdefghijklmnop0123456789"
  static let kinds: [PositionKind] = [.financeDirector, .administrator, .councilSecretariat, .auditor]

  /// The cookie of the session, in a house of its own or behind a prefix.
  static func cookie(_ prefix: String = "") -> String { "\(Porter.cookieName(prefix))=\(secret)" }

  /// Enters the person, who signs in.
  static func add(to installation: Installation) async throws {
    let now = Installation.now()
    let period = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!
    try await installation.database.write(installation.tenant) { connection in
      let people = PeopleStore(connection, now: now)
      guard try people.register().people.isEmpty else { return }
      let person = try people.add(name: "Frida Prøve", email: "frida@example.org")
      for kind in kinds { _ = try people.appoint(person, to: try people.add(kind, place: "", period), period) }
      try LoginStore(connection, now: now).begin(Secret(secret)!, for: person, by: .password, formToken: token)
    }
  }

  /// The site as that person meets it. A request that has the cookie of a session already keeps its own.
  static func at(_ router: Router<SurfaceContext>) -> some HTTPResponder<SurfaceContext> {
    let responder = router.buildResponder()
    return CallbackResponder { (request: Request, context: SurfaceContext) in
      try await responder.respond(to: withCookie(request, [cookie()]), context: context)
    }
  }

  static func withCookie(_ request: Request, _ cookies: [String]) -> Request {
    let own = request.headers[.cookie] ?? ""
    guard !own.contains("__Host-styrehus") else { return request }
    var head = request.head
    head.headerFields[.cookie] = ((own.isEmpty ? [] : [own]) + cookies).joined(separator: "; ")
    return Request(head: head, body: request.body)
  }
}
