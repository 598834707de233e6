public import SteeringCore

/// Collects which units a year's postings stand on.
public struct UnitsOfYear: PostingSink {
  private let year: Int
  private var table = CodeTable()

  /// Nothing collected.
  public init(year: FiscalYear) { self.year = year.number }

  /// The codes, as first met.
  public var units: [String] { table.codes }

  /// Notes the unit of a posting whose amount cannot be read.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? {
    if year == self.year { _ = table.number(unit) }
    return nil
  }

  /// Notes the posting's unit.
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    if posting.year == year { _ = table.number(posting.unit) }
    return nil
  }
}

/// Notes which rows made one unit's sums, for the trace.
public final class PostingWatch {
  /// Postings that share file, function, kind of account and category.
  public struct Group: Hashable, Sendable {
    /// Which ledger, from 0.
    public let file: Int
    /// The account's function.
    public let function: String
    /// The account's kind.
    public let kind: String
    /// Where the account counts.
    public let category: AccountCategory
  }

  /// The rows of a group.
  public struct Rows: Sendable {
    /// Their physical lines, in file order.
    public var lines: [Int] = []
    /// Their sum in øre, expenses positive.
    public var ore: Int128 = 0
  }

  /// The unit that is watched.
  public let unit: UnitCode
  private let code: [UInt8]
  private let mapping: AccountMapping
  /// The groups met so far.
  public private(set) var groups: [Group: Rows] = [:]

  /// Watches one unit's postings.
  public init(unit: UnitCode, mapping: AccountMapping) {
    self.unit = unit
    code = Array(unit.text.utf8)
    self.mapping = mapping
  }

  private func isWatched(_ field: FieldBytes) -> Bool {
    if field.hasDoubledQuotes { return UnitCode(field.text) == unit }
    return field.count == code.count && code.indices.allSatisfy { field[$0] == code[$0] }
  }

  func note(_ posting: RawPosting, file: Int) {
    guard isWatched(posting.unit) else { return }
    let function = posting.function.text
    let kind = posting.kind.text
    let category = mapping.category(unit: unit.text, function: function, kind: kind)
    let group = Group(file: file, function: function, kind: kind, category: category)
    groups[group, default: Rows()].lines.append(posting.line)
    groups[group, default: Rows()].ore += Int128(posting.ore)
  }
}

/// The sums of a closing, with one unit watched.
public struct WatchedSums: PostingSink {
  /// The sums.
  public private(set) var sums: ClosingSums
  private let watch: PostingWatch?
  private let file: Int
  private let year: Int

  /// Sums with a watch, on the ledger of a number.
  public init(sums: ClosingSums, watch: PostingWatch?, file: Int) {
    self.sums = sums
    self.watch = watch
    self.file = file
    year = sums.year
  }

  /// Says what the sums would say.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? { sums.refusal(year: year, unit: unit) }

  /// Counts a posting, and notes it where it is the watched unit's.
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    if let watch, posting.year == year { watch.note(posting, file: file) }
    return sums.take(posting)
  }
}
