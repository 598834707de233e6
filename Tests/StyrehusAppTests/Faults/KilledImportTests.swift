import Foundation
import Testing

@Suite("An import that is killed")
struct KilledImportTests {
  private static let postings = 40_000

  @Test("at any moment leaves nothing or the whole file, and the next attempt has it all")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try ImportFiles(postings: Self.postings, in: folder)
    let styrehus = ImportingProduct(folder: folder)
    let budget = try styrehus.start("import", "budget", files.budget, "--year", "2025")
    try await budget.ended()
    try #require(budget.terminationStatus == 0)
    let none: [Int64] = [0, 0, 0]
    let all: [Int64] = [1, Int64(Self.postings), Int64(Self.postings)]
    #expect(try await styrehus.contents() == none)

    let before = folder.appendingPathComponent("before.sqlite").path
    try FileManager.default.copyItem(atPath: styrehus.database, toPath: before)
    var killedInTime = 0
    for wait in stride(from: 10, through: 200, by: 19) {
      let running = try styrehus.start("import", "ledger", files.ledger, "--year", "2025")
      try await Task.sleep(for: .milliseconds(wait))
      if running.isRunning {
        kill(running.processIdentifier, SIGKILL)
        killedInTime += 1
      }
      try await running.ended()
      let found = try await styrehus.contents()
      #expect(found == none || found == all, "killed after \(wait) ms")
      if found == all {
        try FileManager.default.removeItem(atPath: styrehus.database)
        try FileManager.default.copyItem(atPath: before, toPath: styrehus.database)
      }
    }
    #expect(killedInTime > 0)

    let last = try styrehus.start("import", "ledger", files.ledger, "--year", "2025")
    try await last.ended()
    #expect(last.terminationStatus == 0, "a file that is there already changes nothing")
    #expect(try await styrehus.contents() == all)
  }
}
