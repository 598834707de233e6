import Database
import Ledger
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
}
