import RuleKit
import SteeringCore
import Testing

/// One line of a case table: amounts in øre, and what must follow.
struct Case: Sendable, CustomTestStringConvertible {
  let base: Int64
  let carriedIn: Int64
  let result: Int64
  let light: String
  let follows: String

  init(_ base: Int64, _ carriedIn: Int64, _ result: Int64, _ light: String, _ follows: String = "") {
    self.base = base
    self.carriedIn = carriedIn
    self.result = result
    self.light = light
    self.follows = follows
  }

  var testDescription: String { "\(base) \(carriedIn) \(result) is \(light) \(follows)" }
}

@Suite("A model's verdict on a unit's year")
struct EvaluationTests {
  /// The table of rules 1.I: base 10,000,000 kr.
  static let vectors = [
    Case(1_000_000_000, 0, 50_000_000, "green"),
    Case(1_000_000_000, 0, 50_000_100, "green", "explainSurplus"),
    Case(1_000_000_000, 0, 0, "green"),
    Case(1_000_000_000, 0, -100, "yellow", "actionPlan"),
    Case(1_000_000_000, 0, -50_000_000, "yellow", "actionPlan"),
    Case(1_000_000_000, 0, -50_000_100, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(1_000_000_000, -30_000_000, -20_000_000, "yellow", "actionPlan twoNegativeYears"),
    Case(1_000_000_000, -60_000_000, 40_000_000, "yellow", "actionPlan twoNegativeYears"),
    Case(1_000_000_000, 30_000_000, -90_000_000, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(0, 0, -100, "none", "actionPlan noBase"),
  ]

  /// One øre on each side of every limit, and bases where 5 % is no whole øre.
  static let boundaries = [
    Case(10_000, 0, 501, "green", "explainSurplus"), Case(10_000, 0, 500, "green"), Case(10_000, 0, 499, "green"),
    Case(10_000, 0, 1, "green"), Case(10_000, 0, 0, "green"), Case(10_000, 0, -1, "yellow", "actionPlan"),
    Case(10_000, 0, -499, "yellow", "actionPlan"), Case(10_000, 0, -500, "yellow", "actionPlan"),
    Case(10_000, 0, -501, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(19, 0, 0, "green"), Case(19, 0, 1, "green", "explainSurplus"),
    Case(19, 0, -1, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(20, 0, 1, "green"), Case(20, 0, -1, "yellow", "actionPlan"),
    Case(21, 0, 1, "green"), Case(21, 0, 2, "green", "explainSurplus"), Case(21, 0, -1, "yellow", "actionPlan"),
    Case(21, 0, -2, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(10_000, -1, 0, "yellow", "actionPlan twoNegativeYears"), Case(10_000, -1, 1, "green"),
    Case(10_000, 0, -1, "yellow", "actionPlan"), Case(10_000, 1, -2, "yellow", "actionPlan"),
  ]

  /// Without a positive base there is no light; shares never count, the rest does.
  static let withoutBase = [
    Case(0, 0, 0, "none", "noBase"), Case(0, 0, 1_000, "none", "noBase"),
    Case(0, -1, -1, "none", "actionPlan noBase twoNegativeYears"),
    Case(-1, 0, -1_000, "none", "actionPlan noBase"), Case(-10_000, 0, 10_000, "none", "noBase"),
    Case(1, 0, 1, "green", "explainSurplus"), Case(.min, -1, -1, "none", "actionPlan noBase twoNegativeYears"),
  ]

  static let extremes = [
    Case(.max, 0, .max, "green", "explainSurplus"), Case(.max, 0, 0, "green"), Case(.min, 0, .max, "none", "noBase"),
    Case(.max, 0, .min, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(.max, .min, 0, "red", "actionPlan financeInvolved debtOverLimit twoNegativeYears"),
    Case(1, 0, .min, "red", "actionPlan financeInvolved debtOverLimit"),
    Case(.max, 0, .max / 20, "green"), Case(.max, 0, .max / 20 + 1, "green", "explainSurplus"),
    Case(.max, 0, -(.max / 20), "yellow", "actionPlan"),
    Case(.max, 0, -(.max / 20) - 1, "red", "actionPlan financeInvolved debtOverLimit"),
  ]

  @Test("follows the case tables to the øre", arguments: vectors + boundaries + withoutBase + extremes)
  func caseTable(_ row: Case) {
    let facts = TestModels.facts(base: row.base, carriedIn: row.carriedIn, result: row.result)
    let verdict = TestModels.model().evaluate(facts)
    #expect(verdict.light == row.light)
    #expect(Set(verdict.duties + verdict.reviews) == Set(row.follows.split(separator: " ").map(String.init)))
  }

  @Test("lists what follows sorted by bytes")
  func sorted() {
    let verdict = TestModels.model().evaluate(TestModels.facts(base: 100, carriedIn: -5, result: -5))
    #expect(verdict.duties == ["actionPlan", "financeInvolved"])
    #expect(verdict.reviews == ["debtOverLimit", "twoNegativeYears"])
  }

  @Test("holds a step for every rule, fired or not, in the model's order")
  func everyRule() {
    let model = TestModels.model()
    for result: Int64 in [-6, -1, 0, 6] {
      let steps = model.evaluate(TestModels.facts(base: 100, result: result)).steps
      #expect(steps.map(\.ruleID) == model.lights.map(\.id) + model.duties.map(\.id) + model.reviews.map(\.id))
      #expect(steps.map(\.kind) == [.light, .light, .light, .duty, .duty, .duty, .review, .review, .review, .review])
      #expect(steps.count { $0.kind == .light && $0.holds } == 1)
    }
    let none = model.evaluate(TestModels.facts(base: 0, result: -1)).steps
    #expect(none.count { $0.kind == .light && $0.holds } == 0)
  }

  @Test("lets a duty hang on a light, so that it moves with the file")
  func dutyOnLight() {
    let onYellow = TestModels.model(duties: [TestModels.rule("actionPlan", "light is yellow or red")])
    let onRed = TestModels.model(duties: [TestModels.rule("actionPlan", "light is red")])
    let onNone = TestModels.model(duties: [TestModels.rule("actionPlan", "light is none")])
    let yellow = TestModels.facts(base: 100, result: -5)
    let red = TestModels.facts(base: 100, result: -6)
    let none = TestModels.facts(base: 0, result: -6)
    #expect([yellow, red, none].map { onYellow.evaluate($0).duties.count } == [1, 1, 0])
    #expect([yellow, red, none].map { onRed.evaluate($0).duties.count } == [0, 1, 0])
    #expect([yellow, red, none].map { onNone.evaluate($0).duties.count } == [0, 0, 1])
  }

  @Test("knows which days a model is in force")
  func validity() {
    let model = TestModels.model()
    let days = ["2021-12-31", "2022-01-01", "2025-12-31", "2026-01-01"].map { CalendarDate(iso: $0)! }
    #expect(days.map(model.isInForce) == [false, true, true, false])
  }
}
