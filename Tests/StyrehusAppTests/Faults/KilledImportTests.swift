import Database
import DatabaseSQLite
import Foundation
import Testing

/// The product itself, as a process of its own.
private struct Styrehus {
  let folder: URL
  var database: String { folder.appendingPathComponent("a.sqlite").path }

  func start(_ arguments: String...) throws -> Process {
    let process = Process()
    process.executableURL = Product.executable
    process.arguments = arguments + ["--database", "sqlite:" + database]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// What the database holds: how many imported files, chunks' postings and postings in the units' sums.
  func contents() async throws -> [Int64] {
    let opened = try SQLiteDatabase.open(path: database)
    let counts = try await opened.read(Tenant(key: "municipality")) { connection in
      try [
        "SELECT count(*) AS n FROM ledger_import_file WHERE tenant = :tenant AND kind = 'ledger'",
        "SELECT coalesce(sum(posting_count), 0) AS n FROM ledger_import_chunk WHERE tenant = :tenant",
        "SELECT coalesce(sum(posting_count), 0) AS n FROM ledger_import_unit_sums WHERE tenant = :tenant",
      ].map { try connection.row($0)?.integer("n") ?? -1 }
    }
    try await opened.close()
    return counts
  }
}

@Suite("An import that is killed")
struct KilledImportTests {
  private static let postings = 40_000

  private func write(to folder: URL) throws -> (budget: String, ledger: String) {
    var budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
    for unit in 1...40 { budget += "\(1000 + unit);Enhed \(unit);1.000.000,00;500.000,00;0,00\n" }
    var ledger = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
    for number in 0..<Self.postings {
      let month = 101 + number * 12 / Self.postings
      ledger += "\(number / 3);15.\(String(month).dropFirst()).2025;\(1001 + number * 7 % 40);3.22.01;"
      ledger += "\(1 + number % 4).\(number % 9);Bilag \(number);\(number % 1000),\(10 + number % 90)\n"
    }
    let names = (folder.appendingPathComponent("budget.csv"), folder.appendingPathComponent("ledger.csv"))
    try budget.write(to: names.0, atomically: true, encoding: .utf8)
    try ledger.write(to: names.1, atomically: true, encoding: .utf8)
    return (names.0.path, names.1.path)
  }

  @Test("at any moment leaves nothing or the whole file, and the next attempt has it all")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try write(to: folder)
    let styrehus = Styrehus(folder: folder)
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
