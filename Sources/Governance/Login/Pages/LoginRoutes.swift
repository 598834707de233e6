import Database
import HTTPTypes
public import Hummingbird
import SteeringCore
public import SurfaceKit

/// The addresses of signing in and out.
public struct LoginRoutes: Sendable {
  let premises: Premises
  /// Whether the people of the demo can be chosen with a click. Only where the house shows invented figures.
  let isDemo: Bool
  let provider: Provider?
  let desk: LoginDesk

  /// The routes of a municipality, with its identity provider if it has one.
  public init(_ premises: Premises, isDemo: Bool, provider: Provider? = nil) {
    self.premises = premises
    self.isDemo = isDemo
    self.provider = provider
    desk = LoginDesk(database: premises.database, tenant: premises.tenant, now: premises.now)
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("login") { request, context in
      try await page(LoginModel(next: Self.next(request.query["next"])), context).response(request, context)
    }
    router.post("login") { request, context in try await signIn(request, context) }
    router.post("login/demo") { request, context in try await signInForDemo(request, context) }
    ProviderRoutes(premises: premises, known: provider) { person, identity, next, request, context in
      try await welcome(person, .provider, next, request, context, at: identity)
    }.add(to: router)
    router.post("logout") { request, context in try await signOut(request, context, everywhere: false) }
    router.post("me/sessions") { request, context in try await signOut(request, context, everywhere: true) }
    router.get("invitation/{secret}") { request, context in
      _ = try await invited(context)
      return invitation(context, errors: [], name: "").response(request, context)
    }
    router.post("invitation/{secret}") { request, context in try await accept(request, context) }
    router.get("me") { request, context in try await me(context).response(request, context) }
    router.get("me/data.json") { request, context in
      guard let person = context.visitor.person.flatMap({ Int64($0) }) else { throw Trouble.signInFirst }
      let text = try await premises.database.read(premises.tenant) { try StoredAboutPerson($0, person).json }
      return Response.download(Array(text.utf8), type: "application/json; charset=utf-8", name: "mine-data.json")
    }
  }

  /// A path in this house to go on to; the front page for anything else.
  static func next(_ text: String?) -> Address {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\") else { return "/" }
    return Address(text)
  }

  private func page(_ model: LoginModel, _ context: SurfaceContext) async throws -> Page {
    var model = model
    model.token = context.formToken
    model.provider = provider?.name
    if isDemo {
      let (now, day) = (premises.now(), premises.today)
      let register = try await premises.database.read(premises.tenant) { try PeopleStore($0, now: now).register() }
      // One of each kind, the first.
      model.demoPeople = PositionKind.held.compactMap { kind in
        let position = register.positions(on: day).first { $0.kind == kind }
        return position.flatMap { position in
          register.holders(of: position.id, on: day).first { !$0.isRemoved }.map { ($0, position) }
        }
      }
    }
    return LoginView(model: model).page
  }

  private func signIn(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    let next = Self.next(form.text("next"))
    let userName = form.text("user")
    switch try await desk.signIn(userName, form.fields["password"] ?? "", from: context.peer, request: context.id) {
    case .welcome(let person, let password):
      return try await welcome(person, .password, next, request, context, password: password)
    case .wrong:
      return try await page(LoginModel(next: next, userName: userName, error: LoginTexts.wrong), context)
        .response(request, context, status: .unprocessableContent)
    case .tooMany:
      var response = try await page(LoginModel(next: next, userName: userName, error: LoginTexts.tooMany), context)
        .response(request, context, status: .tooManyRequests)
      response.headers[.retryAfter] = String(LoginStore.window)
      return response
    }
  }

  /// A new session under a new secret; the browser's old one ends.
  private func welcome(
    _ person: Int64, _ way: Session.Way, _ next: Address, _ request: Request, _ context: SurfaceContext,
    password: KeptPassword? = nil, at identity: ProviderIdentity? = nil
  ) async throws -> Response {
    let old = request.cookies[Porter.cookieName(context.prefix)].flatMap { Secret($0.value) }
    let secret = Secret.fresh()
    let hasBegun = try await desk.begin(
      secret, for: person, by: way, ending: old, password: password, at: identity, request: context.id)
    guard hasBegun else { throw Trouble.signInFirst }
    var response = Response.seeOther(next)
    response.setCookie(Porter.cookie(secret, prefix: context.prefix))
    return response
  }

  private func signInForDemo(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    let now = premises.now()
    guard isDemo, let person = Int64(form.text("person")),
      try await premises.database.read(
        premises.tenant, { try PeopleStore($0, now: now).register(about: person).person(person) })
        != nil
    else { throw Trouble.closed }
    return try await welcome(person, .demo, Self.next(form.text("next")), request, context)
  }

  private func signOut(_ request: Request, _ context: SurfaceContext, everywhere: Bool) async throws -> Response {
    _ = try await FormBody.ours(request, context)
    let secret = request.cookies[Porter.cookieName(context.prefix)].flatMap { Secret($0.value) }
    let person = context.visitor.person.flatMap { Int64($0) }
    let now = premises.now()
    let token = try await premises.database.writeBeside(premises.tenant) { connection in
      let store = LoginStore(connection, now: now)
      let token = try secret.flatMap { try ProviderStore(connection, now: now).untie($0) }
      if everywhere, let person { _ = try store.endSessions(of: person) } else if let secret { try store.end(secret) }
      return token
    }
    var response = Response.seeOther("/")
    if let token, let away = await provider?.door.signOutAddress(token) {
      response = OnwardPage(title: LoginTexts.onwardOut, lead: LoginTexts.onwardOutLead, address: away)
        .response(request, Self.withNobody(context))
    }
    response.setCookie(Porter.cookie(nil, prefix: context.prefix))
    // What the browser keeps of the pages goes as well, so that the way back shows nothing.
    response.headers[HTTPField.Name("Clear-Site-Data")!] = "\"cache\""
    return response
  }

  /// The context of a page for somebody who is not signed in any more.
  private static func withNobody(_ context: SurfaceContext) -> SurfaceContext {
    var context = context
    context.visitor = .stranger
    return context
  }

  private func invited(_ context: SurfaceContext) async throws -> (secret: Secret, person: Int64) {
    let now = premises.now()
    guard let secret = Secret(context.parameter("secret") ?? ""),
      let person = try await premises.database.read(premises.tenant, { try LoginStore($0, now: now).invited(secret) })
    else { throw Trouble(.gone, LoginTexts.invitation, LoginTexts.invitationGone) }
    return (secret, person)
  }

  private func invitation(_ context: SurfaceContext, errors: [ErrorSummary.Item], name: String) -> Page {
    InvitationView(
      secret: context.parameter("secret") ?? "", token: context.formToken, errors: errors, userName: name,
      provider: provider?.name
    ).page
  }

  private func accept(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    let (secret, person) = try await invited(context)
    let userName = form.text("user")
    let password = form.fields["password"] ?? ""
    var errors: [ErrorSummary.Item] = []
    if userName.isEmpty { errors.append(.init(field: "user", LoginTexts.nameMissing)) }
    if let fault = PasswordRules.fault(password, userName: userName) {
      errors.append(.init(field: "password", fault))
    }
    if errors.isEmpty {
      let acceptance: LoginDesk.Acceptance
      do {
        acceptance = try await desk.accept(secret, person, userName, password, request: context.id)
      } catch is TooManyPasswords {
        throw Trouble(.tooManyRequests, LoginTexts.invitation, LoginTexts.tooMany)
      }
      switch acceptance {
      case .done: return try await welcome(person, .password, LoginAddress.me, request, context)
      case .nameTaken: errors.append(.init(field: "user", LoginTexts.nameTaken))
      case .gone: throw Trouble(.gone, LoginTexts.invitation, LoginTexts.invitationGone)
      }
    }
    return invitation(context, errors: errors, name: userName)
      .response(request, context, status: .unprocessableContent)
  }

  private func me(_ context: SurfaceContext) async throws -> Page {
    guard let id = context.visitor.person.flatMap({ Int64($0) }) else { throw Trouble.signInFirst }
    let (now, day) = (premises.now(), premises.today)
    let (register, stored) = try await premises.database.read(premises.tenant) { connection in
      (
        try PeopleStore(connection, now: now).register(about: id),
        try StoredAboutPerson(connection, id, trail: MeView.mostRows)
      )
    }
    return MeView(
      model: MeModel(
        name: context.visitor.name, positions: register.positions(of: id, on: day),
        lent: register.delegations(to: id, on: day), stored: stored, token: context.formToken)
    ).page
  }
}
