internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

// The only file that imports GRDB. It speaks of GRDB's pool in terms that the rest of the room can use beside our own
// `DatabaseError` and `DatabaseValue`, whose names GRDB uses as well.

/// An error of SQLite: its extended result code and its own text.
struct SQLiteFault: Error {
  let code: Int32
  let text: String

  /// The fault in what GRDB threw; any other error is handed back as it is.
  static func from(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    return SQLiteFault(code: error.extendedResultCode.rawValue, text: error.message ?? "no message")
  }
}

/// How a file is opened.
enum OpeningMode {
  /// For reading and writing; a finished transaction survives a power cut.
  case durable
  /// For reading and writing, without waiting for the disk: for databases that are thrown away.
  case fleeting
  /// For reading.
  case readOnly
}

/// One writing connection and several reading ones on a file.
final class GRDBPool: Sendable {
  private let pool: DatabasePool
  /// What keeps the municipalities apart, of each connection. SQLite may give a new connection the address of one that
  /// is closed; the new one's fence then takes the place.
  private let fences = Fences()

  /// How many readers work at the same time; more wait their turn.
  static let readerCount = 8
  /// How long a connection waits for another one's lock, in seconds.
  private static let patience = 5.0
  /// What SQLite calls `synchronous = FULL`: a commit returns when the disk has the data.
  private static let full = 2

  private final class Fences: Sendable {
    private let all = Mutex<[Int: TenantFence]>([:])

    func of(_ connection: OpaquePointer?) -> TenantFence? {
      let address = Int(bitPattern: connection)
      return all.withLock { $0[address] }
    }

    func add(_ connection: OpaquePointer?) throws {
      let fence = TenantFence()
      try fence.join(connection)
      let address = Int(bitPattern: connection)
      all.withLock { $0[address] = fence }
    }
  }

  /// Opens the file, and refuses where what was asked for is not in force.
  init(path: String, mode: OpeningMode) throws {
    do {
      var configuration = Configuration()
      configuration.readonly = mode == .readOnly
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(Self.patience)
      configuration.maximumReaderCount = Self.readerCount
      configuration.prepareDatabase { [fences] database in
        // Finds damaged pages when they are read, and keeps what stands in a schema from calling functions.
        try database.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF")
        // The log shrinks again after a large import; in bytes.
        try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        // Temporary views and triggers, and whatever is sorted, never reach a file of their own.
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        try fences.add(database.sqliteConnection)
      }
      pool = try DatabasePool(path: path, configuration: configuration)
      if mode != .readOnly { try Self.settle(pool, mode) }
    } catch {
      throw SQLiteFault.from(error)
    }
  }

  /// GRDB turns the writer down to `synchronous = NORMAL` when it switches to WAL, after `prepareDatabase`; a power cut
  /// would then lose commits that were reported done. So the setting is made afterwards, and read back.
  private static func settle(_ pool: DatabasePool, _ mode: OpeningMode) throws {
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = \(mode == .durable ? "FULL" : "OFF")")
      let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      let foreignKeys = try Int.fetchOne(database, sql: "PRAGMA foreign_keys")
      guard journal == "wal", foreignKeys == 1, synchronous == (mode == .durable ? full : 0) else {
        throw SQLiteFault(
          code: SQLITE_CANTOPEN,
          text: "journal_mode \(journal ?? "?"), synchronous \(synchronous ?? -1), foreign_keys \(foreignKeys ?? -1)")
      }
    }
  }

  private func handle(_ database: Database) throws -> SQLiteHandle {
    guard let fence = fences.of(database.sqliteConnection) else {
      throw SQLiteFault(code: SQLITE_INTERNAL, text: "a connection without a fence")
    }
    return SQLiteHandle(database, fence)
  }

  /// Runs the body on a reading connection, in a transaction.
  func read<T: Sendable>(_ body: @Sendable (SQLiteHandle) throws -> T) async throws -> T {
    do { return try await pool.read { try body(handle($0)) } } catch { throw SQLiteFault.from(error) }
  }

  /// Runs the body on the writing connection, in a transaction that is rolled back where the body throws.
  func write<T: Sendable>(_ body: @Sendable (SQLiteHandle) throws -> T) async throws -> T {
    do { return try await pool.write { try body(handle($0)) } } catch { throw SQLiteFault.from(error) }
  }

  /// Runs the body on the writing connection outside any transaction.
  func writeOutsideTransaction<T: Sendable>(_ body: @Sendable (SQLiteHandle) throws -> T) async throws -> T {
    do {
      return try await pool.writeWithoutTransaction { try body(handle($0)) }
    } catch {
      throw SQLiteFault.from(error)
    }
  }

  /// Copies a consistent picture of the data into a file, on a thread of its own.
  func backup(to path: String) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      DispatchQueue.global().async { [self] in
        done.resume(
          with: Result {
            let target = try DatabaseQueue(path: path)
            try pool.backup(to: target)
            // One file that stands alone, with no log beside it.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
          }.mapError(SQLiteFault.from))
      }
    }
  }

  /// Waits for what is under way, then closes every connection; on a thread of its own, since GRDB waits in place.
  func close() async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      DispatchQueue.global().async { [self] in
        done.resume(with: Result { try closeInPlace() }.mapError(SQLiteFault.from))
      }
    }
  }

  /// GRDB closes the writer before the readers. SQLite then leaves the log beside the file, since the last connection
  /// to go may not write. So the readers go first here, and the log is moved into the file. Where somebody else still
  /// reads, that does not succeed; the log then stays, and the next start reads it.
  private func closeInPlace() throws {
    pool.invalidateReadOnlyConnections()
    if !pool.configuration.readonly {
      try? pool.writeWithoutTransaction { database in
        // A connection that is closed already would crash SQLite here.
        if database.sqliteConnection != nil { _ = try database.checkpoint(.truncate) }
      }
    }
    try pool.close()
  }
}

/// A connection while GRDB lends it out.
struct SQLiteHandle {
  private let database: Database
  /// What keeps the municipalities apart on it.
  let fence: TenantFence

  fileprivate init(_ database: Database, _ fence: TenantFence) {
    self.database = database
    self.fence = fence
  }

  /// The connection for SQLite's own functions.
  var connection: OpaquePointer? { database.sqliteConnection }

  /// A prepared statement, from the connection's store where it is not in use by a query further out.
  func prepare(_ sql: String) throws -> (statement: OpaquePointer, owner: AnyObject) {
    do {
      var prepared = try database.cachedStatement(sql: sql)
      if sqlite3_stmt_busy(prepared.sqliteStatement) != 0 { prepared = try database.makeStatement(sql: sql) }
      return (prepared.sqliteStatement, prepared)
    } catch {
      throw SQLiteFault.from(error)
    }
  }
}
