public import SteeringCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a command talks to: the language of the person, standard output and standard error. Tests put their own in
/// its place.
public struct Terminal: Sendable {
  /// The language of every message.
  public let language: Language
  /// Writes bytes to standard output; throws `TerminalFault` when they cannot be written.
  public let write: @Sendable ([UInt8]) throws -> Void
  /// Writes a line to standard error.
  public let say: @Sendable (String) -> Void
  /// Whether a person is watching standard error, so that progress is worth showing.
  public let isWatched: Bool
  /// Puts a text in place of the one drawn before, on the last line of standard error; an empty text takes it away.
  /// Only where somebody is watching.
  public let draw: @Sendable (String) -> Void

  /// A terminal of these parts.
  public init(
    language: Language, isWatched: Bool = false, draw: @escaping @Sendable (String) -> Void = { _ in },
    write: @escaping @Sendable ([UInt8]) throws -> Void, say: @escaping @Sendable (String) -> Void
  ) {
    self.language = language
    self.isWatched = isWatched
    self.draw = draw
    self.write = write
    self.say = say
  }

  /// The terminal of the running command.
  @TaskLocal public static var current = Terminal.standard(language: .english)

  /// The process's own standard output and error.
  public static func standard(language: Language) -> Terminal {
    Terminal(language: language, isWatched: isatty(2) == 1) { text in
      let bytes = Array("\r\u{1B}[K\(text)".utf8)
      bytes.withUnsafeBytes { try? writeAll($0, to: 2) }
    } write: { bytes in
      try bytes.withUnsafeBytes { try writeAll($0, to: 1) }
    } say: { line in
      let bytes = Array((line + "\n").utf8)
      bytes.withUnsafeBytes { try? writeAll($0, to: 2) }
    }
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw TerminalFault(errno: errno) }
      done += count
    }
  }

  /// Says a text in the person's language.
  public func say(_ words: Words) { say(words(language)) }

  /// Prints text to standard output, in the person's language.
  public func print(_ words: Words) throws { try write(Array((words(language) + "\n").utf8)) }
}

/// Standard output could not be written to.
public struct TerminalFault: Error, Sendable {
  /// The system's number.
  public let errno: Int32
}

/// The exit codes of every command, as `sysexits.h` has them.
public enum ExitStatus: Int32, Sendable {
  /// Done.
  case done = 0
  /// The command was used wrongly.
  case usage = 64
  /// The input or the model is wrong; findings say where.
  case badInput = 65
  /// There is no such file.
  case noInput = 66
  /// A service is not there, such as a database that another process holds.
  case unavailable = 69
  /// Input or output failed.
  case ioFailed = 74
}
