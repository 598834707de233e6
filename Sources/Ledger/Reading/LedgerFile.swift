public import SteeringCore

/// What reading one ledger gave, besides what its sink took.
public struct LedgerReading: Sendable {
  /// What is wrong or worth saying, in file order.
  public var findings = Findings()
  /// The file's own total, where its profile knows one.
  public var controlTotal: ControlTotal?
  /// How many postings the file holds.
  public var postings = 0
  /// Their sum in øre, expenses positive; nil where it does not fit in 64 bits.
  public var sumOre: Int64? = 0
}

/// A ledger to read.
public struct LedgerFile: Sendable {
  /// Its name as the person gave it.
  public let name: String
  /// Its bytes.
  public let source: any ByteSource
  /// How it is written.
  public let profile: ImportProfile

  /// A ledger to read.
  public init(name: String, source: any ByteSource, profile: ImportProfile) {
    self.name = name
    self.source = source
    self.profile = profile
  }
}

extension LedgerFile {
  /// Reads the file record by record: slower than a sprint, complete in its findings. `year` gives the date where
  /// the profile fixes it to the year's end. `pause` is called now and then with the bytes read; it may empty the sink.
  public func read<Sink: PostingSink>(
    year: FiscalYear, into sink: inout Sink, pause: (inout Sink, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading {
    let reader = TableReader(source: source, fileName: name, profile: profile)
    var reading = LedgerReading()
    var total: Int128 = 0
    let codes = CodeDots(dots: profile.kindDots)
    defer { withExtendedLifetime(codes) {} }  // postings point into its bytes
    if try reader.open() {
      let fixed = profile.fixedDate.map { $0.day(in: year) }
      while try reader.next() {
        if sink.isFull || reading.postings & 0x3FF == 0 { try pause(&sink, reader.bytesRead) }
        reading.postings += 1
        let ore = reader.ore(.amount)
        let date = fixed ?? reader.date(.date)
        guard let date else { continue }
        guard let ore else {
          if let unit = reader.field(.unit), sink.refusal(year: date.year, unit: unit) == .unknownUnit {
            reader.complain(at: reader.number(.unit), .unknownUnit(unit.text))
          }
          continue
        }
        let signed = profile.expenseIsPositive ? ore : -ore
        total += Int128(signed)
        let posting = reader.posting(date: date, ore: signed, codes: codes)
        if sink.take(posting) == .unknownUnit {
          let column = reader.number(.unit)
          let unit = posting.unit
          reader.complain(at: column, .unknownUnit(unit.text))
        }
      }
    }
    reading.sumOre = Int64(exactly: total)
    if let sum = reading.sumOre {
      reading.controlTotal = reader.controlTotal(sumOre: profile.expenseIsPositive ? sum : -sum)
    } else if profile.totalRow != nil {
      reader.complain(line: 0, at: 0, .sumTooLarge)
    }
    reading.findings = reader.findings
    return reading
  }
}

extension FixedDate {
  /// The day in the year that the file is read for.
  func day(in year: FiscalYear) -> CalendarDate {
    switch self {
    case .yearEnd: year.lastDay
    case .day(let day): day
    }
  }
}

/// Puts dots into codes written without, as the profile says, keeping the bytes alive while the posting is used.
final class CodeDots {
  private let dots: [Int]
  private let bytes: UnsafeMutablePointer<UInt8>

  init(dots: [Int]) {
    self.dots = dots
    bytes = .allocate(capacity: Self.room)
  }

  deinit { bytes.deallocate() }

  private static let room = 256

  /// The code with its dots; codes that are too short for a dot, or have one already, stay as they are.
  func dotted(_ field: FieldBytes) -> FieldBytes {
    if dots.isEmpty || field.count + dots.count > Self.room { return field }
    for index in 0..<field.count where field[index] == Byte.dot { return field }
    var count = 0
    for index in 0..<field.count {
      if dots.contains(index) {
        bytes[count] = Byte.dot
        count += 1
      }
      bytes[count] = field[index]
      count += 1
    }
    return FieldBytes(bytes, count)
  }
}

extension TableReader {
  private static let nothing: Nothing = Nothing()

  /// An empty field to point at.
  private struct Nothing: @unchecked Sendable {
    let bytes = FieldBytes(UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 8)), 0)
  }

  /// The current record as a posting. Columns the file does not have are empty.
  func posting(date: CalendarDate, ore: Int64, codes: CodeDots) -> RawPosting {
    let nothing = Self.nothing.bytes
    return RawPosting(
      line: line, year: date.year, month: date.month, day: date.day, ore: ore,
      unit: field(.unit) ?? nothing, function: field(.function) ?? nothing,
      kind: codes.dotted(field(.kind) ?? nothing), voucher: field(.voucher) ?? nothing, text: field(.text) ?? nothing)
  }
}

extension TableReader {
  /// The kind of account of the current record, with the dots the profile puts into it.
  public var dottedKind: String {
    guard let field = field(.kind) else { return "" }
    let codes = CodeDots(dots: profile.kindDots)
    return withExtendedLifetime(codes) { codes.dotted(field).text }
  }
}
