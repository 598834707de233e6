import Database
import DatabaseSQLite
import Foundation
import SteeringCore
import SurfaceKit
import Synchronization
import Testing

@testable import StyrehusApp

@Suite("Waiting for the turn to write")
struct WriterTurnTests {
  private static func with(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "turn-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder + "/data.sqlite")
  }

  @Test("a command says whom it waits for, and gets its turn when the other has finished")
  func waits() async throws {
    try await Self.with { path in
      let first = try SQLiteDatabase.open(path: path)
      let (said, say) = AsyncStream.makeStream(of: String.self)
      let terminal = Terminal(language: .english, write: { _ in }, say: { say.yield($0) })
      async let second = Terminal.$current.withValue(terminal) {
        try await WriterTurn.open(path: path, patience: .seconds(600))
      }
      var lines = said.makeAsyncIterator()
      let line = await lines.next()
      #expect(line?.hasSuffix("Waiting up to 600 seconds for it to finish.") == true)
      #expect(line?.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
      try await first.close()
      try await second.close()
      say.finish()
      #expect(await lines.next() == nil, "it is said once")
    }
  }

  @Test("without patience it stops at once, and nothing is said about waiting")
  func stops() async throws {
    try await Self.with { path in
      let first = try SQLiteDatabase.open(path: path)
      let said = Mutex<[String]>([])
      let terminal = Terminal(language: .english, write: { _ in }, say: { line in said.withLock { $0.append(line) } })
      let error = await #expect(throws: DatabaseError.self) {
        try await Terminal.$current.withValue(terminal) { try await WriterTurn.open(path: path, patience: .zero) }
      }
      #expect(error?.kind == .locked(by: ProcessInfo.processInfo.processIdentifier))
      #expect(said.withLock { $0 }.isEmpty)
      try await first.close()
    }
  }
}
