import ArgumentParser
import Database
import Ledger
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Synchronization
import Testing

@testable import Register

@Suite("The import of an organisation")
struct ImportOrganisationTests {
  /// What a run printed, said and ended with.
  struct Run {
    let output: String
    let messages: [String]
    let exit: Int32
  }

  /// What a command says, gathered.
  private final class Paper: Sendable {
    let output = Mutex<[UInt8]>([])
    let messages = Mutex<[String]>([])
  }

  /// A source that breaks while it is read.
  private struct BrokenSource: ByteSource {
    let size = 10
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int { throw CancellationError() }
  }

  /// Runs the command on the files, against a database.
  private func run(
    _ arguments: [String], files: [String: RegisterNeeds.FileAnswer], _ language: Language = .english,
    on database: (any MunicipalDatabase)? = nil
  ) async throws -> Run {
    let paper = Paper()
    let terminal = Terminal(language: language) { bytes in
      paper.output.withLock { $0 += bytes }
    } say: { line in
      paper.messages.withLock { $0.append(line) }
    }
    let needs = RegisterNeeds(
      openFile: { files[$0] ?? .missing }, contentHash: { _ in String(repeating: "b2", count: 32) },
      profile: { name in ImportProfile.native.first { $0.name == name }.map { .found($0) } ?? .missing },
      database: { options in
        guard let database else { throw DatabaseError.of(.locked(by: 7), detail: options.address ?? "") }
        return (database, EmptyDatabase.tenant)
      }, now: { 1_750_000_000 }, today: { day("2025-06-01") })
    let command = try ImportOrganisationCommand.parse(arguments)
    var exit: Int32 = 0
    do {
      try await Terminal.$current.withValue(terminal) {
        try await RegisterNeeds.$current.withValue(needs) { try await command.run() }
      }
    } catch let code as ExitCode {
      exit = code.rawValue
    }
    return Run(
      output: String(decoding: paper.output.withLock { $0 }, as: UTF8.self),
      messages: paper.messages.withLock { $0 }, exit: exit)
  }

  private let good: [String: RegisterNeeds.FileAnswer] = ["org.csv": .found(BytesInMemory(smallOrganisation))]

  @Test("tells the units by kind and by directorate and keeps a version; again, it changes nothing")
  func keeps() async throws {
    try await EmptyDatabase.with(OrganisationRegisterCapability.migrations + DatabaseTables.migrations) { database in
      let first = try await run(["org.csv"], files: good, on: database)
      #expect(first.exit == 0 && first.messages.isEmpty)
      #expect(
        first.output == """
          org.csv: 4 units on 1 June 2025
            kommune: 1
            forvaltning: 2
            aftaleenhed: 1
          Directorates:
            Børn og Unge: 2 units, of them 1 agreement unit
            Økonomi: 1 unit, of them 0 agreement units
          Kept as version 1.

          """)
      let again = try await run(["org.csv"], files: good, .danish, on: database)
      #expect(again.output.hasSuffix("Intet er ændret: version 1 har samme indhold.\n"))
      let versions = try await database.read(EmptyDatabase.tenant) { try OrganisationStore($0).versions() }
      #expect(versions.map(\.source.fileName) == ["org.csv"])
      #expect(versions.first?.source.contentHash == String(repeating: "b2", count: 32))
    }
  }

  @Test("a dry run asks for no database and keeps nothing")
  func dryRun() async throws {
    let run = try await run(["org.csv", "--dry-run"], files: good, .danish)
    #expect(run.exit == 0)
    #expect(run.output.hasSuffix("Prøvelæsning: intet er gemt.\n"))
  }

  @Test("errors are told on standard error with file, line and column, and nothing is kept: 65")
  func badInput() async throws {
    let text = header + "1;Skole;skole;9;ja;ja;2022-01-01;\n"
    let run = try await run(["org.csv"], files: ["org.csv": .found(BytesInMemory(text))])
    #expect(run.exit == 65 && run.output.isEmpty)
    #expect(
      run.messages == ["org.csv:2:4: the parent »9« is not in the file, mend the code, or add the unit"])
  }

  @Test("a remark is told and stops nothing")
  func remark() async throws {
    let text = header + "1;A;område;;ja;ja;2023-01-01;\n2;B;skole;1;ja;ja;2022-01-01;\n"
    let run = try await run(["org.csv", "--dry-run"], files: ["org.csv": .found(BytesInMemory(text))])
    #expect(run.exit == 0 && run.messages.count == 1)
  }

  @Test("a missing file or profile is 66, a wrong profile 64, an unreadable file 74, a locked database 69")
  func refusals() async throws {
    #expect(try await run(["other.csv"], files: good).exit == 66)
    #expect(try await run(["org.csv", "--profile", "mangler"], files: good).exit == 66)
    let wrong = try await run(["org.csv", "--profile", "budget"], files: good)
    #expect(wrong.exit == 64)
    #expect(wrong.messages == ["the profile budget reads budget, not organisation"])
    let refused = try await run(["org.csv"], files: ["org.csv": .refused("Adgang nægtet")], .danish)
    #expect(refused.exit == 74 && refused.messages == ["org.csv: kan ikke læses (Adgang nægtet)"])
    #expect(try await run(["org.csv"], files: ["org.csv": .found(BrokenSource())]).exit == 74)
    let locked = try await run(["org.csv"], files: good)
    #expect(locked.exit == 69 && locked.messages.count == 1 && locked.output.isEmpty)
  }
}
