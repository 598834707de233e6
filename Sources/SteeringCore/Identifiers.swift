/// The code of an agreement unit or another unit of the organisation, as files write it. Ordered by bytes.
public struct UnitCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The code's text.
  public let text: String
  /// A code. Surrounding blanks belong to the file, not to the code: trim first.
  public init(_ text: String) { self.text = text }
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
