import SteeringCore
import StyrehusDemo

/// Reads native files back, written apart from the generator so that it can contradict it.
struct NativeReader {
  let header: [Substring]
  let records: [[Substring]]

  init(_ file: DemoFile) {
    var lines = file.text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { Substring($0) }
    }
    header = lines.removeFirst()
    records = lines
  }

  /// The fields of one column.
  func column(_ name: String) -> [Substring] {
    guard let index = header.firstIndex(of: Substring(name)) else { return [] }
    return records.map { $0[index] }
  }

  /// The records by the names of their columns.
  var rows: [[Substring: Substring]] {
    records.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }

  /// Øre from `1.234,56`, minus behind; nil for anything else, also for dots in wrong places.
  static func ore(_ text: Substring) -> Int64? {
    var bytes = Array(text.utf8)
    let isNegative = bytes.last == UInt8(ascii: "-")
    if isNegative { bytes.removeLast() }
    guard bytes.count >= 4, bytes[bytes.count - 3] == UInt8(ascii: ",") else { return nil }
    var value: Int64 = 0
    for (index, byte) in bytes.enumerated() {
      let fromComma = bytes.count - 3 - index
      switch byte {
      case UInt8(ascii: ","): guard fromComma == 0 else { return nil }
      case UInt8(ascii: "."): guard fromComma > 0, fromComma % 4 == 0, index > 0 else { return nil }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard fromComma < 0 || fromComma % 4 != 0 else { return nil }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      default: return nil
      }
    }
    return isNegative ? -value : value
  }
}

/// Closes a year of the dataset by the native rules: balance = carried in + base − actuals inside.
struct NativeClosing {
  struct Unit {
    var base: Int64 = 0
    var carriedIn: Int64 = 0
    var insidePay: Int64 = 0
    var insideOther: Int64 = 0
    var outside: Int64 = 0
    var balance: Int64 { carriedIn + base - insidePay - insideOther }
    var isRed: Bool { base > 0 && 100 * balance < -5 * base }
    var isYellow: Bool { base > 0 && balance < 0 && !isRed }
    var isOverFive: Bool { base > 0 && 100 * balance > 5 * base }
  }

  private(set) var units: [Substring: Unit] = [:]
  private(set) var lines = 0
  private(set) var unreadable = 0
  private(set) var outsideTheYear = 0

  init(_ dataset: DemoDataset, _ year: FiscalYear) {
    let accounts = NativeReader(dataset.file(.accounts)).records.map(AccountRow.init)
    let budget = NativeReader(dataset.file(.budget, year))
    for record in budget.records {
      let amounts = record[2...4].map { NativeReader.ore($0) ?? .min }
      units[record[0]] = Unit(base: amounts[0] + amounts[1], carriedIn: amounts[2])
    }
    var known: [[Substring]: Substring] = [:]
    let ending = Substring(".\(year)")
    for record in NativeReader(dataset.file(.ledger, year)).records {
      lines += 1
      if !record[1].hasSuffix(ending) { outsideTheYear += 1 }
      guard let amount = NativeReader.ore(record[6]) else {
        unreadable += 1
        continue
      }
      let account = Array(record[2...4])
      let category = known[account] ?? AccountRow.category(account, accounts)
      known[account] = category
      switch category {
      case "løn": units[record[2]]?.insidePay += amount
      case "øvrig": units[record[2]]?.insideOther += amount
      default: units[record[2]]?.outside += amount
      }
    }
  }
}

/// A row of the accounts file; the most specific that matches decides.
private struct AccountRow {
  let patterns: [[Substring]]
  let category: Substring

  init(_ record: [Substring]) {
    patterns = record[0..<3].map { $0 == "*" ? [] : $0.split(separator: ".") }
    category = record[3]
  }

  func matches(_ account: [[Substring]]) -> Bool { zip(patterns, account).allSatisfy { $1.starts(with: $0) } }

  static func category(_ account: [Substring], _ rows: [AccountRow]) -> Substring {
    let parts = account.map { $0.split(separator: ".") }
    let best = rows.filter { $0.matches(parts) }
      .max { $0.patterns.map(\.count).lexicographicallyPrecedes($1.patterns.map(\.count)) }
    return best?.category ?? (parts[2].first == "1" ? "løn" : "øvrig")
  }
}

extension DemoDataset {
  /// The one file of a kind and year; an empty file where the dataset has none, which no test can pass with.
  func file(_ kind: DemoFile.Kind, _ year: FiscalYear? = nil) -> DemoFile {
    files.first { $0.kind == kind && $0.year == year } ?? files[0]
  }
}
