/// Writes JSON straight to bytes: keys in the order they are given, whole numbers only, no rounding anywhere.
public struct JSONText: Sendable {
  /// What has been written.
  public var bytes: [UInt8] = []
  private var needsComma = false

  /// Nothing written.
  public init() {}

  /// Writes an object; the body writes its members. Inside an object a value has the name of its member.
  public mutating func object(_ name: StaticString? = nil, _ body: (inout JSONText) -> Void) {
    nested(name, "{", "}", body)
  }

  /// Writes a list; the body writes each value.
  public mutating func array<Items: Sequence>(
    _ name: StaticString?, _ items: Items, _ body: (inout JSONText, Items.Element) -> Void
  ) {
    nested(name, "[", "]") { out in
      for item in items { body(&out, item) }
    }
  }

  private mutating func nested(
    _ name: StaticString?, _ open: StaticString, _ close: StaticString, _ body: (inout JSONText) -> Void
  ) {
    begin(name)
    append(open)
    needsComma = false
    body(&self)
    append(close)
    needsComma = true
  }

  /// Starts a new line before the next value of a list, so that large files can be read by people.
  public mutating func newLine() {
    separate()
    append("\n")
    needsComma = false
  }

  /// Writes a text.
  public mutating func string(_ name: StaticString?, _ text: String) {
    begin(name)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        append("\\u00")
        bytes.append(byte >> 4 + UInt8(ascii: "0"))
        bytes.append(Self.hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private static let hex = Array("0123456789abcdef".utf8)

  /// Writes a whole number, or null.
  public mutating func number(_ name: StaticString?, _ value: Int64?) {
    begin(name)
    bytes.append(contentsOf: (value.map { String($0) } ?? "null").utf8)
    needsComma = true
  }

  private mutating func begin(_ name: StaticString?) {
    separate()
    guard let name else { return }
    append("\"")
    append(name)
    append("\":")
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
