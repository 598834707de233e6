public import SteeringCore
public import SurfaceKit

/// The identity provider of a municipality, as the house knows it: its name on the button, the way there, and what its
/// groups mean here.
public struct Provider: Sendable {
  /// What people call it: the municipality's name, or that of its sign-in.
  public let name: Words
  /// The way there.
  public let door: any ProviderDoor
  /// What groups mean.
  public let claims: ClaimMap

  /// A provider.
  public init(name: Words, door: any ProviderDoor, claims: ClaimMap) {
    self.name = name
    self.door = door
    self.claims = claims
  }
}

/// Signing in somewhere else. Who speaks with the provider, and how its tokens are checked, is not for this room.
public protocol ProviderDoor: Sendable {
  /// Begins a sign-in: the address that the browser goes to, and a text that is kept until it is back.
  func begin(_ language: Language) async throws(ProviderRefusal) -> (address: OutsideAddress, kept: String)
  /// Ends it with the fields of the address that the browser came back to, and what was kept.
  func finish(_ answer: [(name: String, value: String)], kept: String) async throws(ProviderRefusal)
    -> ProviderIdentity
  /// Where the browser signs out there too; nil where there is no such place. `token` is that of the identity.
  func signOutAddress(_ token: String) async -> OutsideAddress?
  /// What a message from the provider says: whose sessions are over. Throws where it is not the provider's.
  func signedOut(_ message: String) async throws(ProviderRefusal) -> ProviderSignOut
}

/// Why the provider let nobody in, as a word of ours that holds nothing from outside.
public struct ProviderRefusal: Error, Hashable, Sendable {
  /// The word, for the audit trail and for whoever looks after the system.
  public let word: String
  /// Whose turn it is now.
  public let cause: Cause

  /// Whose turn it is now.
  public enum Cause: Hashable, Sendable {
    /// The provider does not answer, or not as it should: to wait, or to look at what is set up.
    case provider
    /// The person said no there.
    case person
    /// Anything else: what came back is not what was asked for.
    case answer
  }

  /// A refusal.
  public init(_ word: String, _ cause: Cause) {
    self.word = word
    self.cause = cause
  }
}

/// Who signed in at the provider. A person's lasting name is `issuer` with `subject`, and nothing else: an e-mail or a
/// user name may be given to somebody new.
public struct ProviderIdentity: Sendable {
  /// The provider's own name for itself.
  public let issuer: String
  /// The person's lasting name there.
  public let subject: String
  /// The person's name; empty where it is not told.
  public let name: String
  /// The address for letters; empty where it is not told.
  public let email: String
  /// The person's groups; empty unless they are all told.
  public let groups: [String]
  /// Why the groups are not told; nil where they are.
  public let groupsMissing: String?
  /// The provider's name for the session.
  public let session: String?
  /// What is shown to the provider when the person signs out.
  public let token: String

  /// An identity.
  public init(
    issuer: String, subject: String, name: String, email: String, groups: [String], groupsMissing: String? = nil,
    session: String? = nil, token: String = ""
  ) {
    self.issuer = issuer
    self.subject = subject
    self.name = name
    self.email = email
    self.groups = groups
    self.groupsMissing = groupsMissing
    self.session = session
    self.token = token
  }
}

/// What ended at the provider: a session, or all of a person's where no session is named.
public struct ProviderSignOut: Hashable, Sendable {
  /// The provider's own name for itself.
  public let issuer: String
  /// The person's lasting name there; nil where only a session is named.
  public let subject: String?
  /// The session; nil where all are meant.
  public let session: String?

  /// What ended.
  public init(issuer: String, subject: String?, session: String?) {
    self.issuer = issuer
    self.subject = subject
    self.session = session
  }
}
