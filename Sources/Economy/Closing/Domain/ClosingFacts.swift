public import Ledger
public import RuleKit
public import SteeringCore

/// A unit's actuals of a year inside and outside the decentral economy, month by month, in øre, expenses positive.
public struct UnitActuals: Hashable, Sendable {
  /// Pay, January to December.
  public var pay: [Int64]
  /// Other operations.
  public var other: [Int64]
  /// Outside the decentral economy; it never touches the unit's result.
  public var outside: [Int64]

  /// Nothing spent.
  public static let none = UnitActuals(pay: .zeros, other: .zeros, outside: .zeros)

  /// Actuals by month, twelve numbers each.
  public init(pay: [Int64], other: [Int64], outside: [Int64]) {
    self.pay = pay
    self.other = other
    self.outside = outside
  }
}

extension UnitActuals {
  /// Whether what was spent inside fits in 64 bits at the end of every month, each category and both together.
  var fits: Bool {
    func fits(_ months: [Int128]) -> Bool {
      var sum: Int128 = 0
      return months.allSatisfy { month in
        sum += month
        return Int64(exactly: sum) != nil
      }
    }
    return Int64(exactly: pay.reduce(Int128(0)) { $0 + Int128($1) }) != nil
      && Int64(exactly: other.reduce(Int128(0)) { $0 + Int128($1) }) != nil
      && fits(zip(pay, other).map { Int128($0) + Int128($1) })
  }
}

extension [Int64] {
  static let zeros = [Int64](repeating: 0, count: 12)
}

/// Where a unit's balance carried in comes from.
public enum CarryInSource: String, CaseIterable, Sendable {
  /// The unit's row of the budget.
  case budget
  /// A file with balances carried in.
  case carryOver = "carry-over"
  /// The round that stands for the year before.
  case earlierRound = "round"
  /// Nothing says anything, so it begins with 0.
  case nowhere
}

/// Everything a closing asks about one unit.
public struct UnitFacts: Hashable, Sendable {
  /// Its budget. Where it has none it entered with 0.
  public var budget: BudgetRow
  /// The balance carried in, positive = surplus.
  public var carriedIn: Money
  /// Where that comes from.
  public var carriedInFrom: CarryInSource
  /// What it spent.
  public var actuals: UnitActuals
  /// Its plans.
  public var plans: [PlanFact]

  /// The facts of one unit.
  public init(
    budget: BudgetRow, carriedIn: Money, carriedInFrom: CarryInSource, actuals: UnitActuals, plans: [PlanFact]
  ) {
    self.budget = budget
    self.carriedIn = carriedIn
    self.carriedInFrom = carriedInFrom
    self.actuals = actuals
    self.plans = plans
  }
}

extension UnitFacts {
  /// The facts of one unit, which carries in what its budget says, else what the file with balances says, else what it
  /// ended the earlier round with, else nothing.
  init(
    budget: BudgetRow, file: Money?, earlierRound: Money?, actuals: UnitActuals, plans: [PlanFact]
  ) {
    let known: [(Money?, CarryInSource)] = [
      (budget.carriedIn, .budget), (file, .carryOver), (earlierRound, .earlierRound),
    ]
    let found = known.first { $0.0 != nil }
    self.init(
      budget: budget, carriedIn: found?.0 ?? .zero, carriedInFrom: found?.1 ?? .nowhere, actuals: actuals, plans: plans)
  }
}

/// How all postings of a closing are accounted for: all = inside + outside + ignored + unknown.
public struct ClosingTotals: Hashable, Sendable {
  /// All postings, and their sum in øre.
  public var all = ClosingSums.Tally()
  /// Inside the decentral economy of known units.
  public var inside = ClosingSums.Tally()
  /// Outside it.
  public var outside = ClosingSums.Tally()
  /// Outside the year.
  public var ignored = ClosingSums.Tally()
  /// Of the year, on unknown units.
  public var unknown = ClosingSums.Tally()

  /// Nothing read.
  public init() {}

  /// The totals of what has been read; nil where a sum does not fit in 64 bits.
  public init?(_ sums: ClosingSums) {
    guard !sums.isOverflown else { return nil }
    let pay = sums.tally(.pay)
    let other = sums.tally(.other)
    guard let inside = Money(ore: pay.ore).adding(Money(ore: other.ore)),
      let unknownOre = Money.sum(sums.unknown.map { Money(ore: $0.tally.ore) })
    else { return nil }
    all = sums.all
    self.inside.lines = pay.lines + other.lines
    self.inside.ore = inside.ore
    outside = sums.tally(.outside)
    ignored = sums.ignored
    unknown.lines = sums.unknown.reduce(0) { $0 + $1.tally.lines }
    unknown.ore = unknownOre.ore
  }

  /// Whether every posting stands in exactly one place. No closing is made of others.
  public var tie: Bool {
    let parts = [inside, outside, ignored, unknown]
    return parts.reduce(0) { $0 + $1.lines } == all.lines
      && parts.reduce(Int128(0)) { $0 + Int128($1.ore) } == Int128(all.ore)
  }
}
