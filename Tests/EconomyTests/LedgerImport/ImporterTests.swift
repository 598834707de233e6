import Database
import Ledger
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy

@Suite("The import into the database")
struct ImporterTests {
  @Test("a ledger is stored with its sums, and its postings can be read again")
  func storesLedger() async throws {
    try await ImportGround.with { ground in
      let late = "4;31.12.2024;1001;3.22.01;2.9;Sen faktura;7,00\n"
      let file = try await ground.imported(ImportGround.ledger + late)
      #expect(file.recordCount == 4 && file.sumOre == 119_156)
      #expect(file.outsideYear == .init(lines: 1, ore: 700))
      let postings = try await ground.read { try $0.postings(file.id, unit: UnitCode("1001"), month: 2) }
      #expect(postings.map(\.text) == ["Retur"] && postings.map(\.ore) == [-10_000])
      let sums = try await ground.read { try $0.sums(file.id) }
      #expect(sums.map(\.sumOre) == [123_456, -10_000, 5_000])
    }
  }

  @Test("the same file again changes nothing; for another year it is an error")
  func sameFile() async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      _ = try await ground.imported(ImportGround.budget + "1003;Ny;1,00;1,00;0,00\n", .budget, year: 2026)
      let before = try await ground.dump()
      guard case .already(let twin) = try await ground.run(ImportGround.ledger, as: "igen.csv") else {
        return #expect(Bool(false), "imported twice")
      }
      #expect(twin == first)
      #expect(try await ground.preview(ImportGround.ledger).already == first)
      let said = [
        "ny.csv:0:0: the same content was imported for 2025 as bog.csv, choose the right file or the right year"
      ]
      #expect(try await ground.run(ImportGround.ledger, year: 2026, as: "ny.csv").refusal == said)
      let preview = try await ground.preview(ImportGround.ledger, year: 2026, as: "ny.csv")
      #expect(preview.findings.kept.filter { $0.severity == .error }.map { $0.text(.english) } == said)
      #expect(try await ground.dump() == before)
    }
  }

  /// Two of its postings have voucher 3, which the ledger has as well.
  private let overlapping =
    ImportGround.header + """
      3;04.02.2025;1002;3.22.01;2.9;Frugt;50,00
      3;04.02.2025;1002;3.22.01;2.9;Moms;12,50
      5;05.03.2025;1001;3.22.01;2.9;Bøger;99,00

      """

  @Test("shared vouchers stop the import, with count, sum and the earlier file")
  func overlapStops() async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      let before = try await ground.dump()
      let shared = SharedVouchers(count: 2, sumOre: 6_250, earlier: [first])
      guard case .overlaps(let found, let remarks) = try await ground.run(overlapping, as: "ny.csv") else {
        return #expect(Bool(false), "imported in spite of shared vouchers")
      }
      #expect(found == shared)
      #expect(remarks.kept.map(\.severity) == [.remark])
      #expect(remarks.lines(.danish).first?.contains("2 posteringer (62,50 kr.)") == true)
      let preview = try await ground.preview(overlapping, as: "ny.csv")
      #expect(preview.shared == shared && preview.isUsable)
      #expect(try await ground.dump() == before)
    }
  }

  @Test("a person may let both count")
  func overlapAdds() async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      let second = try await ground.imported(overlapping, as: "ny.csv", overlap: .add)
      let current = try await ground.read { try $0.current(.ledger) }
      #expect(current == [first, second])
    }
  }

  @Test("a person may let the new file replace the earlier one, which stays and counts no more")
  func overlapReplaces() async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      let second = try await ground.imported(overlapping, as: "ny.csv", overlap: .replace)
      #expect(try await ground.read { try $0.current(.ledger) } == [second])
      #expect(try await ground.read { try $0.replaced(by: second.id) } == [first])
      let kept = try await ground.read { try $0.sums(first.id) }
      #expect(kept.count == 3)
      // What was replaced is no twin any longer: it may come back, over the vouchers of the new one.
      let again = try await ground.imported(ImportGround.ledger, overlap: .replace)
      #expect(try await ground.read { try $0.current(.ledger) } == [again])
    }
  }

  @Test("a new budget replaces the earlier one of its year only")
  func budgetReplaces() async throws {
    try await ImportGround.with { ground in
      let other = try await ground.imported(ImportGround.budget + "1003;Ny;1,00;1,00;0,00\n", .budget, year: 2026)
      let newer = try await ground.imported(ImportGround.budget + "1004;Ny;1,00;1,00;0,00\n", .budget, as: "b2.csv")
      #expect(try await ground.read { try $0.current(.budget) } == [other, newer])
    }
  }

  @Test("a fault in the middle of a long import leaves the database as before, and the next attempt imports all")
  func faultInTheMiddle() async throws {
    struct PowerCut: Error {}
    let row = "17;02.01.2025;1001;3.22.01;2.9;" + String(repeating: "tekst ", count: 30) + ";1,00\n"
    let rows = 9_000_000 / row.utf8.count
    let bytes = Array((ImportGround.header + String(repeating: row, count: rows)).utf8)
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      var importer = ground.importer
      importer.roomBytes = 1 << 16
      await #expect(throws: PowerCut.self) {
        // By now the first blocks have been put into the tables.
        try await importer.run(ImportGround.request(bytes)) { if $0 > 6_000_000 { throw PowerCut() } }
      }
      #expect(try await ground.dump() == before)
      guard case .imported(let file, _) = try await importer.run(ImportGround.request(bytes)) else {
        return #expect(Bool(false), "not imported")
      }
      #expect(file.recordCount == rows && file.sumOre == Int64(rows) * 100)
      let stored = try await ground.read { try $0.postings(file.id, unit: UnitCode("1001"), month: 1).count }
      #expect(stored == rows)
    }
  }

  @Test("a long ledger that is there already changes nothing, however much of it had been gathered by then")
  func longTwin() async throws {
    let row = "17;02.01.2025;1001;3.22.01;2.9;" + String(repeating: "tekst ", count: 30) + ";1,00\n"
    let bytes = Array((ImportGround.header + String(repeating: row, count: 40_000)).utf8)
    try await ImportGround.with { ground in
      var importer = ground.importer
      importer.roomBytes = 1 << 16
      guard case .imported = try await importer.run(ImportGround.request(bytes)) else {
        return #expect(Bool(false), "not imported")
      }
      let before = try await ground.dump()
      for _ in 0..<5 {
        guard case .already = try await importer.run(ImportGround.request(bytes)) else {
          return #expect(Bool(false), "imported twice")
        }
      }
      #expect(try await ground.dump() == before)
    }
  }

  @Test("amounts that are too large together are refused, in the dry run as in the import, wherever a piece ends")
  func tooLarge() async throws {
    func row(_ amount: String) -> String { "1;02.01.2025;1001;3.22.01;1.1;t;\(amount)\n" }
    let large = "60.000.000.000.000.000,00"
    let filling = String(repeating: row("1,00"), count: 3_000)
    for text in [
      row(large) + row(large + "-") + row(large) + filling, row(large) + filling + row(large) + row(large + "-"),
    ] {
      try await ImportGround.with { ground in
        var importer = ground.importer
        importer.roomBytes = 1 << 14
        let request = ImportGround.request(Array((ImportGround.header + text).utf8))
        #expect(try await importer.preview(request).findings.hasErrors)
        guard case .refused(let findings) = try await importer.run(request) else {
          return #expect(Bool(false), "not refused")
        }
        #expect(findings.lines(.english) == ["bog.csv:0:0: the sum is too large, mend the amounts"])
      }
    }
  }

  @Test("one posting is told in the singular: outside the year, or with a voucher that is there already")
  func singular() async throws {
    try await ImportGround.with { ground in
      let one = ImportGround.header + "8;02.01.2024;1001;3.22.01;1.1;Løn;1,00\n"
      let preview = try await ground.preview(one)
      #expect(
        preview.findings.lines(.english) == [
          "bog.csv:0:0: 1 posting is outside 2025 (1,00 kr.), it is stored and does not count in the year"
        ])
      _ = try await ground.imported(ImportGround.ledger)
      let shared = try await ground.preview(ImportGround.header + "1;09.01.2025;1001;3.22.01;1.1;Løn;1,00\n")
      #expect(shared.findings.lines(.danish).first?.contains("1 postering (1,00 kr.) har et bilagsnummer") == true)
    }
  }

  @Test("another municipality sees nothing of it")
  func otherTenant() async throws {
    try await ImportGround.with { ground in
      let other = Importer(database: ground.database, tenant: EmptyDatabase.otherTenant, now: { 0 })
      let outcome = try await other.run(ImportGround.request(Array(ImportGround.ledger.utf8)))
      #expect(outcome.refusal?.count == 1)
      let files = try await ground.database.read(EmptyDatabase.otherTenant) { try ImportStore($0).all() }
      #expect(files.isEmpty)
    }
  }

  @Test("the same plans may be imported for another year, the same budget may not")
  func samePlans() async throws {
    try await ImportGround.with { ground in
      let plans = "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt\n1001;2024;handleplan;2025-03-01;2027;\n"
      for year in [2025, 2026] { _ = try await ground.imported(plans, .plans, year: year, as: "p.csv") }
      let files = try await ground.read { try $0.current(.plans) }
      #expect(files.compactMap(\.year?.number) == [2025, 2026])
      #expect(try await ground.preview(plans, .plans, year: 2027, as: "p.csv").isUsable)
      guard case .already = try await ground.run(plans, .plans, year: 2026, as: "p.csv") else {
        Issue.record("the same plans of the same year were imported twice")
        return
      }
      let refusal = try await ground.run(ImportGround.budget, .budget, year: 2026, as: "b.csv").refusal
      #expect(refusal?.first?.contains("the same content was imported for 2025") == true)
    }
  }
}

@Suite("The preview of a file")
struct FilePreviewTests {
  @Test("tells the first rows, the totals of units and months, and stores nothing")
  func ledger() async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      let late = "4;31.12.2024;1001;3.22.01;2.9;Sen;7,00\n"
      let preview = try await ground.preview(ImportGround.ledger + late)
      #expect(preview.headings.count == 7 && preview.headings.last == "Beløb")
      #expect(preview.firstRows.map { $0[6] } == ["1.234,56", "100,00-", "50,00", "7,00"])
      #expect(preview.recordCount == 4 && preview.sumOre == 119_156)
      #expect(preview.units.map(\.name) == ["Møllehuset", "Pilecentret"])
      #expect(preview.units.map(\.total) == [.init(count: 3, ore: 114_156), .init(count: 1, ore: 5_000)])
      #expect(preview.months.map(\.month) == [1, 2, 0])
      #expect(preview.months.map(\.total.ore) == [123_456, -5_000, 700])
      #expect(preview.controlTotal == nil && preview.isUsable)
      #expect(preview.findings.kept.count == 1)
      #expect(try await ground.dump() == before)
    }
  }

  @Test("shows ten rows of a long file, and long fields cut short")
  func isShort() async throws {
    try await ImportGround.with { ground in
      let row = "9;02.01.2025;1001;3;1;" + String(repeating: "lang ", count: 100) + ";1,00\n"
      let preview = try await ground.preview(ImportGround.header + String(repeating: row, count: 50))
      #expect(preview.firstRows.count == 10 && preview.recordCount == 50)
      #expect(preview.firstRows.allSatisfy { $0[5].count == 80 })
    }
  }

  @Test("never shows a column of civil registration numbers")
  func dropsCivilNumbers() async throws {
    try await ImportGround.with { ground in
      let text = """
        Bilagsnr;Bogføringsdato;CPR-nr.;Aftaleenhed;Funktion;Art;Tekst;Beløb
        1;02.01.2025;0101010000;1001;3;1;Løn;1,00

        """
      let preview = try await ground.preview(text)
      #expect(!preview.headings.contains("CPR-nr."))
      #expect(preview.firstRows == [["1", "02.01.2025", "1001", "3", "1", "Løn", "1,00"]])
      #expect(preview.findings.kept.map(\.severity) == [.remark])
    }
  }

  @Test("takes civil registration numbers out of texts, and says how many and where the first one stood")
  func masksCivilNumbers() async throws {
    try await ImportGround.with { ground in
      let text =
        ImportGround.header + "1;02.01.2025;1001;3;1;Løn;1,00\n2;02.01.2025;1001;3;1;Løn 010190-1234;1,00\n"
        + "3;02.01.2025;1001;3;1;0707614285 og 311299 0001;1,00\n"
      let preview = try await ground.preview(text)
      #expect(preview.firstRows.joined().contains("Løn xxxxxx-xxxx"))
      #expect(preview.civilNumbers == (3, 3))
      guard case .imported(let file, let remarks) = try await ground.run(text) else {
        Issue.record("not imported")
        return
      }
      let remark = try #require(remarks.kept.first { $0.read.english.contains("civil numbers") })
      #expect(remark.line == 3 && remark.read.english.contains("postings: 3"))
      let stored = try await ground.read { try $0.postings(file.id, unit: UnitCode("1001"), month: 1) }
      #expect(stored.map(\.text) == ["Løn", "Løn xxxxxx-xxxx", "xxxxxxxxxx og xxxxxx xxxx"])
    }
  }

  @Test("checks the file's own total")
  func controlTotal() async throws {
    var profile = ImportProfile.ledger
    profile.totalRow = TotalRowRule(blank: [.unit])
    let good = ImportGround.ledger + ";;;;;I alt;1.184,56\n"
    let bad = ImportGround.ledger + ";;;;;I alt;1.184,57\n"
    try await ImportGround.with { ground in
      let preview = try await ground.preview(good, profile)
      #expect(preview.controlTotal?.agrees == true && preview.isUsable && preview.recordCount == 3)
      let differs = try await ground.preview(bad, profile)
      #expect(differs.controlTotal?.agrees == false && !differs.isUsable)
      #expect(try await ground.run(bad, profile).refusal?.count == 1)
      #expect(try await ground.imported(good, profile).controlTotal == "1.184,56")
    }
  }

  @Test("tells the totals of budgets and balances carried in")
  func smallFiles() async throws {
    try await ImportGround.with { ground in
      let budget = try await ground.preview(ImportGround.budget, .budget, year: 2026)
      #expect(budget.units.map(\.total.ore) == [120_000_000, 240_000_000])
      let carried = try await ground.preview("Aftaleenhed;Overførsel\n1001;1,00-\n", .carryOver)
      #expect(carried.sumOre == -100 && carried.units.map(\.code) == ["1001"])
      let plans = "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt\n1001;2024;handleplan;;2026;ja\n"
      #expect(try await ground.preview(plans, .plans).recordCount == 1)
      let accounts = try await ground.preview("Aftaleenhed;Funktion;Art;Kategori\n*;*;1;løn\n", .accounts, year: nil)
      #expect(accounts.recordCount == 1 && accounts.sumOre == nil)
    }
  }
}

extension ImportStore {
  /// The sums of a ledger's year.
  fileprivate func sums(_ id: Int64) throws -> [AccountMonthSum] {
    var sums: [AccountMonthSum] = []
    try forEachUnit(id) { packet in try packet.forEachSumOfYear(by: AccountMapping()) { sum, _ in sums.append(sum) } }
    return sums
  }
}
