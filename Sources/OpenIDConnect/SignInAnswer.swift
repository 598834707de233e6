internal import FoundationEssentials

/// What the browser brought back from the provider. It went through the person's hands: nothing in it is believed.
struct SignInAnswer: Sendable {
  let issuer: String?
  private let state: String?
  private let givenCode: String?
  private let error: String?

  /// Picks what we know; the standard tells us to pass over the rest.
  init(_ fields: [(name: String, value: String)]) throws(IdentityRefusal) {
    func one(_ name: String) throws(IdentityRefusal) -> String? {
      let values = fields.filter { $0.name == name }.map(\.value)
      guard values.count <= 1 else { throw .parameterRepeated }
      guard let value = values.first, !value.isEmpty else { return nil }
      guard value.utf8.count <= IdentityProvider.parameterLimit else { throw .parameterTooLong }
      return value
    }
    state = try one("state")
    givenCode = try one("code")
    issuer = try one("iss")
    error = try one("error")
  }

  /// It belongs to the sign-in that this browser began, a while ago at the most, with this provider.
  func check(against kept: SignInStart, settings: ProviderSettings, now: Date) throws(IdentityRefusal) {
    guard kept.issuer == settings.issuer, kept.clientID == settings.clientID else { throw .startForeign }
    let age = now.timeIntervalSince(kept.startedAt)
    guard age <= Double(SignInStart.lifeSeconds), age >= -settings.skewSeconds else { throw .startExpired }
    guard let state else { throw .stateMissing }
    guard kept.state.isSame(as: state) else { throw .stateForeign }
    if let issuer, issuer != settings.issuer { throw .answerIssuerDiffers }
  }

  /// The code, or why there is none. The provider's own words stay behind: they come through the browser.
  func code() throws(IdentityRefusal) -> String {
    switch error {
    case nil: break
    case "access_denied": throw .accessDenied
    case "login_required", "interaction_required", "account_selection_required", "consent_required":
      throw .signInRequired
    case "server_error", "temporarily_unavailable": throw .providerUnavailable
    default: throw .requestRefused
    }
    guard let givenCode else { throw .codeMissing }
    return givenCode
  }
}

/// Asks for the tokens that a code stands for.
struct TokenRequest: Sendable {
  let settings: ProviderSettings
  let metadata: ProviderMetadata
  let exchange: ProviderExchange

  func tokens(for code: String, verifier: HiddenText) async throws(IdentityRefusal) -> (
    identity: String, access: String?
  ) {
    var form = [
      (name: "grant_type", value: "authorization_code"), ("code", code), ("redirect_uri", settings.redirect),
      ("client_id", settings.clientID), ("code_verifier", verifier.value),
    ]
    var basic: String?
    if let secret = settings.clientSecret {
      let ways = metadata.clientAuthentication ?? ["client_secret_basic"]
      if ways.contains("client_secret_basic") {
        let pair = "\(FormText.escaped(settings.clientID)):\(FormText.escaped(secret.value))"
        basic = Data(pair.utf8).base64EncodedString()
      } else if ways.contains("client_secret_post") {
        form.append(("client_secret", secret.value))
      } else {
        throw .clientAuthenticationUnknown
      }
    }
    let answer = try await exchange.answer(to: metadata.tokens, form: form, basic: basic)
    guard answer.status == 200 else {
      switch answer.members["error"]?.text {
      case "invalid_grant": throw .codeRefused
      case "invalid_client", "unauthorized_client": throw .clientRefused
      default: throw .tokensRefused
      }
    }
    if let kind = answer.members["token_type"], kind.text?.lowercased() != "bearer" { throw .tokenKindUnknown }
    guard let identity = answer.members["id_token"]?.text else { throw .identityTokenMissing }
    return (identity, answer.members["access_token"]?.text)
  }
}
