import Economy
import Hummingbird
import HummingbirdTesting
import Ledger
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

@Suite("Amounts beyond any municipality")
struct HugeAmountTests {
  private static let ledgerHead = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
  private static let huge = "50.000.000.000.000.000,00"

  private func take(
    _ text: String, _ profile: ImportProfile, _ name: String, into installation: Installation
  ) async throws {
    let importer = Importer(database: installation.database, tenant: installation.tenant, now: { 1_750_000_000 })
    let outcome = try await importer.run(
      ImportRequest(profile: profile, year: FiscalYear(2025), fileName: name, source: BytesInMemory(text)))
    guard case .imported = outcome else { throw DemoRefused(lines: ["\(outcome)"]) }
  }

  private func makeRound(_ budget: String, _ installation: Installation) async throws {
    let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
    try await take(
      head + "101;Skole;\(budget);0,00;0,00\n102;Have;100,00;0,00;0,00\n", .budget, budget, into: installation)
    let keeper = RoundKeeper(
      database: installation.database, tenant: installation.tenant, needs: .live, now: { 1_750_000_000 })
    guard case .found(_, let model) = try ClosingNeeds.live.model("randersmodellen-2.0") else { return }
    guard case .made = try await keeper.make(FiscalYear(2025)!, .preliminary, modelText: model) else {
      throw DemoRefused(lines: ["no round was made"])
    }
  }

  @Test("are shown on every page, in both rounds and between them, without taking the server down")
  func everyPage() async throws {
    try await withInstallation { installation in
      try await makeRound(Self.huge, installation)
      let posting = Self.ledgerHead + "1;01.02.2025;101;3.22.01;1;Løn;1,00\n"
      try await take(posting, .ledger, "bog.csv", into: installation)
      try await makeRound("-" + Self.huge, installation)
      try await SignedIn.add(to: installation)
      let site = Site(installation, sign: HouseSign(municipality: "Egelund"))
      let app = Application(responder: SignedIn.at(site.router()))
      try await app.test(.router) { client in
        for page in [
          "/", "/units", "/units?sort=balance&order=desc", "/units.csv", "/units/101", "/units/102",
          "/units/101/postings", "/units/101/postings.csv", "/rounds", "/rounds/2025-1", "/rounds/2025-2",
          "/rounds/2025-2?replay=yes", "/rounds/make", "/model", "/organisation", "/import",
        ] {
          for round in ["", "round=2025-1", "lang=en"] {
            let address = round.isEmpty ? page : page + (page.contains("?") ? "&" : "?") + round
            let status = try await client.execute(uri: address, method: .get) { $0.status }
            #expect(status == .ok, "\(address)")
          }
        }
        try await client.execute(uri: "/rounds/2025-2", method: .get) { response in
          #expect(String(buffer: response.body).contains("for stor til at vise"))
        }
      }
    }
  }
}
