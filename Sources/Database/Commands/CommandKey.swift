/// What a client calls something that it asks for once: made by the client, sent with the command, and sent again where
/// the answer was lost. The same key says that it is the same command, however often it comes and to whichever server.
public struct CommandKey: Hashable, Sendable, CustomStringConvertible {
  /// The key as it is sent and stored.
  public let text: String

  /// The key that a text holds: 16 to 64 small letters, digits and hyphens; nil for anything else.
  public init?(_ text: String) {
    guard (16...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isKeyByte) else { return nil }
    self.text = text
  }

  private init(made text: String) { self.text = text }

  /// A key that nobody else has and nobody can guess: 128 random bits.
  public static func fresh() -> CommandKey { CommandKey(made: RandomText.fresh()) }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// The text.
  public var description: String { text }
}
