import RuleKit
import SteeringCore
import Testing

@Suite("The trace says in plain words what was compared")
struct TraceTests {
  func sentence(_ ruleID: String, _ facts: RuleFacts, model: SteeringModel = TestModels.model()) -> Words? {
    model.evaluate(facts).steps.first { $0.ruleID == ruleID }?.sentence
  }

  @Test("an amount against zero, whichever way it falls")
  func zero() {
    #expect(
      sentence("actionPlan", TestModels.facts(base: 100_000_000, result: -1_248_000))
        == Words("Saldoen -12.480,00 kr. er under 0 kr.", en: "The balance DKK -12,480.00 is below DKK 0."))
    #expect(
      sentence("actionPlan", TestModels.facts(base: 100, result: 0))
        == Words("Saldoen 0,00 kr. er præcis 0 kr.", en: "The balance DKK 0.00 is exactly DKK 0."))
  }

  @Test("an amount against a share of the base that the model names")
  func share() {
    let facts = TestModels.facts(base: 100_000_000, result: -5_000_000)
    #expect(
      sentence("debtOverLimit", facts)
        == Words(
          "Saldoen -50.000,00 kr. er præcis -5 % af det korrigerede budget på 1.000.000,00 kr.",
          en: "The balance DKK -50,000.00 is exactly -5 % of the adjusted budget of DKK 1,000,000.00."))
    #expect(
      sentence("debtOverLimit", facts, model: TestModels.model(base: .original))?.danish.contains(
        "det oprindelige budget") == true)
  }

  @Test("no base, no measure")
  func noBase() {
    let words = Words(
      "Der er intet positivt budget at måle imod (det korrigerede budget er -1,00 kr.).",
      en: "There is no positive budget to measure against (the adjusted budget is DKK -1.00).")
    for rule in ["green", "red", "explainSurplus", "noBase"] {
      #expect(sentence(rule, TestModels.facts(base: -100, result: 5)) == words)
    }
    #expect(
      sentence("noBase", TestModels.facts(base: 100, result: 5))?.danish
        == "Det korrigerede budget på 1,00 kr. er at måle imod.")
  }

  @Test("lights after the one that is given are told as not tried")
  func lights() {
    let facts = TestModels.facts(base: 100, result: 0)
    #expect(sentence("yellow", facts)?.danish == "Ikke prøvet, for indikatoren er allerede grøn.")
    let red = TestModels.facts(base: 100, result: -100)
    #expect(sentence("red", red)?.english == "None of the lights before this one fitted.")
  }

  @Test("two years and the plan that lifts the review, with its place in the file")
  func plans() {
    let plan = PlanFact(
      kind: .actionPlan, year: 2024, approvedOn: CalendarDate(year: 2025, month: 3, day: 1), repaidBy: 2027,
      kept: false, origin: PlanOrigin(file: "planer.csv", line: 4))
    let before = "Overført fra tidligere år -1,00 kr. er under 0 kr., og saldoen -2,00 kr. er under 0 kr., og "
    #expect(
      sentence("twoNegativeYears", TestModels.facts(base: 1, carriedIn: -100, result: -100, plans: [plan]))?.danish
        == before + "handleplanen fra 2024 er godkendt og afvikler gælden senest i 2027 (planer.csv, linje 4).")
    #expect(
      sentence("twoNegativeYears", TestModels.facts(base: 1, carriedIn: -100, result: -100))?.danish
        == before + "der er ingen godkendt handleplan, som rækker mindst 2 år frem og løber ud over 2025.")
    #expect(
      sentence("planNotKept", TestModels.facts(base: 1, result: 0, plans: [plan]))?.english
        == "The action plan from 2024 is reported as not kept (planer.csv, line 4).")
    #expect(
      sentence("planNotKept", TestModels.facts(base: 1, result: 0))?.danish
        == "Ingen handleplan er meldt ikke overholdt.")
  }

  @Test("the light that a duty asks about")
  func lightAsked() {
    let model = TestModels.model(duties: [TestModels.rule("talk", "light is yellow or red")])
    #expect(
      sentence("talk", TestModels.facts(base: 100, result: 0), model: model)
        == Words("Indikatoren er grøn.", en: "The light is green."))
    #expect(
      sentence("talk", TestModels.facts(base: 0, result: 0), model: model)
        == Words("Der er ingen indikator.", en: "There is no light."))
  }

  @Test("carries the parameters and the citation of the rule")
  func origin() {
    let steps = TestModels.model().evaluate(TestModels.facts(base: 1, result: 0)).steps
    #expect(steps.first { $0.ruleID == "debtOverLimit" }?.parameters.map(\.id) == ["suspension.debtPct"])
    #expect(steps.allSatisfy { $0.citation == TestModels.citation })
  }

  @Test("values of parameters are told in both languages")
  func values() {
    let rows: [(ParameterValue, String, String)] = [
      (.percentage(Percentage(basisPoints: 250)), "2,5 %", "2.5 %"), (.years(1), "1 år", "1 year"),
      (.years(3), "3 år", "3 years"), (.months(1), "1 måned", "1 month"), (.months(3), "3 måneder", "3 months"),
      (.monthDay(month: 1, day: 31), "31. januar", "31 January"), (.unset, "ikke fastsat", "not set"),
      (.choice("totalBudget"), "hele budgettet", "the total budget"), (.choice("andet"), "andet", "andet"),
    ]
    for (value, danish, english) in rows { #expect(value.words == Words(danish, en: english)) }
  }
}
