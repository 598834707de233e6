public import SteeringCore

/// A row of totals that a file ends with, and what the rows add up to.
public struct ControlTotal: Hashable, Sendable {
  /// The row of totals as printed.
  public let printed: String
  /// Its line.
  public let line: Int
  /// The printed amount in øre.
  public let printedOre: Int64
  /// How many decimals it is printed with: the precision of the comparison.
  public let decimals: Int
  /// The sum of the rows in øre, in the file's own sign.
  public let sumOre: Int64
  /// Whether the two agree at the printed precision (the sum rounded half away from zero).
  public let agrees: Bool
}

/// Reads a table under its header, as a profile says, and gathers what is wrong with its shape. What the fields
/// mean is read by whoever asks for them.
public final class TableReader {
  /// How the file is written.
  public let profile: ImportProfile
  /// Its name as the person gave it.
  public let fileName: String
  private let source: any ByteSource
  private let records: RecordReader
  private var places: [FileColumn: Int] = [:]
  private var headerNames: [String] = []
  private var pendingTotal: (line: Int, column: Int, text: String)?
  private var endsWithAmount = false

  /// What has been found wrong so far, in file order.
  public private(set) var findings = Findings()
  /// How many data records have been read, wrong ones too.
  public private(set) var recordCount = 0

  /// A reader of one file. Nothing is read yet.
  public init(source: any ByteSource, fileName: String, profile: ImportProfile) {
    self.source = source
    self.fileName = fileName
    self.profile = profile
    records = RecordReader(source: source, encoding: profile.encoding, separator: profile.separator)
  }

  /// Line of the current record.
  public var line: Int { records.line }
  /// Lines read so far.
  public var linesRead: Int { records.linesRead }
  /// The decoded bytes read so far, without a byte-order mark.
  var bytesRead: Int { records.bytesRead }
  /// How many columns the header has.
  var width: Int { headerNames.count }
  /// Where a column stands, from 0.
  func place(_ column: FileColumn) -> Int? { places[column] }
  /// Whether the file has this column.
  public func has(_ column: FileColumn) -> Bool { places[column] != nil }
  /// The header's names as read, without the columns that are dropped.
  public var headings: [String] { headerNames.filter { !Self.isCivilNumber($0) } }
  /// The names of the columns that are dropped, as they may hold civil registration numbers.
  public var droppedHeadings: [String] { headerNames.filter { Self.isCivilNumber($0) } }
  /// The current record's fields under `headings`, as read.
  public var fields: [String] {
    headerNames.indices.filter { !Self.isCivilNumber(headerNames[$0]) }.map { records.field($0).text }
  }

  /// Reads the header. False when the table cannot be read further; `findings` says why.
  public func open() throws -> Bool {
    guard source.size > 0 else { return refuse(.emptyFile) }
    if profile.encoding == .utf8, try startsWide() { return refuse(.wide) }
    for _ in 0..<profile.skippedRows { guard try records.next() else { return refuse(.emptyFile) } }
    repeat { guard try records.next() else { return refuse(.emptyFile) } } while records.isBlank
    for (column, fault) in records.faults { complain(at: column, .shape(fault, profile.encoding)) }
    if !records.faults.isEmpty { return false }
    headerNames = (0..<records.count).map { records.field($0).text }
    defer { endsWithAmount = FileColumn.amounts.contains { places[$0] == headerNames.count - 1 } }
    for column in FileColumn.allCases where profile.headers[column] != nil { locate(column) }
    for (index, name) in headerNames.enumerated() where Self.isCivilNumber(name) {
      places = places.filter { $0.value != index }
      remark(
        at: index + 1,
        Words("kolonnen »\(name)« kan rumme CPR-numre", en: "the column »\(name)« may hold civil numbers"),
        Words("den er udeladt og gemmes ikke", en: "it is dropped and not stored"))
    }
    return !findings.hasErrors
  }

  private func startsWide() throws -> Bool {
    var start: [UInt8] = [0, 0]
    let count = try start.withUnsafeMutableBytes { try source.read(into: $0, at: 0) }
    return count == 2 && (start == [0xFF, 0xFE] || start == [0xFE, 0xFF] || start.contains(0))
  }

  private func locate(_ column: FileColumn) {
    let names = profile.headers[column] ?? []
    let hits = headerNames.indices.filter { names.contains(headerNames[$0]) }
    if let second = hits.dropFirst().first {
      complain(at: second + 1, .doubleColumn(headerNames[second]))
    } else if let hit = hits.first {
      places[column] = hit
    } else if profile.isNeeded(column) {
      complain(at: 0, .missingColumn(names, found: headerNames))
    }
  }

  private static func isCivilNumber(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }
    let plain = words.joined()
    return words.contains("cpr")
      || ["cprnr", "cprnummer", "personnummer", "personnr", "civilregistration"].contains { plain.contains($0) }
  }

  /// Steps to the next record whose shape is right. False at the end.
  public func next() throws -> Bool {
    while try records.next() {
      if records.faults.isEmpty && records.isBlank { continue }
      if let total = pendingTotal { complain(line: total.line, at: total.column, .totalInside) }
      pendingTotal = nil
      if records.faults.isEmpty {
        if isTotal() { continue }
        recordCount += 1
        if isWhole() {
          if records.lacksLineEnd { remarkOnMissingLineEnd() }
          return true
        }
      } else {
        recordCount += 1
        for (column, fault) in records.faults { complain(at: column, .shape(fault, profile.encoding)) }
      }
    }
    return false
  }

  private func isWhole() -> Bool {
    if records.count < width {
      complain(at: 0, .fieldCount(records.count, wanted: width))
      return false
    }
    for index in width..<max(width, records.count) where records.field(index).count > 0 {
      complain(at: 0, .fieldCount(records.count, wanted: width))
      return false
    }
    if records.count == width, records.field(0).text == headerNames[0], width > 1,
      (0..<width).allSatisfy({ records.field($0).text == headerNames[$0] })
    {
      complain(at: 0, .headerAgain)
      return false
    }
    return true
  }

  private func isTotal() -> Bool {
    guard let rule = profile.totalRow, let amount = places[.amount], amount < records.count,
      records.field(amount).count > 0
    else { return false }
    for column in rule.blank {
      guard let place = places[column], place < records.count, records.field(place).count == 0 else { return false }
    }
    if let text = rule.text {
      guard let place = places[text.column], place < records.count, records.field(place).text == text.value
      else { return false }
    }
    pendingTotal = (records.line, amount + 1, records.field(amount).text)
    return true
  }

  /// Compares the file's row of totals, if it ends with one, with the sum of its rows (in the file's own sign).
  /// A total that differs is an error, one that is missing though the profile knows it a remark; nil where there is
  /// none, or where rows are left out as wrong, so that it could not agree.
  public func controlTotal(sumOre: Int64) -> ControlTotal? {
    if findings.hasErrors { return nil }
    guard let total = pendingTotal else {
      if profile.totalRow != nil {
        let words = Complaint.noTotal
        findings.add(Finding(.remark, file: fileName, line: 0, read: words.read, remedy: words.remedy))
      }
      return nil
    }
    switch profile.amounts.read(total.text) {
    case .failure(let fault):
      complain(line: total.line, at: total.column, .amount(fault, total.text, profile.amounts))
      return nil
    case .success(let amount):
      let agrees = profile.amounts.agrees(sumOre, with: amount)
      if !agrees {
        let sum = Money(ore: sumOre).withOre
        complain(line: total.line, at: total.column, .controlTotal(Complaint.quoted(total.text), sum: sum))
      }
      return ControlTotal(
        printed: total.text, line: total.line, printedOre: amount.ore, decimals: amount.decimals, sumOre: sumOre,
        agrees: agrees)
    }
  }

  /// A field of the current record, trimmed; nil where the file has no such column.
  func field(_ column: FileColumn) -> FieldBytes? { places[column].map { records.field($0) } }
  /// The text of a field; empty where the file has no such column.
  public func text(_ column: FileColumn) -> String { field(column)?.text ?? "" }
  /// The column's number from 1 for a finding; 0 where the file has no such column.
  public func number(_ column: FileColumn) -> Int { (places[column] ?? -1) + 1 }

  /// Reads an amount in øre; nil after a complaint.
  public func ore(_ column: FileColumn) -> Int64? {
    guard let field = field(column) else { return nil }
    switch profile.amounts.read(field) {
    case .success(let amount): return amount.ore
    case .failure(let fault):
      complain(at: number(column), .amount(fault, field.text, profile.amounts))
      return nil
    }
  }

  /// Reads a date; nil after a complaint.
  public func date(_ column: FileColumn) -> CalendarDate? {
    guard let field = field(column) else { return nil }
    if let date = profile.dates.read(field) { return date }
    complain(at: number(column), .date(field.text, profile.dates))
    return nil
  }

  /// Says, where the last field is an amount, that a file without a last line end may be cut inside it.
  func remarkOnMissingLineEnd() {
    guard endsWithAmount else { return }
    let words = Complaint.noLineEnd
    findings.add(Finding(.remark, file: fileName, line: 0, read: words.read, remedy: words.remedy))
  }

  /// The same for a file of which only the header was read here and whose records are plain.
  func remarkOnLastByte() throws {
    var last: [UInt8] = [Byte.lineFeed]
    _ = try last.withUnsafeMutableBytes { try source.read(into: $0, at: max(0, source.size - 1)) }
    if last[0] != Byte.lineFeed { remarkOnMissingLineEnd() }
  }

  /// Adds an error at a column of the current record.
  public func complain(at column: FileColumn, _ read: Words, _ remedy: Words) {
    findings.add(Finding(.error, file: fileName, line: line, column: number(column), read: read, remedy: remedy))
  }

  /// Adds a remark at a column number of the current record.
  public func remark(at column: Int, _ read: Words, _ remedy: Words) {
    findings.add(Finding(.remark, file: fileName, line: line, column: column, read: read, remedy: remedy))
  }

  func complain(at column: Int, _ complaint: @autoclosure () -> Complaint) {
    complain(line: line, at: column, complaint())
  }

  func complain(line: Int, at column: Int, _ complaint: @autoclosure () -> Complaint) {
    if findings.isFull, let last = findings.kept.last, line > last.line { return findings.countError() }
    let complaint = complaint()
    findings.add(
      Finding(.error, file: fileName, line: line, column: column, read: complaint.read, remedy: complaint.remedy))
  }

  private func refuse(_ complaint: Complaint) -> Bool {
    complain(line: 1, at: 0, complaint)
    return false
  }
}

extension FileColumn {
  /// The columns that hold amounts.
  fileprivate static let amounts: [FileColumn] = [
    .amount, .payBudget, .otherBudget, .carriedIn, .originalPay, .originalOther,
  ]
}

extension AmountFormat {
  /// Whether a sum agrees with a printed total at the precision the total is printed with.
  func agrees(_ sum: Int64, with total: ReadAmount) -> Bool {
    let coarser = 2 + unitPower - total.decimals
    if coarser <= 0 { return sum == total.ore }
    var step: Int128 = 1
    for _ in 0..<coarser { step *= 10 }
    let size = Int128(sum.magnitude)
    let rounded = (2 * size + step) / (2 * step) * step
    return (sum < 0 ? -rounded : rounded) == Int128(total.ore)
  }
}
