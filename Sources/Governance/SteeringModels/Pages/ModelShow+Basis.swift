import RuleKit
import SteeringCore
import SurfaceKit

extension ModelShowModel {
  /// What is true of all units under a model: the budget, the signs, and what happens exactly at a limit.
  static func basis(of model: SteeringModel) -> [Rule] {
    [
      always(
        "basis-base", ModelTexts.baseHeading, ModelTexts.baseText, .told(ModelTexts.chosenInModel),
        [Parameter(name: ModelTexts.budget, value: model.base.name, place: nil)]),
      always("basis-sign", ModelTexts.signHeading, ModelTexts.signText, .told(ModelTexts.alikeEverywhere)),
      always(
        "basis-limit", ModelTexts.limitHeading,
        startsAtLimit(model) ? ModelTexts.limitIncluded : ModelTexts.limitMild, .told(ModelTexts.followsFromModel),
        lightsAtLimits(model)),
    ]
  }

  /// Ids of basis rules hold a hyphen, which ids of a model's own rules never do.
  private static func always(
    _ id: String, _ heading: Words, _ text: Words, _ source: Source, _ parameters: [Parameter] = []
  ) -> Rule {
    Rule(
      id: id, heading: heading, text: text, condition: nil, source: source, parameters: parameters, touched: nil,
      units: nil)
  }

  /// Whether any duty or review begins exactly at a limit instead of on the other side of it: it follows there, but
  /// not an øre to both sides. The model itself is asked, since a duty may also hang on a light.
  private static func startsAtLimit(_ model: SteeringModel) -> Bool {
    let rules = model.duties + model.reviews
    let clauses = model.lights.flatMap(\.condition.clauses) + rules.flatMap(\.condition.clauses)
    return clauses.contains { clause in
      guard case .compare(let quantity, let relation, let limit) = clause else { return false }
      guard quantity == .balance else { return relation == .atLeast || relation == .atMost }
      let at = consequences(verdict(on: limit, model))
      let around = [-1, 1].map { consequences(verdict(on: limit, off: $0, model)) }
      return !around.allSatisfy(at.isSubset)
    }
  }

  private static func consequences(_ verdict: Verdict) -> Set<String> { Set(verdict.duties + verdict.reviews) }

  /// Which light a balance exactly at each limit of the lights gets, found by asking the model itself. Empty where
  /// the lights ask about more than the balance, since the balance alone then decides nothing.
  private static func lightsAtLimits(_ model: SteeringModel) -> [Parameter] {
    var found: [Parameter] = []
    for clause in model.lights.flatMap(\.condition.clauses) where clause != .otherwise {
      guard case .compare(.balance, _, let limit) = clause else { return [] }
      let light = model.light(verdict(on: limit, model).light).map(LightSign.init) ?? .none
      let parameter = Parameter(name: ModelTexts.exactly(limit), value: light.name, place: nil)
      if !found.contains(where: { $0.name == parameter.name }) { found.append(parameter) }
    }
    return found
  }

  /// What the model says of a balance at a limit, or some øre off it, with nothing carried in.
  private static func verdict(on limit: Condition.Limit, off distance: Int64 = 0, _ model: SteeringModel) -> Verdict {
    // With a base of 1.000.000 øre a basis point is 100 øre: the limit is met exactly, and no other is an øre away.
    let share: Int64 =
      switch limit {
      case .zero: 0
      case .share(let percentage, let negative, _): negative ? -percentage.basisPoints : percentage.basisPoints
      }
    let balance = Money(ore: share * 100 + distance)
    return model.evaluate(
      // No rule asks which year it is as long as there are no plans.
      RuleFacts(
        year: FiscalYear(2000)!, base: Money(ore: 1_000_000), carriedIn: .zero, result: balance, balance: balance))
  }
}
