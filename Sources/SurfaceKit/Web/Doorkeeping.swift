public import Hummingbird
import HTTPTypes
import SteeringCore

extension HTTPField.Name {
  static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
  static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
  static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
  static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  static let refresh = HTTPField.Name("Refresh")!
  static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
}

/// The first middleware: refuses requests without a host or for a host that is not ours, and puts the security headers
/// on every answer, errors too. No page needs a script, so none is allowed.
public struct SecurityHeaders: RouterMiddleware {
  private let hosts: HostNames

  /// The middleware, with the names of the house.
  public init(hosts: HostNames = HostNames()) { self.hosts = hosts }

  /// Lets the request through and sets the headers.
  public func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    let authority = request.head.authority ?? ""
    if authority.isEmpty {
      response = Self.refusal("400 Bad Request", .badRequest)
    } else if !hosts.hold(authority) {
      response = Self.refusal(
        "421 Misdirected Request: start the server with --host for this name", .misdirectedRequest)
    } else {
      var context = context
      context.origin = hosts.origin(authority)
      response = try await next(request, context)
    }
    response.headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
      + "frame-ancestors 'none'"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "same-origin"
    // Counts where the browser came by https, and is not read where it did not.
    response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    response.headers[.openerPolicy] = "same-origin"
    response.headers[.resourcePolicy] = "same-origin"
    response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }

  private static func refusal(_ text: String, _ status: HTTPResponse.Status) -> Response {
    .bytes(Array("\(text)\n".utf8), type: "text/plain; charset=utf-8", status: status)
  }
}

/// The second middleware: knows the visitor's language (Danish first; an address with `?lang=en` sets it, and a
/// cookie keeps it), puts up the house's sign, gives every browser a form token, and leads redirects to this house.
public struct Reception: RouterMiddleware {
  /// Such a name keeps a cookie from being set by a neighbouring host.
  private static let languageCookie = "__Host-language-styrehus"

  private let hasForms: Bool
  private let sign: @Sendable () -> HouseSign

  /// The middleware, with the sign of the house. One without forms needs no token.
  public init(hasForms: Bool = true, sign: @escaping @Sendable () -> HouseSign) {
    self.hasForms = hasForms
    self.sign = sign
  }

  /// Receives the visitor.
  public func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let wish = request.query["lang"].flatMap { Language(rawValue: $0) }
    let kept = request.cookies[Self.languageCookie].flatMap { Language(rawValue: $0.value) }
    context.language = wish ?? kept ?? .danish
    context.sign = sign()
    let known = request.cookies[FormToken.cookieName(context.prefix)]?.value
    let token = known.flatMap { FormToken.isWellFormed($0) ? $0 : nil } ?? FormToken.fresh()
    context.formToken = token
    var response = try await next(request, context)
    if let wish, wish != kept {
      response.setCookie(
        Cookie(
          name: Self.languageCookie, value: wish.rawValue, maxAge: 31_536_000, path: "/", secure: true, sameSite: .lax))
    }
    if hasForms, token != known {
      response.setCookie(
        Cookie(
          name: FormToken.cookieName(context.prefix), value: token, path: "/", secure: true, httpOnly: true,
          sameSite: .strict))
    }
    if let place = response.headers[.location], place.hasPrefix("/") {
      response.headers[.location] = context.prefix + place
    }
    return response
  }
}

extension FormBody {
  /// Reads the form of a request, at most `limit` bytes. Throws `Fault`, and `Trouble.foreignForm` for one that does
  /// not come from a page of this house.
  public static func ours(
    _ request: Request, _ context: SurfaceContext, limit: Int = 64 * 1024
  ) async throws -> FormBody {
    let form = try await read(request, limit: limit)
    guard FormToken.isOurs(form, request, context) else { throw Trouble.foreignForm }
    return form
  }
}

/// A token that a form carries and the browser's cookie repeats: a page elsewhere cannot know it.
public enum FormToken {
  /// A token that nobody else has.
  public static func fresh() -> String {
    var generator = SystemRandomNumberGenerator()
    return [generator.next(), generator.next()].map { String($0 as UInt64, radix: 36) }.joined(separator: "x")
  }

  /// What the cookie of a stranger's token is called; houses that share a host have one each.
  static func cookieName(_ prefix: String) -> String {
    "__Host-form-styrehus" + (prefix.isEmpty ? "" : "-" + prefix.dropFirst())
  }

  static func isWellFormed(_ token: String) -> Bool {
    (16...40).contains(token.utf8.count) && token.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
  }

  /// Whether a form that was sent comes from a page of this house: the token it carries is the browser's, and the
  /// browser does not say that another site sent it.
  static func isOurs(_ form: FormBody, _ request: Request, _ context: SurfaceContext) -> Bool {
    if let site = request.headers[.fetchSite], site != "same-origin", site != "none" { return false }
    let kept = request.cookies[cookieName(context.prefix)]?.value
    guard context.isTokenOfSession || kept == context.formToken else { return false }
    return form.text("token") == context.formToken
  }
}
