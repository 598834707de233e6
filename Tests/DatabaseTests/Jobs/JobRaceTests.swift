import StyrehusTesting
import Testing

@testable import Database

@Suite("Two servers at one board")
struct JobRaceTests {
  @Test("of sixteen who take the same job at once, one gets it, twenty times", arguments: TestedDatabase.allCases)
  func claim(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.withTwoServers(commandTables, on: tested) { servers in
      for round in 0..<20 {
        let boards = (0..<16).map { JobBoard(servers[$0 % 2], eastern, lease: .seconds(3_600)) }
        let key = CommandKey.fresh()
        try await boards[0].enqueue(Command(key, kind: "round") { ["\(round)"] }, about: "")
        let takings = try await withThrowingTaskGroup(of: JobBoard.Taking.self) { group in
          for board in boards { group.addTask { try await board.claim(["round"]) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        let claims = takings.compactMap { if case .taken(let claim) = $0 { claim } else { nil } }
        #expect(claims.count == 1)
        let claim = try #require(claims.first)
        #expect(try await boards[1].job(key)?.attempts == 1)
        try await servers[1].write(eastern) { try claim.seal($0, result: "done") }
        LiveClaims.ofThisProcess.remove(claim.token)
      }
    }
  }

  @Test(
    "sixteen forms of one key are one job; all workers together do each job once", arguments: TestedDatabase.allCases)
  func work(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.withTwoServers(commandTables, on: tested) { servers in
      let boards = servers.map { JobBoard($0, eastern, lease: .seconds(3_600)) }
      let kind = JobKind("round") { claim in
        try await servers[0].write(eastern) { connection in
          try connection.run(
            """
            INSERT INTO round (tenant, number, title)
            SELECT :tenant, COALESCE(MAX(number), 0) + 1, 'x' FROM round WHERE tenant = :tenant
            """)
          try claim.seal(connection, result: "added")
        }
        return .sealed
      }
      let workers = boards.map { JobWorker($0, [kind]) }
      let keys = (0..<4).map { _ in CommandKey.fresh() }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for client in 0..<64 {
          group.addTask {
            let key = keys[client % 4]
            try await boards[client % 2].enqueue(Command(key, kind: "round") { [] }, about: "")
            let job = try await boards[1 - client % 2].job(key, endedWithin: .seconds(60))
            #expect(job?.state == .done)
          }
        }
        try await group.waitForAll()
      }
      for worker in workers { await worker.stop() }
      let count = try await servers[0].read(eastern) {
        try $0.row("SELECT COUNT(*) AS n FROM round WHERE tenant = :tenant")?.integer("n")
      }
      #expect(count == 4)
    }
  }
}
