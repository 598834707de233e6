public import SteeringCore

/// Forecasts of a year for every unit, from what is known after some periods. Learning is done once, when it is made.
public struct Forecaster: Sendable {
  private let books: ForecastBooks
  private let year: FiscalYear
  private let usable: Int
  private let lag: Int
  private let choice: ForecastChoice?

  /// Forecasts of `year` after `known` periods. `lag` is how many of the newest are not fully posted yet and are left
  /// out; books without dates of registration cannot say it themselves. Nothing after those periods is looked at, and
  /// no later year.
  public init(_ books: ForecastBooks, of year: FiscalYear, known: Int, lag: Int = 0) {
    self.books = books
    self.year = year
    self.lag = max(0, lag)
    usable = max(0, min(max(0, known), books.periods) - min(max(0, lag), books.periods))
    choice = (1..<books.periods).contains(usable) ? ForecastChoice(books, before: year, known: usable) : nil
  }

  /// The forecast of a unit.
  public func forecast(_ unit: UnitCode) -> ForecastAnswer {
    guard let row = books.row(unit, year) else { return .nothing(.notInYear) }
    guard usable > 0 else { return .nothing(.noKnownPeriod) }
    guard row.budget > 0 else { return .nothing(.noBudget) }
    guard let choice else { return answer(row, (row[.pay].spent, row[.other].spent), nil, []) }
    guard !choice.past.isEmpty else { return .nothing(.noPast) }
    let pay = books.sample(row, .pay, known: usable, past: choice.past)
    let other = books.sample(row, .other, known: usable, past: choice.past)
    return answer(row, (pay.expected(choice.pay), other.expected(choice.other)), choice, [pay, other])
  }

  private func answer(
    _ row: ForecastRow, _ expected: (Int128, Int128), _ choice: ForecastChoice?, _ samples: [ForecastSample]
  ) -> ForecastAnswer {
    let errors = choice?.errors ?? []
    let result = row.budget - expected.0 - expected.1
    let ends = choice == nil ? (result, result) : Self.ends(result, errors, row.budget)
    guard let budget = money(row.budget), let pay = money(expected.0), let other = money(expected.1),
      let all = money(expected.0 + expected.1), let left = money(result)
    else { return .nothing(.tooLarge) }
    var interval: ForecastInterval?
    if let ends {
      guard let low = money(ends.0), let high = money(ends.1) else { return .nothing(.tooLarge) }
      interval = ForecastInterval(low: low, high: high)
    }
    return .forecast(
      UnitForecast(
        unit: row.unit, year: year, budget: budget, expectedPay: pay, expectedOther: other, expected: all,
        result: left, interval: interval,
        grounds: ForecastGrounds(
          pay: choice?.pay ?? .straightLine, other: choice?.other ?? .straightLine,
          isLearned: choice?.isLearned ?? false, known: usable, lag: lag, periods: books.periods,
          past: choice?.past ?? [], pastUnitYears: errors.count, ownYears: samples.map(\.ownYears).max() ?? 0,
          hasNotBegun: samples.contains { $0.hasNotBegun }), errors: errors))
  }

  /// Where a result lies with four chances of five. Of n past errors in order, the one numbered (n + 1) ÷ 10, rounded
  /// down, from either end: were the next error drawn as they were, it would lie between them at least so often.
  static func ends(_ result: Int128, _ errors: [Int128], _ budget: Int128) -> (Int128, Int128)? {
    let rank = (errors.count + 1) / 10
    guard rank > 0 else { return nil }
    let low = errors[errors.count - rank]
    let high = errors[rank - 1]
    return (result - rounded(low * budget, by: million), result - rounded(high * budget, by: million))
  }

  private func money(_ ore: Int128) -> Money? { Int64(exactly: ore).map(Money.init(ore:)) }
}
