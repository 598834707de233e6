import Database
import DatabaseSQLite
import Foundation
import SteeringCore
import SurfaceKit

/// Waits for the turn to write to an embedded database, which one process at a time may.
enum WriterTurn {
  /// How long a command waits when nobody says.
  private static let standardPatience = 30

  /// How long to wait: the environment's `STYREHUS_WAIT` in whole seconds, or half a minute.
  static var patience: Duration {
    let seconds = ProcessInfo.processInfo.environment["STYREHUS_WAIT"].flatMap { Int($0) } ?? standardPatience
    return .seconds(max(0, seconds))
  }

  /// Opens a database file as soon as nobody else writes to it, and says that it waits. Throws `DatabaseError`, of kind
  /// `locked` where the turn did not come in time.
  static func open(path: String, patience: Duration = patience) async throws -> SQLiteDatabase {
    let end = ContinuousClock.now + patience
    var hasSaid = false
    while true {
      do {
        return try SQLiteDatabase.open(path: path)
      } catch let error as DatabaseError {
        guard case .locked = error.kind, ContinuousClock.now < end else { throw error }
        if !hasSaid { Terminal.current.say(waiting(error.message, patience)) }
        hasSaid = true
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private static func waiting(_ message: Words, _ patience: Duration) -> Words {
    let seconds = patience.components.seconds
    return Words(
      "\(message.danish) Venter i op til \(seconds) sekunder på, at den bliver færdig.",
      en: "\(message.english) Waiting up to \(seconds) seconds for it to finish.")
  }
}
