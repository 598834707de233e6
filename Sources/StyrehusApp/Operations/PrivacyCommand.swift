public import ArgumentParser
import Database
import Governance
import Organisation
import SteeringCore
import SurfaceKit

/// `styrehus privacy`: what is kept for how long, and the deleting of what is due.
public struct PrivacyCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "privacy", abstract: "Show what is kept for how long, and delete what is due.",
    discussion: """
      Decisions about preserving are entered on the page /privacy. On the embedded database the server must be stopped.
      Exit codes: 0 done, 64 wrong usage, 69 the database cannot be used.
      """,
    subcommands: [List.self, Sweep.self])

  /// An empty command, to be parsed.
  public init() {}

  private static func retention(_ installation: Installation) -> Retention {
    let premises = Premises(
      database: installation.database, tenant: installation.tenant, now: Installation.now, tree: { .empty(on: $0) })
    return Retention(premises, Sweepers.all)
  }

  /// `styrehus privacy list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the classes of data, and how much is due of each.")
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      try await OperationsTerminal.lending(database) { installation, terminal in
        for line in try await PrivacyCommand.retention(installation).lines() {
          let text = "\(line.dataClass.rawValue): \(line.standing(terminal.language)): \(line.due)"
          try terminal.print(Words(same: text))
        }
      }
    }
  }

  /// `styrehus privacy sweep`.
  struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete what is due, and say how much.")
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      try await OperationsTerminal.lending(database) { installation, terminal in
        let gone = try await PrivacyCommand.retention(installation).sweep()
        for (dataClass, count) in gone { try terminal.print(Words(same: "\(dataClass.rawValue): \(count)")) }
        if gone.isEmpty { terminal.say(Words("Intet var forfaldent.", en: "Nothing was due.")) }
      }
    }
  }
}
