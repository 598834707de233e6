import ArgumentParser
import SteeringCore
import SurfaceKit
import Synchronization

@testable import Economy
@testable import StyrehusApp

/// A command run as the command line runs it, with what it wrote.
struct CommandRun {
  /// Standard output.
  let output: String
  /// Standard error, line by line.
  let said: [String]
  /// The exit code.
  let status: Int32

  private final class Heard: Sendable {
    let output = Mutex<[UInt8]>([])
    let lines = Mutex<[String]>([])
  }

  /// Runs a command with the needs of the product.
  init(_ command: some ParsableCommand, _ language: Language = .english) throws {
    var command = command
    let heard = Heard()
    let terminal = Terminal(language: language) { bytes in
      heard.output.withLock { $0 += bytes }
    } say: { line in
      heard.lines.withLock { $0.append(line) }
    }
    status = try Terminal.$current.withValue(terminal) {
      try ClosingNeeds.$current.withValue(.live) {
        do {
          try command.run()
          return 0
        } catch let code as ExitCode {
          return code.rawValue
        }
      }
    }
    output = heard.output.withLock { String(decoding: $0, as: UTF8.self) }
    said = heard.lines.withLock { $0 }
  }
}
