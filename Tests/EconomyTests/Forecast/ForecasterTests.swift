import SteeringCore
import Testing

@testable import Economy

@Suite("A forecast of a unit's year")
struct ForecasterTests {
  typealias Ground = ForecastGround

  @Test("with too little past: what has been spent, and the rest of the budget as the profile says")
  func unlearned() throws {
    // Last year a tenth had been spent after the first quarter. Now 150 of 2.000, where 200 were to be expected; a
    // quarter of the year is known, so a quarter of the projected 500 is believed: 2.000 - 125.
    let books = try ForecastBooks(
      periods: 4,
      [
        Ground.unitYear("101", 2024, 1_000, [100, 200, 300, 400]), Ground.unitYear("101", 2025, 2_000, [150, 9, 9, 9]),
      ])
    let forecast = try Ground.forecast(books, "101", 2025, known: 1)
    #expect(forecast.expectedPay.ore == 1_875)
    #expect(forecast.expectedOther.ore == 0)
    #expect(forecast.result.ore == 125)
    #expect(forecast.interval == nil)
    #expect(forecast.chance(below: 0, carriedIn: .zero) == nil)
    #expect(!forecast.grounds.isLearned)
    #expect(forecast.grounds.pay == .profile(ProfileWeights(pacePercent: 25, ownQuarters: 4)))
    #expect(forecast.grounds.past == [try Ground.year(2024)])
    #expect(forecast.grounds.ownYears == 1)
  }

  @Test("own years and peers are weighed: one own year counts as much as the peers where that cannot be learned")
  func ownAndPeers() throws {
    // The peers with the unit itself: 100 + 300 of 2.000, a fifth; the unit's own: a tenth. Between them 150.000
    // millionths. 300 were to be expected of 2.000, 400 are spent; 25 % of 100 ÷ 0,2 is carried on.
    let books = try ForecastBooks(
      periods: 4,
      [
        Ground.unitYear("101", 2024, 1_000, [100, 200, 300, 400]),
        Ground.unitYear("102", 2024, 1_000, [300, 200, 300, 200]),
        Ground.unitYear("101", 2025, 2_000, [400, 0, 0, 0]),
      ])
    #expect(try Ground.forecast(books, "101", 2025, known: 1).expected.ore == 2_125)
  }

  @Test("a pace that always held is learned, and is then carried to the whole year")
  func learned() throws {
    let running = try Ground.unitYear("3", 2025, 4_000, [1_100, 1_100, 0, 0])
    let books = try ForecastBooks(periods: 4, Ground.evenPaces() + [running])
    let forecast = try Ground.forecast(books, "3", 2025, known: 2)
    #expect(forecast.grounds.pay == .profile(ProfileWeights(pacePercent: 100, ownQuarters: 0)))
    #expect(forecast.grounds.isLearned)
    #expect(forecast.grounds.pastUnitYears == 10)
    #expect(forecast.expected.ore == 4_400)
    #expect(forecast.interval == ForecastInterval(low: Money(ore: -400), high: Money(ore: -400)))
    #expect(forecast.chance(below: -400, carriedIn: .zero) == 0, "exactly on the limit is not below")
    #expect(forecast.chance(below: -399, carriedIn: .zero) == 10_000)
    #expect(forecast.chance(below: -399, carriedIn: Money(ore: 1)) == 0)
  }

  @Test("where spending always ended on the budget, whatever the pace, the budget is learned")
  func budgetLearned() throws {
    let past = try [2023, 2024].flatMap { number in
      try (1...5).map { unit in
        let early = Int64(unit) * 300 - 400
        return try Ground.unitYear("\(unit)", number, 4_000, [early, 1_000, 1_000, 2_000 - early])
      }
    }
    let books = try ForecastBooks(periods: 4, past + [Ground.unitYear("9", 2025, 4_000, [2_000, 0, 0, 0])])
    let forecast = try Ground.forecast(books, "9", 2025, known: 1)
    #expect(forecast.grounds.pay == .profile(ProfileWeights(pacePercent: 0, ownQuarters: 0)))
    #expect(forecast.expected.ore == 4_000)
  }

  @Test("a past year is judged by other years, and where there is no other, by the other units")
  func leftOut() throws {
    let first = try [
      Ground.unitYear("A", 2023, 1_000, [100, 200, 300, 400]), Ground.unitYear("B", 2023, 1_000, [300, 200, 300, 200]),
    ]
    let second = try [Ground.unitYear("A", 2024, 1_000, [700, 100, 100, 100])]
    let one = try ForecastBooks(periods: 4, first)
    let year = try Ground.year(2023)
    let row = try #require(one.row(UnitCode("A"), year))
    #expect(one.sample(row, .pay, known: 1, past: [year]).peers == 300_000)
    #expect(one.sample(row, .pay, known: 1, past: [year]).own == nil)
    let two = try ForecastBooks(periods: 4, first + second)
    let sample = two.sample(row, .pay, known: 1, past: [year, try Ground.year(2024)])
    #expect(sample.peers == 700_000 && sample.own == 700_000 && sample.ownYears == 1)
  }

  @Test("a few units whose budget is none do not choose for all")
  func worstErrors() throws {
    // Four units go on at their pace, up to half above the budget; one that was paid 100 budgets in advance ends on it.
    let past = try [2023, 2024].flatMap { number in
      try (1...4).map { unit in
        try Ground.unitYear("\(unit)", number, 4_000, [Int64](repeating: 900 + Int64(unit) * 150, count: 4))
      } + [Ground.unitYear("wild", number, 100, [-10_000, 10_100, 0, 0])]
    }
    let books = try ForecastBooks(periods: 4, past + [Ground.unitYear("2", 2025, 4_000, [1_500, 0, 0, 0])])
    #expect(try Ground.forecast(books, "2", 2025, known: 1).expected.ore == 6_000)
  }

  @Test("once every period is known the forecast is what happened, and certain, also without a past")
  func wholeYear() throws {
    let books = try ForecastBooks(
      periods: 4, [Ground.unitYear("101", 2025, 1_000, [300, 300, 300, 160], other: (50, [0, 0, 0, 10]))])
    let forecast = try Ground.forecast(books, "101", 2025, known: 4)
    #expect(forecast.expected.ore == 1_070)
    #expect(forecast.result.ore == -20)
    #expect(forecast.interval == ForecastInterval(low: Money(ore: -20), high: Money(ore: -20)))
    #expect(forecast.chance(below: -20, carriedIn: .zero) == 0)
    #expect(forecast.chance(below: -19, carriedIn: .zero) == 10_000)
    #expect(forecast.grounds.words.english == "Rests on 4 of 4 quarters. The year is whole.")
  }

  @Test("nothing is said where nothing can be, and why")
  func silence() throws {
    let past = try Ground.evenPaces()
    let books = try ForecastBooks(
      periods: 4,
      past + [
        Ground.unitYear("1", 2025, 0, [1, 1, 1, 1]), Ground.unitYear("2", 2025, -5, [1, 1, 1, 1]),
        Ground.unitYear("3", 2025, 4_000, [1, 1, 1, 1]),
      ])
    #expect(try Ground.silence(books, "1", 2025, known: 2) == .noBudget)
    #expect(try Ground.silence(books, "2", 2025, known: 2) == .noBudget)
    #expect(try Ground.silence(books, "4", 2025, known: 2) == .notInYear)
    #expect(try Ground.silence(books, "3", 2025, known: 0) == .noKnownPeriod)
    #expect(try Ground.silence(books, "3", 2025, known: -7) == .noKnownPeriod)
    #expect(try Ground.silence(books, "3", 2025, known: 2, lag: 2) == .noKnownPeriod)
    #expect(try Ground.silence(books, "3", 2025, known: 2, lag: Int.max) == .noKnownPeriod)
    #expect(try Ground.silence(books, "3", 2023, known: 2) == .noPast, "2023 is the first year there is")
    #expect(try Ground.silence(books, "3", 2025, known: Int.max) == nil)
    for why in NothingToSay.allCases { #expect(!why.words.danish.isEmpty && !why.words.english.isEmpty) }
  }

  @Test("a period that is not fully posted is left out")
  func lag() throws {
    let running = try Ground.unitYear("3", 2025, 4_000, [1_100, 7, 0, 0])
    let books = try ForecastBooks(periods: 4, Ground.evenPaces() + [running])
    let forecast = try Ground.forecast(books, "3", 2025, known: 2, lag: 1)
    #expect(forecast.expected.ore == 4_400)
    #expect(forecast.grounds.known == 1)
    #expect(forecast.grounds.words.danish.hasPrefix("Bygger på 1 af 4 kvartaler; 1 er udeladt som ikke færdigbogført."))
  }

  @Test("a new unit that has not begun is expected to spend the part of its budget that is left of the year")
  func notBegun() throws {
    let books = try ForecastBooks(
      periods: 4, Ground.evenPaces() + [Ground.unitYear("waits", 2025, 2_000, [0, 0, 0, 0])])
    let expected = try (1...4).map { try Ground.forecast(books, "waits", 2025, known: $0).expected.ore }
    #expect(expected == [1_500, 1_000, 500, 0])
    let grounds = try Ground.forecast(books, "waits", 2025, known: 2).grounds
    #expect(grounds.hasNotBegun && grounds.words.english.contains("The unit is new and has not begun"))
  }

  @Test("a new unit is judged from its start")
  func newUnits() throws {
    let books = try ForecastBooks(
      periods: 4,
      Ground.evenPaces() + [
        Ground.unitYear("began", 2025, 3_000, [0, 1_200, 0, 0]),
        Ground.unitYear("half of 1", 2025, 2_000, [600, 600, 0, 0]),
      ])
    // A third of its year has passed: 200 more than the profile, three times as much at the pace. The third is
    // 333.333 millionths, and 600,0016 is rounded.
    #expect(try Ground.forecast(books, "began", 2025, known: 2).expected.ore == 3_600)
    #expect(try Ground.forecast(books, "half of 1", 2025, known: 2).expected.ore == 2_400)
  }

  @Test("what has been spent of a budget for expenses stays spent, also where the budget is what was learned")
  func staysSpent() throws {
    let past = try [2023, 2024].flatMap { number in
      try (1...5).map { try Ground.unitYear("\($0)", number, 4_000, [1_000, 1_000, 1_000, 1_000]) }
    }
    let books = try ForecastBooks(
      periods: 4,
      past + [
        Ground.unitYear("1", 2025, 4_000, [4_500, 0, 0, 0]),
        Ground.unitYear("2", 2025, 4_000, [1_000, 0, 0, 0], other: (-400, [-500, 0, 0, 0])),
      ])
    #expect(try Ground.forecast(books, "1", 2025, known: 1).expected.ore == 4_500)
    #expect(try Ground.forecast(books, "2", 2025, known: 1).expectedOther.ore == -400, "an income may be given back")
  }

  @Test("a unit that is closed in the year ends on what it spent")
  func closedUnit() throws {
    let running = try Ground.unitYear("3", 2025, 4_000, [1_000, 500, 0, 0])
    let books = try ForecastBooks(periods: 4, Ground.evenPaces() + [running])
    let expected = try (1...4).map { try Ground.forecast(books, "3", 2025, known: $0).expected.ore }
    #expect(expected == [4_000, 3_000, 2_000, 1_500])
  }

  @Test("a year in which a unit was not there from end to end teaches no profile")
  func partPattern() throws {
    let books = try ForecastBooks(
      periods: 4,
      [
        Ground.unitYear("101", 2024, 1_000, [0, 0, 500, 500]),
        Ground.unitYear("102", 2024, 1_000, [250, 250, 250, 250]),
        Ground.unitYear("101", 2025, 1_000, [250, 0, 0, 0]),
      ])
    let forecast = try Ground.forecast(books, "101", 2025, known: 1)
    #expect(forecast.expected.ore == 1_000)
    #expect(forecast.grounds.ownYears == 0)
  }

  @Test("amounts that do not fit in 64 bits are said to be too large; those that just do are reckoned")
  func largest() throws {
    let most = Int64.max
    let full = [most / 4, most / 4, most / 4, most / 4]
    let past = try (1...9).map { try Ground.unitYear("\($0)", 2024, most, full, other: (0, [0, 0, 0, 0])) }
    let books = try ForecastBooks(
      periods: 4,
      past + [
        Ground.unitYear("1", 2025, most, full), Ground.unitYear("2", 2025, most, full, other: (most, full)),
        Ground.unitYear("3", 2025, most, [most, most, most, most]),
        Ground.unitYear("4", 2025, 1, [.min, .min, .min, .min]),
      ])
    #expect(try Ground.forecast(books, "1", 2025, known: 2).expected.ore > most / 100 * 99)
    #expect(try Ground.silence(books, "2", 2025, known: 2) == .tooLarge)
    #expect(try Ground.silence(books, "3", 2025, known: 2) == .tooLarge)
    #expect(try Ground.silence(books, "4", 2025, known: 4) == .tooLarge)
    #expect(try Ground.silence(books, "3", 2025, known: 4) == .tooLarge)
  }

  @Test("unit years that cannot stand together are refused")
  func faults() throws {
    let one = try Ground.unitYear("101", 2025, 1, [1, 1, 1, 1])
    let year = try Ground.year(2025)
    #expect(throws: ForecastBooksFault.twice(UnitCode("101"), year)) { try ForecastBooks(periods: 4, [one, one]) }
    #expect(throws: ForecastBooksFault.length(UnitCode("101"), year)) { try ForecastBooks(periods: 12, [one]) }
    #expect(throws: ForecastBooksFault.periods(1)) { try ForecastBooks(periods: 1, []) }
  }
}

@Suite("What holds of every forecast")
struct ForecastPropertyTests {
  typealias Ground = ForecastGround

  @Test(
    "the total is the sum of the categories, the ends stand in order, chances rise with the limit", arguments: 1...6)
  func sums(_ seed: Int) throws {
    let books = try ForecastBooks(periods: 12, Ground.disorder(12, 2022...2025, periods: 12, seed: UInt64(seed)))
    for known in [1, 4, 7, 11, 12] {
      let forecaster = Forecaster(books, of: try Ground.year(2025), known: known)
      for unit in 0..<12 {
        guard case .forecast(let forecast) = forecaster.forecast(UnitCode("\(unit)")) else {
          Issue.record("nothing said")
          continue
        }
        #expect(forecast.expected.ore == forecast.expectedPay.ore + forecast.expectedOther.ore)
        #expect(forecast.result.ore == forecast.budget.ore - forecast.expected.ore)
        let interval = try #require(forecast.interval)
        #expect(interval.low <= interval.high)
        let limits = [Int64.min, -50_000, 0, 50_000, Int64.max]
        let chances = limits.compactMap { forecast.chance(below: $0, carriedIn: .zero) }
        #expect(chances == chances.sorted() && chances.first == 0 && chances.last == 10_000)
      }
    }
  }

  @Test("what comes later changes nothing: later periods, later years, and the order things are given in")
  func future() throws {
    let all = try Ground.disorder(12, 2021...2025, periods: 12, seed: 7)
    let year = try Ground.year(2024)
    let known = 5
    let changed = try all.map { one in
      if one.year < year { return one }
      let keep = one.year == year ? known : 0
      let spent = one.pay.spentOre.enumerated().map { $0 < keep ? $1 : $1 &* 7 + 13 }
      return try Ground.unitYear(
        one.unit.text, one.year.number, one.pay.budgetOre, spent, other: (one.other.budgetOre, one.other.spentOre))
    }
    let first = Forecaster(try ForecastBooks(periods: 12, all), of: year, known: known)
    let second = Forecaster(try ForecastBooks(periods: 12, changed.reversed()), of: year, known: known)
    for unit in 0..<12 {
      #expect(first.forecast(UnitCode("\(unit)")) == second.forecast(UnitCode("\(unit)")))
    }
    let earlier = try all.map { one in
      guard one.year < year else { return one }
      return try Ground.unitYear(
        one.unit.text, one.year.number, one.pay.budgetOre, one.pay.spentOre.map { $0 / 2 })
    }
    let other = Forecaster(try ForecastBooks(periods: 12, earlier), of: year, known: known)
    #expect(other.forecast(UnitCode("3")) != first.forecast(UnitCode("3")), "the past does matter")
  }

  @Test("the interval takes the errors numbered a tenth of n + 1 from either end, and needs nine")
  func ranks() throws {
    func ends(_ count: Int) -> [Int128]? {
      let errors = (1...count).map { Int128($0) * 10_000 }
      return Forecaster.ends(0, errors, 100).map { [$0.0, $0.1] }
    }
    #expect(ends(8) == nil)
    #expect(ends(9) == [-9, -1])
    #expect(ends(18) == [-18, -1])
    #expect(ends(19) == [-18, -2])
  }

  @Test("a chance is the part of the past errors that would have led below, rounded half up; the edge is strict")
  func chances() throws {
    // The budget is 10.000 øre, so an error of 1 % is 100 øre more spent. Expected: nothing left.
    let errors = (-3...5).map { Int128($0) * 10_000 }
    let grounds = ForecastGrounds(
      pay: .budget, other: .budget, isLearned: true, known: 6, lag: 0, periods: 12, past: [], pastUnitYears: 9,
      ownYears: 0, hasNotBegun: false)
    let forecast = UnitForecast(
      unit: UnitCode("101"), year: try Ground.year(2025), budget: Money(ore: 10_000), expectedPay: Money(ore: 10_000),
      expectedOther: .zero, expected: Money(ore: 10_000), result: .zero, interval: nil, grounds: grounds,
      errors: errors)
    #expect(forecast.chance(below: 0, carriedIn: .zero) == 5_556, "five of nine")
    let red = try #require(UnitForecast.limit(Percentage(basisPoints: -500), of: Money(ore: 10_000)))
    #expect(red == -500)
    #expect(forecast.chance(below: red, carriedIn: .zero) == 0, "exactly -5 % is not red")
    #expect(forecast.chance(below: red, carriedIn: Money(ore: -1)) == 1_111)
    #expect(forecast.chance(from: red, below: 0, carriedIn: .zero) == 5_556)
    #expect(forecast.chance(from: red, below: 0, carriedIn: Money(ore: -1)) == 5_556, "six of nine, less one")
  }

  @Test("a limit in øre is below exactly where the percentage is", arguments: [99, 100, 101, 10_000, 12_345])
  func limits(_ base: Int64) throws {
    let percentage = Percentage(basisPoints: -500)
    let limit = try #require(UnitForecast.limit(percentage, of: Money(ore: base)))
    for balance in (limit - 3)...(limit + 3) {
      #expect((balance < limit) == (percentage.compare(Money(ore: balance), of: Money(ore: base)) < 0))
    }
    #expect(UnitForecast.limit(Percentage(basisPoints: 20_000), of: Money(ore: .max)) == nil)
  }

  @Test("rounding is half away from zero")
  func rounding() {
    #expect([-5, -3, -2, 2, 3, 5].map { rounded($0, by: 2) } == [-3, -2, -1, 1, 2, 3])
    #expect([-5, -4, 4, 5].map { rounded($0, by: 3) } == [-2, -1, 1, 2])
    #expect(rounded(0, by: 1) == 0)
  }
}
