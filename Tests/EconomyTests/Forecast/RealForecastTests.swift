import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite(
  "Forecasts of a municipality's quarters",
  .enabled(if: RealData.isThere, "STYREHUS_REAL_DATA is not set"))
struct RealForecastTests {
  /// The same reading as Scripts/torrelodones-series.py, apart from it.
  private struct Quarters {
    var rows: [(unit: String, isPay: Bool, quarters: [Int64])] = []
    var budgets: [String: (pay: Int64, other: Int64)] = [:]

    init(_ year: Int) throws {
      for record in try Self.records("\(year)__gastos.csv") {
        let amount = Self.hundredths(record[6])
        if record[4].hasPrefix("1") {
          budgets[record[3], default: (0, 0)].pay += amount
        } else {
          budgets[record[3], default: (0, 0)].other += amount
        }
      }
      for record in try Self.records("\(year)__ejecucion_gastos.csv") {
        rows.append((record[3], record[4].hasPrefix("1"), record[7...].map(Self.hundredths)))
      }
    }

    private static func records(_ name: String) throws -> [[String]] {
      let text = try String(contentsOfFile: RealData.path("torrelodones/" + name), encoding: .utf8)
      return text.split(whereSeparator: \.isNewline).dropFirst().map { PlainTorrelodones.fields(String($0)) }
    }

    private static func hundredths(_ text: String) -> Int64 {
      if text.isEmpty { return 0 }
      let isNegative = text.hasPrefix("-")
      let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
      let decimals = parts.count > 1 ? (parts[1] + "00").prefix(2) : "00"
      let size = (Int64(parts[0]) ?? 0) * 100 + (Int64(decimals) ?? 0)
      return isNegative ? -size : size
    }

    /// The nine months that both years hold, against three quarters of the budget.
    func unitYears(_ year: FiscalYear, isCumulated: Bool) -> [UnitYear] {
      var spent: [String: (pay: [Int64], other: [Int64])] = [:]
      for row in rows {
        let second = row.quarters[1] - (isCumulated ? row.quarters[0] : 0)
        for (place, amount) in [row.quarters[0], second, row.quarters[2]].enumerated() {
          if row.isPay {
            spent[row.unit, default: ([0, 0, 0], [0, 0, 0])].pay[place] += amount
          } else {
            spent[row.unit, default: ([0, 0, 0], [0, 0, 0])].other[place] += amount
          }
        }
      }
      return Set(budgets.keys).union(spent.keys).map { unit in
        let budget = budgets[unit] ?? (0, 0)
        let months = spent[unit] ?? ([0, 0, 0], [0, 0, 0])
        return UnitYear(
          unit: UnitCode(unit), year: year,
          pay: CategoryYear(budgetOre: (3 * budget.pay + 2) / 4, spentOre: months.pay),
          other: CategoryYear(budgetOre: (3 * budget.other + 2) / 4, spentOre: months.other))
      }
    }
  }

  @Test("what the quarters hold: 2015 has the half year under T2, 2016 has no fourth quarter")
  func columns() throws {
    let first = try Quarters(2015)
    #expect(first.rows.count == 408)
    #expect(first.rows.allSatisfy { $0.quarters[0] <= 0 || $0.quarters[1] >= $0.quarters[0] })
    let second = try Quarters(2016)
    #expect(second.rows.allSatisfy { $0.quarters[3] == 0 })
    #expect(second.rows.contains { $0.quarters[0] > 0 && $0.quarters[1] < $0.quarters[0] }, "here T2 is a quarter")
  }

  @Test("the figures of docs/forecast.md, and an interval that holds about four of five")
  func table() throws {
    let years =
      try Quarters(2015).unitYears(ForecastGround.year(2015), isCumulated: true)
      + Quarters(2016).unitYears(ForecastGround.year(2016), isCumulated: false)
    let books = try ForecastBooks(periods: 3, years)
    for known in [1, 2] {
      let grounds = try ForecastGround.forecast(books, "1320", 2016, known: known).grounds
      #expect(grounds.other == .straightLine && grounds.pay != .straightLine && grounds.pastUnitYears == 38)
    }
    let backtest = ForecastBacktest(books)
    func figures(_ known: Int?, _ contender: ForecastBacktest.Contender) throws -> [Int64?] {
      let line = try #require(backtest.lines.first { $0.known == known && $0.contender == contender })
      return [line.meanAbsolute, line.median, line.bias, line.coverage, Int64(line.count)]
    }
    #expect(try figures(1, .straightLine) == [7_327, 935, 6_250, nil, 43])
    #expect(try figures(1, .chosen) == [7_437, 935, 5_748, 8_140, 43])
    #expect(try figures(2, .straightLine) == [2_163, 442, -1_225, nil, 43])
    #expect(try figures(2, .lastYearsPattern)[1] == 416)
    #expect(try figures(2, .chosen) == [2_235, 346, -1_204, 8_372, 43])
    #expect(try figures(nil, .chosen) == [4_836, 625, 2_272, 8_256, 86])
  }
}
