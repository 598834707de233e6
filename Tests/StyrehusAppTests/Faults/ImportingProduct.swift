import Database
import DatabaseSQLite
import Foundation
import StyrehusTesting

/// The product itself, as a process of its own, on a database in a folder.
struct ImportingProduct {
  let folder: URL
  var database: String { folder.appendingPathComponent("a.sqlite").path }

  /// Starts a command. What it says goes to the file `said`, where one is named.
  func start(
    _ arguments: String..., environment: [String: String] = [:], said: URL? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = Product.executable
    process.arguments = arguments + ["--database", "sqlite:" + database]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    if let said {
      try Data().write(to: said)
      process.standardError = try FileHandle(forWritingTo: said)
    }
    try process.start()
    return process
  }

  /// What the database holds: how many imported files, chunks' postings and postings in the units' sums.
  func contents() async throws -> [Int64] {
    let opened = try SQLiteDatabase.open(path: database)
    return try await opened.closing {
      let problems = try await opened.integrityProblems(.thorough)
      guard problems.isEmpty else { throw DatabaseError.of(.corrupt, detail: problems.joined(separator: "; ")) }
      return try await opened.read(Tenant(key: "municipality")) { connection in
        try [
          "SELECT count(*) AS n FROM ledger_import_file WHERE tenant = :tenant AND kind = 'ledger'",
          "SELECT coalesce(sum(posting_count), 0) AS n FROM ledger_import_chunk WHERE tenant = :tenant",
          "SELECT coalesce(sum(posting_count), 0) AS n FROM ledger_import_unit_sums WHERE tenant = :tenant",
        ].map { try connection.row($0)?.integer("n") ?? -1 }
      }
    }
  }
}

/// A budget of forty units and a ledger of so many postings, in a folder.
struct ImportFiles {
  let budget: String
  let ledger: String

  init(postings: Int, in folder: URL) throws {
    var budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
    for unit in 1...40 { budget += "\(1000 + unit);Enhed \(unit);1.000.000,00;500.000,00;0,00\n" }
    var ledger = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
    for number in 0..<postings {
      let month = 101 + number * 12 / postings
      ledger += "\(number / 3);15.\(String(month).dropFirst()).2025;\(1001 + number * 7 % 40);3.22.01;"
      ledger += "\(1 + number % 4).\(number % 9);Bilag \(number);\(number % 1000),\(10 + number % 90)\n"
    }
    self.budget = folder.appendingPathComponent("budget.csv").path
    self.ledger = folder.appendingPathComponent("ledger.csv").path
    try budget.write(toFile: self.budget, atomically: true, encoding: .utf8)
    try ledger.write(toFile: self.ledger, atomically: true, encoding: .utf8)
  }
}
