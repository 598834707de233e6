import ArgumentParser
import Database
import DatabasePostgres
import Foundation
import SteeringCore
import SurfaceKit

/// `styrehus move`: everything from one database to another, empty one, and the proof that nothing differs.
struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Copy everything to another, empty database, and prove that nothing differs.",
    discussion: """
      Either database may be a file or on a PostgreSQL server. Stop the server of the old one first: what is written
      after the copy has begun does not come along. The old database stays as it is. Each table's rows are counted and
      fingerprinted (SHA-256) on both sides; then the new database is examined as verify does.
      Exit codes: 0 moved and proved, 64 wrong usage, 65 the new database does not pass the examination, 69 a database
      cannot be used or is not empty, 74 something differed on arrival. After 69 and 74 nothing was moved, unless the
      message says that nobody can know.
      """)

  @Option(help: ArgumentHelp("The database to copy.", valueName: "sqlite:PATH|postgres://…"))
  var from: String

  @Option(help: ArgumentHelp("The empty database; a file is made.", valueName: "sqlite:PATH|postgres://…"))
  var to: String

  func run() async throws {
    try await OperationsTerminal.reporting { terminal in
      do {
        try Self.refuseMissingFile(from)
        try await Self.opening(from) { source in
          try await Self.opening(to) { target in
            terminal.say(Words("fra: \(source.description.danish)", en: "from: \(source.description.english)"))
            terminal.say(Words("til: \(target.description.danish)", en: "to: \(target.description.english)"))
            let proofs = try await DatabaseMove(Capabilities.migrations)
              .run(from: source, to: target, now: Installation.now)
            try Self.tell(proofs, terminal)
            try await Self.examine(target, terminal)
          }
        }
      } catch let refusal as MoveRefusal {
        terminal.say(refusal.words)
        throw ExitCode(refusal.exitStatus.rawValue)
      }
    }
  }

  /// Opening a file makes it where there is none, and there would be nothing to move.
  private static func refuseMissingFile(_ address: String) throws {
    guard !PostgresDatabase.recognises(address) else { return }
    let path = try Installation.path(address)
    guard !FileManager.default.fileExists(atPath: path) else { return }
    throw DatabaseError(
      .unavailable, Words("Der er ingen database i \(path).", en: "There is no database at \(path)."),
      remedy: Words("Se efter, at stien er rigtig.", en: "See that the path is right."))
  }

  private static func opening(
    _ address: String, _ body: (any MunicipalDatabase) async throws -> Void
  ) async throws {
    let database = try await Installation.openUnprepared(address)
    try await database.closing { try await body(database) }
  }

  /// A line for each table: name, number of rows, the beginning of the fingerprint.
  private static func tell(_ proofs: [TableProof], _ terminal: Terminal) throws {
    let names = proofs.map(\.table.count).max() ?? 0
    let counts = proofs.map { String($0.rowCount).count }.max() ?? 0
    for proof in proofs {
      let name = proof.table + String(repeating: " ", count: names - proof.table.count)
      let count = String(proof.rowCount)
      let indent = String(repeating: " ", count: counts - count.count)
      try terminal.print(Words(same: "\(name)  \(indent)\(count)  \(proof.digest.prefix(12))"))
    }
    let total = proofs.reduce(0) { $0 + $1.rowCount }
    try terminal.print(
      Words(
        "\(total) rækker i \(proofs.count) tabeller er flyttet, og intet afviger",
        en: "\(total) rows in \(proofs.count) tables were moved, and nothing differs"))
  }

  private static func examine(_ target: any MunicipalDatabase, _ terminal: Terminal) async throws {
    let problems = try await Installation(on: target).problems(.thorough)
    for problem in problems { terminal.say(problem) }
    guard problems.isEmpty else { throw ExitCode(ExitStatus.badInput.rawValue) }
    try terminal.print(
      Words(
        "den nye database er hel, og alle posteringer stemmer",
        en: "the new database is sound and every posting agrees"))
  }
}

extension MoveRefusal {
  fileprivate var exitStatus: ExitStatus {
    if case .contentDiffers = self { .ioFailed } else { .unavailable }
  }
}
