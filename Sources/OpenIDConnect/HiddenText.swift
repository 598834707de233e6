/// A text that stands in no log, no error and no dump: a client secret, a token, a verifier. It says its value only
/// to who asks for it by name.
///
/// It is encoded as the text itself, so that it can be kept in a database.
public struct HiddenText: Sendable, Hashable {
  /// The text itself. Whoever takes it out keeps it out of logs.
  public let value: String

  /// Hides a text.
  public init(_ value: String) {
    self.value = value
  }
}

extension HiddenText: Codable {
  /// Reads the text itself.
  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the text itself.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension HiddenText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the text.
  public var description: String { "(hidden)" }
  /// Never the text.
  public var debugDescription: String { description }
  /// Without the text, also where a whole value is dumped.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension HiddenText {
  /// Whether another text is the same, in a time that does not tell where they differ.
  func isSame(as other: String) -> Bool {
    let mine = Array(value.utf8)
    let theirs = Array(other.utf8)
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
  }
}
