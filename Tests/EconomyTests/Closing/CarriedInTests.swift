import ArgumentParser
import Ledger
import SteeringCore
import SurfaceKit
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("Balances carried in")
struct CarriedInTests {
  private static let carryOver = "Aftaleenhed;Overførsel\n1001;25,00\n1002;5.000,00-\n1003;7,00\n"

  @Test("a budget and a carry-over file that disagree are told in the import of either, and the budget counts")
  func twice() async throws {
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      let told =
        "enheden »1001« får overført 0,00 kr. i budget.csv og 25,00 kr. i over.csv, "
        + "tallet i budget.csv bruges; ret den fil, der tager fejl"
      let preview = try await ground.preview(Self.carryOver, .carryOver, as: "over.csv")
      #expect(preview.findings.lines(.danish) == ["over.csv:2:0: \(told)"])
      #expect(preview.isUsable)
      _ = try await ground.imported(Self.carryOver, .carryOver, as: "over.csv")
      let again = try await ground.preview(ImportGround.budget + "1004;Ny;1,00;1,00;0,00\n", .budget, as: "budget.csv")
      #expect(again.findings.lines(.danish) == ["budget.csv:2:0: \(told)"])
      guard case .made(let round, _, _, _) = try await keeper.make(FiscalYear(2025)!, .final, modelText: model) else {
        Issue.record("no round was made")
        return
      }
      let units = try await keeper.units(round.id)
      #expect(units.map(\.carriedIn) == [.zero, Money(kroner: -5_000), Money(kroner: 7)])
    }
  }

  @Test("a carry-over file that agrees, or a budget without the column, is no matter for a remark")
  func onceOnly() {
    var row = BudgetRow(unit: UnitCode("1"), name: "En", pay: .zero, other: .zero, line: 2)
    #expect(CarriedInTwice.all([row], [UnitCode("1"): Money(ore: 1)]).isEmpty)
    row.carriedIn = Money(ore: 1)
    #expect(CarriedInTwice.all([row], [UnitCode("1"): Money(ore: 1)]).isEmpty)
    #expect(CarriedInTwice.all([row], [UnitCode("1"): Money(ore: -1)]).map(\.inFile) == [Money(ore: -1)])
  }

  @Test("a closing from files says it too, at the line of the carry-over file")
  func closing() throws {
    let scratch = try Scratch()
    let files = try [
      "--budget", scratch.file("b.csv", "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\nu1;A;1,00;0,00;3,00\n"),
      "--ledger", scratch.file("l.csv", ImportGround.header),
      "--carry-over", scratch.file("c.csv", "Aftaleenhed;Overførsel\nu1;4,00-\n"),
    ]
    let run = try CommandRun(try CloseCommand.parse(["--year", "2025", "--format", "json"] + files))
    #expect(run.status == 0)
    let said = run.said.map { $0.replacing(scratch.folder + "/", with: "") }
    #expect(
      said.first
        == "c.csv:2:0: the unit »u1« is carried in with 3,00 kr. in b.csv and -4,00 kr. in c.csv, "
        + "the figure in b.csv is used; mend the file that is wrong")
    #expect(run.output.contains("\"carriedInOre\":300"))
  }

  @Test("the table of a closing, read as carry-over, gives every unit its balance under its own code")
  func roundTrip() throws {
    let codes = ["=1", "+2", "-3", "@4", "'=5", "'6", "7;8", "9\"", "10", "æ.ø/å"]
    let facts = codes.enumerated().map { index, code in
      UnitFacts(
        budget: BudgetRow(
          unit: UnitCode(code), name: "=\(code)", pay: Money(kroner: 1_000), other: .zero, line: index + 2),
        carriedIn: Money(ore: Int64(index) * 1_234_567 - 5_000_001), carriedInFrom: .budget, actuals: .none, plans: [])
    }
    let closing = try Closing(
      year: FiscalYear(2025)!, model: try #require(ClosingNeeds.live.readModel(try standardModelText())), facts: facts,
      totals: ClosingTotals())
    let file = try CarryOverFile.read(
      BytesInMemory(ClosingFiles.csv(closing)), name: "lukning.csv", profile: .closingTable)
    #expect(file.findings.kept.isEmpty)
    #expect(file.balances == Dictionary(uniqueKeysWithValues: closing.units.map { ($0.unit, $0.balance) }))
    #expect(file.balances.count == codes.count)
  }

  private func standardModelText() throws -> String {
    guard case .found(_, let text) = try ClosingNeeds.live.model("randersmodellen-2.0") else { return "" }
    return text
  }
}
