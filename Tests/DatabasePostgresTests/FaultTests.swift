import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

/// Faults of the server, one after the other on a server of their own.
@Suite("When the server fails", wherePostgresIs, .serialized, .timeLimit(.minutes(3)))
struct FaultTests {
  /// A server that waits for a standby which is not there, where a transaction asks for it.
  private static let started = Result {
    try ThrowawayPostgres(settings: ["synchronous_standby_names = 'nobody'"])
  }
  private static let local = "%20-csynchronous_commit%3Dlocal"

  private var server: ThrowawayPostgres { get throws { try Self.started.get() } }

  /// Does something to the server without keeping other tests waiting.
  private func onServer(_ work: @escaping @Sendable (ThrowawayPostgres) throws -> Void) async throws {
    try await aside { try work(Self.started.get()) }
  }

  private func open(_ limits: PostgresLimits? = nil) async throws -> PostgresDatabase {
    let server = try await aside { try Self.started.get() }
    return try await emptyTally(on: server, limits ?? quick, options: Self.local)
  }

  /// Two seconds for a statement, and one more until the connection is given up.
  private var quick: PostgresLimits {
    var limits = PostgresLimits.forTests
    limits.statement = .seconds(2)
    limits.grace = .seconds(1)
    limits.reconnect = .seconds(3)
    limits.connect = .seconds(1)
    return limits
  }

  @Test("After a restart, connections that lay idle are replaced unnoticed, for readers and writers")
  func restartedIdle() async throws {
    let database = try await open()
    try await database.add(1)
    #expect(try await database.numbers() == [1])
    try await onServer { server in
      try server.stop()
      try server.start()
    }
    #expect(try await database.numbers() == [1])
    try await database.add(2)
    try await onServer { server in
      try server.kill()
      try server.start()
    }
    try await database.add(3)
    #expect(try await database.numbers() == [1, 2, 3])
    try await database.close()
  }

  @Test("Killed in the middle of a query: that one fails and says so; after the restart the next one works")
  func killed() async throws {
    let database = try await open(.forTests)
    try await database.add(1)
    let hasBegun = Note(false)
    let reading = Task {
      await databaseError {
        try await database.read(eastern) { connection in
          _ = try connection.rows("SELECT number FROM tally WHERE tenant = :tenant")
          hasBegun.value = true
          _ = try connection.rows("SELECT pg_sleep(20)::text AS s, :tenant AS t")
        }
      }
    }
    let writing = Task {
      await databaseError {
        try await database.write(eastern) { connection in
          try connection.run(insertTally, ["number": 2, "title": "x"])
          _ = try connection.rows("SELECT pg_sleep(20)::text AS s, :tenant AS t")
        }
      }
    }
    try await until { hasBegun.value }
    try await Task.sleep(for: .milliseconds(200))
    try await onServer { try $0.kill() }
    let errors = [await reading.value, await writing.value]
    #expect(errors.map(\.?.kind) == [.unavailable, .unavailable])
    #expect(errors[1]?.text(.danish).contains("Intet er ændret.") == true)
    try await onServer { try $0.start() }
    #expect(try await database.numbers() == [1])
    try await database.add(2)
    #expect(try await database.numbers() == [1, 2])
    try await database.close()
  }

  @Test("While the server is away, calls end in time; one that comes while it starts waits for it")
  func away() async throws {
    var limits = quick
    limits.reconnect = .milliseconds(600)
    let impatient = try await open(limits)
    limits.reconnect = .seconds(10)
    let patient = try await open(limits)
    try await onServer { try $0.stop() }
    let took = await time {
      let error = await databaseError { try await impatient.add(1) }
      #expect(error?.kind == .unavailable)
      #expect(error?.message.danish == "Databasen svarer ikke.")
    }
    #expect(took < .seconds(60))
    let waiting = Task { try await patient.add(1) }
    try await Task.sleep(for: .milliseconds(300))
    try await onServer { try $0.start() }
    try await waiting.value
    #expect(try await patient.numbers() == [1])
    try await impatient.add(2)
    try await impatient.close()
    try await patient.close()
  }

  @Test("A connection that is lost before the body has seen anything is replaced, and the body runs once")
  func moved() async throws {
    let database = try await open()
    let server = try server
    let runs = Note(0)
    try await database.write(eastern) { connection in
      runs.value += 1
      try server.stop()
      try server.start()
      try connection.run(insertTally, ["number": 1, "title": "x"])
    }
    let seen = try await database.read(eastern) { connection in
      runs.value += 1
      try server.kill()
      try server.start()
      var seen: [Int64] = []
      try connection.forEachRow("SELECT number FROM tally WHERE tenant = :tenant", [:]) {
        seen.append(try $0.integer("number"))
      }
      return seen
    }
    #expect(runs.value == 2)
    #expect(seen == [1])
    try await database.close()
  }

  @Test("After the body has seen something, nothing is repeated and nothing kept")
  func notMoved() async throws {
    let database = try await open()
    let server = try server
    let runs = Note(0)
    let error = await databaseError {
      try await database.write(eastern) { connection in
        runs.value += 1
        try connection.run(insertTally, ["number": 1, "title": "x"])
        try server.stop()
        try server.start()
        _ = try? connection.run(insertTally, ["number": 2, "title": "x"])
        _ = try? connection.run(insertTally, ["number": 3, "title": "x"])
      }
    }
    #expect(error?.kind == .unavailable)
    #expect(runs.value == 1)
    #expect(try await database.numbers() == [])
    try await database.close()
  }

  @Test("A frozen connection is given up in time, and the next one works")
  func frozenBackend() async throws {
    let database = try await open()
    try await database.add(1)
    var frozen: [pid_t] = []
    for writes in [false, true] {
      let backend = Note<Int64>(0)
      let body: @Sendable (any DatabaseConnection) throws -> Void = { connection in
        backend.value = try connection.row("SELECT pg_backend_pid() AS pid, :tenant AS t")?.integer("pid") ?? 0
        kill(pid_t(backend.value), SIGSTOP)
        _ = try connection.rows("SELECT number FROM tally WHERE tenant = :tenant")
      }
      let took = await time {
        let error = await databaseError {
          writes ? try await database.write(western, body) : try await database.read(eastern, body)
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.detail.contains("in time") == true)
      }
      #expect(took > .milliseconds(2900))
      #expect(took < .seconds(60))
      frozen.append(pid_t(backend.value))
      #expect(try await database.numbers() == [1])
    }
    for backend in frozen { kill(backend, SIGCONT) }
    // Thawed, it finds its client gone and lets go of what it held.
    try await database.add(1, for: western)
    try await database.close()
  }

  @Test("A frozen server keeps nobody waiting, and is used again when it thaws")
  func frozenServer() async throws {
    let database = try await open()
    try await database.add(1)
    try server.freeze(true)
    for _ in 0..<2 {
      let took = await time {
        let error = await databaseError { try await database.numbers().count }
        #expect(error?.kind == .unavailable)
      }
      #expect(took < .seconds(60))
    }
    try server.freeze(false)
    #expect(try await database.numbers() == [1])
    try await database.add(2)
    try await database.close()
  }

  @Test("Where the answer to a commit is lost, the error says that nobody knows", arguments: ["killed", "frozen"])
  func commitLost(how: String) async throws {
    let database = try await open()
    try await database.writeAcrossTenants { connection in
      try connection.run(
        "CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.7); RETURN NULL; END'")
      try connection.run(
        """
        CREATE CONSTRAINT TRIGGER dozes AFTER INSERT ON tally DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION doze()
        """)
    }
    let backend = Note<Int64>(0)
    let writing = Task {
      await databaseError {
        try await database.write(eastern) { connection in
          try connection.run(insertTally, ["number": 1, "title": "x"])
          backend.value = try connection.row("SELECT pg_backend_pid() AS pid, :tenant AS t")?.integer("pid") ?? 0
        }
      }
    }
    try await until { backend.value != 0 }
    try await Task.sleep(for: .milliseconds(200))
    if how == "killed" { try await onServer { try $0.kill() } } else { kill(pid_t(backend.value), SIGSTOP) }
    let error = await writing.value
    #expect(error?.kind == .outcomeUnknown)
    #expect(error?.text(.danish).contains("Vi ved ikke, om den er gemt.") == true)
    #expect(error?.text(.english).contains("Nothing was changed") == false)
    if how == "killed" { try await onServer { try $0.start() } } else { kill(pid_t(backend.value), SIGCONT) }
    #expect(try await database.numbers().count < 2)
    try await database.close()
  }

  @Test("A commit that the standby did not confirm is not reported as done", arguments: ["given up", "waited for"])
  func standbyMissing(how: String) async throws {
    let database = try await open()
    try await database.writeAcrossTenants { connection in
      try connection.run(
        """
        CREATE FUNCTION wait_for_standby() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM set_config(''synchronous_commit'', ''on'', true); RETURN NEW; END'
        """)
      try connection.run("CREATE TRIGGER wait BEFORE INSERT ON tally FOR EACH ROW EXECUTE FUNCTION wait_for_standby()")
    }
    let backend = Note<Int64>(0)
    let writing = Task {
      await databaseError {
        try await database.write(eastern) { connection in
          try connection.run(insertTally, ["number": 1, "title": "x"])
          backend.value = try connection.row("SELECT pg_backend_pid() AS pid, :tenant AS t")?.integer("pid") ?? 0
        }
      }
    }
    try await until { backend.value != 0 }
    try await Task.sleep(for: .milliseconds(200))
    if how == "given up" { _ = try await database.value("pg_cancel_backend(\(backend.value))") }
    let error = await writing.value
    #expect(error?.kind == .outcomeUnknown)
    #expect(error?.detail.contains(how == "given up" ? "standby" : "in time") == true)
    // The connection that was given up is noticed within a second.
    try await until { try await database.numbers() == [1] }
    try await database.close()
  }

  @Test("What a deferred rule refuses at the commit is no unknown outcome")
  func refusedAtCommit() async throws {
    let database = try await open()
    _ = try await database.writeAcrossTenants { connection in
      try connection.run("CREATE TABLE pair (tenant TEXT, n BIGINT UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    }
    let error = await databaseError {
      try await database.write(eastern) { connection in
        for _ in 0..<2 { try connection.run("INSERT INTO pair (tenant, n) VALUES (:tenant, 1)") }
      }
    }
    #expect(error?.kind == .constraint(.unique, name: "pair_n_key"))
    try await database.close()
  }

  @Test("Every write that was reported done is there after the server was killed under load")
  func acknowledged() async throws {
    let database = try await open(.forTests)
    let done = Note<Set<Int64>>([])
    let unknown = Note<Set<Int64>>([])
    let isOver = Note(false)
    let writers = (0..<4).map { writer in
      Task {
        var number = Int64(writer)
        while !isOver.value {
          do {
            try await database.add(number)
            done.change { _ = $0.insert(number) }
          } catch let error as DatabaseError {
            if error.kind == .outcomeUnknown { unknown.change { _ = $0.insert(number) } }
          } catch {}
          number += 4
        }
      }
    }
    for _ in 0..<3 {
      try await Task.sleep(for: .milliseconds(500))
      try await onServer { server in
        try server.kill()
        try server.start()
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    isOver.value = true
    for writer in writers { await writer.value }
    let kept = Set(try await database.numbers())
    #expect(done.value.count > 20)
    #expect(done.value.subtracting(kept).isEmpty, "nothing that was acknowledged is lost")
    #expect(kept.subtracting(done.value).isSubset(of: unknown.value), "nothing is kept that was said to have failed")
    try await database.close()
  }
}
