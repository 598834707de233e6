import Database
import DatabaseSQLite
import Economy
import Hummingbird
import HummingbirdTesting
import Ledger
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

/// Lends an installation on an empty database.
func withInstallation(_ body: (Installation) async throws -> Void) async throws {
  let database = try SQLiteDatabase.temporary()
  do {
    try await body(try await Installation(on: database))
  } catch {
    try? await database.close()
    throw error
  }
  try await database.close()
}

@Suite("The datasets of the product")
struct DemoLoaderTests {
  private func load(_ choice: DemoChoice, into installation: Installation) async throws {
    try await DemoLoader(installation: installation, say: { _ in }).load(choice)
  }

  @Test("a dataset goes into an empty database, which keeps its name; loading it again does nothing")
  func loads() async throws {
    try await withInstallation { installation in
      #expect(try await DemoChoice.held(by: installation) == nil)
      try await load(.randers, into: installation)
      #expect(try await DemoChoice.held(by: installation) == .randers)
      try await load(.randers, into: installation)
      let held = try await installation.database.read(installation.tenant, LoadedDataset.of)
      #expect(held == LoadedDataset(id: "randers", isWhole: true))
    }
  }

  @Test("a database with another dataset gets no invented figures")
  func refusesAnotherDataset() async throws {
    try await withInstallation { installation in
      try await load(.randers, into: installation)
      await #expect(throws: DatasetRefusal.holdsDataset("randers", wanted: "rorsund")) {
        try await load(.invented, into: installation)
      }
      #expect(try await DemoChoice.held(by: installation) == .randers)
    }
  }

  @Test("a database with somebody's own data gets no dataset and no sign of one")
  func refusesOwnData() async throws {
    try await withInstallation { installation in
      let budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n101;Skole;1,00;1,00;0,00\n"
      let importer = Importer(database: installation.database, tenant: installation.tenant, now: { 0 })
      _ = try await importer.run(
        ImportRequest(
          profile: .budget, year: FiscalYear(2025), fileName: "budget.csv", source: BytesInMemory(budget)))
      for choice in DemoChoice.allCases {
        await #expect(throws: DatasetRefusal.holdsData(wanted: choice.datasetID)) {
          try await load(choice, into: installation)
        }
      }
      #expect(try await DemoChoice.held(by: installation) == nil)
    }
  }

  @Test("a database that has begun to take the invented municipality is marked, however it is served")
  func marksInvented() async throws {
    try await withInstallation { installation in
      try await installation.database.write(installation.tenant) {
        _ = try LoadedDataset.begin(DemoChoice.invented.datasetID, $0, at: 0)
      }
      let sign = try #require(try await DemoChoice.held(by: installation)?.sign)
      let app = Application(router: Site(installation, sign: sign).router())
      try await app.test(.router) { client in
        try await client.execute(uri: "/", method: .get) { response in
          #expect(String(buffer: response.body).contains("Opdigtet kommune"))
        }
      }
    }
  }

  @Test("a dataset that the program does not know is not shown as somebody's own data")
  func unknownDataset() async throws {
    try await withInstallation { installation in
      try await installation.database.write(installation.tenant) { _ = try LoadedDataset.begin("senere", $0, at: 0) }
      await #expect(throws: DatasetRefusal.unknown("senere")) { try await DemoChoice.held(by: installation) }
    }
  }
}
