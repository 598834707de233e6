public import RuleKit
public import SteeringCore

/// One unit in a closed year, with everything that a model asks about and what was said about it then.
public struct PastUnit: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// What it was called.
  public let name: String
  /// The facts of the closing; the base is the budget with the year's changes.
  public let facts: RuleFacts
  /// The budget as it was adopted, without carry-over; where no file told it, the same as the adjusted.
  public let originalBase: Money
  /// What the closing said.
  public let verdict: BriefVerdict

  /// A unit in a closed year.
  public init(unit: UnitCode, name: String, facts: RuleFacts, originalBase: Money, verdict: BriefVerdict) {
    self.unit = unit
    self.name = name
    self.facts = facts
    self.originalBase = originalBase
    self.verdict = verdict
  }

  /// What a model would say.
  func verdict(by model: SteeringModel) -> BriefVerdict {
    guard model.base == .original, originalBase != facts.base else { return model.verdict(on: facts) }
    return model.verdict(
      on: RuleFacts(
        year: facts.year, base: originalBase, carriedIn: facts.carriedIn, result: facts.result, balance: facts.balance,
        plans: facts.plans))
  }
}

/// A model tried on the years that are closed: what it would have said beside what was said.
public struct Trial: Sendable {
  /// A unit that would have been told something else.
  public struct Change: Hashable, Sendable {
    /// The unit and its year, with what was said.
    public let past: PastUnit
    /// What the tried model says.
    public let verdict: BriefVerdict

    /// Whether the light is another.
    public var changesLight: Bool { past.verdict.light != verdict.light }
    /// Whether some review comes or goes.
    public var changesReviews: Bool { past.verdict.reviews != verdict.reviews }
  }

  /// A closed year under the tried model.
  public struct Year: Sendable {
    /// The year.
    public let year: FiscalYear
    /// How many units there were.
    public let unitCount: Int
    /// How many units had each light, and would have it, by the light's id.
    public let lights: [String: (before: Int, now: Int)]
    /// The same of duties.
    public let duties: [String: (before: Int, now: Int)]
    /// The same of reviews.
    public let reviews: [String: (before: Int, now: Int)]
    /// The units that would have been told something else, in the order they were given in.
    public let changes: [Change]
  }

  /// The model that is tried.
  public let model: SteeringModel
  /// The years, in the order they were given in.
  public let years: [Year]

  /// Tries a model on the units of some years.
  public init(_ model: SteeringModel, on years: [(year: FiscalYear, units: [PastUnit])]) {
    self.model = model
    self.years = years.map { year, units in
      var lights = Counter()
      var duties = Counter()
      var reviews = Counter()
      var changes: [Change] = []
      for past in units {
        let verdict = past.verdict(by: model)
        lights.count([past.verdict.light], [verdict.light])
        duties.count(past.verdict.duties, verdict.duties)
        reviews.count(past.verdict.reviews, verdict.reviews)
        if verdict != past.verdict { changes.append(Change(past: past, verdict: verdict)) }
      }
      return Year(
        year: year, unitCount: units.count, lights: lights.counts, duties: duties.counts, reviews: reviews.counts,
        changes: changes)
    }
  }

  private struct Counter {
    private(set) var counts: [String: (before: Int, now: Int)] = [:]

    mutating func count(_ before: [String], _ now: [String]) {
      for id in before { counts[id, default: (0, 0)].before += 1 }
      for id in now { counts[id, default: (0, 0)].now += 1 }
    }
  }
}
