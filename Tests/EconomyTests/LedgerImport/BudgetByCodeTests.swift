import ArgumentParser
import Ledger
import SteeringCore
import Testing

@testable import Economy

private let profile: ImportProfile = {
  var profile = ImportProfile(
    name: "by-code", kind: .budget, headers: [.unit: ["U"], .function: ["F"], .kind: ["K"], .amount: ["A"]])
  profile.kindDots = [1]
  profile.totalRow = TotalRowRule(blank: [.unit])
  return profile
}()

private func read(_ rows: String, _ mapping: AccountMapping = AccountMapping()) throws -> BudgetFile {
  try BudgetFile.read(BytesInMemory("U;F;K;A\n" + rows), name: "B", profile: profile, mapping: mapping)
}

@Suite("A budget with a row for each account")
struct BudgetByCodeTests {
  @Test("is added up by unit, the kind of account decides pay, and each half knows its lines")
  func adds() throws {
    let file = try read("10;3;12000;1,00\n20;3;1;2,00\n10;3;22000;4,00-\n10;3;13100;8,00\n;;;7,00\n")
    #expect(file.findings.kept == [])
    #expect(file.rows.map(\.unit.text) == ["10", "20"])
    #expect(file.rows[0].pay == Money(ore: 900))
    #expect(file.rows[0].other == Money(ore: -400))
    #expect(file.rows[0].payLines == [2, 5])
    #expect(file.rows[0].otherLines == [4])
    #expect(file.rows[1].pay == Money(ore: 200))
    #expect(file.controlTotal?.agrees == true)
  }

  @Test("accounts outside the decentral economy are no part of it, but of the file's total")
  func outside() throws {
    var mapping = AccountMapping()
    _ = mapping.add(.init(unit: "", function: "6", kind: "", category: .outside))
    let file = try read("10;6;12000;1,00\n10;3;12000;2,00\n;;;3,00\n", mapping)
    #expect(file.rows[0].pay == Money(ore: 200))
    #expect(file.rows[0].payLines == [3])
    #expect(file.controlTotal?.agrees == true)
  }

  @Test("an amount that makes a sum too large is told with its line, not dropped")
  func tooLarge() throws {
    let huge = "92.233.720.368.547.758,07"
    let file = try read("10;3;1;\(huge)\n10;3;1;0,01\n20;3;2;1,00\n")
    #expect(file.findings.kept.first.map { [$0.line, $0.column] } == [3, 4])
    #expect(file.findings.errorCount == 2, "the unit's sum and the file's")
    #expect(try read("10;3;1;\(huge)\n20;3;1;0,01\n").findings.errorCount == 1)
    #expect(try read("10;3;1;\(huge)\n20;3;1;0,01-\n;;;\(huge)\n").controlTotal?.agrees == false)
  }

  @Test("an empty unit is told")
  func emptyUnit() throws {
    #expect(try read(";3;1;1,00\n10;3;1;1,00\n").findings.kept.map(\.line) == [2])
  }
}

@Suite("A profile with the habits of Danish finance systems")
struct WindowsProfileTests {
  @Test("reads Windows-1252, days with hyphens, a minus in front and the sum in the last row")
  func reads() throws {
    let text =
      "Bilagsnummer;Posteringsdato;Profitcenter;Artskonto;Posteringstekst;Nettobeløb;Ekstra;Autoriseret konto\r\n"
      + "1;31-12-2025;4711;40000000;Børnehave, køb – 3 €;1.234,50;x;5.25.14\r\n"
      + "2;02-01-2025;4711;40000000;Retur;-34,50;;5.25.14\r\n;;;;;1.200,00;;\r\n"
    let bytes: [UInt8] = text.unicodeScalars.map { scalar in
      switch scalar {
      case "€": 0x80
      case "–": 0x96
      default: UInt8(scalar.value)
      }
    }
    let profile = try #require(ShippedProfiles.named("erp-windows"))
    let year = FiscalYear(2025)!
    var sums = ClosingSums(year: year, units: ["4711"], mapping: AccountMapping(), allowsUnknown: false)
    let reading = try LedgerFile(name: "L", source: BytesInMemory(bytes), profile: profile)
      .read(year: year, into: &sums)
    #expect(reading.findings.lines(.english) == [])
    #expect(reading.controlTotal?.agrees == true)
    #expect(sums.months(unit: 0, .other)[11] == 123_450)
    #expect(sums.months(unit: 0, .other)[0] == -3_450)
    let trailing = Array(
      "Bilagsnr;Bogføringsdato;Aftaleenhed;Art;Funktion;Tekst;Beløb\n1;02-01-2025;4711;1;3;t;1,00-\n".unicodeScalars.map
      { UInt8($0.value) })
    let refused = try LedgerFile(name: "L", source: BytesInMemory(trailing), profile: profile)
      .read(year: year, into: &sums)
    #expect(refused.findings.kept.map { [$0.line, $0.column] } == [[2, 7]])
  }
}

@Suite("Units that stand only in a ledger or a carry-over")
struct UnknownUnitsTests {
  private func run(_ ledgerRows: String, _ carryRows: String) throws -> CommandRun {
    let scratch = try Scratch()
    let profile = try scratch.file(
      "p.yaml",
      """
      name: adding
      kind: ledger
      fixed_date: year-end
      unknown_units: add
      columns: { unit: U, kind: K, amount: A }
      """)
    let budget = try scratch.file(
      "B.csv", "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n10;Ti;100,00;0;0\n")
    let ledger = try scratch.file("L.csv", "U;K;A\n" + ledgerRows)
    let carry = try scratch.file("C.csv", "Aftaleenhed;Overførsel\n" + carryRows)
    return try CommandRun(
      CloseCommand.parse([
        "--year", "2025", "--budget", budget, "--ledger", ledger, "--profile-ledger", profile, "--carry-over", carry,
        "--format", "csv",
      ]))
  }

  @Test("enter with budget 0 when the profile says add")
  func enter() throws {
    let run = try run("10;1;90,00\n20;2;5,00\n", "30;7,00\n")
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ";", omittingEmptySubsequences: false)
    }
    #expect(rows.map { $0[0] } == ["10", "20", "30"])
    #expect(rows.map { $0[9] } == ["10,00", "-5,00", "7,00"])
    #expect(rows.map { $0[11] } == ["green", "none", "none"])
  }

  @Test("and explain names the row that each balance carried in comes from, or says that there is none")
  func explained() throws {
    let scratch = try Scratch()
    var arguments = ["--year", "2025"]
    for (option, text) in [
      ("budget", "Aftaleenhed;Navn;Lønbudget;Øvrigbudget\n10;Ti;1,00;0\n20;Ty;1,00;0\n"),
      ("ledger", "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"),
      ("carry-over", "Aftaleenhed;Overførsel\n10;7,00\n"),
      (
        "profile-budget",
        "name: bare\nkind: budget\ncolumns: { unit: Aftaleenhed, name: Navn, pay: Lønbudget, other: Øvrigbudget }\n"
      ),
    ] {
      arguments += ["--" + option, try scratch.file(option, text)]
    }
    func source(_ unit: String) throws -> String {
      let run = try CommandRun(ExplainCommand.parse([unit] + arguments))
      #expect(run.status == 0, "\(run.said)")
      return run.output.split(separator: "\n").first { $0.hasPrefix("Carried in") }.map(String.init) ?? ""
    }
    #expect(try source("10").hasSuffix("7,00  [\(scratch.path("carry-over")):2]".replacing("7,00", with: "7.00")))
    #expect(try source("20").hasSuffix("0.00  [stands nowhere, so 0]"))
  }

  @Test("but a posting without any unit is an error with its line")
  func empty() throws {
    let run = try run("10;1;90,00\n;2;5,00\n", "30;7,00\n")
    #expect(run.status == 65)
    #expect(run.output == "")
    #expect(run.said.contains { $0.contains("L.csv:3:1: the agreement unit is empty") })
  }
}
