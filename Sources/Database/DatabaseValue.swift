/// A value that goes into a statement or comes out of a column. There is no floating-point number: money is whole
/// øre, percentages are basis points.
public enum DatabaseValue: Sendable, Hashable {
  /// No value.
  case null
  /// A whole number; money in øre, percentages in basis points.
  case integer(Int64)
  /// Text. It must not hold the character NUL, which not every database can keep; a statement with such a text is
  /// refused (`DatabaseError.Kind.unsuitableText`).
  case text(String)
  /// Bytes, also none at all: an empty blob is not `null`.
  case blob([UInt8])

  /// A whole number, or `null`.
  public init(_ value: Int64?) { self = value.map(Self.integer) ?? .null }
  /// A whole number, or `null`.
  public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  /// A text, or `null`.
  public init(_ value: String?) { self = value.map(Self.text) ?? .null }
  /// Bytes, or `null`.
  public init(_ value: [UInt8]?) { self = value.map(Self.blob) ?? .null }
  /// Yes (1) or no (0).
  public init(_ value: Bool) { self = .integer(value ? 1 : 0) }
}

extension DatabaseValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral
{
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// Yes (1) or no (0).
  public init(booleanLiteral value: Bool) { self.init(value) }
  /// No value.
  public init(nilLiteral: ()) { self = .null }
}

/// The values of one column for many rows at once, in the order of the rows (`DatabaseConnection.runMany`).
public enum DatabaseColumn: Sendable {
  /// Whole numbers.
  case integers([Int64])
  /// Whole numbers or `null`.
  case optionalIntegers([Int64?])
  /// Texts, none with the character NUL.
  case texts([String])
  /// Texts or `null`.
  case optionalTexts([String?])
  /// Blobs.
  case blobs([[UInt8]])
  /// Blobs or `null`.
  case optionalBlobs([[UInt8]?])
  /// The same value in every row.
  case same(DatabaseValue)

  /// How many rows the column has; `nil` where the value is the same in all of them.
  public var count: Int? {
    switch self {
    case .integers(let values): values.count
    case .optionalIntegers(let values): values.count
    case .texts(let values): values.count
    case .optionalTexts(let values): values.count
    case .blobs(let values): values.count
    case .optionalBlobs(let values): values.count
    case .same: nil
    }
  }
}
