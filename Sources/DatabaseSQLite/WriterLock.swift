internal import Database
internal import SteeringCore
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Sees to it that one process at a time writes to a database file. SQLite itself would allow several, but versions
/// before 3.51.3 can then damage the file (the WAL-reset fault), and only one process can answer for what it has read.
///
/// The lock is the kernel's (`flock`) on `PATH.lock`, so it ends with its process however that ends. The file stays:
/// if it were deleted, two processes could each hold a lock on a file of that name. It says which process holds it.
final class WriterLock: Sendable {
  private let descriptor: Mutex<Int32?>

  /// Takes the lock for a database file, or throws `DatabaseError` of kind `locked` with the holder's number.
  init(database path: String) throws {
    let file = path + ".lock"
    // Closed on exec, else a child process would keep the lock after its parent ended.
    let opened = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw Self.unusable(file, errno) }
    var isMine = flock(opened, LOCK_EX | LOCK_NB) == 0
    // A held lock without a number is one whose holder is about to write it, or has let go while a child that another
    // thread was just starting had a copy of its descriptor: a matter of moments.
    for _ in 0..<200 where !isMine && errno == EWOULDBLOCK && Self.holder(opened) == nil {
      usleep(10_000)
      isMine = flock(opened, LOCK_EX | LOCK_NB) == 0
    }
    guard isMine else {
      let code = errno
      defer { close(opened) }
      throw code == EWOULDBLOCK ? Self.held(path, by: Self.holder(opened)) : Self.unusable(file, code)
    }
    descriptor = Mutex(opened)
    let mine = Array("\(getpid())\n".utf8)
    guard ftruncate(opened, 0) == 0, pwrite(opened, mine, mine.count, 0) == mine.count else {
      let code = errno
      release()
      throw Self.unusable(file, code)
    }
  }

  deinit { release() }

  /// Lets go; doing it twice does nothing.
  func release() {
    descriptor.withLock { held in
      guard let open = held else { return }
      // An empty file says that nobody holds it; only people read that, so a failure does no harm.
      _ = ftruncate(open, 0)
      // Said aloud, as a child that is just being started may have a copy of the descriptor until it runs its program.
      _ = flock(open, LOCK_UN)
      close(open)
      held = nil
    }
  }

  /// The number that the holder wrote; `nil` in the moment before it has.
  private static func holder(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self))
  }

  private static func held(_ path: String, by process: Int32?) -> DatabaseError {
    let who =
      process.map { Words("proces \($0)", en: "process \($0)") } ?? Words("en anden proces", en: "another process")
    let command = process.map { "kill \($0)" } ?? "fuser \(path).lock"
    return DatabaseError(
      .locked(by: process),
      Words(
        "Databasen \(path) er i brug: \(who.danish) skriver i den, og kun én må ad gangen.",
        en: "The database \(path) is in use: \(who.english) writes to it, and only one may at a time."),
      remedy: Words(
        "Stop den anden først (Ctrl-C i dens vindue eller »\(command)«), og prøv igen. Låsefilen skal ikke slettes.",
        en: "Stop the other one first (Ctrl-C in its window, or “\(command)”), and try again. Leave the lock file."))
  }

  private static func unusable(_ file: String, _ code: Int32) -> DatabaseError {
    DatabaseError(
      .unavailable,
      Words("Låsefilen \(file) kan ikke bruges.", en: "The lock file \(file) cannot be used."),
      remedy: Words(
        "Databasen skal ligge i en mappe på en lokal disk, hvor programmet må skrive.",
        en: "The database must lie in a folder on a local disk where the program may write."),
      detail: String(cString: strerror(code)))
  }
}
