/// Something that was done, for the audit trail.
public struct Act: Hashable, Sendable {
  /// What was done, such as `import.ledger`: the name of the capability's permission where there is one.
  public let action: String
  /// What it was done to, such as `round 2025-1`. Never the name of a person.
  public let object: String
  /// How it was before; empty where nothing was there.
  public let before: String
  /// How it is now; empty where nothing is left.
  public let after: String
  /// What about it is personal, and can be taken out again without breaking the chain.
  public let personal: Personal?

  /// What an act says about a person by name.
  public struct Personal: Hashable, Sendable {
    /// The key of the person whom it is about.
    public let person: String
    /// How it was before.
    public let before: String
    /// How it is now.
    public let after: String

    /// Words about a person.
    public init(person: String, before: String = "", after: String = "") {
      self.person = person
      self.before = before
      self.after = after
    }
  }

  /// What stands in the trail for a text that is too long for it: its SHA-256, in hexadecimal.
  public static func fingerprint(of text: String) -> String { Fingerprint.of([text]) }

  /// An act. Names, addresses and free text about people belong in `personal`.
  public init(_ action: String, object: String, before: String = "", after: String = "", personal: Personal? = nil) {
    self.action = action
    self.object = object
    self.before = before
    self.after = after
    self.personal = personal
  }
}
