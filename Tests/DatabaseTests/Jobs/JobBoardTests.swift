import SteeringCore
import StyrehusTesting
import Synchronization
import Testing

@testable import Database

/// Adds the round of a number; a second time it is refused by the table.
private let addRound = "INSERT INTO round (tenant, number, title) VALUES (:tenant, :number, 'x')"

/// Something that a job's work waits for, on Swift's own threads.
private final class Bell: Sendable {
  private let stream: AsyncStream<Void>
  private let ringer: AsyncStream<Void>.Continuation

  init() { (stream, ringer) = AsyncStream.makeStream() }
  func ring() { ringer.yield() }
  func wait() async { for await _ in stream { return } }
}

/// The claim, which must be one.
func taken(_ taking: JobBoard.Taking, sourceLocation: SourceLocation = #_sourceLocation) throws -> JobClaim {
  if case .taken(let claim) = taking { return claim }
  Issue.record("no job was taken: \(taking)", sourceLocation: sourceLocation)
  throw CancellationError()
}

@Suite("Jobs")
struct JobBoardTests {
  private func command(_ key: CommandKey = .fresh(), _ content: String = "7") -> Command {
    Command(key, kind: "round") { [content] }
  }

  /// A kind of job that adds the round of a number.
  private func adding(
    _ number: Int64, to database: any MunicipalDatabase,
    before: @escaping @Sendable (JobClaim) async throws -> Void = { _ in }
  ) -> JobKind {
    JobKind("round") { claim in
      try await before(claim)
      try await database.write(eastern) { connection in
        try connection.run(addRound, ["number": .integer(number)])
        try claim.seal(connection, result: "added \(number)")
      }
      return .sealed
    }
  }

  private func count(_ database: any MunicipalDatabase) async throws -> Int64? {
    try await database.read(eastern) {
      try $0.row("SELECT COUNT(*) AS n FROM round WHERE tenant = :tenant")?.integer("n")
    }
  }

  /// What happens to a job when its server dies: nobody in this process holds it, and its lease runs out.
  private func die(_ claim: JobClaim, on database: any MunicipalDatabase) async throws {
    LiveClaims.ofThisProcess.remove(claim.token)
    try await database.writeAcrossTenants { _ = try $0.run("UPDATE database_job SET lease_until = 0") }
  }

  @Test("a job is done once, told about and kept with its result", arguments: TestedDatabase.allCases)
  func done(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, server: "one", lease: .seconds(3_600))
      let worker = JobWorker(board, [adding(1, to: database)])
      let command = command()
      try await board.enqueue(command, about: "round=1")
      let asked = try #require(try await board.job(command.key))
      #expect(asked.kind == "round" && asked.about == "round=1" && asked.enqueuedAt > 1_700_000_000)
      let job = try #require(try await board.job(command.key, endedWithin: .seconds(60)))
      #expect(job.state == .done && job.result == "added 1" && job.attempts == 1 && job.claimedBy == "one")
      #expect(job.endedAt != nil && job.startedAt != nil && job.isEnded && job.failure == nil)
      try await board.enqueue(command, about: "round=1")
      #expect(try await board.job(command.key)?.state == .done)
      #expect(try await board.unfinished("round").isEmpty)
      await worker.stop()
      #expect(try await count(database) == 1)
    }
  }

  @Test("a key that was used for another job is refused", arguments: TestedDatabase.allCases)
  func reused(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let key = CommandKey.fresh()
      try await board.enqueue(command(key), about: "7")
      await #expect(throws: CommandReused(key: key)) { try await board.enqueue(command(key, "8"), about: "8") }
      #expect(try await board.job(key)?.about == "7")
    }
  }

  @Test("a job is held by one, and another one of the municipality waits", arguments: TestedDatabase.allCases)
  func oneAtATime(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let (first, second) = (command(), command())
      for each in [first, second] { try await board.enqueue(each, about: "") }
      let claim = try taken(try await board.claim(["round"]))
      guard case .othersFirst = try await board.claim(["round"]), case .nothing = try await board.claim(["other"])
      else {
        Issue.record("two jobs at a time")
        return
      }
      #expect(try await board.end(claim, .refused, result: "no"))
      let next = try taken(try await board.claim(["round"]))
      #expect(next.job.id != claim.job.id)
      #expect(try await board.job(claim.job.id)?.state == .refused)
    }
  }

  @Test("a job whose server died is taken over, and done once", arguments: TestedDatabase.allCases)
  func takenOver(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let dead = JobBoard(database, eastern, server: "dead", lease: .seconds(3_600))
      let command = command()
      try await dead.enqueue(command, about: "")
      let claim = try taken(try await dead.claim(["round"]))
      let board = JobBoard(database, eastern, server: "alive", lease: .seconds(3_600))
      guard case .nothing = try await board.claim(["round"]) else {
        Issue.record("a job that is held was taken")
        return
      }
      try await die(claim, on: database)
      let worker = JobWorker(board, [adding(1, to: database)])
      worker.begin()
      let job = try #require(try await board.job(command.key, endedWithin: .seconds(60)))
      #expect(job.state == .done && job.claimedBy == "alive" && job.attempts == 2)
      await worker.stop()
    }
  }

  @Test("a server that was only believed dead cannot end a job that was taken over", arguments: TestedDatabase.allCases)
  func believedDead(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let command = command()
      try await board.enqueue(command, about: "")
      let slow = try taken(try await board.claim(["round"]))
      try await die(slow, on: database)
      let quick = try taken(try await board.claim(["round"]))
      if database.isShared {
        let isHeld = try await board.extend(slow)
        #expect(!isHeld)
      }
      await #expect(throws: ClaimLost()) {
        try await database.write(eastern) { connection in
          try connection.run(addRound, ["number": 1])
          try slow.seal(connection, result: "slow")
        }
      }
      #expect(try await count(database) == 0, "nothing of its work was kept")
      #expect(try await board.end(slow, .failed, result: "slow") == false)
      try await board.giveBack(slow)
      try await database.write(eastern) { connection in
        try connection.run(addRound, ["number": 1])
        try quick.seal(connection, result: "quick")
      }
      #expect(try await board.job(command.key)?.result == "quick")
      await #expect(throws: ClaimLost()) {
        try await database.write(eastern) { try quick.seal($0, result: "twice") }
      }
    }
  }

  @Test("a job that three servers died of is given up, and the next one is done", arguments: TestedDatabase.allCases)
  func abandoned(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let (bad, good) = (command(), command())
      try await board.enqueue(bad, about: "")
      for _ in 0..<3 { try await die(try taken(try await board.claim(["round"])), on: database) }
      try await board.enqueue(good, about: "")
      guard case .givenUp(let left) = try await board.claim(["round"]) else {
        Issue.record("it is not given up")
        return
      }
      #expect(left.id == bad.key)
      let claim = try taken(try await board.claim(["round"]))
      #expect(claim.job.id == good.key)
      let job = try #require(try await board.job(bad.key))
      #expect(job.state == .failed && job.failure == .abandoned)
      #expect(job.failure?.message(.danish).contains("3 gange") == true)
    }
  }

  @Test("progress is told on every server while the work goes on", arguments: TestedDatabase.allCases)
  func progress(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let (reached, goOn) = (Bell(), Bell())
      let worker = JobWorker(
        board,
        [
          adding(1, to: database) { claim in
            try claim.reached(640, of: 1_000)
            reached.ring()
            await goOn.wait()
          }
        ])
      let command = command()
      try await board.enqueue(command, about: "")
      await reached.wait()
      let other = JobBoard(database, eastern, lease: .seconds(3_600))
      while true {
        let job = try #require(try await other.job(command.key))
        #expect(job.state == .running)
        if job.done == 640, job.total == 1_000 { break }
        try await Task.sleep(for: .milliseconds(10))
      }
      if database.isShared {
        // What the other server sees is in the row, not only in this process.
        while try await database.read(eastern, { try JobStore($0).job(command.key)?.done }) != 640 {
          try await Task.sleep(for: .milliseconds(10))
        }
      }
      #expect(try await other.unfinished("round").map(\.id) == [command.key])
      goOn.ring()
      #expect(try await board.job(command.key, endedWithin: .seconds(60))?.state == .done)
      await worker.stop()
    }
  }

  @Test("an orderly stop waits for the job; one that is broken off is given back", arguments: TestedDatabase.allCases)
  func stops(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let board = JobBoard(database, eastern, lease: .seconds(3_600))
      let begun = Bell()
      let worker = JobWorker(
        board,
        [
          adding(1, to: database) { _ in
            begun.ring()
            try await Task.sleep(for: .seconds(3_600))
          }
        ])
      let command = command()
      try await board.enqueue(command, about: "")
      await begun.wait()
      let stopping = Task { await worker.stop() }
      stopping.cancel()
      await stopping.value
      let job = try #require(try await board.job(command.key))
      #expect(job.state == .waiting && job.attempts == 0)
      #expect(try await count(database) == 0)

      let next = JobWorker(JobBoard(database, eastern, lease: .seconds(3_600)), [adding(1, to: database)])
      next.begin()
      #expect(try await board.job(command.key, endedWithin: .seconds(60))?.state == .done)
      await next.stop()
    }
  }

  @Test("trouble with the database puts a job back, anything else ends it", arguments: TestedDatabase.allCases)
  func trouble(_ tested: TestedDatabase) async throws {
    try await EmptyDatabase.with(commandTables, on: tested) { database in
      let cases: [(any Error & Sendable, Job.State)] = [
        (DatabaseError.of(.busy, detail: ""), .waiting), (DatabaseError.of(.unavailable, detail: ""), .waiting),
        (DatabaseError.of(.outcomeUnknown, detail: ""), .waiting), (DatabaseError.of(.diskFull, detail: ""), .failed),
        (DatabaseError.misuse("x"), .failed),
      ]
      for (number, (error, state)) in cases.enumerated() {
        let tenant = Tenant(key: "town-\(number)")
        let board = JobBoard(database, tenant, lease: .seconds(3_600))
        let worker = JobWorker(board, [JobKind("round") { _ in throw error }])
        let command = command()
        try await board.enqueue(command, about: "")
        while try await board.job(command.key)?.startedAt == nil { try await Task.sleep(for: .milliseconds(5)) }
        await worker.stop()
        #expect(try await board.job(command.key)?.state == state)
      }
    }
  }

  @Test("fields of a job are read back as they were written")
  func fields() {
    let fields = ["file": "a=b\\n\nc\\", "empty": "", "year": "2025"]
    #expect(FieldText.fields(FieldText.text(fields)) == fields)
  }
}
