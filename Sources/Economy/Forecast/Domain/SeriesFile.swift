import Ledger
public import SteeringCore

/// A file of unit years, one category a line: `unit;category;year;budget;p1;…;pN` in UTF-8, where category is `pay` or
/// `other` and N is the number of periods. An amount of digits alone is whole øre; one with a decimal comma is kroner
/// and øre, `1.234,56`. A category without a line has nothing.
public struct SeriesFile: Sendable {
  /// The books; nil where something is wrong.
  public let books: ForecastBooks?
  /// Everything that is wrong.
  public let findings: Findings

  /// Reads a file's bytes.
  public init(_ bytes: [UInt8], name: String) {
    var reader = SeriesReader(file: name)
    books = reader.read(bytes)
    findings = reader.findings
  }
}

private struct SeriesReader {
  private struct Key: Hashable {
    let unit: UnitCode
    let year: FiscalYear
  }

  private static let fixed = ["unit", "category", "year", "budget"]
  private static let example = Words(same: "unit;category;year;budget;p1;p2;p3;p4")

  let file: String
  var findings = Findings()
  private var periods = 0
  private var categories: [Key: [ForecastCategory: CategoryYear]] = [:]
  private var order: [Key] = []

  init(file: String) { self.file = file }

  mutating func read(_ bytes: [UInt8]) -> ForecastBooks? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: bytes[start...], as: UTF8.self) else {
      complain(
        1, 0, Words("filen er ikke UTF-8", en: "the file is no UTF-8"),
        Words("gem den som UTF-8", en: "save it as UTF-8"))
      return nil
    }
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard let heading = lines.first, readHeading(Self.fields(heading)) else { return nil }
    for (index, line) in lines.enumerated().dropFirst() where !line.allSatisfy(\.isWhitespace) {
      readLine(Self.fields(line), index + 1)
    }
    guard !findings.hasErrors else { return nil }
    guard !order.isEmpty else {
      complain(
        1, 0, Words("filen har ingen rækker", en: "the file has no rows"),
        Words("skriv mindst én under hovedet", en: "write at least one below the heading"))
      return nil
    }
    let none = CategoryYear(budgetOre: 0, spentOre: [Int64](repeating: 0, count: periods))
    let unitYears = order.map { key in
      UnitYear(
        unit: key.unit, year: key.year, pay: categories[key]?[.pay] ?? none, other: categories[key]?[.other] ?? none)
    }
    return try? ForecastBooks(periods: periods, unitYears)
  }

  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: ";", omittingEmptySubsequences: false).map { field in
      String(field.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  private mutating func readHeading(_ fields: [String]) -> Bool {
    let remedy = Words("skriv hovedet som \(Self.example.danish)", en: "write the heading as \(Self.example.english)")
    let count = fields.count - Self.fixed.count
    for (index, wanted) in Self.fixed.enumerated() where fields.count <= index || fields[index] != wanted {
      let found = index < fields.count ? fields[index].quoted : ""
      complain(
        1, index + 1,
        found.isEmpty
          ? Words("kolonnen \(wanted) mangler", en: "the column \(wanted) is missing")
          : Words("kolonnen hedder \(found)", en: "the column is called \(found)"), remedy)
    }
    for index in 0..<max(0, count) where fields[Self.fixed.count + index] != "p\(index + 1)" {
      let found = fields[Self.fixed.count + index].quoted
      complain(
        1, Self.fixed.count + index + 1, Words("kolonnen hedder \(found)", en: "the column is called \(found)"), remedy)
    }
    if !findings.hasErrors, !(2...12).contains(count) {
      complain(
        1, 0, Words("året har \(count) perioder", en: "the year has \(count) periods"),
        Words(
          "skriv 12 måneder, 4 kvartaler, eller 2 til 12 perioder",
          en: "write 12 months, 4 quarters, or 2 to 12 periods"))
    }
    periods = count
    return !findings.hasErrors
  }

  private mutating func readLine(_ fields: [String], _ line: Int) {
    let wanted = Self.fixed.count + periods
    guard fields.count == wanted else {
      return complain(
        line, 0, Words("rækken har \(fields.count) felter", en: "the row has \(fields.count) fields"),
        Words("skriv \(wanted) som i hovedet", en: "write \(wanted) as in the heading"))
    }
    if fields[0].isEmpty {
      complain(
        line, 1, Words("enheden mangler", en: "the unit is missing"), Words("skriv dens kode", en: "write its code"))
    }
    let category = ForecastCategory(rawValue: fields[1])
    if category == nil {
      complain(
        line, 2, Words("\(fields[1].quoted) er ingen kategori", en: "\(fields[1].quoted) is no category"),
        Words("skriv pay eller other", en: "write pay or other"))
    }
    let year = fields[2].utf8.count == 4 ? Int(fields[2]).flatMap(FiscalYear.init) : nil
    if year == nil {
      complain(
        line, 3, Words("\(fields[2].quoted) er ikke et år", en: "\(fields[2].quoted) is no year"),
        Words("skriv fire cifre, for eksempel 2025", en: "write four digits, for instance 2025"))
    }
    let amounts = (3..<wanted).map { amount(fields[$0], line, $0 + 1) }
    guard !fields[0].isEmpty, let category, let year, !amounts.contains(nil) else { return }
    let key = Key(unit: UnitCode(fields[0]), year: year)
    if categories[key] == nil { order.append(key) }
    let known = amounts.compactMap { $0 }
    let added = CategoryYear(budgetOre: known[0], spentOre: Array(known.dropFirst()))
    if categories[key, default: [:]].updateValue(added, forKey: category) != nil {
      complain(
        line, 1,
        Words(
          "enhed, kategori og år står også i en tidligere række",
          en: "unit, category and year stand in an earlier row too"),
        Words("slet den ene", en: "delete one of them"))
    }
  }

  private mutating func amount(_ text: String, _ line: Int, _ column: Int) -> Int64? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    if !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) {
      if let ore = Int64(text) { return ore }
      return refuse(
        text, line, column, Words("er for stort", en: "is too large"),
        Words("skriv et beløb, der kan være i 64 bit øre", en: "write an amount that fits in 64 bits of øre"))
    }
    if text.contains(","), case .success(let amount) = AmountFormat.native.read(text) { return amount.ore }
    return refuse(
      text, line, column, Words("er ikke et beløb", en: "is no amount"),
      Words(
        "skriv hele øre som 123456, eller kroner som 1.234,56", en: "write whole øre as 123456, or kroner as 1.234,56"))
  }

  private mutating func refuse(_ text: String, _ line: Int, _ column: Int, _ what: Words, _ remedy: Words) -> Int64? {
    complain(line, column, Words("\(text.quoted) \(what.danish)", en: "\(text.quoted) \(what.english)"), remedy)
    return nil
  }

  private mutating func complain(_ line: Int, _ column: Int, _ read: Words, _ remedy: Words) {
    if findings.isFull { return findings.countError() }
    findings.add(Finding(.error, file: file, line: line, column: column, read: read, remedy: remedy))
  }
}
