public import ArgumentParser
import Database
import Economy
import SteeringCore
import SurfaceKit

/// `styrehus verify`: whether the database still holds what was written into it. Changes nothing.
public struct VerifyCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Examine the database: its structure, and every posting against what was recorded.",
    discussion: "Reads everything. Exit codes: 0 all is well, 65 something differs, 69 the database cannot be opened.")

  @Option(help: ArgumentHelp("The database; the environment's STYREHUS_DATABASE without it.", valueName: "sqlite:PATH"))
  var database: String?

  /// An empty command, to be parsed.
  public init() {}

  /// Examines, and tells what it found.
  public func run() async throws {
    try await OperationsTerminal.reporting { terminal in
      let installation = try await Installation.open(database)
      let found = try await installation.database.closing { try await installation.problems(.thorough) }
      for problem in found { terminal.say(problem) }
      guard found.isEmpty else { throw ExitCode(ExitStatus.badInput.rawValue) }
      try terminal.print(
        Words("databasen er hel, og alle posteringer stemmer", en: "the database is sound and every posting agrees"))
    }
  }
}
