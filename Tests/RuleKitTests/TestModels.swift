import RuleKit
import SteeringCore

/// A model with the rules of randersmodellen-2.0, put together by hand so that the machinery is tested without files.
enum TestModels {
  static let citation = Citation(rule: "R-1", source: "test")

  static let parameters: [Parameter] = [
    parameter("surplus.explanationPct", .percentage(Percentage(basisPoints: 500))),
    parameter("deficit.redPct", .percentage(Percentage(basisPoints: 500))),
    parameter("suspension.debtPct", .percentage(Percentage(basisPoints: 500))),
    parameter("finance.involvedPct", .percentage(Percentage(basisPoints: 500))),
    parameter("negative.consecutiveYears", .years(2)),
    parameter("plan.viewYears", .years(2)),
    parameter("three.years", .years(3)),
    parameter("negative.pct", .percentage(Percentage(basisPoints: -1))),
    parameter("forecast.planThreshold", .unset),
  ]

  static let reader = ConditionReader(parameters: parameters, lights: ["green", "yellow", "red"])

  static func condition(_ text: String, _ purpose: ConditionReader.Purpose = .consequence) -> Condition {
    do { return try reader.read(text, for: purpose) } catch { preconditionFailure("\(text): \(error)") }
  }

  static func parameter(_ id: String, _ value: ParameterValue) -> Parameter {
    Parameter(id: id, value: value, name: Words(same: id), citation: citation, standing: .stated)
  }

  static func light(_ id: String, _ danish: String, _ tone: LightTone, _ text: String) -> LightRule {
    LightRule(
      id: id, name: Words(danish, en: id.prefix(1).uppercased() + id.dropFirst()), tone: tone, shape: .full,
      demand: Words(same: id), condition: condition(text, .light), citation: citation, standing: .stated)
  }

  static func rule(_ id: String, _ text: String) -> ConsequenceRule {
    ConsequenceRule(
      id: id, name: Words(same: id), explanation: Words(same: id), condition: condition(text), citation: citation,
      standing: .stated)
  }

  static func model(
    base: BudgetBase = .adjusted, lights: [LightRule]? = nil, duties: [ConsequenceRule]? = nil,
    reviews: [ConsequenceRule]? = nil
  ) -> SteeringModel {
    SteeringModel(
      id: "test", name: Words(same: "test"), description: Words(same: "test"),
      validFrom: CalendarDate(year: 2022, month: 1, day: 1)!, validTo: CalendarDate(year: 2025, month: 12, day: 31),
      base: base, parameters: parameters,
      lights: lights ?? [
        light("green", "Grøn", .green, "balance >= 0"),
        light("yellow", "Gul", .yellow, "balance >= -deficit.redPct"),
        light("red", "Rød", .red, "otherwise"),
      ],
      duties: duties ?? [
        rule("explainSurplus", "balance > surplus.explanationPct"),
        rule("actionPlan", "balance < 0"),
        rule("financeInvolved", "balance < -finance.involvedPct"),
      ],
      reviews: reviews ?? [
        rule("debtOverLimit", "balance < -suspension.debtPct"),
        rule(
          "twoNegativeYears",
          "deficit for negative.consecutiveYears and no approved plan looks plan.viewYears ahead"),
        rule("planNotKept", "plan not kept"),
        rule("noBase", "base missing"),
      ])
  }

  /// A unit's year in øre; the balance is carried in + result.
  static func facts(base: Int64, carriedIn: Int64 = 0, result: Int64, plans: [PlanFact] = []) -> RuleFacts {
    RuleFacts(
      year: FiscalYear(2025)!, base: Money(ore: base), carriedIn: Money(ore: carriedIn), result: Money(ore: result),
      balance: Money(ore: carriedIn) + Money(ore: result), plans: plans)
  }
}
