import Database
import Ledger
import RuleKit
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("The threshold laboratory")
struct TrialTests {
  private static func standard() throws -> SteeringModel {
    guard case .found(let model, _) = try ClosingNeeds.live.model("randersmodellen-2.0") else {
      throw CancellationError()
    }
    return model
  }

  private static func unit(
    _ code: String, _ model: SteeringModel, base: Int64, original: Int64? = nil, balance: Int64
  ) -> PastUnit {
    let facts = RuleFacts(
      year: FiscalYear(2025)!, base: Money(ore: base), carriedIn: .zero, result: Money(ore: balance),
      balance: Money(ore: balance))
    return PastUnit(
      unit: UnitCode(code), name: code, facts: facts, originalBase: Money(ore: original ?? base),
      verdict: model.verdict(on: facts))
  }

  @Test("counts what was said and what would have been, and names the units that differ")
  func counts() throws {
    let model = try Self.standard()
    let year = FiscalYear(2025)!
    let units = [("a", 100), ("b", -300), ("c", -301), ("d", -600)].map {
      Self.unit($0.0, model, base: 10_000, balance: Int64($0.1))
    }
    let stricter = model.varied(
      by: ModelVariation(values: ["deficit.redPct": .percentage(Percentage(basisPoints: 300))]))
    let trial = Trial(stricter, on: [(year, units)])
    #expect(trial.years.map(\.unitCount) == [4])
    #expect(trial.years[0].changes.map(\.past.unit.text) == ["c"])
    #expect(trial.years[0].changes[0].changesLight && !trial.years[0].changes[0].changesReviews)
    #expect(trial.years[0].lights["yellow"]! == (2, 1))
    #expect(trial.years[0].lights["red"]! == (1, 2))
    #expect(trial.years[0].duties["actionPlan"]! == (3, 3))
    #expect(trial.years[0].reviews["debtOverLimit"]! == (1, 1))
    #expect(Trial(model, on: [(year, units)]).years[0].changes.isEmpty)
  }

  @Test("takes the percentages of the original budget where that is tried, and where there was none of the adjusted")
  func originalBase() throws {
    let model = try Self.standard()
    let units = [
      Self.unit("a", model, base: 10_000, original: 8_000, balance: -450),
      Self.unit("b", model, base: 10_000, balance: -450),
      Self.unit("c", model, base: 10_000, original: 0, balance: -450),
    ]
    let trial = Trial(model.varied(by: ModelVariation(base: .original)), on: [(FiscalYear(2025)!, units)])
    #expect(trial.years[0].changes.map(\.verdict.light) == ["red", "none"])
    #expect(trial.years[0].changes.map(\.past.unit.text) == ["a", "c"])
  }

  @Test("tries every combination of the values, the last the quickest")
  func combinations() throws {
    let model = try Self.standard()
    let ranges = try ["deficit.redPct=3, 4.5", "plan.viewYears=1,2"].map { try LimitRange($0, in: model) }
    let combinations = LimitRange.combinations(ranges)
    #expect(
      combinations.map { $0["deficit.redPct"] } == [300, 300, 450, 450].map { .percentage(.init(basisPoints: $0)) })
    #expect(combinations.map { $0["plan.viewYears"] } == [.years(1), .years(2), .years(1), .years(2)])
    #expect(LimitRange.combinations([]) == [[:]])
  }

  @Test(
    "refuses values that cannot be",
    arguments: [
      "", "=", "deficit.redPct", "deficit.redPct=", "deficit.redPct=1,", "deficit.redPct=-1", "deficit.redPct=101",
      "deficit.redPct=1.234", "negative.consecutiveYears=3", "payroll.base=payBudget", "repay.maxYears=2",
      "plan.viewYears=999999999999999999999",
    ])
  func refused(_ text: String) throws {
    let model = try Self.standard()
    #expect(throws: LimitRange.Fault.self) { try LimitRange(text, in: model) }
  }

  @Test("stands on the round that stands for each year, with its plans and its original budget")
  func pastYears() async throws {
    try await withRounds { ground, keeper, model in
      let budget = """
        Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel;Oprindelig løn;Oprindelig øvrig
        1001;Møllehuset;1.000,00;200,00;0,00;900,00;100,00
        1002;Pilecentret;2.000,00;400,00;0,00;2.000,00;300,00

        """
      _ = try await ground.imported(budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      let (first, _) = try made(try await keeper.make(FiscalYear(2025)!, .preliminary, modelText: model))
      let (final, _) = try made(try await keeper.make(FiscalYear(2025)!, .final, modelText: model))
      let past = try await ground.database.read(EmptyDatabase.tenant) { try PastYears($0) }
      #expect(past.years.map(\.round.id) == [final.id] && first.id != final.id)
      let units = past.years[0].units
      #expect(units.map(\.unit.text) == ["1001", "1002"])
      #expect(units.map(\.facts.base) == [Money(kroner: 1_200), Money(kroner: 2_400)])
      #expect(units.map(\.originalBase) == [Money(kroner: 1_000), Money(kroner: 2_300)])
      let stored = try await keeper.units(final.id)
      #expect(units.map(\.verdict) == stored.map { BriefVerdict($0.verdict) })
      let standard = try Self.standard()
      #expect(Trial(standard, on: [(FiscalYear(2025)!, units)]).years[0].changes.isEmpty)
    }
  }
}
