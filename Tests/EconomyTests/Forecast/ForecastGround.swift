import SteeringCore
import Testing

@testable import Economy

/// Unit years written short.
enum ForecastGround {
  static func year(_ number: Int) throws -> FiscalYear { try #require(FiscalYear(number)) }

  /// A unit's year; other operations are nothing unless said.
  static func unitYear(
    _ unit: String, _ number: Int, _ budget: Int64, _ spent: [Int64], other: (Int64, [Int64])? = nil
  ) throws -> UnitYear {
    let nothing = [Int64](repeating: 0, count: spent.count)
    return UnitYear(
      unit: UnitCode(unit), year: try year(number), pay: CategoryYear(budgetOre: budget, spentOre: spent),
      other: CategoryYear(budgetOre: other?.0 ?? 0, spentOre: other?.1 ?? nothing))
  }

  /// The forecast of a unit; fails where nothing is said.
  static func forecast(
    _ books: ForecastBooks, _ unit: String, _ number: Int, known: Int, lag: Int = 0
  ) throws -> UnitForecast {
    let answer = Forecaster(books, of: try year(number), known: known, lag: lag).forecast(UnitCode(unit))
    guard case .forecast(let forecast) = answer else {
      Issue.record("\(answer)")
      throw Silence()
    }
    return forecast
  }

  static func silence(_ books: ForecastBooks, _ unit: String, _ number: Int, known: Int, lag: Int = 0) throws
    -> NothingToSay?
  {
    let answer = Forecaster(books, of: try year(number), known: known, lag: lag).forecast(UnitCode(unit))
    if case .nothing(let why) = answer { return why }
    return nil
  }

  struct Silence: Error {}

  /// Five units whose two past years went on at an even pace, each at its own level, so that the pace says it all.
  static func evenPaces() throws -> [UnitYear] {
    try [2023, 2024].flatMap { number in
      try (1...5).map { unit in
        try unitYear("\(unit)", number, 4_000, [Int64](repeating: 900 + Int64(unit) * 30, count: 4))
      }
    }
  }

  /// Unit years without any order in them, the same every time: `units` units in the years, of so many periods.
  static func disorder(_ units: Int, _ years: ClosedRange<Int>, periods: Int, seed: UInt64) throws -> [UnitYear] {
    var state = seed
    func next(_ most: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % most
    }
    return try years.flatMap { number in
      try (0..<units).map { unit in
        let size = 1_000 + next(1_000_000)
        func months() -> [Int64] { (0..<periods).map { _ in size / Int64(periods) + next(size) - size / 2 } }
        return try unitYear("\(unit)", number, size, months(), other: (size / 3 - next(200), months()))
      }
    }
  }
}
