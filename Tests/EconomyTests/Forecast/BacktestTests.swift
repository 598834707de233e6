import SteeringCore
import Testing

@testable import Economy

@Suite("The back-test of forecasts")
struct BacktestTests {
  typealias Ground = ForecastGround

  private func line(
    _ backtest: ForecastBacktest, _ known: Int?, _ contender: ForecastBacktest.Contender
  ) throws -> [Int64?] {
    let line = try #require(backtest.lines.first { $0.known == known && $0.contender == contender })
    return [line.meanAbsolute, line.median, line.bias, line.coverage, Int64(line.count)]
  }

  @Test("each year but the first is forecast from the years before, and held against what it came to")
  func byHand() throws {
    // Halves of a year. 2025, A: 400 of 1.000 after the first half, 1.000 in all; B: 300, 500 of 1.000.
    let books = try ForecastBooks(
      periods: 2,
      [
        Ground.unitYear("A", 2024, 1_000, [400, 600]), Ground.unitYear("B", 2024, 1_000, [600, 400]),
        Ground.unitYear("A", 2025, 1_000, [400, 600]), Ground.unitYear("B", 2025, 1_000, [300, 200]),
      ])
    let backtest = ForecastBacktest(books)
    #expect(backtest.years == [try Ground.year(2025)])
    // Straight: 800 and 600; the result 200 too bright and 100 too dark: mean 1.500, the lower of the middle 1.000.
    #expect(try line(backtest, 1, .straightLine) == [1_500, 1_000, 500, nil, 2])
    // Last year A had spent 40 % by then, B 60 %: 1.000 and 500.
    #expect(try line(backtest, 1, .lastYearsPattern) == [0, 0, 0, nil, 2])
    #expect(try line(backtest, 1, .budget) == [2_500, 0, -2_500, nil, 2])
    // Too little past, so half the deviation. The peers had spent half; A's profile is 450.000 millionths, B's 550.000.
    // A: 1.000 + (400 - 450) : 1 = 950; B: 1.000 + (300 - 550) : 1 = 750. Too bright by 50, too dark by 250.
    #expect(try line(backtest, 1, .chosen) == [1_500, 500, -1_000, nil, 2])
    #expect(try line(backtest, nil, .chosen) == [1_500, 500, -1_000, nil, 2])
    #expect(backtest.lines.count == 8)
  }

  @Test("one year, or years without budgets, give no table")
  func tooLittle() throws {
    let one = try ForecastBooks(periods: 2, [Ground.unitYear("A", 2024, 1_000, [400, 600])])
    #expect(ForecastBacktest(one).lines.isEmpty)
    let bare = try ForecastBooks(
      periods: 2, [Ground.unitYear("A", 2024, 0, [4, 6]), Ground.unitYear("A", 2025, 1_000, [400, 600])])
    #expect(ForecastBacktest(bare).lines.isEmpty)
    #expect(ForecastBacktest(try ForecastBooks(periods: 2, [])).lines.isEmpty)
  }

  @Test("the forecasts of the back-test are those that the unit would have been given then")
  func sameForecasts() throws {
    let all = try Ground.disorder(15, 2023...2025, periods: 4, seed: 3)
    let books = try ForecastBooks(periods: 4, all)
    let backtest = ForecastBacktest(books)
    var misses: [Int128] = []
    var hits = 0
    for number in [2024, 2025] {
      for one in all where one.year.number == number {
        let forecast = try Ground.forecast(books, one.unit.text, number, known: 3)
        let spent = (one.pay.spentOre + one.other.spentOre).reduce(0, +)
        let actual = forecast.budget.ore - spent
        misses.append(relative(Int128(forecast.result.ore - actual), to: Int128(forecast.budget.ore)))
        let interval = try #require(forecast.interval)
        if interval.low.ore <= actual, actual <= interval.high.ore { hits += 1 }
      }
    }
    let mean = rounded(misses.reduce(0) { $0 + Int128($1.magnitude) }, by: Int128(misses.count) * 100)
    let bias = rounded(misses.reduce(0, +), by: Int128(misses.count) * 100)
    let found = try line(backtest, 3, .chosen)
    #expect(found[0] == Int64(mean) && found[2] == Int64(bias))
    #expect(found[3] == Int64(rounded(Int128(hits) * 10_000, by: Int128(misses.count))))
  }

  @Test("errors that are drawn from one urn fall into the interval about four times of five")
  func coverage() throws {
    let books = try ForecastBooks(periods: 4, Ground.disorder(150, 2022...2025, periods: 4, seed: 11))
    let coverage = try #require(try line(ForecastBacktest(books), nil, .chosen)[3])
    #expect((7_600...8_500).contains(coverage), "\(coverage)")
  }

  @Test("the table says which data it is of, in both languages, and ends with all together")
  func table() throws {
    let books = try ForecastBooks(
      periods: 2, [Ground.unitYear("A", 2024, 1_000, [400, 600]), Ground.unitYear("A", 2025, 1_000, [400, 600])])
    let backtest = ForecastBacktest(books)
    let source = Words("filen a.csv", en: "the file a.csv")
    let danish = backtest.table(source, .danish)
    #expect(danish.hasPrefix("Efterprøvning på filen a.csv: 2025 efter hver af 2 perioder, kun ud fra årene før.\n"))
    let last = try #require(danish.split(separator: "\n").last)
    #expect(last.split(whereSeparator: { $0 == " " }) == ["alle", "valgt", "0", "0", "0", "–", "1"])
    let english = backtest.table(source, .english)
    #expect(
      english.hasPrefix("Back-test on the file a.csv: 2025 after each of 2 periods, from the years before only.\n"))
    #expect(english.contains("\n    1  straight line"))
  }
}

@Suite("What earlier forecasts have to teach")
struct ForecastMemoryTests {
  private func one(_ forecast: Int64, _ actual: Int64, _ budget: Int64) -> EarlierForecast {
    EarlierForecast(
      known: 6, forecast: Money(ore: forecast), actual: Money(ore: actual), budget: Money(ore: budget))
  }

  @Test("bias is the mean error, spread the mean distance from it; too bright is positive")
  func byHand() throws {
    // Errors 100, 300, -40: mean 120; distances 20, 180, 160: mean 120. In basis points 1.000, 1.500, -800: mean
    // 566,67; distances 433,33, 933,33 and 1.366,67: mean 911,11.
    let memory = try #require(ForecastMemory([one(100, 0, 1_000), one(0, -300, 2_000), one(10, 50, 500)]))
    #expect(memory.ore == .init(count: 3, bias: 120, spread: 120))
    #expect(memory.basisPoints == .init(count: 3, bias: 567, spread: 911))
  }

  @Test("no forecasts, no budget, amounts at the edge")
  func edges() throws {
    #expect(ForecastMemory([]) == nil)
    let bare = try #require(ForecastMemory([one(5, 0, 0), one(6, 0, -1)]))
    #expect(bare.ore == .init(count: 2, bias: 6, spread: 1), "5,5 and 0,5, both half away from zero")
    #expect(bare.basisPoints == nil)
    #expect(ForecastMemory([one(.max, .min, 1)]) == nil)
    #expect(
      ForecastMemory([one(.max, 0, .max), one(.min + 1, 0, .max)])?.ore == .init(count: 2, bias: 0, spread: .max))
  }
}
