internal import FoundationEssentials

/// The claims of a token whose signature holds, tried one by one (OpenID Connect Core 1.0, section 3.1.3.7).
struct TokenClaims: Sendable {
  let members: [String: JSONValue]
  let settings: ProviderSettings
  let now: Date

  /// A text; nil where the claim is not there.
  func text(_ name: String) throws(IdentityRefusal) -> String? {
    guard let value = members[name] else { return nil }
    guard let text = value.text else { throw .claimUnreadable }
    return text
  }

  /// A moment; nil where the claim is not there.
  func time(_ name: String) throws(IdentityRefusal) -> Date? {
    guard let value = members[name] else { return nil }
    // A number alone, within the years that a clock can show.
    guard let seconds = value.number, (0...253_402_300_799).contains(seconds) else { throw .claimUnreadable }
    return Date(timeIntervalSince1970: seconds)
  }

  /// The provider made it, and for us.
  func checkParties() throws(IdentityRefusal) {
    guard let issuer = try text("iss") else { throw .issuerMissing }
    guard issuer == settings.issuer else { throw .issuerWrong }
    let audience = try audience()
    guard audience.contains(settings.clientID) else { throw .audienceWrong }
    let party = try text("azp")
    if let party, party != settings.clientID { throw .authorizedPartyWrong }
    if audience.count > 1, party == nil { throw .authorizedPartyMissing }
  }

  private func audience() throws(IdentityRefusal) -> [String] {
    switch members["aud"] {
    case nil, .list([]): throw .audienceMissing
    case .text(let one): return [one]
    case .list(let several):
      let texts = several.compactMap(\.text)
      guard texts.count == several.count else { throw .claimUnreadable }
      return texts
    default: throw .claimUnreadable
    }
  }

  /// It counts at this moment. Clocks may differ by the skew; its edge still counts.
  func checkTimes(expiryRequired: Bool = true) throws(IdentityRefusal) {
    let skew = settings.skewSeconds
    if let end = try time("exp") {
      guard now.timeIntervalSince(end) <= skew else { throw .expired }
    } else if expiryRequired {
      throw .expiryMissing
    }
    guard let made = try time("iat") else { throw .issueTimeMissing }
    guard made.timeIntervalSince(now) <= skew else { throw .issuedInFuture }
    if let from = try time("nbf"), from.timeIntervalSince(now) > skew { throw .notYetValid }
  }

  /// It was made for this very sign-in.
  func checkNonce(_ nonce: HiddenText) throws(IdentityRefusal) {
    guard let said = try text("nonce") else { throw .nonceMissing }
    guard nonce.isSame(as: said) else { throw .nonceWrong }
  }

  /// It belongs to the code and to the access token that it came with, where it says so.
  func checkHashes(code: String, accessToken: String?, algorithm: String) throws(IdentityRefusal) {
    if let said = try text("at_hash") {
      guard let accessToken, said == Secrets.halfHash(accessToken, algorithm: algorithm) else {
        throw .accessTokenHashWrong
      }
    }
    if let said = try text("c_hash"), said != Secrets.halfHash(code, algorithm: algorithm) { throw .codeHashWrong }
  }

  /// The person's own sign-in is as fresh as was asked for.
  func checkFreshness(_ maximumAgeSeconds: Int?) throws(IdentityRefusal) {
    guard let maximumAgeSeconds else { return }
    guard let moment = try time("auth_time") else { throw .signInTimeMissing }
    guard now.timeIntervalSince(moment) <= Double(maximumAgeSeconds) + settings.skewSeconds else {
      throw .signInTooOld
    }
  }

  /// Whom it is about; nil where it does not say.
  func subject() throws(IdentityRefusal) -> String? {
    guard let subject = try text("sub") else { return nil }
    guard !subject.isEmpty, subject.count <= 255, !Self.holdsControls(subject) else { throw .subjectMissing }
    return subject
  }

  /// The person, from an ID token whose checks are done.
  func identity(token: String) throws(IdentityRefusal) -> SignedInIdentity {
    guard let subject = try subject() else { throw .subjectMissing }
    guard let end = try time("exp") else { throw .expiryMissing }
    let (groups, told) = groups()
    return SignedInIdentity(
      issuer: settings.issuer, subject: subject,
      name: line("name") ?? joined(line("given_name"), line("family_name")),
      accountName: line("preferred_username") ?? line("upn"),
      email: line("email"), isEmailVerified: isTrue("email_verified"),
      groups: groups, groupsTold: told,
      authenticatedAt: try time("auth_time"), strength: line("acr"), sessionID: line("sid"),
      tokenExpiresAt: end, idToken: HiddenText(token))
  }

  /// The groups, and whether they are all there. Entra ID leaves a long list out and says where to fetch it.
  private func groups() -> ([String], GroupsTold) {
    let name = settings.groupsClaim
    guard let value = members[name] else {
      let isElsewhere = members["_claim_names"]?.object?[name] != nil || members["hasgroups"] != nil
      return ([], isElsewhere ? .elsewhere : .missing)
    }
    let values = value.text.map { [JSONValue.text($0)] } ?? value.list
    guard let values else { return ([], .unreadable) }
    guard values.count <= GroupsTold.limit else { return ([], .tooMany) }
    let texts = values.compactMap(\.text)
    guard texts.count == values.count, !texts.contains(where: { $0.isEmpty || Self.holdsControls($0) }) else {
      return ([], .unreadable)
    }
    guard texts.allSatisfy({ $0.count <= 256 }) else { return ([], .tooMany) }
    return (texts, .all)
  }

  /// A text for people: one line, no more than 256 characters. What is not so is left out, since nothing depends on it.
  private func line(_ name: String) -> String? {
    guard let text = members[name]?.text, !text.isEmpty, text.count <= 256, !Self.holdsControls(text) else {
      return nil
    }
    return text
  }

  private func joined(_ first: String?, _ last: String?) -> String? {
    let parts = [first, last].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Some providers write truth as a text.
  private func isTrue(_ name: String) -> Bool? {
    switch members[name] {
    case .bool(let value): value
    case .text("true"): true
    case .text("false"): false
    default: nil
    }
  }

  /// Control characters, and those that turn the direction of what follows.
  private static func holdsControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
      default: false
      }
    }
  }
}
