internal import Crypto
import Database

/// Something that only its owner knows, such as what a session's cookie holds: 256 random bits. The database has its
/// hash only, so whoever reads it can sign in as nobody.
public struct Secret: Hashable, Sendable {
  /// The secret as it is sent: 64 hexadecimal digits.
  public let text: String

  /// The secret that a text holds; nil where it is none.
  public init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    self.text = text
  }

  /// One that nobody else has.
  public static func fresh() -> Secret {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
    return Secret(digits: Fingerprint.hexadecimal(bytes))
  }

  private init(digits: String) { text = digits }

  /// What the database has of it.
  var hash: String { Self.hash(of: text) }

  /// SHA-256 of a text, in hexadecimal.
  static func hash(of text: String) -> String { Fingerprint.hexadecimal(SHA256.hash(data: Array(text.utf8))) }

  /// The bytes of hexadecimal digits; nil where they are none.
  static func bytes(_ text: Substring) -> [UInt8]? {
    guard text.utf8.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var rest = text
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
