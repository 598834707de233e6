public import Hummingbird

/// What stands behind the question mark of an address, as a form sends it: `+` is a space, `%2B` a plus.
public struct Query: Sendable {
  /// The fields in their order; one that is not UTF-8, or holds the character NUL, is left out.
  public private(set) var fields: [(name: String, value: String)] = []

  /// Reads `name=value&…`.
  public init(_ text: String) {
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]), let value = parts.count > 1 ? Self.decoded(parts[1]) : "" else {
        continue
      }
      fields.append((name, value))
    }
  }

  /// The value of a field; of one that came twice, the first. Nil where it did not come.
  public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// A part of a form's pair as text; nil where it is not UTF-8, or holds the character NUL, which nobody writes.
  static func decoded(_ part: some Sequence<UInt8>) -> String? {
    String(decoding: part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }, as: UTF8.self).removingPercents
      .flatMap { $0.utf8.contains(0) ? nil : $0 }
  }
}

extension Request {
  /// What stands behind the question mark of the address.
  public var query: Query { Query(uri.query ?? "") }
}
