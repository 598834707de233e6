internal import Crypto

/// Hashes and bytes as the house writes them down: in hexadecimal digits, small letters.
public enum Fingerprint {
  /// Bytes as hexadecimal digits.
  public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// SHA-256 over texts, each with its length, so that nothing can move from one to the next unnoticed.
  static func of(_ parts: [String]) -> String {
    var hash = SHA256()
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return hexadecimal(hash.finalize())
  }
}
