internal import Crypto
internal import FoundationEssentials

/// Base64 for addresses (RFC 4648, section 5), without padding.
enum Base64URL {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// - Returns: nil for anything but the alphabet itself: no padding, no blanks, no other alphabet.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let isOurs = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    guard text.utf8.allSatisfy(isOurs), text.utf8.count % 4 != 1 else { return nil }
    let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: plain + padding).map { Array($0) }
  }
}

/// Form fields and queries.
enum FormText {
  /// A value as it stands in a form or a query: everything but the unreserved letters as `%XX`.
  static func escaped(_ value: String) -> String {
    var text = ""
    for byte in value.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: text.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }

  static func fields(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
  }

  /// An address with more in its query than it has already.
  static func address(_ address: String, adding added: [(name: String, value: String)]) -> String {
    guard !added.isEmpty else { return address }
    let joint = !address.contains("?") ? "?" : address.hasSuffix("?") || address.hasSuffix("&") ? "" : "&"
    return address + joint + fields(added)
  }
}

/// Texts that nobody can guess, and their hashes.
enum Secrets {
  /// 256 bits of the system's own randomness, in 43 letters.
  static func text() -> String {
    var source = SystemRandomNumberGenerator()
    return Base64URL.text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) })
  }

  /// The hash that goes with the browser in place of the verifier (PKCE, `S256`).
  static func challenge(_ verifier: HiddenText) -> String {
    Base64URL.text(SHA256.hash(data: Data(verifier.value.utf8)))
  }

  /// The left half of a token's hash, by the hash of the algorithm that signed (`at_hash`, `c_hash`).
  static func halfHash(_ text: String, algorithm: String) -> String {
    let data = Data(text.utf8)
    let hash: [UInt8] =
      if algorithm.hasSuffix("384") {
        Array(SHA384.hash(data: data))
      } else if algorithm.hasSuffix("512") {
        Array(SHA512.hash(data: data))
      } else {
        Array(SHA256.hash(data: data))
      }
    return Base64URL.text(hash.prefix(hash.count / 2))
  }
}
