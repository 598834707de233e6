/// The sum of one import's postings on a unit, month and account.
public struct AccountMonthSum: Hashable, Sendable {
  /// The unit's code.
  public let unit: String
  /// The month, 1...12; 0 outside the year.
  public let month: Int
  /// The account's function.
  public let function: String
  /// The account's kind.
  public let kind: String
  /// How many postings.
  public let count: Int
  /// Their sum in øre, expenses positive.
  public let sumOre: Int64
}

/// The sums of one import on one unit, by account and month, packed: a year of a municipality has some hundred
/// thousand of them, and they are always read unit by unit.
public struct UnitSums: Hashable, Sendable {
  /// The unit's code.
  public let unit: String
  /// How many postings, in and outside the year.
  public let count: Int
  /// Their sum in øre, expenses positive.
  public let sumOre: Int64
  /// The packed sums; see `sums()`.
  public let bytes: [UInt8]

  /// Sums as they were stored.
  public init(unit: String, count: Int, sumOre: Int64, bytes: [UInt8]) {
    self.unit = unit
    self.count = count
    self.sumOre = sumOre
    self.bytes = bytes
  }

  /// The format: version, the functions and the kinds that occur, then for each account its function, its kind and
  /// its months, each with count and sum.
  private static let version: UInt8 = 1

  /// The sums, ordered by function, kind and month, checked against count and sum.
  /// Throws `DamagedChunk` with month 0.
  public func sums() throws -> [AccountMonthSum] {
    var sums: [AccountMonthSum] = []
    try forEachSum { sum, _ in sums.append(sum) }
    return sums
  }

  /// Gives the sums one by one, ordered by function, kind and month, and with each whether it is the first of its
  /// account. Throws what the body throws, and `DamagedChunk` with month 0, before any is given, where the packet does
  /// not hold sums that add up to its own.
  public func forEachSum(_ body: (AccountMonthSum, _ isFirstOfAccount: Bool) throws -> Void) throws {
    do {
      try check()
      try unpack(body)
    } catch is PackedReader.Short {
      throw DamagedChunk(unit: unit, month: 0)
    }
  }

  private func check() throws {
    var total = Int128(0)
    var postings = Int128(0)
    try unpack { sum, _ in
      guard (0...12).contains(sum.month), sum.count > 0 else { throw PackedReader.Short() }
      total += Int128(sum.sumOre)
      postings += Int128(sum.count)
    }
    guard total == Int128(sumOre), postings == Int128(count) else { throw PackedReader.Short() }
  }

  private func unpack(_ body: (AccountMonthSum, Bool) throws -> Void) throws {
    var reader = PackedReader(bytes: bytes)
    guard try reader.byte() == Self.version else { throw PackedReader.Short() }
    let functions = try Self.words(&reader)
    let kinds = try Self.words(&reader)
    while !reader.isAtEnd {
      let function = try reader.number()
      let kind = try reader.number()
      guard function < functions.count, kind < kinds.count else { throw PackedReader.Short() }
      for place in 0..<(try reader.byte()) {
        let sum = AccountMonthSum(
          unit: unit, month: Int(try reader.byte()), function: functions[Int(function)], kind: kinds[Int(kind)],
          count: Int(truncatingIfNeeded: try reader.number()), sumOre: try reader.signed())
        try body(sum, place == 0)
      }
    }
  }

  private static func words(_ reader: inout PackedReader) throws -> [String] {
    let count = try reader.number()
    guard count <= UInt64(reader.rest) else { throw PackedReader.Short() }
    return try (0..<Int(count)).map { _ in try reader.text() }
  }

  /// A sum before it is packed: its account's numbers among the functions and kinds, its month and what it holds.
  struct Entry {
    let function: Int
    let kind: Int
    let month: Int
    let count: Int
    let sum: Int128
  }

  /// Packs sums. `functions` and `kinds` are the codes that the entries' numbers stand for; `order` gives the place of
  /// each among all, by which the entries are sorted. Nil where a sum does not fit in 64 bits.
  init?(
    unit: String, _ entries: [Entry], functions: [String], kinds: [String], order: (functions: [Int], kinds: [Int])
  ) {
    let keys = entries.map { entry in
      UInt64(order.functions[entry.function]) << 32 | UInt64(order.kinds[entry.kind]) << 4 | UInt64(entry.month)
    }
    let sorted = keys.indices.sorted { keys[$0] < keys[$1] }.map { entries[$0] }
    guard let sum = Int64(exactly: entries.reduce(Int128(0)) { $0 + $1.sum }) else { return nil }
    var out = PackedWriter()
    out.bytes.append(Self.version)
    let localFunctions = Self.write(sorted.map(\.function), functions, &out)
    let localKinds = Self.write(sorted.map(\.kind), kinds, &out)
    var first = 0
    while first < sorted.count {
      let account = sorted[first]
      let months = sorted[first...].prefix { $0.function == account.function && $0.kind == account.kind }
      out.number(UInt64(localFunctions[account.function] ?? 0))
      out.number(UInt64(localKinds[account.kind] ?? 0))
      out.bytes.append(UInt8(months.count))
      for entry in months {
        out.bytes.append(UInt8(entry.month))
        out.number(UInt64(entry.count))
        guard let ore = Int64(exactly: entry.sum) else { return nil }
        out.signed(ore)
      }
      first += months.count
    }
    self.init(unit: unit, count: entries.reduce(0) { $0 + $1.count }, sumOre: sum, bytes: out.bytes)
  }

  /// Writes the codes that occur, once each, and says which number each has got.
  private static func write(_ numbers: [Int], _ codes: [String], _ out: inout PackedWriter) -> [Int: Int] {
    var local: [Int: Int] = [:]
    var words: [String] = []
    for number in numbers where local[number] == nil {
      local[number] = words.count
      words.append(codes[number])
    }
    out.number(UInt64(words.count))
    for word in words { out.text(word) }
    return local
  }
}
