public import SteeringCore

/// Gathers a ledger's postings while it is read, piece by piece in bounded memory; a `ChunkPacker` packs the pieces,
/// on another thread if it likes.
public struct PostingGatherer: PostingSink, Sendable {
  private let year: Int
  private let knownUnits: Set<UnitCode>?
  private let roomBytes: Int
  private var units = CodeTable(capacity: 512)
  private var isKnown: [Bool] = []
  private var functions = CodeTable()
  private var kinds = CodeTable()
  private var rows = PostingRows()

  /// All postings, those of the year, and those outside it.
  public private(set) var all = (count: 0, ore: Int128(0))
  /// What they add up to where every sign is dropped.
  private var magnitude: Int128 = 0
  /// Civil registration numbers that were taken out of texts, and the first line that held one.
  public private(set) var civilNumbers = (count: 0, firstLine: 0)
  /// Postings outside the year.
  public private(set) var outsideYear = (count: 0, ore: Int128(0))

  /// Nothing gathered. `knownUnits` refuses postings of the year on other units; nil takes every unit that has a code.
  /// A piece is full with `roomBytes`, and holds one block or record more at most.
  public init(year: FiscalYear, knownUnits: Set<UnitCode>?, roomBytes: Int = 16 << 20) {
    self.year = year.number
    self.knownUnits = knownUnits
    self.roomBytes = roomBytes
  }

  /// Takes a posting.
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    all.count += 1
    all.ore += Int128(posting.ore)
    magnitude += Int128(posting.ore.magnitude)
    let isOfYear = posting.year == year
    let found = units.find(posting.unit)
    if !isOfYear {
      outsideYear.count += 1
      outsideYear.ore += Int128(posting.ore)
    } else if found >= 0 ? !isKnown[found] : !isKnown(posting.unit.text) {
      return .unknownUnit  // and no number: memory is for the units that are taken
    }
    let unit = found >= 0 ? found : units.number(posting.unit)
    if unit == isKnown.count { isKnown.append(isKnown(units.codes[unit])) }
    let civil = rows.append(
      posting, unit: unit, month: isOfYear ? posting.month : 0, function: functions.number(posting.function),
      kind: kinds.number(posting.kind))
    if civil > 0 {
      if civilNumbers.count == 0 { civilNumbers.firstLine = posting.line }
      civilNumbers.count += civil
    }
    return nil
  }

  /// Refuses what `take` would: a unit of the year that is not known.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? {
    year == self.year && !isKnown(unit.text) ? .unknownUnit : nil
  }

  private func isKnown(_ unit: String) -> Bool { knownUnits?.contains(UnitCode(unit)) ?? !unit.isEmpty }

  /// Whether it is time to cut.
  public var isFull: Bool { rows.size > roomBytes }

  /// Hands over what has been gathered so far and goes on with nothing.
  public mutating func cut() -> PostingRows {
    var piece = PostingRows(roomFor: rows)
    swap(&piece, &rows)
    piece.units = units.codes
    piece.functions = functions.codes
    piece.kinds = kinds.codes
    return piece
  }

  /// Whether any of the amounts can be added up within 64 bits.
  public var fits: Bool { magnitude <= Int128(Int64.max) }
}

/// A piece of a ledger: postings in file order, their codes numbered.
public struct PostingRows: Sendable {
  struct Row {
    let ore: Int64
    let line: Int
    /// Where voucher and text stand in `bytes`, one behind the other.
    let start: UInt32
    let voucherCount: UInt32
    let textCount: UInt32
    let unit: Int32
    let function: Int32
    let kind: Int32
    let month: UInt8
    let day: UInt8
  }

  private(set) var rows: [Row] = []
  private(set) var bytes: [UInt8] = []
  fileprivate(set) var units: [String] = []
  fileprivate(set) var functions: [String] = []
  fileprivate(set) var kinds: [String] = []

  fileprivate init() {}

  fileprivate init(roomFor other: PostingRows) {
    rows.reserveCapacity(other.rows.count + other.rows.count / 8)
    bytes.reserveCapacity(other.bytes.count + other.bytes.count / 8)
  }

  fileprivate var size: Int { rows.count &* MemoryLayout<Row>.stride &+ bytes.count }

  /// Gives how many civil registration numbers were taken out of the text.
  @inline(__always)
  fileprivate mutating func append(_ posting: RawPosting, unit: Int, month: Int, function: Int, kind: Int) -> Int {
    let start = bytes.count
    posting.voucher.appendFolded(to: &bytes)
    let middle = bytes.count
    posting.text.appendFolded(to: &bytes)
    let civil = CivilNumber.mask(&bytes, from: middle)
    rows.append(
      Row(
        ore: posting.ore, line: posting.line,
        start: UInt32(truncatingIfNeeded: start), voucherCount: UInt32(truncatingIfNeeded: middle &- start),
        textCount: UInt32(truncatingIfNeeded: bytes.count &- middle), unit: Int32(truncatingIfNeeded: unit),
        function: Int32(truncatingIfNeeded: function), kind: Int32(truncatingIfNeeded: kind),
        month: UInt8(truncatingIfNeeded: month), day: UInt8(truncatingIfNeeded: posting.day)))
    return civil
  }
}
