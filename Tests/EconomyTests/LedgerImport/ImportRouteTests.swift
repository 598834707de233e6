import Database
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import Economy

@Suite("The addresses that load files")
struct ImportRouteTests {
  static let ledger = Array(ImportGround.ledger.utf8)
  static let token = "abcdefghijklmnop0123456789"

  /// An answer as a browser sees it.
  struct Answer {
    let status: HTTPResponse.Status
    let location: String?
    let refresh: String?
    let html: String

    init(_ response: TestResponse) {
      status = response.status
      location = response.headers[.location]
      refresh = response.headers[HTTPField.Name("Refresh")!]
      html = String(buffer: response.body)
    }

    /// The hidden field that names the file that waits.
    var ticket: String? {
      html.firstMatch(of: /name="ticket" value="([^"]*)"/).map { String($0.output.1) }
    }

    /// The hidden field that names what the form asks for.
    var key: String? {
      html.firstMatch(of: /name="key" value="([^"]*)"/).map { String($0.output.1) }
    }
  }

  /// A browser with the cookie of its form token.
  struct Browser {
    let client: any TestClientProtocol
    var cookie = ImportRouteTests.token

    func get(_ address: String) async throws -> Answer {
      Answer(try await client.execute(uri: address, method: .get, headers: [.cookie: "__Host-form-styrehus=\(cookie)"]))
    }

    /// Sends a file as the form does.
    func send(
      _ file: [UInt8]?, kind: String = "ledger", year: String = "2025", profile: String = "native",
      name: String = "bog.csv", token: String = ImportRouteTests.token, key: String = CommandKey.fresh().text
    ) async throws -> Answer {
      var body: [UInt8] = []
      for (field, value) in [("token", token), ("key", key), ("kind", kind), ("year", year), ("profile", profile)] {
        body += Array("--grænse\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
      }
      let shown = file == nil ? "" : name
      body += Array("--grænse\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(shown)\"\r\n\r\n".utf8)
      body += (file ?? []) + Array("\r\n--grænse--\r\n".utf8)
      return try await post(ImportAddress.preview, "multipart/form-data; boundary=grænse", body)
    }

    func confirm(
      _ ticket: String, overlap: String? = nil, token: String = ImportRouteTests.token,
      key: String = CommandKey.fresh().text, seen: [Int64] = []
    ) async throws -> Answer {
      let choice = (overlap.map { "&overlap=\($0)" } ?? "") + "&seen=" + seen.map(String.init).joined(separator: "+")
      return try await post(
        ImportAddress.confirm, "application/x-www-form-urlencoded",
        Array("token=\(token)&key=\(key)&ticket=\(ticket)\(choice)".utf8))
    }

    private func post(_ address: Address, _ type: String, _ body: [UInt8]) async throws -> Answer {
      Answer(
        try await client.execute(
          uri: address.text, method: .post, headers: [.contentType: type, .cookie: "__Host-form-styrehus=\(cookie)"],
          body: ByteBuffer(bytes: body)))
    }
  }

  /// The routes on a database, with a browser. Without a worker nobody does the jobs.
  static func visit<T: Sendable>(
    _ database: any MunicipalDatabase, now: @escaping @Sendable () -> Int64 = { 1_750_000_000 },
    organisation: OrganisationImporting? = nil, hasWorker: Bool = true,
    _ body: @escaping @Sendable (Browser) async throws -> T
  ) async throws -> T {
    let router = Router(context: SurfaceContext.self)
    router.add(middleware: Reception { HouseSign(municipality: "Egelund Kommune") })
    router.add(middleware: TroubleDesk())
    let jobs = ImportJobs(
      database: database, tenant: EmptyDatabase.tenant, now: now, profiles: ImportProfile.native,
      organisation: organisation)
    let board = JobBoard(database, EmptyDatabase.tenant)
    let worker = JobWorker(board, hasWorker ? [jobs.jobKind] : [])
    // The answer is waited for as long as it takes, however slow the machine is.
    ImportRoutes(jobs, board: board, patience: hasWorker ? .seconds(60) : .zero).add(to: router)
    do {
      let result = try await Application(router: router).test(.router) { try await body(Browser(client: $0)) }
      await worker.stop()
      return result
    } catch {
      await worker.stop()
      throw error
    }
  }

  @Test("a file is looked at, confirmed and loaded, and what waited is gone")
  func loads() async throws {
    try await ImportGround.with { ground in
      let before = try await ground.read { try $0.all().count }
      try await Self.visit(ground.database) { browser in
        let looked = try await browser.send(Self.ledger)
        #expect(looked.status == .ok)
        #expect(looked.html.contains("1001 Møllehuset") && looked.html.contains("1.184,56"))
        #expect(try await ground.read { try $0.all().count } == before)
        let ticket = try #require(looked.ticket)
        let answer = try await browser.confirm(ticket)
        #expect(answer.status == .seeOther && answer.location == "/import/done?import=2")
        let done = try await browser.get("/import/done?import=2")
        #expect(done.html.contains("3 rækker fra bog.csv er indlæst, i alt 1.184,56\u{A0}kr."))
        #expect(done.html.contains("href=\"/rounds\" class=\"button\""))
        #expect(try await ground.read { try $0.draft(ticket) } == nil)
        let start = try await browser.get("/import")
        #expect(start.html.contains("<code>bog.csv</code>") && start.html.contains("15.06.2025"))
      }
    }
  }

  @Test("a form sent twice loads once and is answered alike; another yes to the same file is told that it was there")
  func twice() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let looked = try await browser.send(Self.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        for _ in 0..<2 {
          #expect(try await browser.confirm(ticket, key: key).location == "/import/done?import=2")
        }
        let again = try await browser.confirm(ticket)
        #expect(again.location == "/import/done?import=2&again=yes")
        let done = try await browser.get("/import/done?import=2&again=yes")
        #expect(done.html.contains("Intet er ændret."))
        #expect(done.html.contains("15.06.2025 kl. 17.06, af dig eller fra en anden fane, browser eller server"))
        #expect(try await ground.read { try $0.all().count } == 2)
        let lookedAgain = try await browser.send(Self.ledger)
        #expect(lookedAgain.html.contains("Filen er indlæst før som bog.csv."))
      }
    }
  }

  @Test("without the browser's token nothing happens", arguments: ["", "andet0123456789andet"])
  func foreignForm(_ token: String) async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let before = try await ground.dump()
        #expect(try await browser.send(Self.ledger, token: token).status == .forbidden)
        #expect(try await ground.dump() == before)
        let ticket = try #require(try await browser.send(Self.ledger).ticket)
        let waiting = try await ground.dump()
        #expect(try await browser.confirm(ticket, token: token).status == .forbidden)
        #expect(try await ground.dump() == waiting)
      }
    }
  }

  @Test("what is missing in the form is told at once, and what was typed is kept")
  func formErrors() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let answer = try await browser.send(nil, kind: "ledger", year: "25", profile: "budget")
        #expect(answer.status == .unprocessableContent)
        #expect(answer.html.contains("value=\"25\"") && answer.html.contains("value=\"ledger\" checked"))
        for field in ["#year", "#profile", "#file"] { #expect(answer.html.contains("href=\"\(field)\"")) }
        let empty = try await browser.send(nil, kind: "", year: "", profile: "")
        #expect(empty.html.contains("href=\"#kind\"") && !empty.html.contains("href=\"#year\""))
        let organisation = try await browser.send([], kind: "organisation")
        #expect(organisation.html.contains("href=\"#kind\""))
      }
    }
  }

  @Test(
    "a file that is wrong shows its findings, waits for nothing and cannot be loaded", arguments: BadInputTests.cases)
  func badFile(_ bad: BadInputTests.Case) async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      try await Self.visit(ground.database) { browser in
        let answer = try await browser.send(bad.bytes)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.html.contains("fejl i filen") && !answer.html.contains("action=\"/import/confirm\""))
      }
      #expect(try await ground.dump() == before)
    }
  }

  @Test(
    "a file with a column of civil registration numbers is not kept, not even while it waits",
    arguments: ["CPR-nr.", "Borgers CPR", "Personnummer", "cpr_nummer"])
  func civilNumbers(_ heading: String) async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      try await Self.visit(ground.database) { browser in
        let text = "\(heading);" + ImportGround.header + "0101010000;1;02.01.2025;1001;3;1;Løn;1,00\n"
        let answer = try await browser.send(Array(text.utf8))
        #expect(answer.status == .unprocessableContent)
        #expect(answer.html.contains("kan rumme CPR-numre, og siden vil ikke gemme dem"))
        #expect(!answer.html.contains("0101010000") && !answer.html.contains("action=\"/import/confirm\""))
      }
      #expect(try await ground.dump() == before)
    }
  }

  @Test("nor is one with such a number in a text")
  func civilNumberInText() async throws {
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      try await Self.visit(ground.database) { browser in
        let answer = try await browser.send(
          Array((ImportGround.header + "1;02.01.2025;1001;3;1;Løn 010190-1234;1,00\n").utf8))
        #expect(answer.status == .unprocessableContent && answer.html.contains("der står CPR-numre i teksterne (1)"))
        #expect(!answer.html.contains("010190") && !answer.html.contains("action=\"/import/confirm\""))
      }
      #expect(try await ground.dump() == before)
    }
  }

  @Test("a file of thousands of faults still gives a light page")
  func lightPage() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let rows = String(repeating: "1;02.13.2025;1001;3;1;Løn;1,00\n", count: 3_000)
        let answer = try await browser.send(Array((ImportGround.header + rows).utf8))
        #expect(answer.html.contains("Vi fandt 3.000 fejl i filen") && answer.html.utf8.count < 150_000)
      }
    }
  }

  @Test("a file over the page's limit is refused with the way out")
  func tooLarge() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let before = try await ground.dump()
        let answer = try await browser.send([UInt8](repeating: 65, count: ImportRoutes.largestUpload))
        #expect(answer.status == .contentTooLarge)
        #expect(answer.html.contains("32 MB") && answer.html.contains("styrehus import"))
        #expect(try await ground.dump() == before)
      }
    }
  }

  @Test("shared vouchers are for a person to decide: stop, add or replace", arguments: OverlapChoice.allCases)
  func overlap(_ choice: OverlapChoice) async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      try await Self.visit(ground.database) { browser in
        let text = ImportGround.header + "3;04.02.2025;1002;3.22.01;2.9;Frugt;75,00\n"
        let looked = try await browser.send(Array(text.utf8), name: "ny.csv")
        #expect(looked.html.contains("Erstat bog.csv"))
        let ticket = try #require(looked.ticket)
        let undecided = try await browser.confirm(ticket)
        #expect(undecided.status == .conflict && undecided.ticket == ticket)
        #expect(looked.html.contains(#"name="seen" value="\#(first.id)""#))
        let answer = try await browser.confirm(ticket, overlap: choice.rawValue, seen: [first.id])
        let current = try await ground.read { try $0.current(.ledger) }.map(\.fileName)
        switch choice {
        case .stop:
          #expect(answer.html.contains("Indlæsningen er stoppet") && current == ["bog.csv"])
          #expect(try await ground.read { try $0.draft(ticket) } == nil)
        case .add: #expect(current == ["bog.csv", "ny.csv"])
        case .replace:
          #expect(current == ["ny.csv"])
          let done = try await browser.get(try #require(answer.location))
          #expect(done.html.contains("De erstatter \(first.fileName)."))
        }
      }
    }
  }

  @Test(
    "nobody says yes to replace or add to a file that came after the page was shown", arguments: ["replace", "add"])
  func unseen(_ choice: String) async throws {
    try await ImportGround.with { ground in
      let first = try await ground.imported(ImportGround.ledger)
      try await Self.visit(ground.database) { browser in
        let text = ImportGround.header + "3;04.02.2025;1002;3.22.01;2.9;Frugt;75,00\n"
        let ticket = try #require(try await browser.send(Array(text.utf8), name: "ny.csv").ticket)
        let between = ImportGround.header + "3;05.02.2025;1002;3.22.01;2.9;Brød;12,00\n"
        let second = try await ground.imported(between, as: "imens.csv", overlap: .add)
        let answer = try await browser.confirm(ticket, overlap: choice, seen: [first.id])
        #expect(answer.status == .conflict && answer.html.contains("imens.csv"))
        #expect(try await ground.read { try $0.current(.ledger) }.map(\.fileName) == ["bog.csv", "imens.csv"])
        let again = try await browser.confirm(ticket, overlap: choice, seen: [first.id, second.id])
        #expect(again.status == .seeOther)
      }
    }
  }

  @Test("one form cannot say both yes and stop")
  func yesAndStop() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database, hasWorker: false) { browser in
        let looked = try await browser.send(Self.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        _ = try await browser.confirm(ticket, key: key)
        let stopped = try await browser.confirm(ticket, overlap: "stop", key: key)
        #expect(stopped.status == .conflict && stopped.html.contains("allerede svaret"))
        #expect(try await ground.read { try $0.draft(ticket) } != nil)
      }
    }
  }

  @Test("a file that was stopped while its job waited is not imported")
  func stoppedFirst() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let looked = try await browser.send(Self.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        _ = try await browser.confirm(ticket, overlap: "stop")
        let answer = try await browser.confirm(ticket, key: key)
        #expect(answer.status == .gone)
        #expect(try await ground.read { try $0.all() }.allSatisfy { $0.kind != .ledger })
      }
    }
  }

  @Test("a file waits a day, then it is forgotten when the next one comes")
  func forgets() async throws {
    try await ImportGround.with { ground in
      let clock = SharedClock()
      try await Self.visit(ground.database, now: { clock.time.withLock { $0 } }) { browser in
        let old = try #require(try await browser.send(Self.ledger).ticket)
        clock.time.withLock { $0 += ImportDraft.lifetime + 1 }
        _ = try await browser.send(Self.ledger)
        let answer = try await browser.confirm(old)
        #expect(answer.status == .gone && answer.html.contains("Filen venter ikke længere"))
        #expect(try await ground.read { try $0.all().count } == 1)
      }
    }
  }

  private final class SharedClock: Sendable { let time = Mutex<Int64>(1_750_000_000) }

  @Test("trouble with the database is told in plain words, without what the database itself said")
  func databaseTrouble() async throws {
    let broken = BrokenDatabase(error: .of(.locked(by: 7), detail: "SQLite 5: secret"))
    try await Self.visit(broken) { browser in
      let answer = try await browser.get("/import")
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.html.contains("Databasen er i brug af et andet program.") && !answer.html.contains("secret"))
    }
    try await Self.visit(BrokenDatabase(error: .of(.diskFull, detail: "SQLite 13"))) { browser in
      let answer = try await browser.send(Self.ledger)
      #expect(answer.status.code == 507 && answer.html.contains("Der er ikke mere plads på disken."))
    }
  }

  @Test("where nobody knows whether a file was kept, that is what is said; the same form sent again finds it")
  func inDoubt() async throws {
    try await ImportGround.with { ground in
      // The draft is kept; of the import, the answer is lost.
      let database = LostAnswers(ground.database, [nil, .of(.outcomeUnknown, detail: "secret")])
      try await Self.visit(database) { browser in
        let looked = try await browser.send(Self.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        let answer = try await browser.confirm(ticket, key: key)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.html.contains("Vi ved ikke, om den er gemt.") && !answer.html.contains("secret"))
        #expect(!answer.html.contains("Intet er ændret"))
        #expect(try await browser.confirm(ticket, key: key).location == "/import/done?import=2")
        #expect(try await ground.read { try $0.all().count } == 2)
      }
    }
  }

  @Test("a file is loaded once, also where every answer about its job is lost")
  func lostJob() async throws {
    try await ImportGround.with { ground in
      // Kept are the draft, the job, that it was taken, and its end.
      let lost = DatabaseError.of(.outcomeUnknown, detail: "secret")
      let database = LostAnswers(ground.database, [nil, nil, lost, lost])
      try await Self.visit(database) { browser in
        let looked = try await browser.send(Self.ledger)
        let (ticket, key) = (try #require(looked.ticket), try #require(looked.key))
        let answer = try await browser.confirm(ticket, key: key)
        #expect(answer.status == .seeOther && answer.location == "/import/done?import=2")
        #expect(try await ground.read { try $0.all().count } == 2)
      }
    }
  }

  @Test("organisation files go to the register that was given")
  func organisation() async throws {
    try await ImportGround.with { ground in
      let register = OrganisationImporting { request in
        var preview = FilePreview()
        preview.recordCount = 4
        try preview.readFirstRows(request)
        return preview
      } run: { _, sealing in
        try await ground.database.write(EmptyDatabase.tenant) { try sealing($0, .imported(rows: 4)) }
        return .imported(rows: 4)
      }
      try await Self.visit(ground.database, organisation: register) { browser in
        let text =
          "Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til\n1;A;enhed;;ja;ja;2022-01-01;\n"
        let looked = try await browser.send(Array(text.utf8), kind: "organisation", year: "", name: "org.csv")
        #expect(looked.status == .ok && looked.html.contains("Kræver aftale"))
        let confirmed = try await browser.confirm(try #require(looked.ticket))
        let done = try await browser.get(try #require(confirmed.location))
        #expect(done.html.contains("4 rækker fra org.csv er indlæst."))
      }
    }
  }

  @Test("an import that is not there is a page that says so")
  func noSuchImport() async throws {
    try await ImportGround.with { ground in
      try await Self.visit(ground.database) { browser in
        let done = try await browser.get("/import/done?import=17")
        #expect(done.status == .notFound)
        let confirmed = try await browser.confirm("nogetandet")
        #expect(confirmed.status == .gone)
      }
    }
  }
}

/// A database that fails whatever is asked of it.
struct BrokenDatabase: MunicipalDatabase {
  let error: DatabaseError
  var dialect: Dialect { .sqlite }
  var description: Words { Words(same: "broken") }

  func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { throw error }

  func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { throw error }

  func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { throw error }

  func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { throw error }

  func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] { throw error }
  func close() async throws { throw error }
}
