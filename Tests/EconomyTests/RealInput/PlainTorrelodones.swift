import Foundation

/// The same files read a second time in the plainest way, with nothing of the product's readers, to compare every
/// unit of every year: whole strings, a dictionary, decimal text rounded half away from zero to hundredths.
struct PlainTorrelodones {
  /// Amounts of one unit in hundredths.
  struct Sums: Equatable {
    var pay: Int64 = 0
    var other: Int64 = 0
  }

  /// One unit's year, computed by hand.
  struct Year: Equatable {
    var budget = Sums()
    var spent = Sums()
    var carriedIn: Int64 = 0
    var balance: Int64 { carriedIn + budget.pay + budget.other - spent.pay - spent.other }
  }

  /// Each year's units, closed one after the other.
  private(set) var years: [Int: [String: Year]] = [:]

  init(_ range: ClosedRange<Int>) throws {
    var carried: [String: Int64] = [:]
    for year in range {
      let budget = try Self.sums("torrelodones/\(year)__gastos.csv")
      let spent = try Self.sums("torrelodones/\(year)__ejecucion_gastos.csv")
      var units: [String: Year] = [:]
      for code in Set(budget.keys).union(spent.keys).union(carried.keys) {
        units[code] = Year(
          budget: budget[code] ?? Sums(), spent: spent[code] ?? Sums(), carriedIn: carried[code] ?? 0)
      }
      years[year] = units
      carried = units.mapValues(\.balance)
    }
  }

  private static func sums(_ name: String) throws -> [String: Sums] {
    let text = try String(contentsOfFile: RealData.path(name), encoding: .utf8)
    let records = text.split(whereSeparator: \.isNewline).map { fields(String($0)) }
    let header = records[0]
    let amount = header.firstIndex { ["Crédito", "Obligaciones"].contains($0) || $0.hasPrefix("Inicial") }!
    var sums: [String: Sums] = [:]
    for record in records.dropFirst() {
      let value = hundredths(record[amount])
      if record[4].hasPrefix("1") {
        sums[record[3], default: Sums()].pay += value
      } else {
        sums[record[3], default: Sums()].other += value
      }
    }
    return sums
  }

  static func fields(_ line: String) -> [String] {
    var fields = [""]
    var quoted = false
    for letter in line {
      if letter == "\"" {
        quoted.toggle()
      } else if letter == ",", !quoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(letter)
      }
    }
    return fields
  }

  private static func hundredths(_ text: String) -> Int64 {
    if text.isEmpty { return 0 }
    let negative = text.hasPrefix("-")
    let parts = (negative ? String(text.dropFirst()) : text).split(separator: ".")
    let decimals = Array((parts.count > 1 ? String(parts[1]) : "") + "000")
    let rounding: Int64 = decimals[2].wholeNumberValue! >= 5 ? 1 : 0
    let size = Int64(parts[0])! * 100 + Int64(String(decimals[0...1]))! + rounding
    return negative ? -size : size
  }
}
