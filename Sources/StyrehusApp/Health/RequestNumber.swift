import HTTPTypes
import Hummingbird

extension HTTPField.Name {
  /// The number of a request, in what is asked and in what is answered.
  static let requestNumber = HTTPField.Name("X-Request-Id")!
}

/// The number by which a request is found in the log: 32 hexadecimal digits, new every time. A proxy in front of the
/// house may give its own, so that its log and ours name the same thing.
enum RequestNumber {
  /// The number of a request: the one it came with where that can be nothing but a number, else a fresh one.
  static func of(_ request: Request) -> String {
    if let given = request.headers[.requestNumber], isWellFormed(given) { return given }
    return fresh()
  }

  static func fresh() -> String {
    var generator = SystemRandomNumberGenerator()
    return [generator.next(), generator.next()].map { (half: UInt64) in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Hexadecimal digits and hyphens, 16 to 64 of them: a UUID or the number of a trace, and too long for the number of
  /// a person.
  static func isWellFormed(_ text: String) -> Bool {
    (16...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...102).contains(byte | 0x20) || byte == UInt8(ascii: "-")
      }
  }
}
