import Database
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Organisation
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("Making a round by the pages")
struct RoundMakeRouteTests {
  private static let token = "abcdefghijklmnop0123456789"

  /// A browser with the cookie of its form token.
  private struct Browser {
    let client: any TestClientProtocol

    func post(
      _ address: Address, year: Int = 2025, kind: String, inputs: String? = nil,
      key: String = CommandKey.fresh().text
    ) async throws -> (status: HTTPResponse.Status, location: String?, html: String) {
      let form = "token=\(token)&key=\(key)&year=\(year)&kind=\(kind)" + (inputs.map { "&inputs=\($0)" } ?? "")
      return try await client.execute(
        uri: address.text, method: .post,
        headers: [.contentType: "application/x-www-form-urlencoded", .cookie: "__Host-form-styrehus=\(token)"],
        body: ByteBuffer(string: form)
      ) { ($0.status, $0.headers[.location], String(buffer: $0.body)) }
    }

    func get(_ address: String) async throws -> String {
      try await client.execute(uri: address, method: .get) { String(buffer: $0.body) }
    }

    /// What the page that reads a round back has in its form.
    func readBack(_ kind: String, year: Int = 2025) async throws -> (html: String, inputs: String) {
      let page = try await post(ClosingAddress.makeRound, year: year, kind: kind)
      #expect(page.status == .ok)
      return (page.html, try #require(RoundMakeRouteTests.inputs(in: page.html)))
    }
  }

  private static func inputs(in html: String) -> String? {
    html.firstMatch(of: /name="inputs" value="([0-9a-f]{64})"/).map { String($0.output.1) }
  }

  private func visit(
    _ ground: ImportGround, hasWorker: Bool = true, _ body: @escaping @Sendable (Browser) async throws -> Void
  ) async throws {
    let router = Router(context: SurfaceContext.self)
    router.add(middleware: Reception { HouseSign(municipality: "Egelund Kommune") })
    router.add(middleware: TroubleDesk())
    let reader = ClosingReader(
      database: ground.database, tenant: EmptyDatabase.tenant, needs: .live,
      organisation: { OrganisationHistory.empty.at($0) })
    let jobs = ClosingJobs(
      database: ground.database, tenant: EmptyDatabase.tenant, needs: .live, modelName: "randersmodellen-2.0",
      now: { 1_750_000_000 })
    let board = JobBoard(ground.database, EmptyDatabase.tenant)
    let worker = JobWorker(board, hasWorker ? [jobs.jobKind] : [])
    ClosingRoutes(jobs, reader: reader, board: board, patience: hasWorker ? .seconds(60) : .zero).add(to: router)
    do {
      try await Application(router: router).test(.router) { try await body(Browser(client: $0)) }
      await worker.stop()
    } catch {
      await worker.stop()
      throw error
    }
  }

  @Test("a round is made of exactly what was read back; a form sent twice makes one round")
  func confirms() async throws {
    try await withRounds { ground, keeper, _ in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      try await visit(ground) { browser in
        let inputs = try await browser.readBack("final").inputs
        let key = CommandKey.fresh().text
        for _ in 0..<2 {
          let made = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: inputs, key: key)
          #expect(made.status == .seeOther && made.location == "/rounds/2025-1")
        }
        let other = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: inputs)
        #expect(other.status == .seeOther && other.location == "/rounds/2025-1?again=yes")
        let told = try await browser.get("/rounds/2025-1?again=yes")
        #expect(told.contains("Opgørelsen var allerede lavet") && told.contains("15.06.2025 kl. 17.06"))
      }
      #expect(try await keeper.rounds().count == 1)
    }
  }

  @Test("where nobody knows whether a round was kept, that is what is said; the same form sent again makes no other")
  func inDoubt() async throws {
    try await withRounds { ground, keeper, _ in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      let database = LostAnswers(ground.database, [.of(.outcomeUnknown, detail: "secret")])
      try await visit(ImportGround(database: database)) { browser in
        let (inputs, key) = (try await browser.readBack("final").inputs, CommandKey.fresh().text)
        let answer = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: inputs, key: key)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.html.contains("Vi ved ikke, om den er gemt.") && !answer.html.contains("Intet er ændret"))
        let again = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: inputs, key: key)
        #expect(again.status == .seeOther && again.location == "/rounds/2025-1")
      }
      #expect(try await keeper.rounds().count == 1)
    }
  }

  @Test("a final round is not made of files that nobody has read back: they are read back, and nothing is stored")
  func otherFiles() async throws {
    try await withRounds { ground, keeper, _ in
      _ = try await ground.imported(ImportGround.budget, .budget, as: "budget.csv")
      _ = try await ground.imported(ImportGround.ledger)
      try await visit(ground) { browser in
        let seen = try await browser.readBack("final").inputs
        let late = ImportGround.header + "9;31.12.2025;1002;3.22.01;2.9;Sen faktura;2.500.000,00\n"
        _ = try await ground.imported(late, as: "sen.csv")
        for inputs in [seen, nil] {
          let again = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: inputs)
          #expect(again.status == .conflict)
          #expect(again.html.contains("Grundlaget er ændret, siden du så det. Intet er gemt."))
          #expect(again.html.contains("sen.csv"))
          #expect(try await keeper.rounds().isEmpty)
        }
        let now = try await browser.readBack("final").inputs
        #expect(now != seen)
        let made = try await browser.post(ClosingAddress.confirmRound, kind: "final", inputs: now)
        #expect(made.status == .seeOther)
      }
      #expect(try await keeper.rounds().map(\.inputs.count) == [3])
    }
  }

  @Test("a year whose amounts are too large is told about, not answered with a fault of ours")
  func tooLarge() async throws {
    try await withRounds { ground, keeper, _ in
      let half = "50.000.000.000.000.000,00"
      let budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n101;Skole;\(half);0,00;\(half)\n"
      _ = try await ground.imported(budget, .budget, as: "budget.csv")
      try await visit(ground) { browser in
        for address in [ClosingAddress.makeRound, ClosingAddress.confirmRound] {
          let answer = try await browser.post(address, kind: "final", inputs: "x")
          #expect(answer.status == .unprocessableContent)
          #expect(answer.html.contains("budget.csv: beløbene for enheden 101 er for store"))
        }
      }
      #expect(try await keeper.rounds().isEmpty)
    }
  }
}
