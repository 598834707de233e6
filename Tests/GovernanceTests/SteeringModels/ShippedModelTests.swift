import Governance
import RuleKit
import SteeringCore
import Testing

@Suite("The models that come with the product")
struct ShippedModelTests {
  @Test("are there without findings, the standard one first")
  func shipped() throws {
    #expect(ShippedModels.all.map(\.id) == ["randersmodellen-2.0", "eksempelmodel-fire-indikatorer"])
    #expect(ShippedModels.standard.id == ShippedModels.standardName)
    #expect(ShippedModels.named("eksempelmodel-fire-indikatorer")?.base == .original)
    #expect(ShippedModels.named("findes-ikke") == nil)
  }

  @Test("randersmodellen-2.0 holds every number of the rule book with its own parameter")
  func parameters() throws {
    let model = ShippedModels.standard
    let five = ParameterValue.percentage(Percentage(basisPoints: 500))
    let expected: [(String, ParameterValue, String, Standing)] = [
      ("surplus.explanationPct", five, "R-74", .stated), ("deficit.redPct", five, "R-111", .stated),
      ("suspension.debtPct", five, "R-96", .stated), ("finance.involvedPct", five, "R-93", .ourReading),
      ("payroll.maxMoveAwayPct", five, "R-72", .stated),
      ("payroll.base", .choice("totalBudget"), "R-72", .ourReading),
      ("repay.normalYears", .years(1), "R-86", .stated), ("repay.maxYears", .years(3), "R-101", .stated),
      ("negative.consecutiveYears", .years(2), "R-96", .stated), ("plan.viewYears", .years(2), "R-96", .ourReading),
      ("status.maxIntervalMonths", .months(3), "R-104", .stated),
      ("dialogue.maxIntervalYears", .years(4), "R-25", .stated),
      ("result.expectedBy", .monthDay(month: 1, day: 31), "R-100", .stated),
      ("forecast.planThreshold", .unset, "R-78", .ourReading),
    ]
    #expect(model.parameters.map(\.id) == expected.map(\.0))
    for (id, value, rule, standing) in expected {
      let parameter = try #require(model.parameter(id))
      #expect(parameter.value == value)
      #expect(parameter.citation.rule == rule)
      #expect(parameter.standing == standing)
      #expect(parameter.citation.source.hasPrefix("seeds/004, annex 2, "))
      #expect(parameter.line != nil)
    }
  }

  @Test("say everything in both languages, and never call an agreement a contract")
  func languages() {
    for model in ShippedModels.all {
      var words = [model.description] + model.parameters.map(\.name)
      words += model.lights.flatMap { [$0.name, $0.demand] }
      words += (model.duties + model.reviews).flatMap { [$0.name, $0.explanation] }
      for text in words {
        #expect(text.danish != text.english)
        #expect(!text.danish.lowercased().contains("kontrakt"))
      }
    }
  }

  @Test("have lights that differ in colour and in shape")
  func shapes() {
    for model in ShippedModels.all {
      #expect(Set(model.lights.map(\.tone)).count == model.lights.count)
      #expect(Set(model.lights.map(\.shape)).count == model.lights.count)
    }
  }

  /// base, carried in, result in øre; light; duties and reviews under randersmodellen-2.0.
  static let randers: [(Int64, Int64, Int64, String, String)] = [
    (1_000_000_000, 0, 50_000_000, "green", ""), (1_000_000_000, 0, 50_000_001, "green", "explainSurplus"),
    (1_000_000_000, 0, 0, "green", ""), (1_000_000_000, 0, -1, "yellow", "actionPlan"),
    (1_000_000_000, 0, -50_000_000, "yellow", "actionPlan"),
    (1_000_000_000, 0, -50_000_001, "red", "actionPlan financeInvolved debtOverLimit"),
    (1_000_000_000, -30_000_000, -20_000_000, "yellow", "actionPlan twoNegativeYears"),
    (0, -1, 0, "none", "actionPlan twoNegativeYears noBase"), (0, 0, 1, "none", "noBase"),
  ]

  @Test("randersmodellen-2.0 gives the lights, duties and reviews of the rule book", arguments: randers)
  func randersVerdict(_ row: (Int64, Int64, Int64, String, String)) throws {
    try expect(ShippedModels.standard, row)
  }

  static let example: [(Int64, Int64, Int64, String, String)] = [
    (10_000, 0, 501, "blue", "explainSurplus"), (10_000, 0, 500, "green", ""), (10_000, 0, 0, "green", ""),
    (10_000, 0, -1, "yellow", ""), (10_000, 0, -200, "yellow", ""), (10_000, 0, -201, "red", "actionPlan"),
    (10_000, -100, -101, "red", "actionPlan twoNegativeYears"), (10_000, -100, -100, "yellow", ""),
    (0, 0, -500, "none", "noBase"),
  ]

  @Test("the example runs through the same code: a fourth light, and the action plan moved to red", arguments: example)
  func exampleVerdict(_ row: (Int64, Int64, Int64, String, String)) throws {
    try expect(try #require(ShippedModels.named("eksempelmodel-fire-indikatorer")), row)
  }

  private func expect(_ model: SteeringModel, _ row: (Int64, Int64, Int64, String, String)) throws {
    let verdict = model.evaluate(
      RuleFacts(
        year: try #require(FiscalYear(2025)), base: Money(ore: row.0), carriedIn: Money(ore: row.1),
        result: Money(ore: row.2), balance: Money(ore: row.1 + row.2)))
    #expect(verdict.light == row.3)
    #expect(Set(verdict.duties + verdict.reviews) == Set(row.4.split(separator: " ").map(String.init)))
  }
}
