public import SteeringCore

/// What came of asking for a forecast.
public enum ForecastAnswer: Hashable, Sendable {
  /// The forecast.
  case forecast(UnitForecast)
  /// Nothing can be said, and why.
  case nothing(NothingToSay)
}

/// Why nothing can be said about a unit's year.
public enum NothingToSay: String, CaseIterable, Sendable {
  /// The unit is not in the year.
  case notInYear
  /// No period is known, or only such as are not fully posted yet.
  case noKnownPeriod
  /// No year before has a unit with a budget.
  case noPast
  /// The unit's budget of the year is zero or below.
  case noBudget
  /// An amount does not fit in 64 bits.
  case tooLarge
}

/// The interval that the year's result lies in with four chances of five, judged by the errors of the past years.
public struct ForecastInterval: Hashable, Sendable {
  /// Its low end, positive = surplus.
  public let low: Money
  /// Its high end.
  public let high: Money
}

/// What a forecast rests on.
public struct ForecastGrounds: Hashable, Sendable {
  /// How pay was reckoned.
  public let pay: ForecastMethod
  /// How other operations were reckoned.
  public let other: ForecastMethod
  /// Whether the methods were chosen by back-test; else they are the default for too little past.
  public let isLearned: Bool
  /// How many periods the forecast rests on; those not fully posted are not counted.
  public let known: Int
  /// How many newest periods were left out as not fully posted.
  public let lag: Int
  /// How many periods the year has.
  public let periods: Int
  /// The past years that were learned from.
  public let past: [FiscalYear]
  /// How many past unit years the errors are known of.
  public let pastUnitYears: Int
  /// How many past years of the unit itself taught its profile, in the category that has most.
  public let ownYears: Int
  /// Whether no past year knows the unit and it has spent nothing yet: then so much of its budget is expected as peers
  /// spend in what is left of the year, whatever the methods.
  public let hasNotBegun: Bool
}

/// A forecast of one unit's year, so that it can act while there is time. The total is exactly the sum of
/// the categories.
public struct UnitForecast: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// The year.
  public let year: FiscalYear
  /// The adjusted budget, both categories.
  public let budget: Money
  /// What pay is expected to come to, expenses positive.
  public let expectedPay: Money
  /// What other operations are expected to come to.
  public let expectedOther: Money
  /// Both.
  public let expected: Money
  /// Budget less expected spending, positive = surplus.
  public let result: Money
  /// Where the result lies with four chances of five; nil where fewer than nine past errors are known. Of no width once
  /// every period is known.
  public let interval: ForecastInterval?
  /// What it rests on.
  public let grounds: ForecastGrounds
  let errors: [Int128]

  /// The chance in basis points that the closing balance (what is carried in and the result, R-74) ends below a limit
  /// in øre; exactly on the limit is not below. It is the part of the past errors that would have led there, rounded
  /// half up; nil where fewer than nine are known.
  public func chance(below limitOre: Int64, carriedIn: Money) -> Int? {
    let balance = Int128(carriedIn.ore) + Int128(result.ore)
    if grounds.known == grounds.periods { return balance < Int128(limitOre) ? 10_000 : 0 }
    guard errors.count >= ForecastChoice.fewest else { return nil }
    let below = errors.count { balance - amount($0) < Int128(limitOre) }
    return (20_000 * below + errors.count) / (2 * errors.count)
  }

  /// The chance in basis points of a balance from one limit up to below another: what a yellow light asks.
  public func chance(from lowest: Int64, below limitOre: Int64, carriedIn: Money) -> Int? {
    guard let under = chance(below: lowest, carriedIn: carriedIn),
      let all = chance(below: limitOre, carriedIn: carriedIn)
    else { return nil }
    return max(0, all - under)
  }

  /// The limit in øre that a balance is below exactly when it is below a percentage of a base: -5 % of 1,00 kr. is
  /// -5 øre, and -5 % of 0,99 kr. is -4, as -4 is the first whole øre that is not below. Nil where it does not fit.
  public static func limit(_ percentage: Percentage, of base: Money) -> Int64? {
    let product = Int128(percentage.basisPoints) * Int128(base.ore)
    let (whole, rest) = product.quotientAndRemainder(dividingBy: 10_000)
    return Int64(exactly: rest > 0 ? whole + 1 : whole)
  }

  private func amount(_ error: Int128) -> Int128 { rounded(error * Int128(budget.ore), by: million) }
}
