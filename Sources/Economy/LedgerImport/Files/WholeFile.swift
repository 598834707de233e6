#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a whole file or none: beside its place under another name, flushed to disk, then renamed.
public enum WholeFile {
  /// Writes `bytes` at `name`. A link is followed and its target replaced; a file that is there keeps its mode. What
  /// is no regular file (a device, a pipe), and the process's own standard output, is written to directly.
  /// Throws `FileFault`.
  public static func write(_ bytes: [UInt8], to name: String) throws {
    var status = stat()
    let exists = stat(name, &status) == 0
    if exists, isStandardOutput(status) { return try write(bytes, STDOUT_FILENO, name) }
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeDirectly(bytes, name) }
    let target = try exists ? resolved(name) : linkTarget(name)
    try replace(target, with: bytes, mode: exists ? status.st_mode & 0o777 : nil, name)
  }

  /// Whether two names stand for one regular file that is there.
  public static func areSame(_ first: String, _ second: String) -> Bool {
    var one = stat()
    var other = stat()
    guard stat(first, &one) == 0, stat(second, &other) == 0, one.st_mode & S_IFMT == S_IFREG else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }

  private static func isStandardOutput(_ status: stat) -> Bool {
    var own = stat()
    return fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == status.st_dev && own.st_ino == status.st_ino
  }

  private static func writeDirectly(_ bytes: [UInt8], _ name: String) throws {
    let descriptor = open(name, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault.last(name) }
    defer { close(descriptor) }
    try write(bytes, descriptor, name)
  }

  /// The real path of a file that is there.
  private static func resolved(_ name: String) throws -> String {
    guard let path = realpath(name, nil) else { throw FileFault.last(name) }
    defer { free(path) }
    return String(cString: path)
  }

  /// Where a file comes to be that is not there yet: the name itself, or what a link by that name points to.
  private static func linkTarget(_ name: String) throws -> String {
    var path = name
    var room = [UInt8](repeating: 0, count: Int(PATH_MAX))
    for _ in 0..<32 {
      let count = room.withUnsafeMutableBytes { readlink(path, $0.baseAddress!, $0.count) }
      if count < 0 { return path }
      let link = String(decoding: room[..<count], as: UTF8.self)
      path = link.hasPrefix("/") ? link : folder(of: path) + link
    }
    throw FileFault.refused(name, errno: ELOOP)
  }

  /// The folder a path stands in, with its slash; empty for the current one.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private static func replace(_ target: String, with bytes: [UInt8], mode: mode_t?, _ name: String) throws {
    let (temporary, descriptor) = try openTemporary(beside: target, name)
    do {
      do {
        defer { close(descriptor) }
        try write(bytes, descriptor, name)
        if let mode, fchmod(descriptor, mode) != 0 { throw FileFault.refused(name, errno: errno) }
        guard fsync(descriptor) == 0 else { throw FileFault.refused(name, errno: errno) }
      }
      guard rename(temporary, target) == 0 else { throw FileFault.refused(name, errno: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// A new file in the target's folder, under a name that nobody can foresee.
  private static func openTemporary(beside target: String, _ name: String) throws -> (String, Int32) {
    for _ in 0..<16 {
      let mark = String(UInt64.random(in: .min ... .max), radix: 36)
      let temporary = folder(of: target) + ".styrehus-\(mark).part"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return (temporary, descriptor) }
      if errno != EEXIST { break }
    }
    throw FileFault.refused(name, errno: errno)
  }

  /// Writes all bytes to an open descriptor. Throws `FileFault`.
  public static func write(_ bytes: [UInt8], _ descriptor: Int32, _ name: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        #else
          let count = Darwin.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw FileFault.refused(name, errno: errno) }
        done += count
      }
    }
  }
}
