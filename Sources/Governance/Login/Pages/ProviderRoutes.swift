import Database
import Hummingbird
import HTTPTypes
import Logging
import SteeringCore
import SurfaceKit

/// The way to the municipality's identity provider and back.
struct ProviderRoutes: Sendable {
  let premises: Premises
  /// The provider; nil where the municipality has none.
  let known: Provider?
  /// Begins a session of the house for a person who was let in.
  let welcome: @Sendable (Int64, ProviderIdentity, Address, Request, SurfaceContext) async throws -> Response

  private var desk: ProviderDesk { ProviderDesk(premises: premises) }

  private var provider: Provider {
    get throws {
      guard let known else { throw Trouble.notFound(LoginTexts.noProvider) }
      return known
    }
  }

  func add(to router: Router<SurfaceContext>) {
    router.post("login/provider") { request, context in try await begin(request, context) }
    router.get("login/provider/back") { request, context in try await comeBack(request, context) }
    router.post("login/provider/signed-out") { request, context in try await signedOut(request, context) }
  }

  /// Sends the browser to the provider, with a cookie that says which sign-in it is.
  private func begin(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let provider = try provider
    let form = try await FormBody.ours(request, context)
    let login = LoginDesk(database: premises.database, tenant: premises.tenant, now: premises.now)
    guard try await login.mayLeave(from: context.peer) else {
      throw Trouble(.tooManyRequests, LoginTexts.notSignedIn, LoginTexts.tooMany)
    }
    let invitation = Secret(form.text("invitation"))
    let (address, kept) = try await asking(context, provider.name) { () async throws(ProviderRefusal) in
      try await provider.door.begin(context.language)
    }
    let secret = try await desk.keep(
      .init(kept: kept, next: LoginRoutes.next(form.text("next")).text, invitationHash: invitation?.hash))
    var response = OnwardPage(title: LoginTexts.onward(provider.name), lead: LoginTexts.onwardLead, address: address)
      .response(request, context)
    response.setCookie(Self.cookie(secret, prefix: context.prefix))
    return response
  }

  private func comeBack(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let provider = try provider
    let secret = request.cookies[Self.cookieName(context.prefix)].flatMap { Secret($0.value) }
    guard let secret, let start = try await desk.take(secret) else {
      // Anybody can make any browser ask this: the log hears of it, the trail is for what somebody began here.
      context.logger.warning("sign-in", metadata: ["reason": "start-unknown"])
      throw Trouble(.forbidden, LoginTexts.notSignedIn, LoginTexts.startUnknown)
    }
    let answer = request.query.fields
    let identity = try await asking(context, provider.name) { () async throws(ProviderRefusal) in
      try await provider.door.finish(answer, kept: start.kept)
    }
    let admission = try await desk.admit(
      identity, provider.claims, invitationHash: start.invitationHash, request: context.id)
    guard case .welcome(let person) = admission else {
      try await desk.refuse("\(admission)", request: context.id)
      throw Trouble(.forbidden, LoginTexts.notSignedIn, LoginTexts.told(admission))
    }
    var response = try await welcome(person, identity, LoginRoutes.next(start.next), request, context)
    response.setCookie(Self.cookie(nil, prefix: context.prefix))
    return response
  }

  /// The provider says that somebody signed out elsewhere (OpenID Connect Back-Channel Logout 1.0). What it sends is
  /// signed, so it needs no token of a form.
  private func signedOut(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let provider = try provider
    let form = try await FormBody.read(request)
    do {
      let over = try await provider.door.signedOut(form.text("logout_token"))
      _ = try await desk.end(over, request: context.id)
      return Response(status: .ok, headers: [.cacheControl: "no-store"])
    } catch let refusal as ProviderRefusal {
      context.logger.warning("sign-out by the provider", metadata: ["reason": "\(refusal.word)"])
      return Response(status: .badRequest, headers: [.cacheControl: "no-store"])
    }
  }

  private func asking<Answer>(
    _ context: SurfaceContext, _ name: Words, _ question: () async throws(ProviderRefusal) -> Answer
  ) async throws -> Answer {
    do {
      return try await question()
    } catch let refusal {
      context.logger.warning("sign-in", metadata: ["reason": "\(refusal.word)"])
      try await desk.refuse(refusal.word, request: context.id)
      throw Trouble(
        refusal.cause == .provider ? .badGateway : .forbidden, LoginTexts.notSignedIn,
        LoginTexts.told(refusal, name))
    }
  }

  /// The cookie of a sign-in under way. It comes along when the provider sends the browser back.
  static func cookieName(_ prefix: String) -> String { Porter.cookieName(prefix) + "-start" }

  private static func cookie(_ secret: Secret?, prefix: String) -> Cookie {
    Cookie(
      name: cookieName(prefix), value: secret?.text ?? "", maxAge: secret == nil ? 0 : Int(ProviderStore.patience),
      path: "/", secure: true, httpOnly: true, sameSite: .lax)
  }
}
