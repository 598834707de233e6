import Database
import Hummingbird
import HummingbirdTesting
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import StyrehusApp

/// A database whose answer waits until it is let go, deaf to cancellation.
private final class SilentDatabase: Sendable {
  private let state = Mutex((asked: 0, waiting: [CheckedContinuation<Void, Never>](), isOpen: false))

  var asked: Int { state.withLock { $0.asked } }

  func answer() async -> Bool {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        state.asked += 1
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
    return true
  }

  func letGo() {
    let waiting = state.withLock { state in
      state.isOpen = true
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

@Suite("Whether the house is ready")
struct ReadinessTests {
  private struct Answers: Equatable {
    let live: String
    let ready: String
  }

  /// What the two probes are answered, as status and word.
  private func answers(_ installation: Installation) async throws -> Answers {
    let site = Site(installation, sign: HouseSign(municipality: "Egelund Kommune"))
    return try await Application(router: site.router()).test(.router) { client in
      func ask(_ address: String) async throws -> String {
        let response = try await client.execute(uri: address, method: .get)
        #expect(response.headers[.setCookie] == nil)
        return "\(response.status.code) \(String(buffer: response.body))"
      }
      return Answers(live: try await ask("/health/live"), ready: try await ask("/health/ready"))
    }
  }

  @Test("it is, with a database that is up to date", arguments: TestedDatabase.allCases)
  func ready(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with([], on: tested) { database in
      let installation = try await Installation(on: database)
      #expect(try await answers(installation) == Answers(live: "200 ok\n", ready: "200 ready\n"))
    }
  }

  @Test("it is not where the database has been through another step", arguments: TestedDatabase.allCases)
  func unknownStep(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with([], on: tested) { database in
      let installation = try await Installation(on: database)
      let digest = String(repeating: "0", count: 64)
      try await database.writeAcrossTenants { connection in
        _ = try connection.run(
          """
          INSERT INTO styrehus_migration (capability, number, name, digest, applied_at)
          VALUES ('later', 1, 'x', :d, 1)
          """,
          ["d": .text(digest)])
      }
      #expect(try await answers(installation) == Answers(live: "200 ok\n", ready: "503 migrations\n"))
    }
  }

  @Test("it is not where a step is missing", arguments: TestedDatabase.allCases)
  func missingStep(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with([], on: tested) { database in
      let installation = try await Installation(on: database)
      try await database.writeAcrossTenants { _ = try $0.run("DELETE FROM styrehus_migration") }
      #expect(try await answers(installation) == Answers(live: "200 ok\n", ready: "503 migrations\n"))
    }
  }

  @Test("it lives but is not ready where the database cannot be asked", arguments: TestedDatabase.allCases)
  func gone(_ tested: TestedDatabase) async throws {
    let database = try await EmptyDatabase.open([], on: tested)
    let installation = try await Installation(on: database)
    try await database.close()
    #expect(try await answers(installation) == Answers(live: "200 ok\n", ready: "503 database\n"))
  }

  @Test(
    "a silent database is asked once, everybody is answered all the same, and it is ready again when it speaks",
    .timeLimit(.minutes(2)))
  func silent() async throws {
    let database = SilentDatabase()
    let probe = ReadinessProbe(patience: .milliseconds(50)) { await database.answer() }
    await withTaskGroup(of: Readiness.self) { group in
      for _ in 0..<20 { group.addTask { await probe.readiness() } }
      for await readiness in group { #expect(readiness == .slow) }
    }
    #expect(await probe.readiness() == .slow)
    #expect(database.asked == 1)
    database.letGo()
    var readiness = await probe.readiness()
    for _ in 0..<3_000 where readiness == .slow {
      try await Task.sleep(for: .milliseconds(10))
      readiness = await probe.readiness()
    }
    #expect(readiness == .ready)
  }
}
