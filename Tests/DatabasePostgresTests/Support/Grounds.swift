import Database
import DatabasePostgres
import Foundation
import StyrehusTesting
import Testing

/// Runs where PostgreSQL is installed, and on build servers in any case.
let wherePostgresIs = ConditionTrait.enabled(
  if: TestedDatabase.isPostgresExpected, "PostgreSQL is not installed: nothing is tested on it")

/// Two municipalities that exist nowhere.
let eastern = Tenant(key: "oesterby")
let western = Tenant(key: "vesterby")

/// The tables of these tests.
let countTables = [
  Migration(
    capability: "counts", number: 1, name: "counts",
    statements: [
      """
      CREATE TABLE tally (
        tenant {text} NOT NULL, number {integer} NOT NULL, title {text}, file {blob}, final {boolean} DEFAULT 0,
        PRIMARY KEY (tenant, number)
      ) {keyed}
      """
    ])
]

/// Adds a row.
let insertTally = "INSERT INTO tally (tenant, number, title) VALUES (:tenant, :number, :title)"

/// A database with the tables, in a schema of its own.
func emptyTally(
  on server: ThrowawayPostgres? = nil, _ limits: PostgresLimits = .forTests, user: String = "styrehus",
  options: String = ""
) async throws -> PostgresDatabase {
  let database = try await (try server ?? ThrowawayPostgres.shared).open(limits, user: user, options: options)
  _ = try await MigrationRunner(countTables).run(on: database, now: { 0 })
  return database
}

extension MunicipalDatabase {
  /// Adds a row.
  func add(_ number: Int64, for tenant: Tenant = eastern) async throws {
    try await write(tenant) { _ = try $0.run(insertTally, ["number": .integer(number), "title": "x"]) }
  }

  /// The numbers of a municipality's rows.
  func numbers(of tenant: Tenant = eastern) async throws -> [Int64] {
    try await read(tenant) { connection in
      try connection.rows("SELECT number FROM tally WHERE tenant = :tenant ORDER BY number").map {
        try $0.integer("number")
      }
    }
  }

  /// The value of an expression.
  func value(_ expression: String, _ bindings: [String: DatabaseValue] = [:]) async throws -> DatabaseValue? {
    try await readAcrossTenants { try $0.row("SELECT \(expression) AS value", bindings)?.value("value") }
  }
}

/// What the work threw, where it was one of the database's errors; else a failure of the test.
func databaseError(
  sourceLocation: SourceLocation = #_sourceLocation, from work: () async throws -> some Sendable
) async -> DatabaseError? {
  do {
    _ = try await work()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as DatabaseError {
    return error
  } catch {
    Issue.record("another error: \(error)", sourceLocation: sourceLocation)
  }
  return nil
}

/// How long some work takes.
func time(_ work: () async throws -> Void) async rethrows -> Duration {
  let start = ContinuousClock.now
  try await work()
  return .now - start
}

/// Does what keeps a thread waiting on a thread of its own, so that the other tests can go on.
func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { done in
    Thread.detachNewThread { done.resume(with: Result { try work() }) }
  }
}

/// Something that one thread tells another.
final class Note<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var kept: Value

  init(_ value: Value) { kept = value }

  var value: Value {
    get { lock.withLock { kept } }
    set { lock.withLock { kept = newValue } }
  }

  func change(_ change: (inout Value) -> Void) { lock.withLock { change(&kept) } }
}

/// A gate at which bodies of transactions wait on their threads.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let waiting = Note(0)

  /// Waits until the gate is opened for one more; false where that does not happen within a minute.
  @discardableResult
  func pass() -> Bool {
    waiting.change { $0 += 1 }
    return semaphore.wait(timeout: .now() + 60) == .success
  }

  /// Waits until so many have come to the gate.
  func awaitArrival(of count: Int) async throws {
    try await until { waiting.value >= count }
  }

  /// Lets so many through.
  func open(for count: Int = 1) { for _ in 0..<count { semaphore.signal() } }
}

/// Waits until something holds, and fails where it does not within a minute.
func until(
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + .seconds(60)
  while try await !condition() {
    guard .now < end else {
      Issue.record("it never came to that", sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(10))
  }
}
