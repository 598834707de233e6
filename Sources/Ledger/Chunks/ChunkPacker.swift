import SteeringCore

/// Packs a ledger's pieces into chunks, in file order, and sums them by account.
public struct ChunkPacker: Sendable {
  private let earlierVouchers: EarlierVouchers
  private var sums = AccountSumTable()
  private var columns = Columns()
  private var unitWords = Words()
  private var functionWords = Words()
  private var kindWords = Words()
  private var units: [String] = []
  private var functions: [String] = []
  private var kinds: [String] = []

  /// Postings whose voucher an earlier import of the year has as well.
  public private(set) var shared = (count: 0, ore: Int128(0))
  /// The earlier imports that have them.
  public private(set) var sharedWith: Set<Int64> = []

  /// Nothing packed. `earlierVouchers` are those already imported for the year.
  public init(earlierVouchers: EarlierVouchers = EarlierVouchers()) { self.earlierVouchers = earlierVouchers }

  /// The vouchers of earlier imports by their marks (`voucherMark`). Nearly every one is in a single import.
  public struct EarlierVouchers: Sendable {
    fileprivate var first: [UInt64: Int64] = [:]
    fileprivate var others: [UInt64: Set<Int64>] = [:]

    /// No vouchers.
    public init() {}

    /// Adds the voucher of a mark, which an import has.
    public mutating func add(_ mark: UInt64, in id: Int64) {
      guard let known = first[mark] else {
        first[mark] = id
        return
      }
      if known != id { others[mark, default: []].insert(id) }
    }
  }

  /// A mark that tells vouchers apart (FNV-1a of their bytes). Two different vouchers share a mark once in some
  /// quintillion, and the worst that comes of it is a remark about one voucher too many.
  public static func voucherMark(_ voucher: String) -> UInt64 { mark(voucher.utf8) }

  private static func mark(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mark
  }

  /// Packs a piece, as chunks by unit and month.
  public mutating func pack(_ piece: PostingRows) -> [PostingChunk] {
    (units, functions, kinds) = (piece.units, piece.functions, piece.kinds)
    unitWords.makeRoom(for: units.count)
    functionWords.makeRoom(for: functions.count)
    kindWords.makeRoom(for: kinds.count)
    if !earlierVouchers.first.isEmpty { lookForShared(piece) }
    let order = order(piece.rows)
    var chunks: [PostingChunk] = []
    var first = 0
    while first < order.count {
      let head = piece.rows[Int(order[first])]
      var end = first + 1
      while end < order.count {
        let row = piece.rows[Int(order[end])]
        if row.unit != head.unit || row.month != head.month { break }
        end += 1
      }
      chunks.append(pack(piece, order[first..<end], unit: Int(head.unit), month: Int(head.month)))
      first = end
    }
    return chunks
  }

  /// The places of the rows, by unit (those met first in front) and month and else in file order.
  private mutating func order(_ rows: [PostingRows.Row]) -> [Int32] {
    var places = [0]
    for row in rows {
      let key = Int(unitWords.number(Int(row.unit))) &* 13 &+ Int(row.month)
      while places.count <= key &+ 1 { places.append(0) }
      places[key &+ 1] += 1
    }
    for key in places.indices.dropFirst() { places[key] += places[key - 1] }
    let order = [Int32](unsafeUninitializedCapacity: rows.count) { order, count in
      for (index, row) in rows.enumerated() {
        let key = Int(unitWords.number(Int(row.unit))) &* 13 &+ Int(row.month)
        order[places[key]] = Int32(truncatingIfNeeded: index)
        places[key] &+= 1
      }
      count = rows.count
    }
    unitWords.forget()
    return order
  }

  private mutating func lookForShared(_ piece: PostingRows) {
    for row in piece.rows {
      let start = Int(row.start)
      let mark = Self.mark(piece.bytes[start..<start + Int(row.voucherCount)])
      guard let earlier = earlierVouchers.first[mark] else { continue }
      sharedWith.insert(earlier)
      if let others = earlierVouchers.others[mark] { sharedWith.formUnion(others) }
      shared.count += 1
      shared.ore += Int128(row.ore)
    }
  }

  private mutating func pack(
    _ piece: PostingRows, _ places: ArraySlice<Int32>, unit: Int, month: Int
  ) -> PostingChunk {
    var ore: Int128 = 0
    var lastLine = 0
    var voucher = 0..<0
    columns.clear()
    piece.bytes.withUnsafeBufferPointer { bytes in
      for place in places {
        let row = piece.rows[Int(place)]
        ore += Int128(row.ore)
        let (function, kind) = (Int(row.function), Int(row.kind))
        sums.add(row.ore, unit: unit, month: month, function: function, kind: kind)
        columns.lines.number(UInt64(row.line - lastLine))
        lastLine = row.line
        columns.days.bytes.append(row.day)
        columns.functions.number(functionWords.number(function))
        columns.kinds.number(kindWords.number(kind))
        let start = Int(row.start)
        let end = start &+ Int(row.voucherCount)
        let own = start..<end
        if place != places.first && Self.areAlike(bytes, own, voucher) {
          columns.vouchers.bytes.append(0)
        } else {
          columns.vouchers.bytes.append(1)
          columns.vouchers.text(bytes[own])
          voucher = own
        }
        columns.texts.text(bytes[end..<end &+ Int(row.textCount)])
        columns.amounts.signed(row.ore)
      }
    }
    let packed = columns.packed(functionWords.take(functions), kindWords.take(kinds))
    return PostingChunk(
      unit: units[unit], month: month, count: places.count, sumOre: Int64(clamping: ore), bytes: packed)
  }

  @inline(__always)
  private static func areAlike(_ bytes: UnsafeBufferPointer<UInt8>, _ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count else { return false }
    for index in 0..<one.count where bytes[one.lowerBound &+ index] != bytes[other.lowerBound &+ index] { return false }
    return true
  }

  /// The sums of everything packed by account and month, a packet for each unit, ordered by unit. Nil where one does
  /// not fit in 64 bits; see `PostingGatherer.fits`.
  public func unitSums() -> [UnitSums]? {
    let order = (functions: Self.ranks(functions), kinds: Self.ranks(kinds))
    var packed: [UnitSums] = []
    for unit in units.indices.sorted(by: { UnitCode(units[$0]) < UnitCode(units[$1]) }) {
      let entries = (0...12).flatMap { month in
        sums.cells(unit: unit, month: month).map { cell in
          UnitSums.Entry(
            function: Int(cell.function), kind: Int(cell.kind), month: month, count: cell.count, sum: cell.sum)
        }
      }
      if entries.isEmpty { continue }  // a unit that was refused
      guard let sums = UnitSums(unit: units[unit], entries, functions: functions, kinds: kinds, order: order)
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
}

extension ChunkPacker {
  /// The columns of the chunk being packed; their memory serves all chunks.
  fileprivate struct Columns {
    var lines = PackedWriter()
    var days = PackedWriter()
    var functions = PackedWriter()
    var kinds = PackedWriter()
    var vouchers = PackedWriter()
    var texts = PackedWriter()
    var amounts = PackedWriter()

    mutating func clear() {
      lines.clear()
      days.clear()
      functions.clear()
      kinds.clear()
      vouchers.clear()
      texts.clear()
      amounts.clear()
    }

    func packed(_ functionCodes: [String], _ kindCodes: [String]) -> [UInt8] {
      var out = PackedWriter()
      out.bytes.append(PostingChunk.version)
      out.column(lines.bytes)
      out.column(days.bytes)
      for (codes, numbers) in [(functionCodes, functions), (kindCodes, kinds)] {
        var column = PackedWriter()
        column.number(UInt64(codes.count))
        for code in codes { column.text(code) }
        column.bytes += numbers.bytes
        out.column(column.bytes)
      }
      out.column(vouchers.bytes)
      out.column(texts.bytes)
      out.column(amounts.bytes)
      return out.bytes
    }
  }

  /// Numbers the codes of one chunk in the order in which they are met.
  fileprivate struct Words {
    private var local: [Int32] = []
    private var met: [Int] = []

    mutating func makeRoom(for count: Int) {
      if count > local.count { local += Array(repeating: -1, count: count - local.count) }
    }

    @inline(__always)
    mutating func number(_ code: Int) -> UInt64 {
      if local[code] < 0 {
        local[code] = Int32(truncatingIfNeeded: met.count)
        met.append(code)
      }
      return UInt64(truncatingIfNeeded: local[code])
    }

    /// The codes met, and forgets them.
    mutating func take(_ codes: [String]) -> [String] {
      defer { forget() }
      return met.map { codes[$0] }
    }

    mutating func forget() {
      for code in met { local[code] = -1 }
      met.removeAll(keepingCapacity: true)
    }
  }
}
