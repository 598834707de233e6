public import FoundationEssentials
public import Logging

/// Signing in with an identity provider: OpenID Connect, authorisation code flow with PKCE.
///
/// A sign-in goes so:
/// 1. ``begin(_:)`` gives an address and a ``SignInStart``. The caller keeps the start in its database, sets a cookie
///    that names it, and sends the browser to the address.
/// 2. The browser comes back to ``ProviderSettings/redirect`` with a query. The caller finds the start by the cookie,
///    **takes it away**, and calls ``finish(_:kept:)`` with the whole query.
/// 3. The caller makes its own session from the ``SignedInIdentity``, with a new cookie.
///
/// Nothing is remembered between two calls but the provider's addresses and public keys, for ten minutes at the most;
/// so any server may finish what another one began. Nothing is trusted that has not been checked, and where the
/// provider is slow, gone or speaks nonsense, nobody is signed in.
public final class IdentityProvider: Sendable {
  /// Who the provider is.
  public let settings: ProviderSettings

  private let exchange: ProviderExchange
  private let knowledge: ProviderKnowledge
  private let now: @Sendable () -> Date

  /// The longest parameter of an answer, in bytes.
  static let parameterLimit = 16_384
  /// The longest address of a sign-out that carries the token along, in bytes.
  static let addressLimit = 4096

  /// Nothing is fetched before somebody signs in.
  /// - Parameters:
  ///   - settings: who the provider is.
  ///   - logger: hears of a provider that fails; no token, no code and no secret is told to it.
  ///   - now: the clock.
  public init(
    _ settings: ProviderSettings, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.settings = settings
    self.now = now
    exchange = ProviderExchange(settings: settings, logger: logger)
    knowledge = ProviderKnowledge(exchange: exchange, now: now)
  }

  /// Begins a sign-in.
  /// - Returns: the address that the browser goes to, and what must be kept until it is back.
  public func begin(_ wishes: SignInWishes = SignInWishes()) async throws(IdentityRefusal)
    -> (address: String, kept: SignInStart)
  {
    let metadata = try await knowledge.current().metadata
    let moment = Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
    let age = wishes.maximumAge.map { Int(clamping: $0.components.seconds) }
    let kept = SignInStart(
      state: HiddenText(Secrets.text()), nonce: HiddenText(Secrets.text()), verifier: HiddenText(Secrets.text()),
      issuer: settings.issuer, clientID: settings.clientID, startedAt: moment, maximumAgeSeconds: age)
    var fields = [
      (name: "response_type", value: "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirect),
      ("scope", settings.scopes.joined(separator: " ")), ("state", kept.state.value), ("nonce", kept.nonce.value),
      ("code_challenge", Secrets.challenge(kept.verifier)), ("code_challenge_method", "S256"),
    ]
    if let age { fields.append(("max_age", String(age))) }
    if let prompt = wishes.prompt { fields.append(("prompt", prompt)) }
    if !wishes.strengths.isEmpty { fields.append(("acr_values", wishes.strengths.joined(separator: " "))) }
    if !wishes.languages.isEmpty { fields.append(("ui_locales", wishes.languages.joined(separator: " "))) }
    return (FormText.address(metadata.signIn, adding: fields), kept)
  }

  /// Ends a sign-in with what the browser brought back.
  /// - Parameters:
  ///   - answer: every name and value of the query, decoded, in any order, repeated ones too.
  ///   - kept: what was kept since ``begin(_:)``. The caller has taken it out of its database before, so that it
  ///     counts once: here the same answer with the same start is refused only by a provider that takes a code once.
  /// - Returns: who signed in.
  public func finish(_ answer: [(name: String, value: String)], kept: SignInStart) async throws(IdentityRefusal)
    -> SignedInIdentity
  {
    let answer = try SignInAnswer(answer)
    try answer.check(against: kept, settings: settings, now: now())
    let known = try await knowledge.current()
    if known.metadata.namesItself, answer.issuer == nil { throw .answerIssuerMissing }
    let code = try answer.code()
    let tokens = try await TokenRequest(settings: settings, metadata: known.metadata, exchange: exchange)
      .tokens(for: code, verifier: kept.verifier)
    let sealed = try SealedToken(tokens.identity, kind: .identity)
    let claims = TokenClaims(members: try await open(sealed, known), settings: settings, now: now())
    try claims.checkParties()
    try claims.checkTimes()
    try claims.checkNonce(kept.nonce)
    try claims.checkHashes(code: code, accessToken: tokens.access, algorithm: sealed.algorithm.rawValue)
    try claims.checkFreshness(kept.maximumAgeSeconds)
    return try claims.identity(token: tokens.identity)
  }

  /// Where the browser goes to sign out at the provider too, after the caller has ended its own session.
  /// - Parameters:
  ///   - hint: the token of the sign-in (``SignedInIdentity/idToken``), if it was kept; without it most providers ask.
  ///   - state: comes back to ``ProviderSettings/afterSignOut``.
  /// - Returns: nil where the provider offers no such thing, or does not answer: then only we forget the person.
  public func signOutAddress(hint: HiddenText? = nil, state: String? = nil) async -> String? {
    guard let known = try? await knowledge.current(), let place = known.metadata.signOut else { return nil }
    var fields = [(name: "client_id", value: settings.clientID)]
    if let after = settings.afterSignOut { fields.append(("post_logout_redirect_uri", after)) }
    if let state { fields.append(("state", state)) }
    let short = FormText.address(place, adding: fields)
    guard let hint else { return short }
    // A token with many groups can be longer than what servers take for an address; the client's name does too.
    let long = FormText.address(short, adding: [("id_token_hint", hint.value)])
    return long.utf8.count <= Self.addressLimit ? long : short
  }

  /// Reads what the provider sends when somebody signed out elsewhere (OpenID Connect Back-Channel Logout 1.0): the
  /// field `logout_token` of a form that it posts to us. Whoever reaches that address may send anything, so the token
  /// is all that counts.
  /// - Returns: the session or the person whose sessions end. To end a session twice does no harm; who wants to take
  ///   a token only once remembers its ``SignedOutSession/tokenID``.
  public func signedOut(by logoutToken: String) async throws(IdentityRefusal) -> SignedOutSession {
    let sealed = try SealedToken(logoutToken, kind: .signOut)
    let known = try await knowledge.current()
    let claims = TokenClaims(members: try await open(sealed, known), settings: settings, now: now())
    try claims.checkParties()
    return try claims.signedOutSession()
  }

  /// What a token says, with newer keys where it names one that is not known.
  private func open(_ sealed: SealedToken, _ known: ProviderKnowledge.Known) async throws(IdentityRefusal)
    -> [String: JSONValue]
  {
    do {
      return try await sealed.opened(with: known.keys)
    } catch {
      guard error == .keyUnknown else { throw error }
      return try await sealed.opened(with: try await knowledge.renewed(after: known.edition).keys)
    }
  }
}
