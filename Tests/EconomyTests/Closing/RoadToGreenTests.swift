import Database
import Ledger
import RuleKit
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("The road to green")
struct RoadToGreenTests {
  private static let year = FiscalYear(2026)!

  private static func road(
    budget: Int64 = 10_000, carriedIn: Int64 = 0, monthly: Int64 = 1_000, expected: Int64, known: Int = 9
  ) throws -> RoadToGreen {
    guard case .found(let model, _) = try ClosingNeeds.live.model("randersmodellen-2.0") else {
      throw CancellationError()
    }
    let months = (1...12).map { $0 <= known ? monthly : 0 }
    let facts = UnitFacts(
      budget: BudgetRow(unit: UnitCode("1"), name: "A", pay: Money(ore: budget), other: .zero, line: 1),
      carriedIn: Money(ore: carriedIn), carriedInFrom: .budget,
      actuals: UnitActuals(pay: months, other: .zeros, outside: .zeros), plans: [])
    return try #require(
      RoadToGreen(
        facts, year, spent: facts.actuals.spent(to: known), expected: Money(ore: expected), known: known, by: model))
  }

  @Test("says when the money is used up, when the debt is over the limit, and what it takes to the øre")
  func red() throws {
    let road = try Self.road(expected: 10_600)
    #expect(road.balance == Money(ore: -600) && road.verdict.light == "red" && road.monthsLeft == 3)
    // 9.000 and a third of 1.600 each month: 9.533, 10.066, 10.600.
    #expect(road.usedUpIn == 11 && road.worstIn == 12)
    #expect(road.toNoReview == Money(ore: 100), "exactly 5 % is no review")
    #expect(road.toFirstLight == Money(ore: 600))
    #expect(road.monthly(Money(ore: 100)) == Money(ore: 34), "rounded up, so that three of them are enough")
    #expect(road.monthly(Money(ore: 600)) == Money(ore: 200))
  }

  @Test("keeps out of two negative years")
  func twoYears() throws {
    let road = try Self.road(carriedIn: -100, expected: 9_950)
    #expect(road.balance == Money(ore: -50) && road.verdict.light == "yellow")
    #expect(road.verdict.reviews == ["twoNegativeYears"])
    #expect(road.toNoReview == Money(ore: 50) && road.toFirstLight == Money(ore: 50))
    let first = try Self.road(expected: 10_050)
    #expect(first.toNoReview == .zero && first.toFirstLight == Money(ore: 50), "one negative year is no review")
  }

  @Test("asks nothing of a green year")
  func green() throws {
    let road = try Self.road(expected: 10_000)
    #expect(road.toNoReview == .zero && road.toFirstLight == .zero)
    #expect(road.usedUpIn == nil && road.worstIn == nil)
  }

  @Test("says that no saving would do where there is no budget, and none is left when the year is whole")
  func edges() throws {
    let bare = try Self.road(budget: 0, monthly: 0, expected: 10)
    #expect(bare.toNoReview == nil && bare.toFirstLight == nil && bare.verdict.light == "none")
    let whole = try Self.road(expected: 12_000, known: 12)
    #expect(whole.monthsLeft == 0 && whole.monthly(Money(ore: 1)) == nil && whole.usedUpIn == 11)
    let huge = try Self.road(budget: .max / 2, carriedIn: .min / 4, monthly: 0, expected: .max / 2)
    #expect(huge.toFirstLight == Money(ore: .max / 4 + 1))
  }
}

@Suite("The running year's shelf")
struct YearShelfTests {
  @Test("keeps a year as long as nothing it is made of changes, and reads it anew when something does")
  func shelf() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      let shelf = YearShelf()
      func spent() async throws -> Money? {
        try await ground.database.read(EmptyDatabase.tenant) { connection in
          try shelf.forecasts(connection, on: CalendarDate(iso: "2026-02-01")!).flatMap {
            $0.year.units[UnitCode("1002")]?.actuals.spent(to: 12)
          }
        }
      }
      #expect(try await spent() == Money(kroner: 50))
      #expect(try await spent() == Money(kroner: 50))
      let late = ImportGround.header + "9;20.03.2025;1002;3.22.01;2.9;Sent;400,00\n"
      _ = try await ground.imported(late, as: "sent.csv", overlap: .add)
      #expect(try await spent() == Money(kroner: 450))
      _ = try made(try await keeper.make(FiscalYear(2025)!, .preliminary, modelText: model))
      #expect(try await spent() == Money(kroner: 450))
      _ = try made(try await keeper.make(FiscalYear(2025)!, .final, modelText: model))
      #expect(try await spent() == nil)
    }
  }
}
