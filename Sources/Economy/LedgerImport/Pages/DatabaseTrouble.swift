import Database
import HTTPTypes
import SteeringCore
import SurfaceKit

/// Trouble with the database while a form is carried out or a page is read, told on a page.
enum DatabaseTrouble {
  /// Runs a body that only reads. Where the database cannot be read, nobody is told that nothing has changed: what the
  /// page is about may have been asked for long ago, and be done all the same.
  static func tellingReader<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as DatabaseError {
      switch error.kind {
      case .busy, .locked, .unavailable, .outcomeUnknown, .diskFull:
        throw Trouble(.serviceUnavailable, ImportTexts.databaseTrouble, ImportTexts.lookAgain)
      default: throw error
      }
    }
  }

  /// Runs the body, and tells trouble with the database in plain words: what became of the change, and what to do. What
  /// is a fault of ours goes on as it is, to the log.
  static func telling<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as DatabaseError {
      let title = ImportTexts.databaseTrouble
      switch error.kind {
      case .busy, .locked, .unavailable: throw Trouble(.serviceUnavailable, title, error.told)
      // Nobody may be told that nothing has changed where nobody knows.
      case .outcomeUnknown:
        throw Trouble(.serviceUnavailable, ImportTexts.outcomeUnknown, ImportTexts.sendAgain(error.message))
      case .diskFull: throw Trouble(.init(code: 507, reasonPhrase: "Insufficient Storage"), title, error.told)
      case .ioError, .corrupt: throw Trouble(.internalServerError, title, error.told)
      default: throw error
      }
    } catch let reused as CommandReused {
      throw Trouble(.conflict, ImportTexts.reused, reused.message)
    }
  }
}

extension Job.Failure {
  /// The status of the answer to a form whose job failed so.
  var status: AnswerStatus {
    self == .diskFull ? .init(code: 507, reasonPhrase: "Insufficient Storage") : .internalServerError
  }
}

extension DatabaseError {
  /// What happened and what to do, without what only the log shall know.
  fileprivate var told: Words {
    Words("\(message.danish) \(remedy.danish)", en: "\(message.english) \(remedy.english)")
  }
}
