import RuleKit
import SteeringCore
import SurfaceKit

extension ModelShowModel {
  /// What is true of all units under a model: the budget, the signs, and what happens exactly at a limit.
  static func basis(of model: SteeringModel) -> [Rule] {
    [
      always(
        "basis-base", ModelTexts.baseHeading, ModelTexts.baseText, .told(ModelTexts.chosenInModel),
        [Parameter(name: ModelTexts.percentagesOf, value: model.base.name)]),
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

  /// Whether any duty or review begins exactly at its limit instead of on the other side of it.
  private static func startsAtLimit(_ model: SteeringModel) -> Bool {
    (model.duties + model.reviews).flatMap(\.condition.clauses).contains { clause in
      if case .compare(_, .atLeast, _) = clause { return true }
      if case .compare(_, .atMost, _) = clause { return true }
      return false
    }
  }

  /// Which light a balance exactly at each limit of the lights gets, found by asking the model itself. Empty where
  /// the lights ask about more than the balance, since the balance alone then decides nothing.
  private static func lightsAtLimits(_ model: SteeringModel) -> [Parameter] {
    var found: [Parameter] = []
    for clause in model.lights.flatMap(\.condition.clauses) where clause != .otherwise {
      guard case .compare(.balance, _, let limit) = clause else { return [] }
      let parameter = Parameter(name: ModelTexts.exactly(limit), value: light(at: limit, model))
      if !found.contains(where: { $0.name == parameter.name }) { found.append(parameter) }
    }
    return found
  }

  private static func light(at limit: Condition.Limit, _ model: SteeringModel) -> Words {
    // With a base of 10.000 øre a basis point is one øre, so the balance is exactly at the limit.
    let balance =
      switch limit {
      case .zero: Money.zero
      case .share(let percentage, let negative, _):
        Money(ore: negative ? -percentage.basisPoints : percentage.basisPoints)
      }
    // No light asks about the year.
    let verdict = model.evaluate(
      RuleFacts(
        year: FiscalYear(2000)!, base: Money(ore: 10_000), carriedIn: .zero,
        result: balance, balance: balance))
    return (model.light(verdict.light).map(LightSign.init) ?? .none).name
  }
}
