import ArgumentParser
import Database
import Foundation
import Ledger
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import Economy

@Suite("The import commands")
struct ImportCommandTests {
  /// What a run printed, said and ended with.
  struct Run {
    let output: String
    let said: [String]
    let drawn: [String]
    let exit: Int32
  }

  private final class Paper: Sendable {
    let output = Mutex<[UInt8]>([])
    let said = Mutex<[String]>([])
    let drawn = Mutex<[String]>([])
    let closed = Mutex(0)
  }

  /// Files of a test in a folder of their own, gone with it.
  final class Folder: Sendable {
    let path: String

    init(_ files: [String: String]) throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("styrehus-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
  }

  /// Runs a command against a database; without one the database is locked by another process.
  private func run(
    _ type: any AsyncParsableCommand.Type, _ arguments: [String], on database: (any MunicipalDatabase)? = nil,
    _ language: Language = .english
  ) async throws -> Run {
    let paper = Paper()
    let terminal = Terminal(language: language) { text in
      paper.drawn.withLock { $0.append(text) }
    } write: { bytes in
      paper.output.withLock { $0 += bytes }
    } say: { line in
      paper.said.withLock { $0.append(line) }
    }
    let needs = ImportNeeds(
      profile: { name in ImportProfile.native.first { $0.name == name }.map { .found($0) } ?? .missing },
      database: { options in
        guard let database else { throw DatabaseError.of(.locked(by: 7), detail: options.address ?? "") }
        return .init(database: database, tenant: EmptyDatabase.tenant) { paper.closed.withLock { $0 += 1 } }
      }, now: { 1_750_000_000 })
    var exit: Int32 = 0
    do {
      var command = try type.parse(arguments)
      try await Terminal.$current.withValue(terminal) {
        try await ImportNeeds.$current.withValue(needs) { try await command.run() }
      }
    } catch let code as ExitCode {
      exit = code.rawValue
    }
    if database != nil, exit != 64, exit != 66 { #expect(paper.closed.withLock { $0 } == 1) }
    return Run(
      output: String(decoding: paper.output.withLock { $0 }, as: UTF8.self), said: paper.said.withLock { $0 },
      drawn: paper.drawn.withLock { $0 }, exit: exit)
  }

  @Test("a file that is stored is said to be, also where the database is gone right afterwards")
  func goneAfterwards() async throws {
    let files = try Folder(["bog.csv": ImportGround.ledger])
    try await ImportGround.with { ground in
      let database = LostAnswers(ground.database, [nil], isGoneAfterwards: true)
      let run = try await run(ImportLedgerCommand.self, [files("bog.csv"), "--year", "2025"], on: database)
      #expect(run.exit == 0 && run.output.contains("Imported as no. 2."))
      #expect(try await ground.read { try $0.all().count } == 2)
    }
  }

  @Test("an import whose answer is lost is tried once more under its key, and is there once")
  func lostAnswer() async throws {
    try await ImportGround.with { ground in
      let folder = try Folder(["a.csv": ImportGround.ledger, "b.csv": ImportGround.header])
      let key = "natten-2025-11-21"
      let lost = DatabaseError.of(.outcomeUnknown, detail: "the answer was lost")
      let arguments = [folder("a.csv"), "--year", "2025", "--key", key]
      let losing = LostAnswers(ground.database, [lost])
      let first = try await run(ImportLedgerCommand.self, arguments, on: losing)
      #expect(first.exit == 0)
      #expect(first.said.contains { $0.contains("Trying once more under the same key") && $0.contains("--key \(key)") })
      #expect(first.output.contains("Imported as no. 2"))
      #expect(try await ground.read { try $0.all().count } == 2)

      let twice = LostAnswers(ground.database, [lost, lost])
      let inDoubt = try await run(ImportLedgerCommand.self, arguments, on: twice)
      #expect(inDoubt.exit == 74 && inDoubt.said.contains { $0.contains("We do not know whether it was saved") })
      let again = try await run(ImportLedgerCommand.self, arguments, on: ground.database)
      #expect(again.exit == 0 && again.output == first.output)
      #expect(try await ground.read { try $0.all().count } == 2)

      let other = try await run(
        ImportLedgerCommand.self, [folder("b.csv"), "--year", "2025", "--key", key], on: ground.database)
      #expect(other.exit == 65 && other.said.contains { $0.contains("has been used for something else") })
      #expect(try await ground.read { try $0.all().count } == 2)
      #expect(throws: (any Error).self) { try ImportLedgerCommand.parse(["a.csv", "--year", "2025", "--key", "x"]) }
    }
  }

  @Test("import a budget and a ledger, and tell what was imported; again, nothing changes")
  func imports() async throws {
    let folder = try Folder(["b.csv": ImportGround.budget, "l.csv": ImportGround.ledger])
    try await ImportGround.with(isBare: true) { ground in
      let budget = try await run(ImportBudgetCommand.self, [folder("b.csv"), "--year", "2025"], on: ground.database)
      #expect(budget.exit == 0 && budget.said.isEmpty)
      #expect(budget.output == "\(folder("b.csv")): 2 records. Imported as no. 1.\n")
      let arguments = [folder("l.csv"), "--year", "2025"]
      let ledger = try await run(ImportLedgerCommand.self, arguments, on: ground.database, .danish)
      #expect(ledger.output == "\(folder("l.csv")): 3 posteringer, 1.184,56 kr. Indlæst som nr. 2.\n")
      let again = try await run(ImportLedgerCommand.self, arguments, on: ground.database)
      #expect(again.exit == 0 && again.output.hasSuffix("Nothing was changed.\n"))
      #expect(try await ground.read { try $0.all().count } == 2)
    }
  }

  @Test("a dry run tells rows, totals, control total and findings, and stores nothing")
  func dryRun() async throws {
    let folder = try Folder(["l.csv": ImportGround.ledger])
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      let run = try await run(
        ImportLedgerCommand.self, [folder("l.csv"), "--year", "2025", "--dry-run"], on: ground.database)
      #expect(run.exit == 0)
      #expect(
        run.output == """
          \(folder("l.csv")): 3 records, DKK 1,184.56

          The first records:
            Bilagsnr | Bogføringsdato | Aftaleenhed | Funktion | Art | Tekst | Beløb
            1 | 02.01.2025 | 1001 | 3.22.01 | 1.1 | Løn | 1.234,56
            2 | 03.02.2025 | 1001 | 3.22.01 | 2.9 | Retur | 100,00-
            3 | 04.02.2025 | 1002 | 3.22.01 | 2.9 | Frugt | 50,00

          Months:
            January   1  1,234.56
            February  2    -50.00

          Units:
            1001 Møllehuset   2  1,134.56
            1002 Pilecentret  1     50.00

          The file has no control total.
          Errors: 0, remarks: 0.
          Dry run: nothing was stored.

          """)
      #expect(try await ground.dump() == before)
    }
  }

  @Test("errors are told with file, line and column, and nothing is stored: 65")
  func badInput() async throws {
    let folder = try Folder(["l.csv": ImportGround.header + "1;31.02.2025;9999;3;1;Løn;x\n"])
    try await ImportGround.with { ground in
      let before = try await ground.dump()
      let bad = try await run(ImportLedgerCommand.self, [folder("l.csv"), "--year", "2025"], on: ground.database)
      #expect(bad.exit == 65 && bad.output.isEmpty)
      #expect(bad.said.count == 3 && bad.said[0].hasPrefix("\(folder("l.csv")):2:2: "))
      #expect(bad.said.last == "\(folder("l.csv")): nothing was imported")
      let dry = try await run(
        ImportLedgerCommand.self, [folder("l.csv"), "--year", "2025", "--dry-run"], on: ground.database)
      #expect(dry.exit == 65 && dry.said == Array(bad.said.dropLast()))
      #expect(dry.output.contains("Errors: 2, remarks: 0."))
      #expect(try await ground.dump() == before)
    }
  }

  @Test("shared vouchers end with 65 until the person says what to do")
  func overlap() async throws {
    let text = ImportGround.header + "3;04.02.2025;1002;3;2;Frugt;75,00\n"
    let folder = try Folder(["l.csv": text])
    try await ImportGround.with { ground in
      _ = try await ground.imported(ImportGround.ledger)
      let arguments = [folder("l.csv"), "--year", "2025"]
      let stopped = try await run(ImportLedgerCommand.self, arguments, on: ground.database)
      #expect(stopped.exit == 65 && stopped.said.contains { $0.contains("--on-overlap replace") })
      let replaced = try await run(
        ImportLedgerCommand.self, arguments + ["--on-overlap", "replace"], on: ground.database)
      #expect(replaced.exit == 0 && replaced.output.contains("replaces no. 2 (bog.csv)"))
      #expect(try await ground.read { try $0.current(.ledger).count } == 1)
    }
  }

  @Test("every kind of file has its command")
  func kinds() async throws {
    let folder = try Folder([
      "p.csv": "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt\n1001;2024;handleplan;;2026;ja\n",
      "k.csv": "Aftaleenhed;Funktion;Art;Kategori\n*;*;1;løn\n", "o.csv": "Aftaleenhed;Overførsel\n1001;1,00-\n",
    ])
    try await ImportGround.with { ground in
      let year = ["--year", "2025"]
      #expect(try await run(ImportPlansCommand.self, [folder("p.csv")] + year, on: ground.database).exit == 0)
      #expect(try await run(ImportAccountsCommand.self, [folder("k.csv")], on: ground.database).exit == 0)
      #expect(try await run(ImportCarryOverCommand.self, [folder("o.csv")] + year, on: ground.database).exit == 0)
      let kinds = try await ground.read { try $0.current().map(\.kind) }
      #expect(kinds == [.budget, .plans, .accounts, .carryOver])
    }
  }

  @Test("no file or profile is 66, a wrong profile 64, a folder 74, a locked database 69")
  func refusals() async throws {
    let folder = try Folder(["l.csv": ImportGround.ledger])
    let arguments = [folder("l.csv"), "--year", "2025"]
    let none = try await run(ImportLedgerCommand.self, [folder("x.csv"), "--year", "2025"], .danish)
    #expect(none.exit == 66 && none.said == ["\(folder("x.csv")): filen findes ikke"])
    #expect(try await run(ImportLedgerCommand.self, arguments + ["--profile", "ukendt"]).exit == 66)
    #expect(try await run(ImportLedgerCommand.self, arguments + ["--profile", "budget"]).exit == 64)
    #expect(try await run(ImportLedgerCommand.self, [folder.path, "--year", "2025"]).exit == 74)
    let locked = try await run(ImportLedgerCommand.self, arguments)
    #expect(locked.exit == 69 && locked.output.isEmpty && locked.said.count == 1)
    #expect(throws: (any Error).self) { try ImportLedgerCommand.parse(["l.csv", "--year", "25"]) }
    #expect(throws: (any Error).self) { try ImportLedgerCommand.parse(["l.csv"]) }
  }

  @Test("progress is redrawn five times a second for a person, and told every ten seconds else")
  func progress() {
    let paper = Paper()
    let start = ContinuousClock.now
    for isWatched in [true, false] {
      let terminal = Terminal(language: .danish, isWatched: isWatched) { text in
        paper.drawn.withLock { $0.append(text) }
      } write: { _ in
      } say: { line in
        paper.said.withLock { $0.append(line) }
      }
      let clock = Clock(start)
      let progress = ImportProgress(of: 4_000_000, file: "l.csv", terminal: terminal) { clock.time.withLock { $0 } }
      for step in 1...40 {
        clock.time.withLock { $0 = start + .milliseconds(step * 300) }
        progress.reached(step * 100_000)
      }
      progress.end()
    }
    let drawn = paper.drawn.withLock { $0 }
    #expect(drawn.count == 41 && drawn.first == "l.csv: 2 %, 100 kB af 4 MB" && drawn.last == "")
    #expect(paper.said.withLock { $0 } == ["l.csv: 85 %, 3,4 MB af 4 MB"])
  }

  private final class Clock: Sendable {
    let time: Mutex<ContinuousClock.Instant>
    init(_ start: ContinuousClock.Instant) { time = Mutex(start) }
  }
}
