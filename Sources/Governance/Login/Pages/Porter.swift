import Database
import HTTPTypes
public import Hummingbird
import SteeringCore
public import SurfaceKit

/// The gate: knows who is there by the session's cookie, and lets nobody further than the delegation plan in force
/// says. A route that is on no list lets nobody in.
public struct Porter: RouterMiddleware {
  private let house: PorterHouse
  private let rules: @Sendable (_ path: String) -> [String: AccessRule]

  /// The gate of a municipality. `rules` says what a route asks, by method, for the pattern of its path.
  public init(_ premises: Premises, rules: @escaping @Sendable (_ path: String) -> [String: AccessRule]) {
    house = PorterHouse(premises)
    self.rules = rules
  }

  /// Lets the request through, or not.
  public func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.hasDoor = true
    let asked = context.endpointPath.map(rules) ?? [:]
    let secret = request.cookies[Self.cookieName(context.prefix)].flatMap { Secret($0.value) }
    // What is open to everybody needs no look at the database where nobody says to be somebody.
    if secret == nil, let open = asked["GET"], open.permission == nil, !open.needsPerson, request.method == .get {
      return try await next(request, context)
    }
    let needsTree = asked.values.contains { $0.unitParameter != nil }
    let guest = try await house.guest(secret, needsTree: needsTree)
    if let session = guest.session {
      context.formToken = session.formToken
      context.isTokenOfSession = true
    }
    context.visitor = guest.visitor
    guard context.endpointPath.map({ $0 != "NotFound" }) ?? false else { return try await next(request, context) }
    let method = request.method == .head ? "GET" : request.method.rawValue
    guard let rule = asked[method] else {
      // An address that takes other methods says so; one that is on no list at all is a fault of ours.
      if asked.isEmpty { throw Trouble.closed }
      return try await next(request, context)
    }
    guard let permission = rule.permission else {
      let deed = guest.deed(nil, request: context.id)
      if rule.needsPerson {
        guard guest.person != nil else { return try Self.signInFirst(request) }
        if rule.isLogged { try await house.note(Act("read.own", object: request.uri.path), deed) }
      }
      return try await Deed.$current.withValue(deed) { try await next(request, context) }
    }
    // A unit that cannot be read is none that anybody reaches.
    let unit = rule.unitParameter.map { context.parameter($0) ?? "" }
    let ruling = guest.ruling(permission, unit: unit)
    let deed = guest.deed(ruling, request: context.id)
    guard ruling.isAllowed else { return try await refuse(ruling, permission, unit, deed, request, context) }
    if rule.isLogged { try await house.note(Act("read.\(permission)", object: request.uri.path), deed) }
    return try await Deed.$current.withValue(deed) { try await next(request, context) }
  }

  /// A stranger is asked who is there; somebody who is known is told who decides, and the trail notes it.
  private func refuse(
    _ ruling: Ruling, _ permission: String, _ unit: String?, _ deed: Deed, _ request: Request, _ context: SurfaceContext
  ) async throws -> Response {
    guard context.visitor.person != nil else { return try Self.signInFirst(request) }
    try await house.note(Act("access.refused", object: unit.map { "\(permission) \($0)" } ?? permission), deed)
    throw Trouble(.forbidden, LoginTexts.refused, RulingTexts.sentence(ruling))
  }

  private static func signInFirst(_ request: Request) throws -> Response {
    guard request.method == .get || request.method == .head else { throw Trouble.signInFirst }
    let address = Address(request.uri.path + (request.uri.query.map { "?" + $0 } ?? ""))
    return .seeOther(LoginAddress.login.with("next", address.text))
  }

  /// What the cookie of a session is called. Its name keeps it from being set by another host; houses that share a name
  /// have a cookie each.
  public static func cookieName(_ prefix: String) -> String {
    "__Host-styrehus" + (prefix.isEmpty ? "" : "-" + prefix.dropFirst())
  }

  /// The cookie of a session; with no secret one that takes it away.
  static func cookie(_ secret: Secret?, prefix: String) -> Cookie {
    Cookie(
      name: cookieName(prefix), value: secret?.text ?? "", maxAge: secret == nil ? 0 : nil, path: "/", secure: true,
      httpOnly: true, sameSite: .lax)
  }
}

extension Trouble {
  /// A form of somebody whose session is over, or who never had one.
  static let signInFirst = Trouble(.unauthorized, LoginTexts.signInFirst, LoginTexts.signInFirstHelp)
  /// A route that nobody has thought of.
  static let closed = Trouble(.forbidden, LoginTexts.refused, LoginTexts.closed)
}
