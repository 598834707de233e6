public import Ledger

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be opened, read or written.
public enum FileFault: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(String)
  /// The system refused, with its number.
  case refused(String, errno: Int32)

  /// The file's name.
  public var name: String {
    switch self {
    case .missing(let name), .refused(let name, _): name
    }
  }

  /// What the system says about it, in its language.
  public var reason: String {
    switch self {
    case .missing: SystemText.of(ENOENT)
    case .refused(_, let number): SystemText.of(number)
    }
  }

  static func last(_ name: String) -> FileFault {
    errno == ENOENT || errno == ENOTDIR ? .missing(name) : .refused(name, errno: errno)
  }
}

/// An open file, read by position, so that several workers can read it at once. What is no regular file (a pipe) is
/// first copied to a nameless temporary file, as it can be read only once.
public final class FileSource: ByteSource {
  /// The file's name as the person gave it.
  public let name: String
  /// How many bytes it has.
  public let size: Int
  /// Device and number: the same for two names of one file.
  public let identity: [UInt64]
  private let descriptor: Int32

  /// Opens a file for reading. Throws `FileFault`.
  public init(_ name: String) throws {
    self.name = name
    var descriptor = open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault.last(name) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFault.last(name) }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      close(descriptor)
      throw FileFault.refused(name, errno: EISDIR)
    }
    if kind != S_IFREG {
      let pipe = descriptor
      defer { close(pipe) }
      descriptor = try Self.copyToTemporary(pipe, name)
      guard fstat(descriptor, &status) == 0 else { throw FileFault.last(name) }
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
    identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
  }

  deinit { close(descriptor) }

  private static func copyToTemporary(_ pipe: Int32, _ name: String) throws -> Int32 {
    guard let file = tmpfile() else { throw FileFault.last(name) }
    defer { fclose(file) }
    let copy = dup(fileno(file))
    guard copy >= 0 else { throw FileFault.last(name) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { block.deallocate() }
    while true {
      let count = Glibc.read(pipe, block.baseAddress!, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileFault.last(name) }
      if count == 0 { return copy }
      guard write(copy, block.baseAddress!, count) == count else { throw FileFault.last(name) }
    }
  }

  /// Fills the buffer from `offset` on. Throws `FileFault`.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileFault.last(name) }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Whether two open files are one, or hold the same bytes.
  public func isSame(as other: FileSource) throws -> Bool {
    if identity == other.identity { return true }
    guard size == other.size else { return false }
    let mine = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    let theirs = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    defer {
      mine.deallocate()
      theirs.deallocate()
    }
    var offset = 0
    while offset < size {
      let count = try read(into: mine, at: offset)
      guard try other.read(into: theirs, at: offset) == count, count > 0 else { return false }
      if memcmp(mine.baseAddress!, theirs.baseAddress!, count) != 0 { return false }
      offset += count
    }
    return true
  }
}
