import Database
import DatabaseSQLite
import Economy
import Ledger
import Register
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

/// A whole installation of a town with two units and two closed years, always the same.
enum SmallTown {
  private static let organisation = """
    Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til
    0;Egelund Kommune;kommune;;nej;nej;2020-01-01;
    1;Børn og Unge;forvaltning;0;nej;nej;2020-01-01;
    1001;Møllehuset;aftaleenhed;1;ja;ja;2020-01-01;
    1002;Pilecentret;aftaleenhed;1;ja;ja;2020-01-01;

    """

  private static func budget(_ carriedIn: String) -> String {
    """
    Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel
    1001;Møllehuset;1.000,00;200,00;0,00
    1002;Pilecentret;2.000,00;400,00;\(carriedIn)

    """
  }

  private static func ledger(_ year: Int) -> String {
    """
    Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb
    1;02.01.\(year);1001;3.22.01;1.1;Løn;1.234,56
    2;03.02.\(year);1001;3.22.01;2.9;Retur;100,00-
    3;04.02.\(year);1002;3.22.01;2.9;=Frugt & <grønt>;50,00

    """
  }

  private static let madeAt: Int64 = 1_770_000_000

  /// Builds the town and lends its site to the body.
  static func with<T: Sendable>(_ body: (Site) async throws -> T) async throws -> T {
    let database = try SQLiteDatabase.temporary()
    do {
      let installation = try await Installation(on: database)
      try await fill(installation)
      let mark = Words("Egelund findes ikke.", en: "Egelund does not exist.")
      let site = Site(installation, sign: HouseSign(municipality: "Egelund Kommune", mark: mark))
      let result = try await body(site)
      await site.workshop.stop()
      try await database.close()
      return result
    } catch {
      try? await database.close()
      throw error
    }
  }

  /// Fills an empty installation with the town; `disguise` changes the texts of its files.
  static func fill(_ installation: Installation, _ disguise: (String) -> String = { $0 }) async throws {
    try await SignedIn.add(to: installation)
    let read = try OrganisationFile.read(
      BytesInMemory(disguise(organisation)), name: "organisation.csv", profile: .organisation)
    let content = try #require(read.content)
    let source = OrganisationSource(
      fileName: "organisation.csv", contentHash: String(repeating: "a1", count: 32), profile: "organisation",
      importedAt: madeAt)
    _ = try await installation.database.write(installation.tenant) {
      try OrganisationStore($0).add(content, from: source)
    }
    let importer = Importer(database: installation.database, tenant: installation.tenant, now: { madeAt })
    let keeper = RoundKeeper(
      database: installation.database, tenant: installation.tenant, needs: .live, now: { madeAt })
    for (number, carriedIn) in [(2024, "5,00-"), (2025, "2.345,00")] {
      let year = FiscalYear(number)
      let files: [(ImportProfile, String)] = [(.budget, budget(carriedIn)), (.ledger, ledger(number))]
      for (profile, text) in files {
        let outcome = try await importer.run(
          ImportRequest(
            profile: profile, year: year, fileName: disguise("\(profile.name)-\(number).csv"),
            source: BytesInMemory(disguise(text)),
            overlap: .stop))
        guard case .imported = outcome else {
          Issue.record("not imported: \(outcome)")
          return
        }
      }
      let text = try #require(ShippedTexts.standardModel)
      _ = try await keeper.make(try #require(year), .final, modelText: text)
    }
  }
}

/// What the product ships with.
private enum ShippedTexts {
  /// The text of the standard model.
  static var standardModel: String? {
    guard case .found(_, let text) = try? ClosingNeeds.live.model("randersmodellen-2.0") else { return nil }
    return text
  }
}
