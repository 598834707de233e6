internal import Database
internal import Foundation
internal import SteeringCore

extension SQLiteDatabase {
  /// Copies a consistent picture of the data into a new file, while others read and write. The file is readable for
  /// its owner alone, has been examined with SQLite's thorough check, and is on the disk when this returns; before
  /// that nothing stands under its name. Throws `DatabaseError`: `unavailable` where there is a file of that name.
  public func backup(to target: String) async throws {
    try await Self.writeNew(target) { part in
      do { try await pool.backup(to: part) } catch { throw SQLiteErrors.translate(error) }
    }
  }

  /// Makes a new database file of a backup, which is examined first and stays as it is. Throws `DatabaseError`:
  /// `unavailable` where there is a database under that name or the log of one, `corrupt` where the backup is damaged.
  public static func restore(_ backup: String, to target: String) async throws {
    for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: target + ending) {
      throw taken(target + ending)
    }
    let lock = try WriterLock(database: target)
    defer { lock.release() }
    let source = try openReadOnly(path: backup)
    try await source.closing { try await source.backup(to: target) }
  }

  /// Lets the body write a file beside `target`, examines it, brings it to the disk and gives it its name.
  private static func writeNew(_ target: String, _ body: (String) async throws -> Void) async throws {
    guard !FileManager.default.fileExists(atPath: target) else { throw taken(target) }
    let part = "\(target).\(ProcessInfo.processInfo.processIdentifier).part"
    defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(part + ending) } }
    let made = Foundation.open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard made >= 0 else {
      throw DatabaseError.of(.unavailable, detail: "\(part): \(String(cString: strerror(errno)))")
    }
    Foundation.close(made)
    try await body(part)
    try await examine(part)
    try settle(part)
    // A hard link refuses a name that somebody has taken meanwhile; renaming would replace it.
    guard link(part, target) == 0 else { throw errno == EEXIST ? taken(target) : failed(target) }
    try settle((target as NSString).deletingLastPathComponent)
  }

  private static func examine(_ path: String) async throws {
    let copy = try openReadOnly(path: path)
    let problems = try await copy.closing { try await copy.integrityProblems(.thorough) }
    guard problems.isEmpty else { throw DatabaseError.of(.corrupt, detail: problems.joined(separator: "; ")) }
  }

  /// Brings a file or a folder to the disk.
  private static func settle(_ path: String) throws {
    let opened = Foundation.open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw failed(path) }
    defer { Foundation.close(opened) }
    guard fsync(opened) == 0 else { throw failed(path) }
  }

  private static func failed(_ path: String) -> DatabaseError {
    DatabaseError.of(errno == ENOSPC ? .diskFull : .ioError, detail: "\(path): \(String(cString: strerror(errno)))")
  }

  private static func taken(_ path: String) -> DatabaseError {
    DatabaseError(
      .unavailable, Words("Filen \(path) findes allerede.", en: "The file \(path) is there already."),
      remedy: Words(
        "Intet er ændret. Vælg et andet navn, eller flyt filen væk (en database sammen med dens -wal og -shm).",
        en: "Nothing was changed. Choose another name, or move the file away (a database with its -wal and -shm)."))
  }
}
