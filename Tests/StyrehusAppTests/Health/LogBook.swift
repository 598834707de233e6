import Foundation
import Logging
import Synchronization

@testable import StyrehusApp

/// Keeps the lines of a log for a test to read.
final class LogBook: Sendable {
  private let kept = Mutex<[String]>([])

  /// The lines as they were written.
  var lines: [String] { kept.withLock { $0 } }

  /// The lines as the objects that they hold; fails the test where one is no JSON.
  func objects() throws -> [[String: Any]] { try lines.map(Self.object) }

  /// The object that a line holds.
  static func object(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }

  /// A logger that writes here, always at the same time.
  func logger(_ level: LogLevel) -> Logger {
    StructuredLog(level, now: { Date(timeIntervalSince1970: 1_770_000_000.25) }) { line in
      self.kept.withLock { $0.append(line) }
    }.logger
  }
}
