import Database
import DatabaseSQLite
import Economy
import Foundation
import Ledger
import StyrehusTesting
import Testing

@testable import StyrehusApp

/// A browser that loads a ledger at servers that are processes of their own.
private struct Visitor {
  static let token = SignedIn.token
  let postings: Int

  var ledger: String {
    var text = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
    for number in 0..<postings {
      let month = 101 + number * 12 / postings
      text += "\(10 + number / 3);15.\(String(month).dropFirst()).2025;\(1001 + number % 2);3.22.01;"
      text += "\(1 + number % 4).\(number % 9);Bilag \(number);\(number % 1000),\(10 + number % 90)\n"
    }
    return text
  }

  /// Sends the ledger to be looked at; gives the form that says yes, and its key.
  func look(at server: RunningServer) async throws -> (form: String, key: String) {
    var body = ""
    let fields = [
      ("token", Self.token), ("key", CommandKey.fresh().text), ("kind", "ledger"), ("year", "2025"),
      ("profile", "native"),
    ]
    for (field, value) in fields {
      body += "--x\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"stor.csv\"\r\n\r\n\(ledger)\r\n--x--\r\n"
    let page = try await server.post("/import/preview", "multipart/form-data; boundary=x", body, token: Self.token)
    let key = try #require(page.firstMatch(of: /name="key" value="([0-9a-f]+)"/)?.output.1)
    let ticket = try #require(page.firstMatch(of: /name="ticket" value="([0-9a-f-]+)"/)?.output.1)
    return ("token=\(Self.token)&key=\(key)&ticket=\(ticket)", String(key))
  }

  static let formType = "application/x-www-form-urlencoded"
}

@Suite("A job whose server is killed")
struct JobTakenOverTests {
  /// How many ledgers there are that hold so many postings.
  private func ledgers(_ database: any MunicipalDatabase, of postings: Int) async throws -> (all: Int, whole: Int) {
    let files = try await database.read(Installation.onlyTenant) { try ImportStore($0).all() }
      .filter { $0.kind == .ledger && $0.fileName == "stor.csv" }
    return (files.count, files.count { $0.recordCount == postings })
  }

  @Test("is taken over by another server, and its file is loaded once", wherePostgresRuns)
  func anotherServer() async throws {
    let schema = try ThrowawayPostgres.shared.newSchema()
    let database: any MunicipalDatabase = try await ThrowawayPostgres.shared.open(at: schema)
    try await database.closing {
      let installation = try await Installation(on: database)
      try await SmallTown.fill(installation)
      // Long enough for a machine with much to do: nobody may take the job while its server lives.
      let one = try RunningServer("--job-lease", "15", on: schema.address)
      let other = try RunningServer("--job-lease", "15", on: schema.address)
      for server in [one, other] {
        #expect(try await server.waits { try await server.get("/health/ready")?.hasSuffix("ready\n") == true })
      }
      let visitor = Visitor(postings: 3_000)
      let (form, key) = try await visitor.look(at: one)
      let job = try #require(CommandKey(key))

      // The last statement of the import waits for this transaction, so the server is killed in the midst of its own.
      let (isHeld, held) = AsyncStream.makeStream(of: Void.self)
      let release = DispatchSemaphore(value: 0)
      let blocking = Task {
        try await database.writeBeside(installation.tenant) { connection in
          _ = try connection.run(
            """
            INSERT INTO ledger_import_file (tenant, import_id, kind, fiscal_year, file_name, content_hash, profile,
              imported_at, record_count, sum_ore, outside_year_count, outside_year_ore)
            VALUES (:tenant, 5, 'ledger', 2025, '', '', '', 0, 0, 0, 0, 0)
            """)
          held.yield()
          release.wait()
          throw CancellationError()
        }
      }
      for await _ in isHeld { break }
      let answer = try one.sendForm("/import/confirm", Visitor.formType, form, token: Visitor.token)
      let isWaiting = """
        SELECT COUNT(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%ledger_import_file%'
        """
      #expect(
        try await one.waits { try await database.readAcrossTenants { try $0.row(isWaiting)?.integer("n") } == 1 })
      let board = JobBoard(database, installation.tenant)
      // The heart of the job beats once a second.
      #expect(try await one.waits { try await board.job(job)?.done ?? 0 > 0 }, "progress is told on every server")
      let before = try #require(try await board.job(job))
      #expect(before.state == .running && before.attempts == 1 && before.total > 0)
      kill(one.process.processIdentifier, SIGKILL)
      try await one.process.ended()
      release.signal()
      _ = await blocking.result
      _ = try await answer.rest()

      #expect(
        try await other.waits {
          try await other.get("/import/jobs/\(key)")?.contains("Location: /import/done?import=5") == true
        })
      let after = try #require(try await board.job(job))
      #expect(after.attempts == 2, "\(after)")
      #expect(after.claimedBy != before.claimedBy)
      #expect(try await ledgers(database, of: 3_000) == (1, 1))
      // The answer was lost; the same form says what came of it.
      let again = try await other.post("/import/confirm", Visitor.formType, form, token: Visitor.token)
      #expect(again.contains("Location: /import/done?import=5\r\n"))
      #expect(try await ledgers(database, of: 3_000) == (1, 1))
    }
  }

  @Test("is taken over by the next start on a database of one process, and its file is loaded once")
  func nextStart() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.sqlite").path
    let visitor = Visitor(postings: 400_000)
    let filled = try SQLiteDatabase.open(path: path)
    try await filled.closing { try await SmallTown.fill(try await Installation(on: filled)) }

    let one = try RunningServer(on: "sqlite:" + path)
    #expect(try await one.waits { try await one.get("/health/ready")?.hasSuffix("ready\n") == true })
    let (form, key) = try await visitor.look(at: one)
    let answer = try one.sendForm("/import/confirm", Visitor.formType, form, token: Visitor.token)
    #expect(
      try await one.waits { try await one.get("/import")?.contains("stor.csv er ved at blive indlæst") == true })
    kill(one.process.processIdentifier, SIGKILL)
    try await one.process.ended()
    _ = try await answer.rest()
    let left = try SQLiteDatabase.open(path: path)
    try await left.closing {
      let job = try await JobBoard(left, Installation.onlyTenant).job(try #require(CommandKey(key)))
      #expect(job?.state == .running, "it was killed in the midst of it")
      #expect(try await ledgers(left, of: 400_000) == (0, 0))
    }

    let next = try RunningServer(on: "sqlite:" + path)
    #expect(
      try await next.waits {
        try await next.get("/import/jobs/\(key)")?.contains("Location: /import/done?import=5") == true
      })
    kill(next.process.processIdentifier, SIGTERM)
    try await next.process.ended()
    #expect(next.process.terminationStatus == 0)
    let after = try SQLiteDatabase.open(path: path)
    try await after.closing {
      let job = try await JobBoard(after, Installation.onlyTenant).job(try #require(CommandKey(key)))
      #expect(job?.state == .done && job?.attempts == 2)
      #expect(try await ledgers(after, of: 400_000) == (1, 1))
    }
  }

  @Test("is ended first where its server is told to stop in good order")
  func stopped() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.sqlite").path
    let filled = try SQLiteDatabase.open(path: path)
    try await filled.closing { try await SmallTown.fill(try await Installation(on: filled)) }
    let server = try RunningServer(on: "sqlite:" + path)
    #expect(try await server.waits { try await server.get("/health/ready")?.hasSuffix("ready\n") == true })
    let (form, key) = try await Visitor(postings: 400_000).look(at: server)
    let answer = try server.sendForm("/import/confirm", Visitor.formType, form, token: Visitor.token)
    #expect(
      try await server.waits { try await server.get("/import")?.contains("stor.csv er ved at blive indlæst") == true })
    kill(server.process.processIdentifier, SIGTERM)
    #expect(try await answer.rest().hasPrefix("HTTP/1.1 303 "))
    try await server.process.ended()
    #expect(server.process.terminationStatus == 0)
    let after = try SQLiteDatabase.open(path: path)
    try await after.closing {
      let job = try await JobBoard(after, Installation.onlyTenant).job(try #require(CommandKey(key)))
      #expect(job?.state == .done && job?.attempts == 1)
      #expect(try await ledgers(after, of: 400_000) == (1, 1))
    }
  }
}

/// Runs where PostgreSQL is installed, and on build servers in any case.
private let wherePostgresRuns = ConditionTrait.enabled(
  if: TestedDatabase.isPostgresExpected, "PostgreSQL is not installed: nothing is tested on it")
