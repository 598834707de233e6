import ArgumentParser
import Database
import DatabaseSQLite
import SteeringCore
import SurfaceKit

/// `styrehus backup`: a consistent copy of the embedded database, also while the server runs.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the embedded database into a new file, also while the server runs.",
    discussion: """
      The copy is one consistent picture, examined and on the disk before it gets its name.
      Exit codes: 0 done, 64 wrong usage, 69 the database or the file cannot be used.
      """)

  @Argument(help: ArgumentHelp("The new file.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("The database; the configured one without it.", valueName: "sqlite:PATH"))
  var database: String?

  func run() async throws {
    try await OperationsTerminal.reporting { terminal in
      let source = try SQLiteDatabase.openReadOnly(path: try Installation.path(database))
      try await source.closing { try await source.backup(to: file) }
      terminal.say(
        Words("\(file): sikkerhedskopien er skrevet og efterset", en: "\(file): backup written and examined"))
    }
  }
}

/// `styrehus restore`: a database made of a backup.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make the embedded database of a backup, where there is none.",
    discussion: """
      The backup is examined first and stays as it is; the steps that it lacks are run on the restored database. A
      database that is there is never overwritten: move it away first, together with its -wal and -shm.
      Exit codes: 0 done, 64 wrong usage, 69 the backup or the place cannot be used.
      """)

  @Argument(help: ArgumentHelp("The backup.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("The database; the configured one without it.", valueName: "sqlite:PATH"))
  var database: String?

  func run() async throws {
    try await OperationsTerminal.reporting { terminal in
      let path = try Installation.path(database)
      try await SQLiteDatabase.restore(file, to: path)
      let installation = try await Installation.open("sqlite:" + path)
      let problems = try await installation.database.closing { try await installation.problems() }
      for problem in problems { terminal.say(Words("databasen: \(problem)", en: "database: \(problem)")) }
      guard problems.isEmpty else { throw ExitCode(ExitStatus.ioFailed.rawValue) }
      terminal.say(Words("\(path): genskabt fra \(file)", en: "\(path): restored from \(file)"))
    }
  }
}
