import Ledger
import Organisation
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("Codes that only look alike")
struct CodesByBytesTests {
  /// The same letter, once as one scalar and once as two: equal for Swift, two codes for a municipality's systems.
  private static let (one, two) = ("caf\u{E9}", "cafe\u{301}")

  private static let budget = """
    Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel
    \(one);Den ene;1.000,00;0,00;0,00
    \(two);Den anden;2.000,00;0,00;0,00

    """
  private static let ledger =
    ImportGround.header + """
      1;02.01.2025;\(one);3.\(one);2.9;Køb;10,00
      2;03.02.2025;\(two);3.\(one);2.9;Køb;20,00
      3;03.02.2025;\(two);3.\(two);2.9;Køb;5,00

      """

  @Test("are two units and two accounts: in the preview, in the import, in a round and in the list of postings")
  func stayApart() async throws {
    #expect(Self.one == Self.two)
    try await withRounds { ground, keeper, model in
      _ = try await ground.imported(Self.budget, .budget, as: "budget.csv")
      let preview = try await ground.preview(Self.ledger)
      #expect(preview.units.map(\.name) == ["Den anden", "Den ene"])
      #expect(preview.units.map(\.total.ore) == [2_500, 1_000])
      let accounts = "Aftaleenhed;Funktion;Art;Kategori\n*;3.\(Self.two);*;udenfor\n"
      _ = try await ground.imported(accounts, .accounts, year: nil)
      _ = try await ground.imported(Self.ledger)
      guard case .made(let round, _, _, _) = try await keeper.make(FiscalYear(2025)!, .final, modelText: model) else {
        Issue.record("no round was made")
        return
      }
      let units = try await keeper.units(round.id)
      #expect(units.map(\.name) == ["Den anden", "Den ene"])
      #expect(units.map(\.spent) == [Money(kroner: 20), Money(kroner: 10)])
      let reader = ClosingReader(
        database: ground.database, tenant: EmptyDatabase.tenant, needs: .live,
        organisation: { OrganisationHistory.empty.at($0) })
      let shown = try await reader.unitShow(UnitCode(Self.two), round: nil)
      #expect(shown.parts.map(\.sum) == [Money(kroner: 20), Money(kroner: 5)])
      let outside = PostingQuery(UnitCode(Self.two), function: "3.\(Self.two)", kind: "2.9")
      #expect(try await reader.postingList(outside).rows.map(\.line) == [4])
    }
  }
}
