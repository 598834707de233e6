public import SteeringCore

/// What a plan for bringing a unit into balance is.
public enum PlanKind: String, CaseIterable, Sendable {
  /// Made during the year when an overspend is expected. It never lifts or opens a review.
  case administrative
  /// Made when a year has closed with a deficit.
  case actionPlan
  /// Made after the freedoms were suspended.
  case recovery
}

/// Where a plan was read, so that a verdict can point back at it.
public struct PlanOrigin: Hashable, Sendable {
  /// The file's name as the person gave it.
  public let file: String
  /// Physical line from 1.
  public let line: Int
  /// A place in a file.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// A plan of one unit, as far as the rules ask about it.
public struct PlanFact: Hashable, Sendable {
  /// What kind of plan it is.
  public let kind: PlanKind
  /// The year whose closing made the plan.
  public let year: Int
  /// The day the executive board approved it; nil when it has not.
  public let approvedOn: CalendarDate?
  /// The year by whose end the debt is repaid; nil when the plan repays nothing.
  public let repaidBy: Int?
  /// Whether the plan has been kept; nil when nobody has said.
  public let kept: Bool?
  /// Where the plan was read; nil when it does not come from a file.
  public let origin: PlanOrigin?

  /// A plan.
  public init(
    kind: PlanKind, year: Int, approvedOn: CalendarDate?, repaidBy: Int?, kept: Bool?, origin: PlanOrigin? = nil
  ) {
    self.kind = kind
    self.year = year
    self.approvedOn = approvedOn
    self.repaidBy = repaidBy
    self.kept = kept
    self.origin = origin
  }

  /// Whether this plan looks several years ahead and still runs at the closing of `closingYear`: approved, repaid no
  /// sooner than `yearsAhead` years after its own year, and not before the year after `closingYear` (R-96, T2). In
  /// which order its own year and `closingYear` stand is not asked. An administrative plan never counts.
  func looksAhead(_ yearsAhead: Int, at closingYear: Int) -> Bool {
    guard kind != .administrative, approvedOn != nil, let repaidBy else { return false }
    return Int128(repaidBy) >= Int128(year) + Int128(yearsAhead) && repaidBy > closingYear
  }

  /// Whether this plan is of a kind that must be kept and was not (T3, R-112): an administrative plan that slips
  /// is no such plan.
  var isBroken: Bool { kind != .administrative && kept == false }
}

/// What the rules are asked about: one unit's year, in whole øre, positive = surplus.
public struct RuleFacts: Hashable, Sendable {
  /// The year that is closed.
  public let year: FiscalYear
  /// The budget that the model's `base` names, without carry-over.
  public let base: Money
  /// The balance carried in from earlier years.
  public let carriedIn: Money
  /// The year's own result.
  public let result: Money
  /// Carried in and result together: the balance to carry out.
  public let balance: Money
  /// The unit's plans, in any order.
  public let plans: [PlanFact]

  /// The facts of one unit.
  public init(
    year: FiscalYear, base: Money, carriedIn: Money, result: Money, balance: Money, plans: [PlanFact] = []
  ) {
    self.year = year
    self.base = base
    self.carriedIn = carriedIn
    self.result = result
    self.balance = balance
    self.plans = plans
  }
}
