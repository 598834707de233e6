import SteeringCore

/// Which method each category is reckoned by after so many periods, chosen by what it would have missed in the past
/// years, and how far it missed.
struct ForecastChoice: Sendable {
  /// An error of more than this part of the unit's budget, in millionths, counts as this much when methods are chosen:
  /// beyond it a forecast is of no use, and a few units without a real budget shall not choose for all.
  static let worst: Int128 = 200_000
  /// With fewer past unit years nothing is learned from them.
  static let fewest = 9

  let pay: ForecastMethod
  let other: ForecastMethod
  /// Spending less what was forecast, in millionths of the unit's budget, ascending: one for each past unit year.
  let errors: [Int128]
  /// The past years that have a unit with a budget.
  let past: [FiscalYear]
  /// Whether the methods were chosen by back-test; else they are the stated default.
  let isLearned: Bool

  subscript(category: ForecastCategory) -> ForecastMethod { category == .pay ? pay : other }

  /// Learns from the years before `year` alone. `known` is from 1 to one less than the periods.
  init(_ books: ForecastBooks, before year: FiscalYear, known: Int) {
    let past = books.years.filter { $0 < year && !books.rows(of: $0).isEmpty }
    let rows = past.flatMap { books.rows(of: $0) }
    let isLearned = rows.count >= Self.fewest
    func samples(_ category: ForecastCategory) -> [Case] {
      rows.map { row in
        Case(
          sample: books.sample(row, category, known: known, past: past), actual: row[category].spent,
          budget: row.budget)
      }
    }
    let cases = (pay: samples(.pay), other: samples(.other))
    let unlearned = ForecastMethod.profile(.unlearned(known: known, of: books.periods))
    let canLearnOwn = past.count > 1
    pay = isLearned ? Self.best(cases.pay, canLearnOwn) : unlearned
    other = isLearned ? Self.best(cases.other, canLearnOwn) : unlearned
    let methods = (pay, other)
    errors = zip(cases.pay, cases.other).map { first, second in
      first.error(methods.0) + second.error(methods.1)
    }.sorted()
    self.past = past
    self.isLearned = isLearned
  }

  /// A category of a past unit year, with what it came to.
  struct Case {
    let sample: ForecastSample
    let actual: Int128
    /// The unit's whole budget, both categories.
    let budget: Int128

    /// Spending less what the method says, in millionths of the unit's budget.
    func error(_ method: ForecastMethod) -> Int128 { relative(actual - sample.expected(method), to: budget) }
  }

  private static func best(_ cases: [Case], _ canLearnOwn: Bool) -> ForecastMethod {
    func miss(_ method: ForecastMethod) -> Int128 {
      cases.reduce(0) { sum, one in
        let error = one.error(method)
        return sum + min(error < 0 ? -error : error, worst)
      }
    }
    func least(_ methods: [ProfileWeights]) -> ProfileWeights {
      var found = (weights: methods[0], miss: miss(.profile(methods[0])))
      for weights in methods.dropFirst() {
        let other = miss(.profile(weights))
        if other < found.miss { found = (weights, other) }
      }
      return found.weights
    }
    var weights = ProfileWeights(pacePercent: 100, ownQuarters: ProfileWeights.ownUnlearned)
    for _ in 0..<(canLearnOwn ? 2 : 1) {
      weights = least(
        ProfileWeights.paces.map { .init(pacePercent: $0, ownQuarters: weights.ownQuarters) })
      if canLearnOwn {
        weights = least(ProfileWeights.owns.map { .init(pacePercent: weights.pacePercent, ownQuarters: $0) })
      }
    }
    return miss(.straightLine) < miss(.profile(weights)) ? .straightLine : .profile(weights)
  }
}

/// A difference in millionths of a positive budget, rounded half away from zero, and never beyond a thousand million
/// budgets, so that it can be multiplied again.
func relative(_ difference: Int128, to budget: Int128) -> Int128 {
  let most = 1_000_000_000 * million
  return min(max(rounded(difference * million, by: budget), -most), most)
}
