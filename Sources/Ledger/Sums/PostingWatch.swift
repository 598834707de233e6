public import SteeringCore

/// Collects which units a year's postings stand on.
public struct UnitsOfYear: PostingSink {
  private let year: Int
  private var table = CodeTable()

  /// Nothing collected.
  public init(year: FiscalYear) { self.year = year.number }

  /// The codes, as first met.
  public var units: [String] { table.codes }

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
    public var ore: Int64 = 0
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

  func note(_ posting: RawPosting, file: Int) {
    guard posting.unit.count == code.count, code.indices.allSatisfy({ posting.unit[$0] == code[$0] }) else { return }
    let function = posting.function.text
    let kind = posting.kind.text
    let category = mapping.category(unit: unit.text, function: function, kind: kind)
    let group = Group(file: file, function: function, kind: kind, category: category)
    groups[group, default: Rows()].lines.append(posting.line)
    groups[group, default: Rows()].ore &+= posting.ore
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

  /// Counts a posting, and notes it where it is the watched unit's.
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    if let watch, posting.year == year { watch.note(posting, file: file) }
    return sums.take(posting)
  }
}
