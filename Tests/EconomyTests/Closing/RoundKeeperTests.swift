import Database
import Ledger
import RuleKit
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

/// A ground with the tables of rounds, and the model that the product ships.
func withRounds(_ body: (ImportGround, RoundKeeper, String) async throws -> Void) async throws {
  let migrations = LedgerImportCapability.migrations + ClosingCapability.migrations + DatabaseTables.migrations
  try await EmptyDatabase.with(migrations) { database in
    let ground = ImportGround(database: database)
    let keeper = RoundKeeper(
      database: database, tenant: EmptyDatabase.tenant, needs: .live, now: { 1_750_000_000 })
    guard case .found(_, let text) = try ClosingNeeds.live.model("randersmodellen-2.0") else {
      Issue.record("the standard model is missing")
      return
    }
    try await body(ground, keeper, text)
  }
}

/// The round of an outcome, which must be one.
func made(_ outcome: RoundKeeper.MakeOutcome) throws -> (Round, [RoundDifference]) {
  guard case .made(let round, _, let differences, _) = outcome else {
    Issue.record("not made: \(outcome)")
    throw CancellationError()
  }
  return (round, differences)
}

@Suite("Closing rounds")
struct RoundKeeperTests {
  private let year = FiscalYear(2025)!

  @Test("a round keeps what it was made of, is the same when closed again, and says nothing new twice")
  func makeAndReplay() async throws {
    try await withRounds { ground, keeper, model in
      guard case .noBudget = try await keeper.make(year, .final, modelText: model) else {
        Issue.record("a year without budget was closed")
        return
      }
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      let (round, differences) = try made(try await keeper.make(year, .final, modelText: model))
      #expect(round.id.text == "2025-1" && differences.isEmpty)
      #expect(round.inputs.map(\.fileName) == ["budget.csv", "bog.csv"])
      #expect(round.totals.tie && round.totals.all.lines == 3)
      let units = try await keeper.units(round.id)
      #expect(units.map(\.unit.text) == ["1001", "1002"])
      #expect(units[0].balance == Money(ore: 120_000_000 - 123_456 + 10_000))
      #expect(units[1].carriedIn == Money(kroner: -5_000))
      guard case .same = try await keeper.replay(round.id) else {
        Issue.record("the replay differs")
        return
      }
      guard case .nothingNew(let same) = try await keeper.make(year, .final, modelText: model) else {
        Issue.record("the same round was stored twice")
        return
      }
      #expect(same.id == round.id)
    }
  }

  @Test("a round under a key is made once, also where the answer is lost and the books have changed since")
  func once() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      let key = CommandKey.fresh()
      let lost = DatabaseError.of(.outcomeUnknown, detail: "the answer was lost")
      let losing = RoundKeeper(
        database: LostAnswers(ground.database, [lost]), tenant: EmptyDatabase.tenant, needs: .live,
        now: { 1_750_000_000 })
      await #expect(throws: lost) {
        try await losing.make(year, .preliminary, modelText: model, key: key)
      }
      _ = try await ground.imported(ImportGround.ledger)
      let (again, _) = try made(try await keeper.make(year, .preliminary, modelText: model, key: key))
      #expect(again.id.text == "2025-1" && again.inputs.count == 1)
      #expect(try await keeper.rounds().count == 1)
      await #expect(throws: CommandReused.self) { try await keeper.make(year, .final, modelText: model, key: key) }
      let (next, _) = try made(try await keeper.make(year, .preliminary, modelText: model, key: .fresh()))
      #expect(next.id.text == "2025-2")
    }
  }

  @Test("a final round stays when the books change; the new one says which units differ")
  func finalStays() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      let (first, _) = try made(try await keeper.make(year, .final, modelText: model))
      let before = try await keeper.units(first.id)
      let late = ImportGround.header + "9;31.12.2025;1002;3.22.01;2.9;Sen faktura;2.500.000,00\n"
      _ = try await ground.imported(late, as: "sen.csv")
      let (second, differences) = try made(try await keeper.make(year, .final, modelText: model))
      #expect(second.id.text == "2025-2")
      #expect(differences.map(\.unit.text) == ["1002"])
      #expect(differences.first?.before?.verdict.light == "green")
      #expect(differences.first?.after?.verdict.light == "yellow")
      #expect(try await keeper.units(first.id).map(\.figures) == before.map(\.figures))
      guard case .same = try await keeper.replay(first.id) else {
        Issue.record("the first round can no longer be closed again")
        return
      }
    }
  }

  @Test("what a year's files do not carry in comes from the round of the year before")
  func carriesOn() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      let (first, _) = try made(try await keeper.make(year, .preliminary, modelText: model))
      var profile = ImportProfile.budget
      profile.headers[.carriedIn] = nil
      let next = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget\n1001;Møllehuset;1,00;1,00\n1003;Ny;1,00;1,00\n"
      _ = try await ground.imported(next, profile, year: 2026, as: "budget-2026.csv")
      let (second, _) = try made(try await keeper.make(FiscalYear(2026)!, .preliminary, modelText: model))
      #expect(second.carriedFrom == first.id)
      let units = try await keeper.units(second.id)
      #expect(units.map(\.unit.text) == ["1001", "1002", "1003"])
      #expect(units.map(\.carriedIn) == [Money(kroner: 1_200_000), Money(kroner: 2_395_000), .zero])
    }
  }

  @Test("no round is made of postings that are not all accounted for")
  func ties() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      try await ground.database.writeAcrossTenants {
        _ = try $0.run("UPDATE ledger_import_file SET sum_ore = sum_ore + 1 WHERE kind = 'ledger'")
      }
      await #expect(throws: RoundRefusal(finding: ClosingDoesNotTie.finding("bog.csv"))) {
        try await keeper.make(year, .final, modelText: model)
      }
      #expect(try await keeper.rounds().isEmpty)
    }
  }

  @Test("a preliminary round of the same things becomes final, and a final one not preliminary again")
  func finalOnce() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      for (status, number) in [(Round.Status.preliminary, 1), (.final, 2)] {
        #expect(try made(try await keeper.make(year, status, modelText: model)).0.id.number == number)
      }
      for status in Round.Status.allCases {
        guard case .nothingNew(let last) = try await keeper.make(year, status, modelText: model) else {
          Issue.record("a \(status) round was stored once more")
          continue
        }
        #expect(last.id.text == "2025-2" && last.status == .final)
      }
      _ = try await ground.imported(ImportGround.ledger)
      #expect(try made(try await keeper.make(year, .preliminary, modelText: model)).0.id.text == "2025-3")
    }
  }
}
