import Ledger
import SteeringCore
import Testing

@testable import Economy

@Suite("Files that cannot be imported")
struct BadInputTests {
  /// A file that is wrong, and what must be said about it, in order.
  struct Case: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let said: [String]
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ said: String...) {
      self.name = name
      self.bytes = bytes
      self.said = said
    }

    /// A ledger whose header is right.
    init(_ name: String, rows: String, _ said: String...) {
      self.name = name
      bytes = Array((ImportGround.header + rows).utf8)
      self.said = said
    }
  }

  static let cases: [Case] = [
    Case(
      "wrong encoding", Array((ImportGround.header + "1;02.01.2025;1001;3;1;L").utf8) + [0xF8] + Array("n;1,00\n".utf8),
      "bog.csv:2:6: the field is not valid utf-8 text"),
    Case(
      "another encoding altogether",
      [0xFF, 0xFE] + ImportGround.ledger.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
      "bog.csv:1:0: the file is UTF-16"),
    Case(
      "no header", Array("1;02.01.2025;1001;3;1;Løn;1,00\n".utf8),
      "bog.csv:1:0: the column »Bilagsnr« is missing", "»Bogføringsdato«", "»Aftaleenhed«", "»Funktion«", "»Art«",
      "»Tekst«", "»Beløb«"),
    Case(
      "a column twice",
      Array(
        "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb;Beløb\n1;02.01.2025;1001;3;1;L;1,00;1,00\n".utf8),
      "bog.csv:1:8: the column »Beløb« stands twice"),
    Case(
      "the header again", rows: "1;02.01.2025;1001;3;1;Løn;1,00\n" + ImportGround.header,
      "bog.csv:3:0: the header row stands here again"),
    Case(
      "a short row", rows: "1;02.01.2025;1001;3;1;1,00\n", "bog.csv:2:0: the record has 6 fields, the header 7"),
    Case(
      "a stray quote", rows: "1;02.01.2025;1001;3;1;en \"god\" dag;1,00\n",
      "bog.csv:2:6: a quote stands inside the field"),
    Case(
      "a quote that is never closed", rows: "1;02.01.2025;1001;3;1;\"Løn;1,00\n2;02.01.2025;1001;3;1;Løn;1,00\n",
      "bog.csv:2:0: the file ends inside a quote"),
    Case("an impossible date", rows: "1;31.02.2025;1001;3;1;Løn;1,00\n", "bog.csv:2:2: »31.02.2025« is no date"),
    Case("no amount", rows: "1;02.01.2025;1001;3;1;Løn;12,,50\n", "bog.csv:2:7: »12,,50«"),
    Case(
      "an unknown unit", rows: "1;02.01.2025;9999;3;1;Løn;1,00\n",
      "bog.csv:2:3: the agreement unit »9999« is not in the budget"),
    Case("an empty file", [], "bog.csv:1:0: the file is empty"),
    Case(
      "cut inside a record", rows: "1;02.01.2025;1001;3;1;Løn;1,00\n2;02.01.2025;10",
      "bog.csv:3:0: the record has 3 fields, the header 7"),
    Case(
      "several at once",
      rows: "1;31.04.2025;1001;3;1;Løn;1,00\n2;02.01.2025;9999;3;1;Løn;x\n3;02.01.2025;9999;3;1;L;1,00\n",
      "bog.csv:2:2: ", "bog.csv:3:3: ", "bog.csv:3:7: ", "bog.csv:4:3: "),
  ]

  @Test("are refused with line, column and remedy, all findings at once, and the data is as before", arguments: cases)
  func areRefused(_ bad: Case) async throws {
    try await ImportGround.with { ground in
      _ = try await ground.imported(ImportGround.ledger, as: "god.csv")
      let before = try await ground.dump()
      let outcome = try await ground.importer.run(ImportGround.request(bad.bytes))
      let said = try #require(outcome.refusal)
      #expect(said.count == bad.said.count, "\(said)")
      for (line, part) in zip(said, bad.said) { #expect(line.contains(part)) }
      let preview = try await ground.importer.preview(ImportGround.request(bad.bytes))
      #expect(preview.findings.lines(.english) == said)
      #expect(!preview.isUsable)
      #expect(try await ground.dump() == before)
    }
  }

  @Test("a ledger needs the budget of its year first")
  func needsBudget() async throws {
    try await ImportGround.with(isBare: true) { ground in
      let before = try await ground.dump()
      let said = try await ground.run(ImportGround.ledger).refusal
      #expect(
        said == [
          "bog.csv:0:0: there is no budget for 2025, import the budget first, so that the units are known"
        ])
      let preview = try await ground.preview(ImportGround.ledger)
      #expect(preview.findings.lines(.english) == said)
      #expect(preview.sumOre == 118_456)
      #expect(try await ground.dump() == before)
    }
  }

  @Test("two hundred thousand wrong rows give a thousand findings and a count, and leave nothing")
  func manyWrongRows() async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      let rows = String(repeating: "1;02.13.2025;1001;3;1;Løn;1,00\n", count: 200_000)
      let outcome = try await ground.run(ImportGround.header + rows)
      guard case .refused(let findings) = outcome else { return #expect(Bool(false), "imported") }
      #expect(findings.errorCount == 200_000)
      #expect(findings.kept.count == 1_000 && findings.kept.last?.line == 1_001)
      #expect(findings.lines(.english).last == "bog.csv: and 199000 more findings in this file")
      #expect(try await ground.dump() == before)
    }
  }

  @Test("the small files are refused as a whole too")
  func smallFiles() async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      let twice = ImportGround.budget + "1001;Møllehuset;1,00;1,00;0,00\n"
      #expect(try await ground.run(twice, .budget, as: "b.csv").refusal?.first?.hasPrefix("b.csv:4:1: ") == true)
      let plans = "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt\n1001;2024;plan;2025-02-30;25;måske\n"
      let said = try #require(try await ground.run(plans, .plans, as: "p.csv").refusal)
      #expect(said.map { $0.prefix(8) } == ["p.csv:2:3", "p.csv:2:4", "p.csv:2:5", "p.csv:2:6"].map { $0.prefix(8) })
      let accounts = "Aftaleenhed;Funktion;Art;Kategori\n*;*;1;løn\n*;*;1;øvrig\n"
      #expect(try await ground.run(accounts, .accounts, year: nil, as: "k.csv").refusal?.count == 1)
      let carried = "Aftaleenhed;Overførsel\n1001;1,00\n1001;2,00\n"
      #expect(try await ground.run(carried, .carryOver, as: "o.csv").refusal?.count == 1)
      #expect(try await ground.dump() == before)
    }
  }
}
