import ArgumentParser
import SteeringCore
import SurfaceKit
import Synchronization
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("The commands on rounds")
struct RoundCommandTests {
  /// A database of its own, and the commands of the product on it.
  private struct Ground {
    let scratch: Scratch

    init(_ budget: String) async throws {
      scratch = try Scratch()
      let head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
      let file = try scratch.file("b.csv", head + budget)
      _ = try await run(ImportBudgetCommand.self, [file, "--year", "2025"])
    }

    func run(
      _ command: any AsyncParsableCommand.Type, _ arguments: [String], _ language: Language = .english
    ) async throws -> (exit: Int32, output: String, said: [String]) {
      let output = Mutex<[UInt8]>([])
      let said = Mutex<[String]>([])
      let terminal = Terminal(language: language) { bytes in
        output.withLock { $0 += bytes }
      } say: { line in
        said.withLock { $0.append(line) }
      }
      let exit = try await Terminal.$current.withValue(terminal) {
        try await ClosingNeeds.$current.withValue(.live) {
          try await ImportNeeds.$current.withValue(.live) { () -> Int32 in
            do {
              var command = try command.parse(arguments + ["--database", "sqlite:" + scratch.path("d.sqlite")])
              try await command.run()
              return 0
            } catch let code as ExitCode {
              return code.rawValue
            }
          }
        }
      }
      return (exit, output.withLock { String(decoding: $0, as: UTF8.self) }, said.withLock { $0 })
    }
  }

  @Test("compare says which round does not exist instead of finding nothing different")
  func compareUnknown() async throws {
    let ground = try await Ground("101;Skole;1,00;1,00;0,00\n")
    _ = try await ground.run(RoundsCommand.Make.self, ["--year", "2025"])
    let run = try await ground.run(RoundsCommand.Compare.self, ["2025-1", "2030-7"])
    #expect(run.exit == 66 && run.output == "")
    #expect(run.said == ["there is no closing 2030-7; 'styrehus rounds list' shows those there are"])
  }

  @Test("a year that is none is refused with the years that are")
  func noSuchYear() {
    let terminal = Terminal(language: .danish, write: { _ in }, say: { _ in })
    Terminal.$current.withValue(terminal) {
      do {
        _ = try RoundsCommand.Make.parse(["--year", "1"])
        Issue.record("year 1 was taken")
      } catch {
        #expect(RoundsCommand.Make.exitCode(for: error).rawValue == 64)
        #expect(RoundsCommand.Make.message(for: error).contains("»--year« skal være et år fra 1900 til 2199."))
      }
    }
  }

  @Test("one is one: a unit, a posting, a file")
  func singulars() async throws {
    let ground = try await Ground("101;Skole;1,00;1,00;0,00\n")
    let first = try await ground.run(RoundsCommand.Make.self, ["--year", "2025"])
    #expect(first.output == "2025-1: 0 postings, 1 file\n")
    let ledger = try ground.scratch.file("l.csv", ImportGround.header + "1;01.02.2025;101;3;1;t;0,50\n")
    _ = try await ground.run(ImportLedgerCommand.self, [ledger, "--year", "2025"])
    let second = try await ground.run(RoundsCommand.Make.self, ["--year", "2025"])
    #expect(second.output.hasPrefix("2025-2: 1 posting, 2 files\n1 unit differs from 2025-1\n"))
    let list = try await ground.run(RoundsCommand.List.self, [], .danish)
    #expect(list.output.contains("  1 postering\n") && list.output.contains("  0 posteringer\n"))
  }

  @Test("amounts beyond 64 bits are a finding: of the budget at its import, of a round when it is made")
  func tooLarge() async throws {
    let half = "50.000.000.000.000.000,00"
    let ground = try await Ground("101;Skole;\(half);0,00;\(half)\n")
    let file = try ground.scratch.file(
      "c.csv", "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n101;Skole;\(half);\(half);0,00\n")
    let imported = try await ground.run(ImportBudgetCommand.self, [file, "--year", "2026"])
    #expect(imported.exit == 65)
    #expect(
      imported.said[0].hasPrefix("\(file):2:4: pay and other operations of the unit »101« are too large together"))
    let made = try await ground.run(RoundsCommand.Make.self, ["--year", "2025"])
    #expect(made.exit == 65 && made.output == "")
    #expect(made.said.count == 1)
    #expect(
      made.said[0].hasSuffix(
        "b.csv:2:0: the amounts of the unit 101 are too large, look for amounts that are too large"))
  }
}
