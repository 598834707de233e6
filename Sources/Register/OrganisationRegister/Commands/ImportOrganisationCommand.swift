public import ArgumentParser
import Database
import Ledger
import Organisation
import SteeringCore
import SurfaceKit

/// `styrehus import organisation`: reads an organisation file into the register.
public struct ImportOrganisationCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "organisation", abstract: "Load the organisation: units, parents and when they are valid.",
    discussion: """
      Reads everything, tells all findings at once on standard error, and adds a version to the register, or nothing
      where the latest version holds exactly the same.
      Exit codes: 0 done, 64 wrong usage, 65 bad input, 66 no such file, 69 the database cannot be reached, \
      74 input or output failed.
      """)

  @Argument(help: ArgumentHelp("The organisation file.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("How the file is written.", valueName: "NAME|FILE"))
  var profile = "organisation"

  @OptionGroup var database: DatabaseOptions

  @Flag(help: "Read and tell, but write nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Names this command, so that it takes effect once however often it is said: 16 to 64 small letters, digits and "
        + "hyphens. Without it every command has a key of its own.",
      valueName: "KEY"))
  var key: String?

  /// An empty command, to be parsed.
  public init() {}

  /// Refuses a key that is none.
  public func validate() throws {
    guard let key, CommandKey(key) == nil else { return }
    throw ValidationError("'--key' must be 16 to 64 small letters, digits and hyphens.")
  }

  /// Reads the file and records it.
  public func run() async throws {
    let terminal = Terminal.current
    do {
      try await load(RegisterNeeds.current, terminal)
    } catch let refusal as Refusal {
      for line in refusal.lines { terminal.say(line) }
      throw ExitCode(refusal.status.rawValue)
    } catch let reused as CommandReused {
      terminal.say(reused.onTheCommandLine)
      throw ExitCode(ExitStatus.badInput.rawValue)
    } catch let error as DatabaseError {
      terminal.say(error.text(terminal.language))
      throw ExitCode(Self.status(of: error).rawValue)
    } catch is TerminalFault {
      terminal.say(Words("standarduddata kan ikke skrives", en: "standard output cannot be written"))
      throw ExitCode(ExitStatus.ioFailed.rawValue)
    }
  }

  private func load(_ needs: RegisterNeeds, _ terminal: Terminal) async throws {
    let profile = try profile(needs, terminal)
    let (read, hash) = try read(needs, terminal, profile)
    for line in read.findings.lines(terminal.language) { terminal.say(line) }
    guard let content = read.content else { throw ExitCode(ExitStatus.badInput.rawValue) }
    var outcome: OrganisationOutcome?
    if !dryRun {
      let source = OrganisationSource(
        fileName: file, contentHash: hash, profile: profile.name, importedAt: needs.now())
      let (database, tenant) = try await needs.database(self.database)
      let key = self.key.flatMap { CommandKey($0) } ?? .fresh()
      outcome = try await key.insisting {
        terminal.say($0.tryingAgain)
      } _: { key in
        try await database.write(tenant) { try OrganisationStore($0).add(content, from: source, under: key) }
      }
    }
    let today = needs.today()
    let summary = OrganisationSummary(content.history.at(today))
    try terminal.print(ImportOrganisationTexts.told(summary, on: today, outcome, file: file))
  }

  private func profile(_ needs: RegisterNeeds, _ terminal: Terminal) throws -> ImportProfile {
    switch try needs.profile(profile) {
    case .found(let found) where found.kind == .organisation: return found
    case .found(let found):
      throw Refusal(.usage, ImportOrganisationTexts.wrongKind(profile, found.kind), terminal)
    case .broken(let findings): throw Refusal(status: .badInput, lines: findings.lines(terminal.language))
    case .missing: throw Refusal(.noInput, ImportOrganisationTexts.noProfile(profile), terminal)
    }
  }

  private func read(
    _ needs: RegisterNeeds, _ terminal: Terminal, _ profile: ImportProfile
  ) throws -> (OrganisationFile, String) {
    switch try needs.openFile(file) {
    case .missing: throw Refusal(.noInput, ImportOrganisationTexts.noFile(file), terminal)
    case .refused(let reason): throw Refusal(.ioFailed, ImportOrganisationTexts.unreadable(file, reason), terminal)
    case .found(let source):
      do {
        let read = try OrganisationFile.read(source, name: file, profile: profile)
        return (read, try needs.contentHash(source))
      } catch {
        throw Refusal(.ioFailed, ImportOrganisationTexts.unreadable(file, nil), terminal)
      }
    }
  }

  private static func status(of error: DatabaseError) -> ExitStatus {
    switch error.kind {
    case .busy, .locked, .unavailable: .unavailable
    default: .ioFailed
    }
  }

  /// Why nothing was loaded: what to say, and the exit code.
  private struct Refusal: Error {
    let status: ExitStatus
    let lines: [String]

    init(status: ExitStatus, lines: [String]) {
      self.status = status
      self.lines = lines
    }

    init(_ status: ExitStatus, _ words: Words, _ terminal: Terminal) {
      self.init(status: status, lines: [words(terminal.language)])
    }
  }
}
