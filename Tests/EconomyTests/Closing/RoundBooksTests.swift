import Database
import Ledger
import Organisation
import RuleKit
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("What a round takes from the imported files")
struct RoundBooksTests {
  private let year = FiscalYear(2025)!

  private func round(_ keeper: RoundKeeper, _ model: String, _ year: FiscalYear? = nil) async throws -> Round {
    try made(try await keeper.make(year ?? self.year, .preliminary, modelText: model)).0
  }

  @Test("a budget by account is split by the accounts that count when the year is closed, as close does it")
  func budgetByAccount() async throws {
    var profile = ImportProfile(
      name: "by-code", kind: .budget, headers: [.unit: ["U"], .function: ["F"], .kind: ["K"], .amount: ["A"]])
    profile.kindDots = [1]
    let budget = "U;F;K;A\n1001;3.22.01;11;100,00\n1001;0.25.10;45;500,00\n"
    let ledger =
      ImportGround.header + """
        1;02.01.2025;1001;3.22.01;1.1;Løn;105,00
        2;02.01.2025;1001;0.25.10;4.5;Tag;500,00

        """
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(budget, profile, as: "budget.csv")
      _ = try await ground.imported(ledger)
      let first = try await round(keeper, model)
      #expect(try await keeper.units(first.id).map(\.balance) == [Money(kroner: -5)])
      #expect(try await keeper.units(first.id).map(\.otherBudget) == [Money(kroner: 500)])
      let accounts = "Aftaleenhed;Funktion;Art;Kategori\n*;0.25.10;*;udenfor\n"
      _ = try await ground.imported(accounts, .accounts, year: nil, as: "konti.csv")
      let second = try await round(keeper, model)
      let unit = try #require(try await keeper.units(second.id).first)
      #expect(unit.balance == Money(kroner: -5) && unit.otherBudget == .zero)
      #expect(unit.verdict.light == "yellow")
      for id in [first.id, second.id] {
        guard case .same = try await keeper.replay(id) else {
          Issue.record("\(id.text) comes out otherwise")
          continue
        }
      }
    }
  }

  @Test("a unit that has postings outside the year only, and no budget, is not in the round")
  func outsideTheYear() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget)
      _ = try await ground.imported(ImportGround.ledger + "4;31.12.2024;9999;3.22.01;2.9;Sen;7,00\n")
      let units = try await keeper.units(try await round(keeper, model).id)
      #expect(!units.isEmpty && !units.contains { $0.unit.text == "9999" })
    }
  }

  @Test("sums that were damaged in the database are told as damage: no crash, and no blame on the file")
  func damagedSums() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget)
      let file = try await ground.imported(ImportGround.ledger)
      let whole = try await ground.read { store in
        var packets: [UnitSums] = []
        try store.forEachUnit(file.id) { packets.append($0) }
        return packets
      }
      let packet = try #require(whole.first)
      // One more account behind the last, with a month, or a number of postings, that cannot be.
      let tails: [[UInt8]] = [[0, 0, 1, 255, 1, 0], [0, 0, 1, 1] + [UInt8](repeating: 255, count: 8) + [127, 0]]
      for tail in tails {
        let bytes = packet.bytes + tail
        try await ground.database.write(EmptyDatabase.tenant) { connection in
          _ = try connection.run(
            """
            UPDATE ledger_import_unit_sums SET account_sums = :bytes WHERE tenant = :tenant AND import_id = :id
              AND unit = :unit
            """, ["bytes": .blob(bytes), "id": .integer(file.id), "unit": .text(packet.unit)])
        }
        let error = await #expect(throws: DatabaseError.self) { try await round(keeper, model) }
        #expect(error?.kind == .corrupt)
      }
    }
  }

  @Test("a unit that ended the year before with a balance is not lost when the new year does not know it")
  func nothingVanishes() async throws {
    let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget\n"
    var profile = ImportProfile.budget
    profile.headers[.carriedIn] = nil
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(
        head + "A;Ålykke;100,00;0,00\nB;Bakken;100,00;0,00\nC;Centret;0,00;0,00\n", profile, year: 2024,
        as: "b-2024.csv")
      _ = try await ground.imported(
        ImportGround.header + "1;02.01.2024;B;3;2;t;190,00\n", year: 2024, as: "bog-2024.csv")
      let first = try await round(keeper, model, FiscalYear(2024)!)
      _ = try await ground.imported(head + "A;Ålykke;100,00;0,00\n", profile, as: "b-2025.csv")
      let outcome = try await keeper.make(year, .preliminary, modelText: model)
      guard case .made(let second, _, _, let remarks) = outcome else { throw CancellationError() }
      let units = try await keeper.units(second.id)
      #expect(units.map(\.unit.text) == ["A", "B"], "C ended with nothing")
      #expect(units.map(\.balance) == [Money(kroner: 200), Money(kroner: -90)])
      #expect(units[1].name == "Bakken" && units[1].base == .zero)
      #expect(units[1].verdict.reviews.contains("noBase"))
      #expect(second.carriedFrom == first.id)
      let said = remarks.map(\.danish).joined(separator: "\n")
      #expect(said.contains("1 enhed står ikke i årets filer"))
      #expect(said.contains("B (-90,00 kr.)") && !said.contains("stemmer ikke"))
      guard case .same = try await keeper.replay(second.id) else {
        Issue.record("the round comes out otherwise")
        return
      }
    }
  }

  @Test("a carry-over that says where the balance went is believed, and what does not tie is told")
  func carryOverDecides() async throws {
    try await withRounds { ground, keeper, model in
      let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
      _ = try await ground.imported(
        head + "A;Ålykke;100,00;0,00;0,00\nB;Bakken;0,00;0,00;90,00-\n", .budget, year: 2024, as: "b-2024.csv")
      _ = try await round(keeper, model, FiscalYear(2024)!)
      _ = try await ground.imported(head + "A;Ålykke;100,00;0,00;20,00\n", .budget, as: "b-2025.csv")
      _ = try await ground.imported("Aftaleenhed;Overførsel\nB;0,00\n", .carryOver, as: "o.csv")
      let outcome = try await keeper.make(year, .preliminary, modelText: model)
      guard case .made(let second, _, _, let remarks) = outcome else { throw CancellationError() }
      #expect(try await keeper.units(second.id).map(\.carriedIn) == [Money(kroner: 20), .zero])
      let said = remarks.map(\.danish).joined(separator: "\n")
      #expect(said.contains("stemmer ikke med opgørelse 2024-1: 2 enheder"))
      #expect(said.contains("i alt 10,00 kr.: A (100,00 kr. → 20,00 kr.), B (-90,00 kr. → 0,00 kr.)"))
    }
  }

  @Test("where the year's files say what is carried in, a unit that is gone stays gone, and its balance is told")
  func movedOn() async throws {
    try await withRounds { ground, keeper, model in
      let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
      _ = try await ground.imported(
        head + "A;Ålykke;100,00;0,00;0,00\nB;Bakken;0,00;0,00;90,00-\n", .budget, year: 2024, as: "b-2024.csv")
      _ = try await round(keeper, model, FiscalYear(2024)!)
      _ = try await ground.imported(head + "A;Ålykke;100,00;0,00;10,00\n", .budget, as: "b-2025.csv")
      let outcome = try await keeper.make(year, .preliminary, modelText: model)
      guard case .made(let second, _, _, let remarks) = outcome else { throw CancellationError() }
      #expect(try await keeper.units(second.id).map(\.unit.text) == ["A"])
      let said = remarks.map(\.danish).joined(separator: "\n")
      #expect(said.contains("i alt 0,00 kr.: A (100,00 kr. → 10,00 kr.), B (-90,00 kr. → 0,00 kr.)"))
    }
  }

  @Test("each unit keeps where its balance carried in comes from, and its page says so")
  func carriedInFrom() async throws {
    let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget"
    var bare = ImportProfile.budget
    bare.headers[.carriedIn] = nil
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(
        head + ";Overførsel\nA;A;9,00;0,00;1,00\nB;B;9,00;0,00;1,00\n", .budget, year: 2024, as: "b-2024.csv")
      let first = try await round(keeper, model, FiscalYear(2024)!)
      #expect(try await keeper.units(first.id).map(\.carriedInFrom) == [.budget, .budget])
      _ = try await ground.imported(
        head + "\nA;A;9,00;0,00\nB;B;9,00;0,00\nC;C;9,00;0,00\n", bare, as: "b-2025.csv")
      _ = try await ground.imported("Aftaleenhed;Overførsel\nA;3,00\n", .carryOver, as: "o.csv")
      let second = try await round(keeper, model)
      #expect(try await keeper.units(second.id).map(\.carriedInFrom) == [.carryOver, .earlierRound, .nowhere])
      let reader = ClosingReader(
        database: ground.database, tenant: EmptyDatabase.tenant, needs: .live,
        organisation: { OrganisationHistory.empty.at($0) })
      for (unit, id, said) in [
        ("A", "2024-1", "Står i budgetfilen."), ("A", "2025-1", "Står i filen med overførsler."),
        ("B", "2025-1", "Saldoen ud af opgørelse 2024-1."), ("C", "2025-1", "så enheden begynder med 0."),
      ] {
        let shown = try await reader.unitShow(UnitCode(unit), round: id)
        let reason = try #require(shown.reasons.sums.first { $0.id == "carried-in" })
        #expect(reason.rule.danish.hasSuffix(said), "\(unit) in \(id)")
      }
    }
  }

  @Test("rounds and imports have one clock: the day in Denmark")
  func danishDay() {
    // Half past midnight on New Year's Day; in UTC it is still the old year.
    let totals = ClosingTotals()
    let round = Round(
      id: .init(year: year, number: 1), status: .final, madeAt: 1_767_223_800, modelID: "m", modelText: "", inputs: [],
      carriedFrom: nil, inputsHash: "", totals: totals)
    #expect(RoundName(round).madeOn.iso == "2026-01-01")
  }
}
