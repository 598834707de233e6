/// One posting while its record is being read; its fields are valid only inside the call that hands it over.
/// Codes are trimmed. The amount is in øre with **expenses positive**, whatever the file's own sign.
public struct RawPosting {
  /// Physical line of its record.
  let line: Int
  let year: Int
  let month: Int
  let day: Int
  let ore: Int64
  let unit: FieldBytes
  let function: FieldBytes
  let kind: FieldBytes
  let voucher: FieldBytes
  let text: FieldBytes
}

/// Why a posting is not taken.
public enum PostingRefusal {
  /// Its unit is not known.
  case unknownUnit
}

/// Takes postings one at a time, in file order.
public protocol PostingSink {
  /// Takes a posting, or says why not; nil when it is taken.
  mutating func take(_ posting: RawPosting) -> PostingRefusal?
  /// Whether it looks at a column; dates, units and amounts are read in any case.
  func needs(_ column: FileColumn) -> Bool
  /// What it would say to a posting of a year on a unit, whatever its amount. Asked where the amount cannot be read.
  mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal?
  /// Whether it has gathered so much that whoever reads shall pause, so that it can be emptied.
  var isFull: Bool { get }
}

extension PostingSink {
  /// Every column.
  public func needs(_ column: FileColumn) -> Bool { true }
  /// Nothing against it.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? { nil }
  /// Never.
  public var isFull: Bool { false }
}

/// A sink of which several can work side by side and be put together afterwards.
public protocol MergeablePostingSink: PostingSink {
  /// Adds what another sink of the same kind took. The order of postings must not matter to it.
  mutating func merge(_ other: Self)
}
