public import FoundationEssentials

/// What must be kept, on the server's side, from the moment the browser leaves for the provider until it is back.
///
/// **The caller keeps it in its database, bound to the browser by a cookie, and takes it away before it calls
/// ``IdentityProvider/finish(_:kept:)``**, in a transaction that only one request can win (`DELETE … RETURNING`).
/// That makes an answer count once: this type alone cannot know whether it was used before.
public struct SignInStart: Sendable, Hashable, Codable {
  /// The text that comes back with the browser, so that an answer belongs to the sign-in that this browser began.
  public let state: HiddenText
  /// The text that comes back inside the token, so that the token belongs to this sign-in.
  public let nonce: HiddenText
  /// The secret whose hash went with the browser (PKCE), so that nobody else can use the code.
  public let verifier: HiddenText
  /// The provider that was asked.
  public let issuer: String
  /// The client that asked.
  public let clientID: String
  /// When, in whole seconds.
  public let startedAt: Date
  /// How old the person's own sign-in at the provider may be, in seconds; nil where it does not matter.
  public let maximumAgeSeconds: Int?

  /// Puts together what was kept.
  public init(
    state: HiddenText, nonce: HiddenText, verifier: HiddenText, issuer: String, clientID: String, startedAt: Date,
    maximumAgeSeconds: Int?
  ) {
    self.state = state
    self.nonce = nonce
    self.verifier = verifier
    self.issuer = issuer
    self.clientID = clientID
    self.startedAt = startedAt
    self.maximumAgeSeconds = maximumAgeSeconds
  }

  /// How long a person may take at the provider, in seconds; at this very age the start still counts.
  public static let lifeSeconds = 600
}

/// What the caller may wish for when somebody signs in. Most sign-ins wish for nothing.
public struct SignInWishes: Sendable, Hashable {
  /// How old the person's own sign-in at the provider may be; the token is held to it. Nil: as old as the provider
  /// likes.
  public var maximumAge: Duration?
  /// What the provider should do although it knows the person: `login`, `select_account`, or `none` for no page at all.
  public var prompt: String?
  /// The strengths of sign-in to ask for. The provider may give another one: look at ``SignedInIdentity/strength``.
  public var strengths: [String]
  /// The languages of the provider's pages, the dearest first: `da`, `en`.
  public var languages: [String]

  /// Nothing in particular, unless it is said.
  public init(
    maximumAge: Duration? = nil, prompt: String? = nil, strengths: [String] = [], languages: [String] = []
  ) {
    self.maximumAge = maximumAge
    self.prompt = prompt
    self.strengths = strengths
    self.languages = languages
  }
}
