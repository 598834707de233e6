/// The code of an agreement unit or another unit of the organisation, as files write it. Compared and ordered by the
/// bytes of its UTF-8 text, so that two spellings that only look alike are two codes.
public struct UnitCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The code's text.
  public let text: String
  /// A code. Surrounding blanks belong to the file, not to the code: trim first.
  public init(_ text: String) { self.text = text }
  /// Whether both have the same bytes.
  public static func == (left: UnitCode, right: UnitCode) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
  /// Orders by the bytes of the UTF-8 text.
  public static func < (left: UnitCode, right: UnitCode) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
  /// The code's text.
  public var description: String { text }
}

/// Where a rule or a parameter comes from, so that a person can look it up.
public struct Citation: Hashable, Sendable {
  /// The rule's number in the law book, such as `R-74`; several are joined by comma and blank.
  public let rule: String
  /// Document and section, such as `seeds/004, annex 2, Økonomisk decentralisering`.
  public let source: String
  /// A rule and its source.
  public init(rule: String, source: String) {
    self.rule = rule
    self.source = source
  }
}
