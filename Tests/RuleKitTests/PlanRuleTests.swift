import RuleKit
import SteeringCore
import Testing

@Suite("Plans and the reviews of two negative years and of a plan not kept")
struct PlanRuleTests {
  /// A plan as seen from the closing of 2025; the one here lifts the review, each case changes one thing.
  static func plan(
    _ kind: PlanKind = .actionPlan, year: Int = 2024, approved: Bool = true, repaidBy: Int? = 2026, kept: Bool? = nil
  ) -> PlanFact {
    PlanFact(
      kind: kind, year: year, approvedOn: approved ? CalendarDate(year: 2025, month: 3, day: 1) : nil,
      repaidBy: repaidBy, kept: kept)
  }

  func reviews(_ plans: [PlanFact], base: Int64 = 10_000) -> [String] {
    TestModels.model().evaluate(
      TestModels.facts(base: base, carriedIn: -100, result: -100, plans: plans)
    ).reviews
  }

  @Test(
    "an approved plan that looks two years ahead and still runs lifts the review of two negative years",
    arguments: [
      plan(), plan(.recovery), plan(year: 2023, repaidBy: 2026), plan(year: 2025, repaidBy: 2027),
      plan(year: 2024, repaidBy: 2030), plan(kept: true), plan(year: .min, repaidBy: .max),
    ])
  func lifted(_ plan: PlanFact) {
    #expect(reviews([plan]) == [])
  }

  @Test(
    "any plan that lacks one of these does not",
    arguments: [
      plan(.administrative), plan(approved: false), plan(repaidBy: nil), plan(year: 2025, repaidBy: 2026),
      plan(year: 2023, repaidBy: 2025), plan(year: 2022, repaidBy: 2025), plan(year: 2025, repaidBy: 2024),
      plan(year: .max, repaidBy: .max), plan(year: .min, repaidBy: .min),
    ])
  func notLifted(_ plan: PlanFact) {
    #expect(reviews([plan]) == ["twoNegativeYears"])
  }

  @Test("one good plan among others is enough, wherever it stands")
  func oneGoodPlan() {
    let weak = Self.plan(approved: false)
    #expect(reviews([weak, Self.plan()]) == [])
    #expect(reviews([Self.plan(), weak]) == [])
    #expect(reviews([weak, weak]) == ["twoNegativeYears"])
  }

  @Test("without a positive base the reviews about plans and two years stand all the same")
  func withoutBase() {
    #expect(reviews([], base: 0) == ["noBase", "twoNegativeYears"])
    #expect(reviews([Self.plan(kept: false)], base: -1) == ["noBase", "planNotKept"])
  }

  @Test("a plan that is not kept opens a review, an administrative one does not, and silence is no breach")
  func notKept() {
    #expect(reviews([Self.plan(kept: false)]) == ["planNotKept"])
    #expect(reviews([Self.plan(.recovery, kept: false)]) == ["planNotKept"])
    #expect(reviews([Self.plan(approved: false, repaidBy: nil, kept: false)]) == ["planNotKept", "twoNegativeYears"])
    #expect(reviews([Self.plan(.administrative, kept: false)]) == ["twoNegativeYears"])
    #expect(reviews([Self.plan(kept: nil)]) == [])
  }

  @Test("a plan not kept opens a review also in a year that ends well")
  func notKeptInAGoodYear() {
    let facts = TestModels.facts(base: 100, result: 1, plans: [Self.plan(kept: false)])
    #expect(TestModels.model().evaluate(facts).reviews == ["planNotKept"])
  }
}
