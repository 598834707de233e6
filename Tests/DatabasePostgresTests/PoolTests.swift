import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("A turnstile")
struct TurnstileTests {
  @Test("Those who wait go in one by one, in the order in which they came")
  func order() async throws {
    let turnstile = Turnstile(places: 1)
    try await turnstile.enter(patience: .seconds(300))
    let order = Note<[Int]>([])
    let tasks = try await (0..<5).asyncMap { number in
      let task = Task {
        try await turnstile.enter(patience: .seconds(300))
        order.value += [number]
        turnstile.leave()
      }
      try await Task.sleep(for: .milliseconds(20))
      return task
    }
    turnstile.leave()
    for task in tasks { try await task.value }
    #expect(order.value == [0, 1, 2, 3, 4])
  }

  @Test("Who waits too long, or is cancelled, leaves the line; the others move up")
  func leaving() async throws {
    let turnstile = Turnstile(places: 1)
    try await turnstile.enter(patience: .seconds(300))
    let cancelled = Task { try await turnstile.enter(patience: .seconds(60)) }
    let patient = Task { try await turnstile.enter(patience: .seconds(60)) }
    let error = await databaseError { try await turnstile.enter(patience: .milliseconds(50)) }
    #expect(error?.kind == .busy)
    #expect(error?.message.danish == "For mange bruger databasen på én gang.")
    let none = await databaseError { try await turnstile.enter(patience: .zero) }
    #expect(none?.kind == .busy)
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    turnstile.leave()
    try await patient.value
    turnstile.leave()
    try await turnstile.enter(patience: .zero)
  }

  @Test("A closed turnstile waits for those inside and lets nobody in")
  func closing() async throws {
    let turnstile = Turnstile(places: 2)
    try await turnstile.enter(patience: .seconds(300))
    try await turnstile.enter(patience: .seconds(300))
    let waiting = Task { try await turnstile.enter(patience: .seconds(60)) }
    try await Task.sleep(for: .milliseconds(50))
    let isClosed = Note(false)
    let closing = Task {
      await turnstile.close()
      isClosed.value = true
    }
    let error = await databaseError { try await waiting.value }
    #expect(error?.kind == .unavailable)
    turnstile.leave()
    try await Task.sleep(for: .milliseconds(50))
    #expect(!isClosed.value)
    turnstile.leave()
    await closing.value
    await turnstile.close()
    let late = await databaseError { try await turnstile.enter(patience: .zero) }
    #expect(late?.kind == .unavailable)
  }

  @Test("A thousand who come and go, and half of them give up, leave it as it was")
  func storm() async throws {
    let turnstile = Turnstile(places: 3)
    let inside = Note(0)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<1_000 {
        group.addTask {
          let task = Task {
            try await turnstile.enter(patience: .milliseconds(number % 7))
            inside.value += 1
            await Task.yield()
            turnstile.leave()
          }
          if number % 3 == 0 { task.cancel() }
          _ = await task.result
        }
      }
    }
    #expect(inside.value > 0)
    for _ in 0..<3 { try await turnstile.enter(patience: .zero) }
    await #expect(throws: DatabaseError.self) { try await turnstile.enter(patience: .zero) }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var all: [T] = []
    for element in self { all.append(try await transform(element)) }
    return all
  }
}

@Suite("Connections that are shared", wherePostgresIs)
struct PoolTests {
  private var impatient: PostgresLimits {
    var limits = PostgresLimits.forTests
    limits.turn = .milliseconds(300)
    return limits
  }

  @Test("When every reader's connection is in use, the next one waits, but not for ever", arguments: [true, false])
  func exhausted(isImpatient: Bool) async throws {
    let database = try await emptyTally(isImpatient ? impatient : .forTests)
    let gate = Gate()
    let holders = (0..<2).map { _ in Task { try await database.read(eastern) { _ in gate.pass() } } }
    try await gate.awaitArrival(of: 2)
    let waiting = Task { try await database.numbers() }
    if isImpatient {
      let error = await databaseError { try await waiting.value }
      #expect(error?.kind == .busy)
    } else {
      let cancelled = Task { try await database.numbers() }
      try await Task.sleep(for: .milliseconds(50))
      cancelled.cancel()
      await #expect(throws: CancellationError.self) { try await cancelled.value }
    }
    gate.open(for: 2)
    for holder in holders { #expect(try await holder.value) }
    if !isImpatient { #expect(try await waiting.value == []) }
    #expect(try await database.numbers() == [])
    try await database.close()
  }

  @Test("Writers who wait for each other keep no reader waiting, nor the writers of another municipality")
  func writersWait() async throws {
    let database = try await emptyTally()
    let gate = Gate()
    let writers = (0..<6).map { number in
      Task {
        try await database.write(eastern) { connection in
          let isOpened = gate.pass()
          try connection.run(insertTally, ["number": .integer(Int64(number)), "title": "x"])
          return isOpened
        }
      }
    }
    try await gate.awaitArrival(of: 1)
    #expect(try await database.numbers() == [])
    try await database.add(1, for: western)
    gate.open(for: 6)
    for writer in writers { #expect(try await writer.value) }
    #expect(try await database.numbers() == [0, 1, 2, 3, 4, 5])
    try await database.close()
  }

  @Test("A writer on another server waits its turn in the database, but not for ever")
  func turnAmongServers() async throws {
    let server = try ThrowawayPostgres.shared
    let schema = server.newSchema()
    let one = try await PostgresDatabase.open(schema.address, limits: impatient)
    try await one.writeAcrossTenants { _ = try $0.run("CREATE SCHEMA \(schema.name)") }
    let two = try await PostgresDatabase.open(schema.address, limits: impatient)
    let gate = Gate()
    let holder = Task { try await one.write(eastern) { _ in gate.pass() } }
    try await gate.awaitArrival(of: 1)
    let error = await databaseError { try await two.write(eastern) { _ in } }
    #expect(error?.kind == .busy)
    #expect(error?.detail.contains("55P03") == true)
    try await two.write(western) { _ in }
    gate.open()
    #expect(try await holder.value)
    try await two.write(eastern) { _ in }
    try await one.close()
    try await two.close()
  }

  @Test("A cancelled task's statement is stopped on the server, and the connection's place is free again")
  func cancelled() async throws {
    var limits = PostgresLimits.forTests
    limits.statement = .seconds(600)
    let database = try await emptyTally(limits)
    let backends = Note<[Int64]>([])
    let sleepers = (0..<2).map { _ in
      Task {
        try await database.read(eastern) { connection in
          let own = try connection.row("SELECT pg_backend_pid() AS pid, :tenant AS t")?.integer("pid") ?? 0
          backends.change { $0.append(own) }
          _ = try connection.rows("SELECT pg_sleep(600)::text AS s, :tenant AS t")
        }
      }
    }
    try await until { backends.value.count == 2 }
    try await Task.sleep(for: .milliseconds(200))
    for sleeper in sleepers {
      sleeper.cancel()
      await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
    #expect(try await database.numbers() == [])
    let left = "(SELECT COUNT(*) FROM pg_stat_activity WHERE pid IN (:one, :two))"
    let both: [String: DatabaseValue] = ["one": .integer(backends.value[0]), "two": .integer(backends.value[1])]
    try await until { try await database.value(left, both) == 0 }
    try await database.close()
  }

  @Test("A statement that takes too long is ended by the server and told so")
  func tooSlow() async throws {
    var limits = PostgresLimits.forTests
    limits.statement = .seconds(1)
    let database = try await emptyTally(limits)
    let error = await databaseError {
      try await database.read(eastern) { try $0.rows("SELECT pg_sleep(30)::text AS s, :tenant AS t").count }
    }
    #expect(error?.kind == .busy)
    #expect(error?.message.danish == "Databasen nåede ikke at svare i tide.")
    #expect(try await database.numbers() == [])
    try await database.close()
  }

  @Test("While bodies wait on their threads, Swift's own are free")
  func threads() async throws {
    var limits = PostgresLimits.forTests
    // More than Swift has threads: if bodies ran on those, nobody could open the gate.
    limits.readers = ProcessInfo.processInfo.activeProcessorCount + 2
    let database = try await emptyTally(limits)
    let gate = Gate()
    let readers = (0..<limits.readers).map { _ in Task { try await database.read(eastern) { _ in gate.pass() } } }
    try await gate.awaitArrival(of: limits.readers)
    gate.open(for: limits.readers)
    for reader in readers { #expect(try await reader.value) }
    try await database.close()
  }

  @Test("Prepared statements are kept in a bounded number, and the most used ones stay")
  func prepared() async throws {
    let database = try await emptyTally()
    let count = try await database.read(eastern) { connection in
      for number in 0..<600 {
        _ = try connection.rows("SELECT \(number) AS n, :tenant AS t")
        _ = try connection.rows("SELECT 'often' AS word, :tenant AS t")
      }
      let row = try connection.row(
        """
        SELECT COUNT(*) AS n, COUNT(*) FILTER (WHERE statement LIKE '%often%') AS often FROM pg_prepared_statements
        WHERE :tenant <> ''
        """)
      #expect(try row?.integer("often") == 2, "this statement is the other one")
      return try row?.integer("n") ?? 0
    }
    #expect(count <= Int64(PreparedStatements.capacity))
    #expect(count > 200)
    try await database.close()
  }
}
