/// That somebody is signed in.
public struct Session: Hashable, Sendable {
  /// The person's number.
  public let person: Int64
  /// What the session's forms carry.
  public let formToken: String
  /// How the person signed in.
  public let way: Way
  /// When, in seconds since 1 January 1970 UTC.
  public let startedAt: Int64
  /// When the person was last seen, within a minute.
  public let seenAt: Int64

  /// A way to sign in.
  public enum Way: String, Sendable {
    /// By a local password.
    case password
    /// Through an identity provider.
    case provider
    /// By a click in the demo.
    case demo
  }

  /// How long a session lasts without a sign of life, in seconds: an hour.
  public static let longestPause: Int64 = 3_600
  /// How long it lasts in all: twelve hours.
  public static let longest: Int64 = 43_200
  /// How often a sign of life is written down.
  static let signOfLife: Int64 = 60
}
