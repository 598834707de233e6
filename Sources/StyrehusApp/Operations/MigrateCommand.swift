import ArgumentParser
import Database
import SteeringCore
import SurfaceKit

/// `styrehus migrate`: brings the database's tables up to date, or says what that would take.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring the database's tables up to date, as the server does at start.",
    discussion: """
      Each step is done as a whole or not at all; steps run forward only.
      Exit codes: 0 done, 64 wrong usage, 69 the database cannot be used or does not fit this program.
      """)

  @Flag(help: "Only say which steps are missing; change nothing.")
  var plan = false

  @Option(help: ArgumentHelp("The database; the configured one without it.", valueName: "sqlite:PATH"))
  var database: String?

  func run() async throws {
    try await OperationsTerminal.reporting { terminal in
      let runner = try MigrationRunner(Capabilities.migrations)
      let opened = try await Installation.openUnprepared(database)
      let steps = try await opened.closing {
        if plan {
          try await runner.plan(on: opened)
        } else {
          try await runner.run(on: opened, now: Installation.now)
        }
      }
      for step in steps { try terminal.print(Words(same: "\(step.capability) \(step.number): \(step.name)")) }
      if steps.isEmpty { terminal.say(Words("Databasen er ført ajour.", en: "The database is up to date.")) }
    }
  }
}

/// Runs an operation and tells its errors as the other commands do.
enum OperationsTerminal {
  static func reporting(_ body: (Terminal) async throws -> Void) async throws {
    let terminal = Terminal.current
    do {
      try await body(terminal)
    } catch let error as DatabaseError {
      terminal.say(error.text(terminal.language))
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
  }

  /// As `reporting`, with the database that the options name, which is let go of again.
  static func lending(
    _ options: DatabaseOptions, _ body: (Installation, Terminal) async throws -> Void
  ) async throws {
    try await reporting { terminal in
      let installation = try await Installation.open(options.address, tenant: options.tenant)
      try await installation.database.closing { try await body(installation, terminal) }
    }
  }
}
