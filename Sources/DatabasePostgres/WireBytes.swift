internal import Database

/// PostgreSQL's binary form of values.
enum WireBytes {
  /// Appends a whole number of so many bytes, the highest first.
  static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a text. Throws where it holds NUL, which PostgreSQL cannot keep.
  static func append(_ text: String, to bytes: inout [UInt8]) throws {
    var text = text
    try text.withUTF8 { utf8 in
      guard !utf8.contains(0) else { throw DatabaseError.of(.unsuitableText, detail: "a text holds NUL") }
      bytes.append(contentsOf: utf8)
    }
  }

  /// Appends a value by its own type; nothing for null.
  static func append(_ value: DatabaseValue, to bytes: inout [UInt8]) throws {
    switch value {
    case .null: break
    case .integer(let number): append(number, to: &bytes)
    case .text(let text): try append(text, to: &bytes)
    case .blob(let blob): bytes.append(contentsOf: blob)
    }
  }
}
