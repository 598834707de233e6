import RuleKit
import SteeringCore

/// Where a unit's running year is heading, and the smallest correction that changes it. It proposes
/// nothing: it says what a correction would have to come to.
struct RoadToGreen: Hashable, Sendable {
  /// The closing balance that is expected, positive = surplus.
  let balance: Money
  /// What the model would say about it.
  let verdict: BriefVerdict
  /// How many months of the year are not posted yet.
  let monthsLeft: Int
  /// The month in which the money is used up, if what is left to be spent comes evenly; nil where it lasts.
  let usedUpIn: Int?
  /// The month in which the light is the last of the model's, in the same way; nil where it never is.
  let worstIn: Int?
  /// What must be saved in all to have no review; zero where there is none; nil where no saving would do.
  let toNoReview: Money?
  /// What must be saved in all to have the model's first light.
  let toFirstLight: Money?

  /// The smallest whole øre a month that makes up an amount over the months that are left; nil where none are.
  func monthly(_ amount: Money) -> Money? {
    guard monthsLeft > 0 else { return nil }
    let left = Int64(monthsLeft)
    return Money(ore: amount.ore / left + (amount.ore % left > 0 ? 1 : 0))
  }
}

extension RoadToGreen {
  /// Of a unit of which `spent` is posted after `known` months and `expected` is expected for the whole year. Nil where
  /// the amounts do not fit.
  init?(_ facts: UnitFacts, _ year: FiscalYear, spent: Money, expected: Money, known: Int, by model: SteeringModel) {
    guard let budget = facts.budget.pay.adding(facts.budget.other), let result = budget.subtracting(expected),
      let balance = result.adding(facts.carriedIn), let purse = budget.adding(facts.carriedIn)
    else { return nil }
    func verdict(_ balance: Money) -> BriefVerdict? { facts.verdict(leavingWith: balance, year, by: model) }
    guard let now = verdict(balance), (0...12).contains(known) else { return nil }
    /// The smallest saving after which something holds, which holds for every larger saving too.
    func saving(_ holds: (BriefVerdict) -> Bool) -> Money? {
      if holds(now) { return .zero }
      var low: Int128 = 0
      var high = Int128(budget.ore.magnitude) + Int128(balance.ore.magnitude)
      func does(_ saving: Int128) -> Bool {
        Int64(exactly: Int128(balance.ore) + saving).flatMap { verdict(Money(ore: $0)) }.map(holds) ?? false
      }
      guard does(high) else { return nil }
      while high - low > 1 {
        let middle = (low + high) / 2
        if does(middle) { high = middle } else { low = middle }
      }
      return Int64(exactly: high).map { Money(ore: $0) }
    }
    self.balance = balance
    self.verdict = now
    monthsLeft = 12 - known
    let rest = Int128(expected.ore) - Int128(spent.ore)
    /// What has been spent at the end of a month, if the rest comes evenly.
    func spentBy(_ month: Int) -> Int128 {
      month <= known
        ? Int128(facts.actuals.spent(to: month).ore)
        : Int128(spent.ore) + rest * Int128(month - known) / Int128(12 - known)
    }
    usedUpIn = (1...12).first { spentBy($0) > Int128(purse.ore) }
    let worst = model.lights.last?.id
    worstIn =
      model.lights.count < 2
      ? nil
      : (1...12).first { month in
        Int64(exactly: Int128(purse.ore) - spentBy(month)).flatMap { verdict(Money(ore: $0)) }?.light == worst
      }
    toNoReview = saving { $0.reviews.isEmpty }
    toFirstLight = saving { $0.light == model.lights.first?.id }
  }
}
