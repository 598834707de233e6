/// Reads plain records of a ledger fast: bytes only, no allocation. It knows one way
/// of writing (UTF-8, `dd.MM.yyyy`, one decimal and one thousands sign) and gives up at the first thing it is not
/// sure of: a wrong field, a stray quote, a total row. Whoever calls it then reads the file again with the careful
/// reader, which finds the words. So this type decides nothing about what is right; it only agrees quickly.
struct RecordSprint {
  /// What a column is to the sprint.
  enum Role: UInt8 {
    case skipped, date, unit, function, kind, amount, voucher, text
  }

  private let roles: [Role]
  private let places: Places
  let separator: UInt8
  private let amounts: AmountFormat
  private let signs: QuickAmount?
  private let fixedDate: (year: Int, month: Int, day: Int)?
  private let expenseIsPositive: Bool

  /// Which field of a record holds what; -1 where none does or nobody asks for it.
  private struct Places {
    var date = -1
    var unit = -1
    var function = -1
    var kind = -1
    var amount = -1
    var voucher = -1
    var text = -1
  }

  /// The sprint for a file whose header `reader` has read, or nil where the profile asks for more care. Columns that
  /// the sink does not need are skipped.
  init?(
    reader: TableReader, fixedDate: (year: Int, month: Int, day: Int)?, needs: (FileColumn) -> Bool = { _ in true }
  ) {
    let profile = reader.profile
    guard profile.encoding == .utf8, profile.totalRow == nil, profile.kindDots.isEmpty, reader.width > 1,
      fixedDate != nil || profile.dates.isNative
    else { return nil }
    var roles = [Role](repeating: .skipped, count: reader.width)
    var places = Places()
    let wanted: [(FileColumn, Role, WritableKeyPath<Places, Int>)] = [
      (.date, .date, \.date), (.unit, .unit, \.unit), (.function, .function, \.function), (.kind, .kind, \.kind),
      (.amount, .amount, \.amount), (.voucher, .voucher, \.voucher), (.text, .text, \.text),
    ]
    for (column, role, path) in wanted {
      guard let place = reader.place(column) else { continue }
      if roles[place] != .skipped { return nil }  // one column with two meanings
      guard needs(column) || [.date, .unit, .amount].contains(column) else { continue }
      roles[place] = role
      places[keyPath: path] = place
    }
    guard places.unit >= 0, places.amount >= 0, fixedDate != nil || places.date >= 0 else { return nil }
    if fixedDate != nil { places.date = -1 }
    self.roles = roles
    self.places = places
    self.fixedDate = fixedDate
    separator = profile.separator
    amounts = profile.amounts
    signs = QuickAmount(profile.amounts)
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

  /// Room that must be readable in front of a block and behind `limit`.
  static let slack = 64

  /// Hands every record that starts before `end` to the sink. False at the first record it is not sure of.
  ///
  /// Most records are nothing but plain fields: the next stops are their separators and their line end. Any other
  /// record (quotes, tabs) is read field by field.
  @inline(__always)
  func run(
    _ run: inout Run, until end: UnsafePointer<UInt8>, _ stops: inout StopIndex, into sink: inout some PostingSink
  ) -> Bool {
    let width = roles.count
    var day = LastDay(fixedDate)
    var next = 0
    stops.begin(at: run.at, limit: run.limit, limitIsEnd: run.limitIsEnd)
    let base = run.at
    while run.at < end {
      if run.at[0] == Byte.lineFeed {
        run.at += 1
        run.line += 1
        continue
      }
      while true {
        let at = UInt32(truncatingIfNeeded: run.at - base)
        while next < stops.count, stops.places[next] < at { next &+= 1 }
        if next &+ width < stops.count || !stops.extend() { break }
      }
      guard stops.isText else { return false }
      var lines = 1
      if next &+ width <= stops.count, let behind = plainEnd(stops.places + next, base) {
        guard let posting = plainPosting(stops.places + next, run.at, base, run.line, &day) else { return false }
        if sink.take(posting) != nil { return false }
        run.at = behind
        next &+= width
      } else {
        guard let posting = posting(&run, &lines, &day) else { return false }
        if sink.take(posting) != nil { return false }
      }
      run.line += lines
      run.postings += 1
    }
    return true
  }

  /// Where the next record starts, if the stops from here on are the separators and the line end of a record.
  @inline(__always)
  private func plainEnd(
    _ stops: UnsafeMutablePointer<UInt32>, _ base: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    let last = roles.count &- 1
    var wrong: UInt8 = 0
    for index in 0..<last { wrong |= base[Int(stops[index])] ^ separator }
    let end = base + Int(stops[last])
    if wrong != 0 { return nil }
    if end[0] == Byte.lineFeed { return end + 1 }
    return end[0] == Byte.carriageReturn && end[1] == Byte.lineFeed ? end + 2 : nil
  }

  /// The posting of a record of plain fields, which start at `start` and end at the stops.
  @inline(__always)
  private func plainPosting(
    _ stops: UnsafeMutablePointer<UInt32>, _ start: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ line: Int,
    _ day: inout LastDay
  ) -> RawPosting? {
    @inline(__always) func field(_ place: Int) -> FieldBytes {
      if place < 0 { return FieldBytes(start, 0) }
      let from = place == 0 ? start : base + Int(stops[place &- 1]) + 1
      return FieldBytes(from, base + Int(stops[place]) - from)
    }
    if places.date >= 0 {
      let date = field(places.date)
      guard date.count == 10, day.read(date.start) else { return nil }
    }
    let unit = field(places.unit).trimmed
    guard unit.count > 0, let ore = amount(field(places.amount)) else { return nil }  // perhaps a blank record
    return RawPosting(
      line: line, year: day.year, month: day.month, day: day.day, ore: expenseIsPositive ? ore : -ore,
      unit: unit, function: field(places.function).trimmed, kind: field(places.kind).trimmed,
      voucher: field(places.voucher).trimmed, text: field(places.text).trimmed)
  }

  /// The posting of the record at `run.at`, read field by field; steps behind it.
  @inline(never)
  private func posting(_ run: inout Run, _ lines: inout Int, _ day: inout LastDay) -> RawPosting? {
    var fields = Fields(FieldBytes(run.at, 0))
    var p = run.at
    for (index, role) in roles.enumerated() {
      let isLast = index == roles.count - 1
      guard let field = scanField(&p, run.limit, isLast: isLast, &lines) else { return nil }
      switch role {
      case .unit: fields.unit = field
      case .amount: fields.amount = field
      case .kind: fields.kind = field
      case .function: fields.function = field
      case .voucher: fields.voucher = field
      case .text: fields.text = field
      case .date: if fixedDate == nil, field.count != 10 || !day.read(field.start) { return nil }
      case .skipped: break
      }
    }
    let unit = fields.unit.trimmed
    guard p <= (run.limitIsEnd ? run.limit + 1 : run.limit), unit.count > 0, let ore = amount(fields.amount) else {
      return nil
    }
    let posting = RawPosting(
      line: run.line, year: day.year, month: day.month, day: day.day, ore: expenseIsPositive ? ore : -ore,
      unit: unit, function: fields.function.trimmed, kind: fields.kind.trimmed,
      voucher: fields.voucher.trimmed, text: fields.text.trimmed)
    run.at = p
    return posting
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

  /// Reads one field and steps behind what ends it: the separator, or the line end for the last field.
  @inline(__always)
  private func scanField(
    _ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, isLast: Bool, _ lines: inout Int
  ) -> FieldBytes? {
    let start = p
    if start[0] == Byte.quote { return quotedField(&p, limit, isLast: isLast, &lines) }
    while p[0] != separator, p[0] != Byte.quote, p[0] >= Byte.space || p[0] == Byte.tab { p += 1 }
    let field = FieldBytes(start, p - start)
    return field.isValidText && stepBehind(&p, isLast: isLast) ? field : nil
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

  /// The amount in øre, quickly where it is written in the common form; everything else is asked of the format
  /// itself. Nil where that refuses it.
  @inline(__always)
  private func amount(_ field: FieldBytes) -> Int64? {
    if let signs {
      let quick = signs.read(field)
      if quick != QuickAmount.unknown { return quick }
    }
    return slowAmount(field)
  }

  @inline(never)
  private func slowAmount(_ field: FieldBytes) -> Int64? {
    guard case .success(let amount) = amounts.read(field.trimmed) else { return nil }
    return amount.ore
  }
}
