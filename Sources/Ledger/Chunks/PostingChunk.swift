/// A posting as it was stored: a fact, never edited.
public struct StoredPosting: Hashable, Sendable {
  /// Physical line of its record in the imported file.
  public let line: Int
  /// Day of the month.
  public let day: Int
  /// The voucher's number as written.
  public let voucher: String
  /// The account's function.
  public let function: String
  /// The account's kind.
  public let kind: String
  /// The posting's text.
  public let text: String
  /// The amount in øre, expenses positive.
  public let ore: Int64
}

/// Postings of one import, one unit and one month, packed column by column. A chunk is written once and never
/// changed; a year that comes unsorted makes several for the same month.
public struct PostingChunk: Hashable, Sendable {
  /// The unit's code.
  public let unit: String
  /// The month, 1...12; 0 for postings outside the year of the import.
  public let month: Int
  /// How many postings.
  public let count: Int
  /// Their sum in øre, expenses positive.
  public let sumOre: Int64
  /// The packed postings; see `postings()`.
  public let bytes: [UInt8]

  /// A chunk as it was stored.
  public init(unit: String, month: Int, count: Int, sumOre: Int64, bytes: [UInt8]) {
    self.unit = unit
    self.month = month
    self.count = count
    self.sumOre = sumOre
    self.bytes = bytes
  }
}

/// A chunk whose bytes do not hold what it says.
public struct DamagedChunk: Error, Hashable, Sendable {
  /// The unit's code.
  public let unit: String
  /// The month.
  public let month: Int
}

extension PostingChunk {
  /// Unpacks the postings, in the order they were read, and checks them against count and sum.
  /// Throws `DamagedChunk`.
  public func postings() throws -> [StoredPosting] {
    var reader = PackedReader(bytes: bytes)
    do {
      let postings = try Self.unpack(&reader, count)
      let sum = postings.reduce(Int128(0)) { $0 + Int128($1.ore) }
      guard reader.isAtEnd, sum == Int128(sumOre) else { throw PackedReader.Short() }
      return postings
    } catch {
      throw DamagedChunk(unit: unit, month: month)
    }
  }

  /// The format: version, then seven columns, each with its length in front: lines (steps), days, functions and
  /// kinds (dictionary, then numbers), vouchers, texts, amounts.
  static let version: UInt8 = 1

  private static func unpack(_ reader: inout PackedReader, _ count: Int) throws -> [StoredPosting] {
    guard try reader.byte() == version else { throw PackedReader.Short() }
    var line = 0
    var lines = try reader.column()
    var days = try reader.column()
    let functions = try codes(&reader, count)
    let kinds = try codes(&reader, count)
    var vouchers = try reader.column()
    var texts = try reader.column()
    var amounts = try reader.column()
    var voucher = ""
    return try (0..<count).map { index in
      line += Int(try lines.number())
      if try vouchers.byte() == 1 { voucher = try vouchers.text() }
      return StoredPosting(
        line: line, day: Int(try days.byte()), voucher: voucher, function: functions[index], kind: kinds[index],
        text: try texts.text(), ore: try amounts.signed())
    }
  }

  private static func codes(_ reader: inout PackedReader, _ count: Int) throws -> [String] {
    var column = try reader.column()
    let size = Int(try column.number())
    guard size <= column.rest else { throw PackedReader.Short() }
    let words = try (0..<size).map { _ in try column.text() }
    return try (0..<count).map { _ in
      let index = Int(try column.number())
      guard index < words.count else { throw PackedReader.Short() }
      return words[index]
    }
  }
}

/// Reads the packed columns of a chunk.
struct PackedReader {
  struct Short: Error {}
  let bytes: [UInt8]
  private var at: Int
  private var end: Int

  init(bytes: [UInt8]) {
    self.bytes = bytes
    at = 0
    end = bytes.count
  }

  var isAtEnd: Bool { at == end }
  var rest: Int { end - at }

  mutating func byte() throws -> UInt8 {
    guard at < end else { throw Short() }
    at += 1
    return bytes[at - 1]
  }

  mutating func number() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 64 else { throw Short() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  mutating func signed() throws -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
  }

  mutating func text() throws -> String {
    let count = try number()
    guard count <= UInt64(rest) else { throw Short() }
    at += Int(count)
    return String(decoding: bytes[at - Int(count)..<at], as: UTF8.self)
  }

  /// The next column, as a reader of its own.
  mutating func column() throws -> PackedReader {
    let count = try number()
    guard count <= UInt64(rest) else { throw Short() }
    var column = self
    column.end = at + Int(count)
    at = column.end
    return column
  }
}

/// Writes packed numbers and texts.
struct PackedWriter {
  var bytes: [UInt8] = []

  /// Forgets what was written and keeps the memory.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  mutating func signed(_ value: Int64) { number(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63))) }

  @inline(__always)
  mutating func text(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    number(UInt64(text.count))
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text))
  }

  mutating func text(_ text: String) {
    number(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func column(_ column: [UInt8]) {
    number(UInt64(column.count))
    bytes.append(contentsOf: column)
  }
}
