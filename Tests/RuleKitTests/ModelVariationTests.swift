import RuleKit
import SteeringCore
import Testing

@Suite("A model with other numbers")
struct ModelVariationTests {
  private static let model = TestModels.model()

  private static func share(_ basisPoints: Int64) -> ParameterValue {
    .percentage(Percentage(basisPoints: basisPoints))
  }

  private static func varied(_ values: [String: ParameterValue], base: BudgetBase? = nil) -> SteeringModel {
    model.varied(by: ModelVariation(values: values, base: base))
  }

  @Test("rules as the number says, to the øre, and every other rule as before")
  func otherLimit() {
    let model = Self.varied(["deficit.redPct": Self.share(300)])
    // 3 % of 10.000 øre is 300 øre.
    let cases: [(Int64, String)] = [(0, "green"), (-1, "yellow"), (-300, "yellow"), (-301, "red"), (-501, "red")]
    for (result, light) in cases {
      let verdict = model.verdict(on: TestModels.facts(base: 10_000, result: result))
      #expect(verdict.light == light, "\(result)")
      #expect(verdict.reviews.contains("debtOverLimit") == (result < -500), "the limit of the review is its own")
    }
    #expect(model.parameter("deficit.redPct")?.value == Self.share(300))
    #expect(model.parameter("suspension.debtPct")?.value == Self.share(500))
  }

  @Test("counts deficits in one year or two")
  func years() {
    let facts = TestModels.facts(base: 10_000, carriedIn: 0, result: -1)
    #expect(!Self.model.verdict(on: facts).reviews.contains("twoNegativeYears"))
    let one = Self.varied(["negative.consecutiveYears": .years(1)])
    #expect(one.verdict(on: facts).reviews.contains("twoNegativeYears"))
    let plan = PlanFact(
      kind: .recovery, year: 2025, approvedOn: CalendarDate(year: 2026, month: 2, day: 1), repaidBy: 2027, kept: nil)
    let planned = TestModels.facts(base: 10_000, result: -1, plans: [plan])
    #expect(!one.verdict(on: planned).reviews.contains("twoNegativeYears"))
    let longer = Self.varied(["negative.consecutiveYears": .years(1), "plan.viewYears": .years(3)])
    #expect(longer.verdict(on: planned).reviews.contains("twoNegativeYears"))
  }

  @Test("leaves what it cannot have")
  func refused() {
    let known = Self.model.parameters
    for (id, value) in [
      ("deficit.redPct", Self.share(10_001)), ("deficit.redPct", Self.share(-1)), ("deficit.redPct", .years(2)),
      ("negative.consecutiveYears", .years(3)), ("negative.consecutiveYears", .years(0)),
      ("plan.viewYears", .years(101)),
      ("forecast.planThreshold", Self.share(100)), ("no.such", Self.share(100)),
    ] {
      #expect(Self.varied([id: value]).parameters == known, "\(id) \(value)")
    }
    #expect(Self.model.mostYears(of: Self.model.parameter("negative.consecutiveYears")!) == 2)
    #expect(Self.model.mostYears(of: Self.model.parameter("plan.viewYears")!) == 100)
  }

  @Test("without changes it is the same model; another base is another base")
  func nothing() {
    #expect(Self.varied([:]) == Self.model)
    #expect(Self.varied([:], base: .original).base == .original)
  }

  @Test("knows the numbers that some rule asks for, in the model's order")
  func inUse() {
    #expect(
      Self.model.parametersInUse.map(\.id) == [
        "surplus.explanationPct", "deficit.redPct", "suspension.debtPct", "finance.involvedPct",
        "negative.consecutiveYears", "plan.viewYears",
      ])
  }

  @Test("a verdict is the verdict without the trace", arguments: EvaluationTests.vectors + EvaluationTests.boundaries)
  func sameAsVerdict(_ row: Case) {
    for base in [row.base, 0, -1] {
      let facts = TestModels.facts(base: base, carriedIn: row.carriedIn, result: row.result)
      #expect(Self.model.verdict(on: facts) == BriefVerdict(Self.model.evaluate(facts)))
    }
  }
}
