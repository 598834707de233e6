public import SteeringCore

/// When a rule holds: one or more clauses that must all be true, read from a line of a model file
/// (`ConditionReader` has the words). Parameters are looked up when the line is read, so a condition that exists
/// can always be tried.
public struct Condition: Hashable, Sendable {
  /// The line as it was written.
  public let text: String
  /// What must all be true.
  public let clauses: [Clause]

  init(text: String, clauses: [Clause]) {
    self.text = text
    self.clauses = clauses
  }

  /// Holds when no earlier light did; the last light has it, and nothing else may.
  public static let otherwise = Condition(text: "otherwise", clauses: [.otherwise])

  /// The parameters the condition asks for, each once, in the order they are named.
  public var parameters: [Parameter] {
    var found: [Parameter] = []
    for parameter in clauses.compactMap(\.parameter) where !found.contains(parameter) { found.append(parameter) }
    return found
  }

  /// The lights it asks about.
  public var lights: [String] {
    clauses.flatMap { clause -> [String] in
      if case .lightIs(let lights) = clause { lights } else { [] }
    }
  }

  /// Whether this is `otherwise`.
  public var isOtherwise: Bool { clauses == [.otherwise] }

  /// An amount that a condition asks about.
  public enum Quantity: String, CaseIterable, Sendable {
    /// The balance to carry out.
    case balance
    /// The balance carried in from earlier years.
    case carriedIn
    /// The year's own result.
    case result

    func amount(in facts: RuleFacts) -> Money {
      switch self {
      case .balance: facts.balance
      case .carriedIn: facts.carriedIn
      case .result: facts.result
      }
    }
  }

  /// How an amount is held against a limit.
  public enum Relation: String, CaseIterable, Sendable {
    /// Strictly below.
    case below = "<"
    /// At or below.
    case atMost = "<="
    /// Strictly above.
    case above = ">"
    /// At or above.
    case atLeast = ">="

    /// Whether the relation is true of a comparison's outcome: negative below, zero equal, positive above.
    func holds(_ comparison: Int) -> Bool {
      switch self {
      case .below: comparison < 0
      case .atMost: comparison <= 0
      case .above: comparison > 0
      case .atLeast: comparison >= 0
      }
    }
  }

  /// What an amount is held against.
  public enum Limit: Hashable, Sendable {
    /// 0 kr.
    case zero
    /// A percentage parameter's share of the base, with the sign turned when `negative`. Never holds without a
    /// positive base. The percentage is never negative.
    case share(Percentage, negative: Bool, parameter: Parameter)
  }

  /// One thing that must be true.
  public enum Clause: Hashable, Sendable {
    /// No earlier light held.
    case otherwise
    /// There is no positive base to measure against.
    case baseMissing
    /// A plan that must be kept was not (T3).
    case planNotKept
    /// No approved plan that looks this many years ahead still runs (T2).
    case noPlanAhead(years: Int, parameter: Parameter)
    /// A deficit so many years in a row, this year the last; 1 or 2.
    case deficit(years: Int, parameter: Parameter)
    /// The unit got one of these lights.
    case lightIs([String])
    /// An amount stands so to a limit.
    case compare(Quantity, Relation, Limit)

    var parameter: Parameter? {
      switch self {
      case .otherwise, .baseMissing, .planNotKept, .lightIs, .compare(_, _, .zero): nil
      case .noPlanAhead(_, let parameter), .deficit(_, let parameter): parameter
      case .compare(_, _, .share(_, _, let parameter)): parameter
      }
    }
  }
}

extension Condition {
  func holds(_ facts: RuleFacts, light: String?) -> Bool {
    clauses.allSatisfy { $0.holds(facts, light: light) }
  }
}

extension Condition.Clause {
  func holds(_ facts: RuleFacts, light: String?) -> Bool {
    switch self {
    case .otherwise: true
    case .baseMissing: facts.base <= .zero
    case .planNotKept: facts.plans.contains(where: \.isBroken)
    case .noPlanAhead(let years, _): !facts.plans.contains { $0.looksAhead(years, at: facts.year.number) }
    case .deficit(let years, _): facts.balance.isNegative && (years < 2 || facts.carriedIn.isNegative)
    case .lightIs(let lights): light.map(lights.contains) ?? false
    case .compare(let quantity, let relation, let limit):
      limit.compare(quantity.amount(in: facts), base: facts.base).map(relation.holds) ?? false
    }
  }
}

extension Condition.Limit {
  /// How an amount compares with the limit: negative below, zero equal, positive above; nil when the limit is a
  /// share and there is no positive base.
  func compare(_ amount: Money, base: Money) -> Int? {
    switch self {
    case .zero: return amount < .zero ? -1 : amount == .zero ? 0 : 1
    case .share(let percentage, let negative, _):
      guard base > .zero else { return nil }
      return (negative ? -percentage : percentage).compare(amount, of: base)
    }
  }
}
