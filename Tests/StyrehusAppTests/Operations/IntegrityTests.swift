import Database
import Economy
import Ledger
import SteeringCore
import StyrehusTesting
import Testing

@testable import StyrehusApp

@Suite("The examination of an installation")
struct IntegrityTests {
  /// What is wrong after a statement has been run behind the product's back: quickly, and thoroughly.
  private func problems(after statement: String?) async throws -> (quick: [String], thorough: [String]) {
    var found: (quick: [String], thorough: [String]) = ([], [])
    try await withInstallation { installation in
      let importer = Importer(database: installation.database, tenant: installation.tenant, now: { 0 })
      let largest = "40.000.000.000.000.000,00"
      let files: [(ImportProfile, String)] = [
        (.budget, "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n101;Skole;1,00;1,00;0,00\n102;Have;1,00;0;0\n"),
        (
          .ledger,
          """
          Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb
          1;01.02.2025;101;3;1.1;Løn;\(largest)
          2;01.03.2025;101;3;1.1;Retur;-\(largest)
          3;01.03.2025;102;3;2.9;Frugt;50,00
          4;01.03.2024;102;3;2.9;Frugt;7,00

          """
        ),
      ]
      for (profile, text) in files {
        let request = ImportRequest(
          profile: profile, year: FiscalYear(2025), fileName: profile.name, source: BytesInMemory(text))
        guard case .imported = try await importer.run(request) else { throw DemoRefused(lines: [text]) }
      }
      if let statement {
        let count = try await installation.database.writeAcrossTenants { try $0.run(statement) }
        #expect(count > 0)
      }
      found = (
        try await installation.problems().map(\.english), try await installation.problems(.thorough).map(\.english)
      )
    }
    return found
  }

  @Test("finds nothing wrong with what was imported, however large the amounts")
  func sound() async throws {
    let found = try await problems(after: nil)
    #expect(found.quick == [] && found.thorough == [])
  }

  @Test(
    "finds a sum that is another than was recorded, at every start",
    arguments: [
      ("UPDATE ledger_import_chunk SET sum_ore = sum_ore + 1 WHERE unit = '102' AND month = 3", "the unit 102"),
      ("UPDATE ledger_import_chunk SET posting_count = 2 WHERE unit = '102' AND month = 0", "the unit 102"),
      ("DELETE FROM ledger_import_chunk WHERE unit = '101'", "the unit 101"),
      ("UPDATE ledger_import_unit_sums SET sum_ore = 0 WHERE unit = '102'", "the unit 102"),
      ("DELETE FROM ledger_import_unit_sums WHERE unit = '102'", "the unit 102"),
      ("UPDATE ledger_import_file SET record_count = 5 WHERE kind = 'ledger'", "the whole file"),
      ("UPDATE ledger_import_file SET outside_year_ore = 1 WHERE kind = 'ledger'", "outside the year"),
    ])
  func changedSum(_ statement: String, _ named: String) async throws {
    let found = try await problems(after: statement)
    #expect(found.quick.contains { $0.hasPrefix("ledger (import 2), \(named): the postings are ") }, "\(found.quick)")
  }

  @Test("finds postings that are not what was recorded only when it reads them")
  func changedPostings() async throws {
    let found = try await problems(
      after: """
        UPDATE ledger_import_chunk SET postings =
          (SELECT other.postings FROM ledger_import_chunk AS other WHERE other.unit = '102' AND other.month = 0)
        WHERE unit = '102' AND month = 3
        """)
    #expect(found.quick == [])
    #expect(
      found.thorough == [
        "ledger (import 2), the unit 102, month 3: the postings cannot be read, or differ from their count and sum"
      ])
  }

  @Test(
    "looks at every municipality that has rows, and names the one whose rows are wrong",
    arguments: TestedDatabase.allCases)
  func everyMunicipality(on tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(Capabilities.migrations, on: tested) { database in
      let files: [(ImportProfile, String)] = [
        (.budget, "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n101;Skole;1,00;1,00;0,00\n"),
        (.ledger, "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n1;01.02.2025;101;3;1.1;Løn;5,00\n"),
      ]
      for tenant in [EmptyDatabase.tenant, EmptyDatabase.otherTenant] {
        for (profile, text) in files {
          let request = ImportRequest(
            profile: profile, year: FiscalYear(2025), fileName: profile.name, source: BytesInMemory(text))
          let outcome = try await Importer(database: database, tenant: tenant, now: { 0 }).run(request)
          guard case .imported = outcome else { throw DemoRefused(lines: ["\(outcome)"]) }
        }
      }
      let installation = try await Installation(on: database)
      for depth in [IntegrityDepth.quick, .thorough] {
        let sound = try await installation.problems(depth)
        #expect(sound.isEmpty)
      }
      _ = try await database.writeAcrossTenants {
        try $0.run("UPDATE ledger_import_chunk SET sum_ore = sum_ore + 1 WHERE tenant = 'granby'")
      }
      let problems = try await installation.problems().map(\.english)
      #expect(!problems.isEmpty && problems.allSatisfy { $0.hasPrefix("granby: ledger (import 2), ") }, "\(problems)")
      _ = try await database.writeAcrossTenants {
        try $0.run("UPDATE ledger_import_chunk SET sum_ore = sum_ore - 1, tenant = '*' WHERE tenant = 'granby'")
      }
      let nobodys = try await installation.problems().map(\.english)
      #expect(nobodys.contains("there are rows of “*”, which cannot be the key of a municipality"), "\(nobodys)")
    }
  }
}
