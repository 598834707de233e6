import ArgumentParser
import RuleKit
import SteeringCore
import Testing

@testable import Economy
@testable import StyrehusApp

/// Torrelodones 2012–2016, closed with the command line, each year's table carried into the next.
private struct Chain {
  var closings: [Int: Closing] = [:]
  var said: [Int: [String]] = [:]
  private let scratch: Scratch

  static func options(_ year: Int, carryOver: String?) -> [String] {
    [
      "--year", "\(year)", "--budget", RealData.path("torrelodones/\(year)__gastos.csv"),
      "--profile-budget", "torrelodones-budget",
      "--ledger", RealData.path("torrelodones/\(year)__ejecucion_gastos.csv"),
      "--profile-ledger", "torrelodones-ledger",
    ] + (carryOver.map { ["--carry-over", $0, "--profile-carry-over", "closing-csv"] } ?? [])
  }

  /// The table that a year left for the next.
  func table(_ year: Int) -> String { scratch.path("c\(year).csv") }

  init() throws {
    scratch = try Scratch()
    for year in 2012...2016 {
      let carried = year > 2012 ? table(year - 1) : nil
      let arguments = Self.options(year, carryOver: carried)
      let run = try CommandRun(CloseCommand.parse(arguments + ["--format", "csv", "--output", table(year)]))
      #expect(run.status == 0, "\(year): \(run.said)")
      said[year] = run.said
      let options = try ClosingOptions.parse(arguments)
      closings[year] = try FileClosing(options, .english, .live).run().closing
    }
  }
}

/// What a year comes to in all, in hundredths, computed apart from the product with exact decimals.
struct ExpectedYear: Sendable, CustomTestStringConvertible {
  let year: Int
  let units: Int
  let budgetPay: Int64
  let budget: Int64
  let spentPay: Int64
  let spent: Int64
  let carriedIn: Int64
  let balance: Int64
  let lights: [String: Int]

  var testDescription: String { "\(year)" }

  static let all = [
    ExpectedYear(
      year: 2012, units: 40, budgetPay: 1_229_965_204, budget: 2_513_438_504, spentPay: 1_108_511_158,
      spent: 2_922_809_251, carriedIn: 0, balance: -409_370_747, lights: ["green": 25, "yellow": 1, "red": 14]),
    ExpectedYear(
      year: 2013, units: 40, budgetPay: 1_172_783_058, budget: 2_530_266_958, spentPay: 1_066_820_275,
      spent: 2_371_607_246, carriedIn: -409_370_747, balance: -250_711_035,
      lights: ["green": 24, "yellow": 1, "red": 13, "none": 2]),
    ExpectedYear(
      year: 2014, units: 40, budgetPay: 1_122_755_002, budget: 2_527_318_002, spentPay: 1_069_889_249,
      spent: 2_377_733_566, carriedIn: -250_711_035, balance: -101_126_599,
      lights: ["green": 24, "yellow": 2, "red": 12, "none": 2]),
    ExpectedYear(
      year: 2015, units: 60, budgetPay: 1_126_937_000, budget: 2_353_020_000, spentPay: 1_061_778_847,
      spent: 2_066_585_382, carriedIn: -101_126_599, balance: 185_308_019,
      lights: ["green": 28, "yellow": 1, "red": 9, "none": 22]),
    ExpectedYear(
      year: 2016, units: 64, budgetPay: 1_197_400_000, budget: 3_034_835_300, spentPay: 808_676_941,
      spent: 2_057_635_182, carriedIn: 185_308_019, balance: 1_162_508_137,
      lights: ["green": 37, "red": 6, "none": 21]),
  ]
}

@Suite(
  "A municipality's five years, closed one after the other",
  .enabled(if: RealData.isThere, "STYREHUS_REAL_DATA is not set"))
struct TorrelodonesTests {
  private static let chain = Result { try Chain() }
  private func chain() throws -> Chain { try Self.chain.get() }

  @Test("each year's totals and lights", arguments: ExpectedYear.all)
  func totals(_ expected: ExpectedYear) throws {
    let units = try #require(chain().closings[expected.year]).units
    func sum(_ amount: (UnitClosing) -> Money) -> Int64 { units.reduce(0) { $0 + amount($1).ore } }
    #expect(units.count == expected.units)
    #expect(sum(\.payBudget) == expected.budgetPay)
    #expect(sum(\.base) == expected.budget)
    #expect(sum(\.actualPay) == expected.spentPay)
    #expect(sum(\.actualPay) + sum(\.actualOther) == expected.spent)
    #expect(sum(\.carriedIn) == expected.carriedIn)
    #expect(sum(\.balance) == expected.balance)
    #expect(Dictionary(grouping: units, by: \.verdict.light).mapValues(\.count) == expected.lights)
  }

  @Test("every unit of every year agrees with a second, plain reading of the files")
  func everyUnit() throws {
    let plain = try PlainTorrelodones(2012...2016)
    for year in 2012...2016 {
      let units = try #require(chain().closings[year]).units
      let expected = try #require(plain.years[year])
      #expect(units.map(\.unit.text) == expected.keys.sorted())
      for unit in units {
        let found = PlainTorrelodones.Year(
          budget: .init(pay: unit.payBudget.ore, other: unit.otherBudget.ore),
          spent: .init(pay: unit.actualPay.ore, other: unit.actualOther.ore), carriedIn: unit.carriedIn.ore)
        #expect(found == expected[unit.unit.text], "\(year) \(unit.unit)")
        #expect(unit.balance.ore == found.balance)
        #expect(unit.monthlyCumulated.dropLast().allSatisfy { $0 == 0 }, "no dates: all on 31 December")
      }
    }
  }

  @Test("nothing is lost between the years: what a unit carries out it carries in")
  func conservation() throws {
    for year in 2013...2016 {
      let before = try #require(chain().closings[year - 1]).units
      let after = try #require(chain().closings[year]).units
      let carried = Dictionary(uniqueKeysWithValues: after.map { ($0.unit, $0.carriedIn) })
      for unit in before { #expect(carried[unit.unit] == unit.balance, "\(year) \(unit.unit)") }
      let known = Set(before.map(\.unit))
      for unit in after where !known.contains(unit.unit) { #expect(unit.carriedIn == .zero) }
    }
  }

  @Test("a programme with debt in four years, and one that leaves it")
  func histories() throws {
    func story(_ code: String) throws -> [[Int64?]] {
      try (2012...2016).map { year in
        let unit = try #require(chain().closings[year]?.units.first { $0.unit.text == code })
        return [unit.carriedIn.ore, unit.balance.ore, unit.balanceBasisPoints]
      }
    }
    #expect(
      try story("9341") == [
        [0, -113_699_561, -13_387], [-113_699_561, -109_566_859, -11_543], [-109_566_859, -66_439_383, -8_397],
        [-66_439_383, -21_137_007, -2_686], [-21_137_007, 11_546_465, 1_684],
      ])
    #expect(try story("9310").map { $0[1] } == [8_051_585, 19_224_246, 26_212_209, 33_668_021, 43_342_104])
    let closings = try chain().closings
    func verdict(_ code: String, _ year: Int) -> [[String]] {
      closings[year]!.units.filter { $0.unit.text == code }.map { $0.verdict.duties + $0.verdict.reviews }
    }
    #expect(verdict("9341", 2012) == [["actionPlan", "financeInvolved", "debtOverLimit"]])
    #expect(verdict("9341", 2013) == [["actionPlan", "financeInvolved", "debtOverLimit", "twoNegativeYears"]])
    #expect(verdict("9341", 2016) == [["explainSurplus"]])
    #expect(verdict("3402", 2013).map { $0.contains("noBase") } == [true], "gone from the budget, still carrying")
  }

  @Test("the control sentence of each year counts every row")
  func controlSentence() throws {
    let rows = [2012: 539, 2013: 480, 2014: 518, 2015: 408, 2016: 544]
    for (year, count) in rows {
      let last = try #require(chain().said[year]?.last)
      #expect(last.contains("(\(count)) = inside"), "\(last)")
      #expect(last.hasSuffix("unknown 0,00 (0)"))
    }
  }

  @Test("explain names the rows of budget and ledger, and says when a programme is not in the budget")
  func explain() throws {
    let carried = try chain().table(2014)
    func explain(_ unit: String) throws -> CommandRun {
      try CommandRun(ExplainCommand.parse([unit] + Chain.options(2015, carryOver: carried)))
    }
    let known = try explain("9341")
    #expect(known.status == 0)
    #expect(known.output.contains("-211,370.07"))
    #expect(known.output.contains("2015__gastos.csv:"))
    #expect(known.output.contains("twoNegativeYears"))
    let gone = try explain("3402")
    #expect(gone.status == 0)
    #expect(gone.output.contains("[not in the budget]"))
    #expect(gone.output.contains("c2014.csv"))
    #expect(!gone.output.contains("__gastos.csv:0"))
  }

  @Test("the profiles also read 2011 and 2017", arguments: [(2011, 39, 97_878_915 as Int64), (2017, 43, 276_217_796)])
  func otherYears(_ year: Int, _ units: Int, _ balance: Int64) throws {
    let options = try ClosingOptions.parse(Chain.options(year, carryOver: nil))
    let closing = try FileClosing(options, .english, .live).run().closing
    #expect(closing.units.count == units)
    #expect(closing.units.reduce(0) { $0 + $1.balance.ore } == balance)
  }
}
