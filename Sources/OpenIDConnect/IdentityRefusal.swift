/// Why somebody was not signed in, or why nothing could be asked of the provider.
///
/// Each reason is one word that holds nothing from outside, so that it may stand in an audit trail and in a log: no
/// token, no code and no text of the provider's. What a person reads is the caller's.
public enum IdentityRefusal: String, Error, Sendable, Hashable, CaseIterable {
  // The provider itself.

  /// No connection, a certificate that does not hold, or a connection that broke.
  case providerUnreachable = "provider-unreachable"
  /// The provider did not answer in time.
  case providerTooSlow = "provider-too-slow"
  /// The answer is longer than a megabyte.
  case providerAnswerTooLong = "provider-answer-too-long"
  /// The provider sent us on to another address. Nobody follows.
  case providerRedirected = "provider-redirected"
  /// The provider answered with a status that says that it could not.
  case providerFailed = "provider-failed"
  /// The answer does not call itself JSON, is none, or names a thing twice.
  case providerAnswerUnreadable = "provider-answer-unreadable"
  /// The provider at the issuer's address says that it is another issuer.
  case metadataIssuerDiffers = "metadata-issuer-differs"
  /// The provider does not say where to sign in, where to fetch tokens or where its keys are.
  case metadataIncomplete = "metadata-incomplete"
  /// The provider names an address that is not `https`.
  case metadataInsecure = "metadata-insecure"
  /// The provider takes neither of the two ways in which we can show the client's secret.
  case clientAuthenticationUnknown = "client-authentication-unknown"

  // What the browser brought back.

  /// A parameter is there twice.
  case parameterRepeated = "parameter-repeated"
  /// A parameter is longer than any honest one.
  case parameterTooLong = "parameter-too-long"
  /// The answer says nothing of the sign-in that it belongs to.
  case stateMissing = "state-missing"
  /// The answer belongs to another sign-in than the one that this browser began.
  case stateForeign = "state-foreign"
  /// The sign-in was begun more than ten minutes ago, or after now.
  case startExpired = "start-expired"
  /// The sign-in was begun with another provider or another client.
  case startForeign = "start-foreign"
  /// The answer says that it comes from another issuer.
  case answerIssuerDiffers = "answer-issuer-differs"
  /// The provider promises to name itself in its answers, and this one does not.
  case answerIssuerMissing = "answer-issuer-missing"
  /// Neither a code nor an error.
  case codeMissing = "code-missing"
  /// The person, or the provider on its own, said no.
  case accessDenied = "access-denied"
  /// The provider wants the person to sign in, to choose or to agree first, and was not allowed to ask.
  case signInRequired = "sign-in-required"
  /// The provider is out of order at the moment, by its own words.
  case providerUnavailable = "provider-unavailable"
  /// The provider does not take our request: what is registered there and what is set up here differ.
  case requestRefused = "request-refused"

  // What the provider gave for the code.

  /// The code is used, too old, not ours, or the proof that we asked for it does not fit.
  case codeRefused = "code-refused"
  /// The provider does not know the client, or the secret is another one.
  case clientRefused = "client-refused"
  /// The provider gave no tokens for another reason.
  case tokensRefused = "tokens-refused"
  /// The tokens are not of the kind that was asked for.
  case tokenKindUnknown = "token-kind-unknown"
  /// There is no ID token among the tokens.
  case identityTokenMissing = "identity-token-missing"

  // The token's form and signature.

  /// The token is longer than any honest one.
  case tokenTooLong = "token-too-long"
  /// The token is not three parts of base64url with two JSON objects.
  case tokenUnreadable = "token-unreadable"
  /// The token says a thing twice.
  case tokenMemberRepeated = "token-member-repeated"
  /// The token is of another kind.
  case tokenTypeWrong = "token-type-wrong"
  /// The token is signed in a way that is not on our list, or not signed at all.
  case algorithmNotAllowed = "algorithm-not-allowed"
  /// The token asks for something that must be understood, and that we do not know.
  case criticalUnknown = "critical-unknown"
  /// The token does not say which of several keys signed it.
  case keyNotNamed = "key-not-named"
  /// The provider has no key of that name, or we asked less than a minute ago.
  case keyUnknown = "key-unknown"
  /// The provider's key of that name is not for this way of signing.
  case keyUnfit = "key-unfit"
  /// The signature is not that key's, or the token was changed.
  case signatureWrong = "signature-wrong"

  // What the token says.

  /// A claim is of another type than the standard says.
  case claimUnreadable = "claim-unreadable"
  /// The token does not say who made it.
  case issuerMissing = "issuer-missing"
  /// The token was made by somebody else.
  case issuerWrong = "issuer-wrong"
  /// The token does not say whom it is for.
  case audienceMissing = "audience-missing"
  /// The token is for somebody else.
  case audienceWrong = "audience-wrong"
  /// The token is for several, and does not say who asked for it.
  case authorizedPartyMissing = "authorized-party-missing"
  /// The token was asked for by somebody else.
  case authorizedPartyWrong = "authorized-party-wrong"
  /// The token does not say whom it is about, or in more than 255 characters.
  case subjectMissing = "subject-missing"
  /// The token does not say when it ends.
  case expiryMissing = "expiry-missing"
  /// The token has ended.
  case expired = "expired"
  /// The token does not say when it was made.
  case issueTimeMissing = "issue-time-missing"
  /// The token was made after now.
  case issuedInFuture = "issued-in-future"
  /// The token is not valid yet.
  case notYetValid = "not-yet-valid"
  /// The token does not name the sign-in that it was made for.
  case nonceMissing = "nonce-missing"
  /// The token was made for another sign-in.
  case nonceWrong = "nonce-wrong"
  /// The access token beside it is not the one that it was made with.
  case accessTokenHashWrong = "access-token-hash-wrong"
  /// The code is not the one that it was made with.
  case codeHashWrong = "code-hash-wrong"
  /// A fresh sign-in was asked for, and the token does not say when it was.
  case signInTimeMissing = "sign-in-time-missing"
  /// A fresh sign-in was asked for, and this one is older.
  case signInTooOld = "sign-in-too-old"

  // What only a logout token says.

  /// The token does not say that it is about signing out.
  case signOutEventMissing = "sign-out-event-missing"
  /// The token holds a nonce, as an ID token does and a logout token must not.
  case signOutHasNonce = "sign-out-has-nonce"
  /// The token names neither a person nor a session.
  case signOutOfNobody = "sign-out-of-nobody"
  /// The token has no name of its own.
  case signOutUnnamed = "sign-out-unnamed"
  /// The token was made more than ten minutes ago.
  case signOutTooOld = "sign-out-too-old"

  /// The reason as one word for machines.
  public var word: String { rawValue }
}
