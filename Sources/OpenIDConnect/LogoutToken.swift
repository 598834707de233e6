internal import FoundationEssentials

/// What only a logout token says (OpenID Connect Back-Channel Logout 1.0, section 2.6).
extension TokenClaims {
  /// How old a logout token may be, in seconds. Some providers give it no end of its own.
  static let signOutLifeSeconds: TimeInterval = 600

  private static let event = "http://schemas.openid.net/event/backchannel-logout"

  /// The session that is over, from a token for us whose signature holds.
  func signedOutSession() throws(IdentityRefusal) -> SignedOutSession {
    try checkTimes(expiryRequired: false)
    guard let made = try time("iat") else { throw .issueTimeMissing }
    let end = made.addingTimeInterval(Self.signOutLifeSeconds + settings.skewSeconds)
    guard now <= end else { throw .signOutTooOld }
    guard members["events"]?.object?[Self.event]?.object != nil else { throw .signOutEventMissing }
    guard members["nonce"] == nil else { throw .signOutHasNonce }
    let subject = try subject()
    let session = try text("sid")
    guard subject != nil || session != nil else { throw .signOutOfNobody }
    guard let name = try text("jti"), !name.isEmpty, name.utf8.count <= 256 else { throw .signOutUnnamed }
    return SignedOutSession(
      issuer: settings.issuer, subject: subject, sessionID: session, tokenID: name,
      useBy: min(end, try time("exp")?.addingTimeInterval(settings.skewSeconds) ?? end))
  }
}
