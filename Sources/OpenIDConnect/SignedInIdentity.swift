public import FoundationEssentials

/// Who signed in, as the provider says in a token that was checked.
///
/// The one safe name of a person is ``issuer`` and ``subject`` together. Name, e-mail and groups are what the
/// provider knows at the moment, and mean what the caller makes of them.
public struct SignedInIdentity: Sendable, Hashable {
  /// The provider.
  public let issuer: String
  /// The person's lasting name at this provider; no other person ever has it there.
  public let subject: String
  /// The person's name, at most 256 characters on one line; nil where the provider does not say it.
  public let name: String?
  /// The name that the person signs in with (`preferred_username` or `upn`); it may change, and may be given to
  /// another.
  public let accountName: String?
  /// The e-mail address; nil where the provider does not say it. It says nothing about who somebody is.
  public let email: String?
  /// Whether the provider has tried the address; nil where it does not say.
  public let isEmailVerified: Bool?
  /// The groups; empty unless ``groupsTold`` is ``GroupsTold/all``.
  public let groups: [String]
  /// Whether the groups are all there, and if not, why.
  public let groupsTold: GroupsTold
  /// When the person signed in at the provider; nil where it does not say.
  public let authenticatedAt: Date?
  /// How strongly (`acr`), in the provider's own word.
  public let strength: String?
  /// The provider's name for the session (`sid`), which it signs out by.
  public let sessionID: String?
  /// When the token ends. It says when it must be used by, not how long a session of ours may last.
  public let tokenExpiresAt: Date
  /// The token itself, only to be shown to the provider when the person signs out.
  public let idToken: HiddenText
}

/// Whether a token told the groups of a person.
public enum GroupsTold: String, Sendable, Hashable, Codable, CaseIterable {
  /// The list is there, and whole.
  case all
  /// There is no such claim.
  case missing
  /// There are more than ``GroupsTold/limit``, or one is longer than 256 characters.
  case tooMany = "too-many"
  /// The provider says that the groups have to be fetched elsewhere, as Entra ID does where there are many.
  case elsewhere
  /// The claim is neither a text nor a list of texts.
  case unreadable

  /// The most groups that are taken from a token.
  public static let limit = 1000
}

/// A session that the provider says is over.
public struct SignedOutSession: Sendable, Hashable {
  /// The provider.
  public let issuer: String
  /// The person, as in ``SignedInIdentity/subject``; nil where only a session is named. Without a session it means
  /// all of the person's sessions.
  public let subject: String?
  /// The session, as in ``SignedInIdentity/sessionID``; nil where all of the person's sessions are meant.
  public let sessionID: String?
  /// The token's own name. Who wants to take a token only once keeps it until ``useBy``.
  public let tokenID: String
  /// From then on the token is refused for its age.
  public let useBy: Date
}
