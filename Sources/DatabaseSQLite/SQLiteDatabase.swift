public import Database
internal import Foundation
internal import GRDBSQLite
public import SteeringCore

/// Styrehus' data in one SQLite file. One process writes to it, which a lock beside the file sees to; others may read
/// (`openReadOnly`). A transaction that has returned survives a power cut.
public final class SQLiteDatabase: MunicipalDatabase {
  /// The file, with symbolic links resolved. Beside it lie `-wal` and `-shm`, which belong to the data, and `.lock`.
  public let path: String
  /// SQLite's version, such as `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }

  private let mode: OpeningMode
  let pool: GRDBPool
  private let lock: WriterLock?
  /// Removes the files of a temporary database when the last use of it ends.
  private let folder: TemporaryFolder?

  private init(path: String, mode: OpeningMode, folder: TemporaryFolder? = nil) throws {
    try Self.refuseOldVersion()
    self.mode = mode
    self.folder = folder
    self.path = Self.resolved(path)
    do {
      lock = mode == .readOnly ? nil : try WriterLock(database: self.path)
      if mode != .readOnly { Self.createPrivately(self.path) }
      pool = try GRDBPool(path: self.path, mode: mode)
    } catch {
      throw Self.opening(self.path, error)
    }
  }

  /// Opens a file for reading and writing, and makes it where there is none, readable for its owner alone. Throws
  /// `DatabaseError`: `locked` where another process writes to it, `corrupt`, or `unavailable`; the last also where
  /// the setting that makes commits survive a power cut does not take hold.
  public static func open(path: String) throws -> SQLiteDatabase { try SQLiteDatabase(path: path, mode: .durable) }

  /// Opens a file for reading, beside a process that writes to it. Every attempt to write throws `misuse`.
  public static func openReadOnly(path: String) throws -> SQLiteDatabase {
    try SQLiteDatabase(path: path, mode: .readOnly)
  }

  /// An empty database in a folder of its own, gone after `close` or when nobody uses it any longer. It does not wait
  /// for the disk. For tests and for working on data that comes from files.
  public static func temporary() throws -> SQLiteDatabase {
    let folder = try TemporaryFolder()
    return try SQLiteDatabase(path: folder.path + "/styrehus.sqlite", mode: .fleeting, folder: folder)
  }

  /// The differences of SQLite.
  public var dialect: Dialect { .sqlite }

  /// Version, file, and what keeps the data safe.
  public var description: Words {
    let safety =
      switch mode {
      case .durable: Words("én skriver, hver ændring helt på disken", en: "one writer, every change fully on disk")
      case .fleeting: Words("midlertidig, forsvinder ved lukning", en: "temporary, gone when closed")
      case .readOnly: Words("kun læsning", en: "read only")
      }
    let needed =
      sqlite3_libversion_number() < Self.safeForSeveralWriters
      ? Words(" (låsefilen er nødvendig med denne version)", en: " (this version needs the lock file)")
      : Words(same: "")
    return Words(
      "SQLite \(Self.version)\(needed.danish), \(path), \(safety.danish)",
      en: "SQLite \(Self.version)\(needed.english), \(path), \(safety.english)")
  }

  /// Runs the body on an unchanging picture of the tenant's data, on one of several reading connections.
  public func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await read(tenant: tenant, body) }

  /// Like `read`, without a tenant.
  public func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await read(tenant: nil, body) }

  /// Runs the body in one transaction on the tenant's data, on the only writing connection; others wait their turn.
  public func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await write(tenant: tenant, body) }

  /// Like `write`, without a tenant and with any statement allowed.
  public func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await write(tenant: nil, body) }

  /// Examines the file with SQLite's own checks, and every reference between tables.
  public func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] {
    do {
      return try await readAcrossTenants { connection in
        let check = depth == .quick ? "quick_check" : "integrity_check"
        var problems = try connection.rows("PRAGMA \(check)").map { try $0.text(check) }.filter { $0 != "ok" }
        try connection.forEachRow("PRAGMA foreign_key_check", [:]) { row in
          problems.append("a row of \(try row.text("table")) refers to a missing row of \(try row.text("parent"))")
        }
        return problems
      }
    } catch let error as DatabaseError where error.kind == .corrupt {
      return [error.detail]
    }
  }

  /// Finishes what is under way, moves the log into the file, and lets the next process write.
  public func close() async throws {
    do { try await pool.close() } catch { throw SQLiteErrors.translate(error) }
    lock?.release()
    folder?.remove()
  }

  private func read<T: Sendable>(
    tenant: Tenant?, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try await lending(tenant, writes: false, to: body) { [pool] lend in try await pool.read(lend) }
  }

  private func write<T: Sendable>(
    tenant: Tenant?, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    guard mode != .readOnly else { throw DatabaseError.misuse("\(path) was opened for reading") }
    return try await lending(tenant, writes: true, to: body) { [pool] lend in try await pool.write(lend) }
  }

  /// Runs the body on the writing connection outside any transaction, where its settings can be seen.
  func inspectWriter<T: Sendable>(_ body: @escaping @Sendable (any DatabaseConnection) throws -> T) async throws -> T {
    try await lending(nil, writes: true, to: body) { [pool] lend in try await pool.writeOutsideTransaction(lend) }
  }

  /// Lends the body a connection that is got in some way, until the calling task is cancelled.
  private func lending<T: Sendable>(
    _ tenant: Tenant?, writes: Bool, to body: @escaping @Sendable (any DatabaseConnection) throws -> T,
    through got: @Sendable (@escaping @Sendable (SQLiteHandle) throws -> T) async throws -> T
  ) async throws -> T {
    do {
      return try await Interruption.watching { interruption in
        try await got { handle in
          try handle.watching(interruption) { try SQLiteConnection.lend(handle, tenant, writes: writes, to: body) }
        }
      }
    } catch {
      throw SQLiteErrors.translate(error)
    }
  }
}

extension SQLiteDatabase {
  /// The first version that enforces the types of columns (`STRICT`), as SQLite counts: 3.37.0.
  private static let oldest: Int32 = 3_037_000
  /// The first version without the WAL-reset fault, 3.51.3.
  private static let safeForSeveralWriters: Int32 = 3_051_003

  private static func refuseOldVersion() throws {
    guard sqlite3_libversion_number() < oldest else { return }
    throw DatabaseError(
      .unavailable,
      Words("SQLite \(version) er for gammel til Styrehus.", en: "SQLite \(version) is too old for Styrehus."),
      remedy: Words("Installér version 3.37 eller nyere.", en: "Install version 3.37 or later."))
  }

  /// The path that every process gets for the same file, so that all of them meet at the same lock.
  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// SQLite would let everybody on the machine read a new file. A file that is there already is never opened here:
  /// closing it would take away the locks of SQLite in the same process.
  private static func createPrivately(_ path: String) {
    let created = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if created >= 0 { Foundation.close(created) }
  }

  /// Whether the drive of a file has no room, in bytes or in files, for what lies beside a database from the start.
  private static func isFull(_ path: String) -> Bool {
    var room = statvfs()
    guard statvfs((path as NSString).deletingLastPathComponent, &room) == 0 else { return false }
    return UInt64(room.f_bavail) * UInt64(room.f_frsize) < 64 << 10 || (room.f_files > 0 && room.f_favail == 0)
  }

  /// The error of opening, with the path in its words.
  private static func opening(_ path: String, _ error: any Error) -> any Error {
    guard let error = SQLiteErrors.translate(error) as? DatabaseError,
      [.unavailable, .corrupt, .ioError].contains(error.kind)
    else { return SQLiteErrors.translate(error) }
    // Neither SQLite nor the lock file says why a file could not be made or made longer.
    if error.kind != .corrupt, isFull(path) { return DatabaseError.of(.diskFull, detail: error.detail) }
    guard error.kind != .ioError else { return error }
    return DatabaseError(
      error.kind, Words("\(path): \(error.message.danish)", en: "\(path): \(error.message.english)"),
      remedy: error.remedy, detail: error.detail)
  }
}
