/// Reads plain records of a ledger fast: bytes only, no allocation, eight at a time in long texts. It knows one way
/// of writing (UTF-8, `dd.MM.yyyy`, one decimal and one thousands sign) and gives up at the first thing it is not
/// sure of: a wrong field, a stray quote, a total row. Whoever calls it then reads the file again with the careful
/// reader, which finds the words. So this type decides nothing about what is right; it only agrees quickly.
struct RecordSprint {
  /// What a column is to the sprint.
  enum Role: UInt8 {
    case skipped, date, unit, function, kind, amount, voucher, text
  }

  private let roles: [Role]
  private let separator: UInt8
  private let spread: UInt64
  private let amounts: AmountFormat
  private let fixedDate: (year: Int, month: Int, day: Int)?
  private let expenseIsPositive: Bool

  /// The sprint for a file whose header `reader` has read, or nil where the profile asks for more care.
  init?(reader: TableReader, fixedDate: (year: Int, month: Int, day: Int)?) {
    let profile = reader.profile
    guard profile.encoding == .utf8, profile.totalRow == nil, profile.kindDots.isEmpty, reader.width > 1,
      fixedDate != nil || profile.dates.isNative
    else { return nil }
    var roles = [Role](repeating: .skipped, count: reader.width)
    let wanted: [(FileColumn, Role)] = [
      (.date, .date), (.unit, .unit), (.function, .function), (.kind, .kind), (.amount, .amount),
      (.voucher, .voucher), (.text, .text),
    ]
    for (column, role) in wanted {
      guard let place = reader.place(column) else { continue }
      if roles[place] != .skipped { return nil }  // one column with two meanings
      roles[place] = role
    }
    guard roles.contains(.unit), roles.contains(.amount) else { return nil }
    self.roles = roles
    self.fixedDate = fixedDate
    separator = profile.separator
    spread = UInt64(profile.separator) &* 0x0101_0101_0101_0101
    amounts = profile.amounts
    expenseIsPositive = profile.expenseIsPositive
  }

  /// The state of one run over a block.
  struct Run {
    /// Where the next record starts.
    var at: UnsafePointer<UInt8>
    /// Its physical line.
    var line: Int
    /// Postings handed over.
    var postings = 0
    /// The end of the bytes in memory; a line end stands behind it.
    let limit: UnsafePointer<UInt8>
    /// Whether the file ends there, so that the last record may lack its line end.
    let limitIsEnd: Bool
  }

  /// Room that must be readable behind `limit`.
  static let slack = 64

  /// Hands every record that starts before `end` to the sink. False at the first record it is not sure of.
  @inline(__always)
  func run(
    _ run: inout Run, until end: UnsafePointer<UInt8>, into sink: inout some PostingSink
  ) -> Bool {
    let empty = FieldBytes(run.at, 0)
    let limit = run.limit
    let last = run.limitIsEnd ? limit + 1 : limit
    return roles.withUnsafeBufferPointer { roles in
      var cached: (low: UInt64, high: UInt16, year: Int, month: Int, day: Int) = (0, 0, 0, 0, 0)
      if let fixedDate { (cached.year, cached.month, cached.day) = fixedDate }
      while run.at < end {
        if run.at[0] == Byte.lineFeed {
          run.at += 1
          run.line += 1
          continue
        }
        var fields = Fields(empty)
        var lines = 1
        var p = run.at
        for index in 0..<roles.count {
          let role = roles[index]
          let isLast = index == roles.count - 1
          if role == .date, fixedDate == nil, !isLast {
            guard readDate(p, &cached) else { return false }
            p += 11
            guard p <= limit else { return false }
            continue
          }
          guard let field = scanField(&p, limit, isLast: isLast, &lines) else { return false }
          switch role {
          case .unit: fields.unit = field
          case .amount: fields.amount = field
          case .kind: fields.kind = field
          case .function: fields.function = field
          case .voucher: fields.voucher = field
          case .text: fields.text = field
          case .date: if fixedDate == nil { return false }
          case .skipped: break
          }
        }
        guard p <= last, let ore = amount(fields.amount) else { return false }
        let posting = RawPosting(
          line: run.line, year: cached.year, month: cached.month, day: cached.day, ore: expenseIsPositive ? ore : -ore,
          unit: fields.unit.trimmed, function: fields.function.trimmed, kind: fields.kind.trimmed,
          voucher: fields.voucher.trimmed, text: fields.text.trimmed)
        if sink.take(posting) != nil { return false }
        run.at = p
        run.line += lines
        run.postings += 1
      }
      return true
    }
  }

  private struct Fields {
    var unit: FieldBytes
    var function: FieldBytes
    var kind: FieldBytes
    var voucher: FieldBytes
    var text: FieldBytes
    var amount: FieldBytes
    @inline(__always)
    init(_ empty: FieldBytes) {
      unit = empty
      function = empty
      kind = empty
      voucher = empty
      text = empty
      amount = empty
    }
  }

  @inline(__always)
  private static func load(_ p: UnsafePointer<UInt8>) -> UInt64 { UnsafeRawPointer(p).loadUnaligned(as: UInt64.self) }

  /// Reads the ten bytes of a date and the separator behind them; remembers the last date, which most records share.
  @inline(__always)
  private func readDate(
    _ p: UnsafePointer<UInt8>, _ last: inout (low: UInt64, high: UInt16, year: Int, month: Int, day: Int)
  ) -> Bool {
    let low = Self.load(p)
    let high = UnsafeRawPointer(p + 8).loadUnaligned(as: UInt16.self)
    guard p[10] == separator else { return false }
    if low == last.low && high == last.high { return true }
    guard p[2] == Byte.dot, p[5] == Byte.dot else { return false }
    var digits: (Int, Int, Int) = (0, 0, 0)
    for index in [0, 1] { digits.0 = digits.0 * 10 + Int(p[index] &- Byte.zero) }
    for index in [3, 4] { digits.1 = digits.1 * 10 + Int(p[index] &- Byte.zero) }
    for index in [6, 7, 8, 9] { digits.2 = digits.2 * 10 + Int(p[index] &- Byte.zero) }
    for index in [0, 1, 3, 4, 6, 7, 8, 9] where !Byte.isDigit(p[index]) { return false }
    guard let date = DatePattern.day(digits.0, digits.1, digits.2) else { return false }
    last = (low, high, date.year, date.month, date.day)
    return true
  }

  /// Reads one field and steps behind what ends it: the separator, or the line end for the last field.
  @inline(__always)
  private func scanField(
    _ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, isLast: Bool, _ lines: inout Int
  ) -> FieldBytes? {
    let start = p
    if start[0] == Byte.quote { return quotedField(&p, limit, isLast: isLast, &lines) }
    var high: UInt64 = 0
    while true {
      let word = Self.load(p)
      let stops = Self.zeroBytes(word ^ spread) | Self.zeroBytes(word ^ 0x2222_2222_2222_2222) | Self.controls(word)
      if stops == 0 {
        high |= word
        p += 8
        continue
      }
      let bytes = stops.trailingZeroBitCount >> 3
      high |= word & ((1 &<< UInt64(bytes &* 8)) &- 1)
      p += bytes
      if p[0] == Byte.tab {
        p += 1
        continue
      }
      break
    }
    let field = FieldBytes(start, p - start)
    if high & 0x8080_8080_8080_8080 != 0, !field.isValidText { return nil }
    return stepBehind(&p, isLast: isLast) ? field : nil
  }

  /// Bit 7 of each byte that is zero; exact up to and including the lowest one.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Bit 7 of each byte below a blank; exact up to and including the lowest one.
  @inline(__always)
  private static func controls(_ word: UInt64) -> UInt64 {
    (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private func stepBehind(_ p: inout UnsafePointer<UInt8>, isLast: Bool) -> Bool {
    if !isLast {
      guard p[0] == separator else { return false }
      p += 1
      return true
    }
    if p[0] == Byte.carriageReturn, p[1] == Byte.lineFeed { p += 1 }
    guard p[0] == Byte.lineFeed else { return false }
    p += 1
    return true
  }

  /// A field in quotes; it may hold separators, line feeds and doubled quotes.
  @inline(never)
  private func quotedField(
    _ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, isLast: Bool, _ lines: inout Int
  ) -> FieldBytes? {
    p += 1
    let start = p
    var doubled = false
    while p < limit {
      let byte = p[0]
      if byte == Byte.quote {
        if p[1] != Byte.quote { break }
        doubled = true
        p += 1
      } else if byte < Byte.space {
        if byte == Byte.lineFeed { lines += 1 } else if byte != Byte.tab { return nil }
      }
      p += 1
    }
    guard p < limit else { return nil }
    let field = FieldBytes(start, p - start, hasDoubledQuotes: doubled)
    guard field.isValidText else { return nil }
    p += 1
    return stepBehind(&p, isLast: isLast) ? field : nil
  }

  /// An amount of digits, thousands signs, a decimal sign with two digits and a minus on one side, in the common
  /// form; everything else is asked of the format itself. Nil where that refuses it.
  @inline(__always)
  private func amount(_ field: FieldBytes) -> Int64? {
    let plain = plainAmount(field)
    if plain != Int64.min { return plain }
    guard case .success(let amount) = amounts.read(field.trimmed) else { return nil }
    return amount.ore
  }

  /// The amount, or the smallest Int64 where the field is not in the common form.
  @inline(__always)
  private func plainAmount(_ field: FieldBytes) -> Int64 {
    let unknown = Int64.min
    guard field.count >= 4, field.count <= 20, amounts.unitPower == 0, amounts.signStyle == .any else { return unknown }
    var end = field.count
    let isNegative = field[end &- 1] == Byte.minus
    if isNegative { end &-= 1 }
    guard end >= 4, field[end &- 3] == amounts.decimalSign else { return unknown }
    let tens = field[end &- 2] &- Byte.zero
    let ones = field[end &- 1] &- Byte.zero
    guard tens <= 9, ones <= 9 else { return unknown }
    var value: Int64 = 0
    var group = 0
    var grouped = false
    for index in 0..<(end &- 3) {
      let digit = field[index] &- Byte.zero
      if digit <= 9 {
        value = value &* 10 &+ Int64(digit)
        group &+= 1
      } else {
        guard field[index] == amounts.thousandsSign, group > 0, grouped ? group == 3 : group <= 3 else {
          return unknown
        }
        grouped = true
        group = 0
      }
    }
    if grouped && group != 3 { return unknown }
    value = value &* 100 &+ Int64(tens &* 10 &+ ones)
    return isNegative ? 0 &- value : value
  }
}

extension DatePattern {
  /// A day that exists, or nil.
  @inline(never)
  static func day(_ day: Int, _ month: Int, _ year: Int) -> (year: Int, month: Int, day: Int)? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let longest = [
      31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]
    return day <= longest[month - 1] ? (year, month, day) : nil
  }
}
