/// An entry of the audit trail as it is kept. Each holds a hash over itself and the one before, so that an entry that
/// was changed, left out or moved shows.
public struct AuditEntry: Hashable, Sendable {
  /// Its place in the municipality's trail, from 1.
  public let number: Int64
  /// When, in milliseconds since 1 January 1970 UTC by the database's clock.
  public let at: Int64
  /// Who, in which position, why, and in which request.
  public let deed: Deed
  /// What.
  public let act: Act
  /// What the personal words are hashed with, so that nobody can guess them from their hash; nil where they were taken
  /// out, and it with them.
  let salt: String?
  /// SHA-256 over a random salt and the personal words, in hexadecimal; empty where there are none. It stays when they
  /// are taken out.
  public let personalHash: String
  /// SHA-256 over the entry before and this one, in hexadecimal.
  public let hash: String

  /// Whether the personal words were taken out.
  public var isPersonalGone: Bool { act.personal != nil && salt == nil }

  /// Whether the personal words are still those that were written; true where they were taken out.
  var hasItsWords: Bool {
    guard let personal = act.personal, let salt else { return true }
    return Fingerprint.of([salt, personal.before, personal.after]) == personalHash
  }

  /// What stands in front of the first entry.
  static let start = String(repeating: "0", count: 64)

  /// The hash that an entry must have after another. What is personal counts by its own hash.
  func expectedHash(after previous: String) -> String {
    Fingerprint.of([
      previous, String(number), String(at), deed.person, deed.position, deed.reason, deed.request, act.action,
      act.object, act.before, act.after, act.personal?.person ?? "", personalHash,
    ])
  }
}
