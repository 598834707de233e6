public import SteeringCore

/// Packs a ledger into chunks and account sums while it is read, in bounded memory: full chunks are drained whenever
/// more than `roomBytes` have gathered.
public struct ChunkBuilder: PostingSink {
  fileprivate struct Open {
    var unit = 0
    var month = 0
    var count = 0
    var ore: Int128 = 0
    var lastLine = 0
    var lines = PackedWriter()
    var days = PackedWriter()
    var functions = PackedWriter()
    var kinds = PackedWriter()
    var localFunctions: [Int: Int] = [:]
    var localKinds: [Int: Int] = [:]
    var lastFunction = (global: -1, local: 0)
    var lastKind = (global: -1, local: 0)
    var functionWords: [Int] = []
    var kindWords: [Int] = []
    var vouchers = PackedWriter()
    /// Where the last voucher's bytes stand in `vouchers`.
    var lastVoucher = 0..<0
    var texts = PackedWriter()
    var amounts = PackedWriter()
  }

  private let year: Int
  private let knownUnits: Set<UnitCode>?
  private let earlierVouchers: [UInt64: Int64]
  private let roomBytes: Int
  private var units = CodeTable(capacity: 512)
  private var isKnown: [Bool] = []
  private var functions = CodeTable()
  private var kinds = CodeTable()
  /// By unit and month: the open builder's place, or -1.
  private var open: [Int32] = []
  private var builders: [Open] = []
  private var sums = AccountSumTable()
  private var gathered = 0

  /// All postings, those of the year, and those outside it.
  public private(set) var all = (count: 0, ore: Int128(0))
  /// Postings outside the year.
  public private(set) var outsideYear = (count: 0, ore: Int128(0))
  /// Postings whose voucher an earlier import of the year has as well.
  public private(set) var shared = (count: 0, ore: Int128(0))
  /// The earlier imports that have them.
  public private(set) var sharedWith: Set<Int64> = []

  /// Nothing packed. `knownUnits` refuses postings of the year on other units; nil takes every unit that has a code.
  /// `earlierVouchers` are the marks (`voucherMark`) of vouchers already imported for the year, with the import.
  public init(
    year: FiscalYear, knownUnits: Set<UnitCode>?, earlierVouchers: [UInt64: Int64] = [:], roomBytes: Int = 48 << 20
  ) {
    self.year = year.number
    self.knownUnits = knownUnits
    self.earlierVouchers = earlierVouchers
    self.roomBytes = roomBytes
  }

  /// A mark that tells vouchers apart (FNV-1a of their bytes). Two different vouchers share a mark once in some
  /// quintillion, and the worst that comes of it is a remark about one voucher too many.
  public static func voucherMark(_ voucher: String) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in voucher.utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mark
  }

  @inline(__always)
  private static func mark(_ field: FieldBytes) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    if field.hasDoubledQuotes { return voucherMark(field.text) }
    for index in 0..<field.count { mark = (mark ^ UInt64(field[index])) &* 0x100_0000_01B3 }
    return mark
  }

  /// Packs a posting.
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    let unit = units.number(posting.unit)
    if unit == isKnown.count { isKnown.append(isKnown(units.codes[unit])) }
    all.count += 1
    all.ore += Int128(posting.ore)
    let isOfYear = posting.year == year
    if !isOfYear {
      outsideYear.count += 1
      outsideYear.ore += Int128(posting.ore)
    } else if !isKnown[unit] {
      return .unknownUnit
    }
    let month = isOfYear ? posting.month : 0
    let function = functions.number(posting.function)
    let kind = kinds.number(posting.kind)
    sums.add(posting.ore, unit: unit, month: month, function: function, kind: kind)
    pack(posting, unit, month, function, kind)
    return nil
  }

  /// Refuses what `take` would: a unit of the year that is not known.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? {
    year == self.year && !isKnown(unit.text) ? .unknownUnit : nil
  }

  private func isKnown(_ unit: String) -> Bool { knownUnits?.contains(UnitCode(unit)) ?? !unit.isEmpty }

  private mutating func pack(_ posting: RawPosting, _ unit: Int, _ month: Int, _ function: Int, _ kind: Int) {
    let key = unit * 13 + month
    while open.count <= key { open.append(-1) }
    var place = Int(open[key])
    if place < 0 {
      place = builders.count
      open[key] = Int32(truncatingIfNeeded: place)
      builders.append(Open(unit: unit, month: month))
    }
    let mark = Self.mark(posting.voucher)
    if !earlierVouchers.isEmpty, let earlier = earlierVouchers[mark] {
      sharedWith.insert(earlier)
      shared.count += 1
      shared.ore += Int128(posting.ore)
    }
    builders[place].append(posting, function: function, kind: kind)
    gathered &+= 24 &+ posting.text.count
  }

  /// Whether it is time to drain.
  public var isFull: Bool { gathered > roomBytes }

  /// Hands over what has been packed so far, as chunks in order of unit and month, and goes on with empty ones.
  public mutating func drain() -> [PostingChunk] {
    let order = builders.indices.sorted {
      (builders[$0].unit, builders[$0].month) < (builders[$1].unit, builders[$1].month)
    }
    let chunks = order.map { index in
      builders[index].chunk(unit: units.codes[builders[index].unit], functions.codes, kinds.codes)
    }
    builders.removeAll()
    open.removeAll()
    gathered = 0
    return chunks
  }

  /// The sums of everything taken by account and month, a packet for each unit, ordered by unit. Nil where one does
  /// not fit in 64 bits.
  public func unitSums() -> [UnitSums]? {
    let order = (functions: Self.ranks(functions.codes), kinds: Self.ranks(kinds.codes))
    var packed: [UnitSums] = []
    for unit in units.codes.indices.sorted(by: { UnitCode(units.codes[$0]) < UnitCode(units.codes[$1]) }) {
      let entries = (0...12).flatMap { month in
        sums.cells(unit: unit, month: month).map { cell in
          UnitSums.Entry(
            function: Int(cell.function), kind: Int(cell.kind), month: month, count: cell.count, sum: cell.sum)
        }
      }
      if entries.isEmpty { continue }  // a unit that was refused
      guard
        let sums = UnitSums(
          unit: units.codes[unit], entries, functions: functions.codes, kinds: kinds.codes, order: order)
      else { return nil }
      packed.append(sums)
    }
    return packed
  }

  /// The place of each code in the order of all, so that rows are sorted by numbers.
  private static func ranks(_ codes: [String]) -> [Int] {
    var ranks = [Int](repeating: 0, count: codes.count)
    for (rank, place) in codes.indices.sorted(by: { codes[$0] < codes[$1] }).enumerated() { ranks[place] = rank }
    return ranks
  }

  /// Whether the sum of all fits in 64 bits.
  public var fits: Bool { Int64(exactly: all.ore) != nil }
}

extension ChunkBuilder.Open {
  fileprivate mutating func append(_ posting: RawPosting, function: Int, kind: Int) {
    lines.number(UInt64(posting.line - lastLine))
    lastLine = posting.line
    days.bytes.append(UInt8(truncatingIfNeeded: posting.day))
    if function != lastFunction.global {
      lastFunction = (function, Self.local(function, &localFunctions, &functionWords))
    }
    functions.number(UInt64(lastFunction.local))
    if kind != lastKind.global { lastKind = (kind, Self.local(kind, &localKinds, &kindWords)) }
    kinds.number(UInt64(lastKind.local))
    if count > 0 && isLastVoucher(posting.voucher) {
      vouchers.bytes.append(0)
    } else {
      vouchers.bytes.append(1)
      lastVoucher = vouchers.text(posting.voucher)
    }
    texts.text(posting.text)
    amounts.signed(posting.ore)
    count += 1
    ore += Int128(posting.ore)
  }

  private func isLastVoucher(_ voucher: FieldBytes) -> Bool {
    guard voucher.count == lastVoucher.count, !voucher.hasDoubledQuotes else { return false }
    return vouchers.bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<voucher.count where bytes[lastVoucher.lowerBound &+ index] != voucher[index] { return false }
      return true
    }
  }

  private static func local(_ global: Int, _ known: inout [Int: Int], _ words: inout [Int]) -> Int {
    if let local = known[global] { return local }
    words.append(global)
    known[global] = words.count - 1
    return words.count - 1
  }

  fileprivate func chunk(unit: String, _ functionCodes: [String], _ kindCodes: [String]) -> PostingChunk {
    var out = PackedWriter()
    out.bytes.append(PostingChunk.version)
    out.column(lines.bytes)
    out.column(days.bytes)
    for (words, codes, numbers) in [(functionWords, functionCodes, functions), (kindWords, kindCodes, kinds)] {
      var column = PackedWriter()
      column.number(UInt64(words.count))
      for word in words { column.text(codes[word]) }
      column.bytes += numbers.bytes
      out.column(column.bytes)
    }
    out.column(vouchers.bytes)
    out.column(texts.bytes)
    out.column(amounts.bytes)
    return PostingChunk(
      unit: unit, month: month, count: count, sumOre: Int64(clamping: ore), bytes: out.bytes)
  }
}
