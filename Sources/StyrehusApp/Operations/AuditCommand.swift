public import ArgumentParser
import Database
import SteeringCore
import SurfaceKit

/// `styrehus audit`: whether the audit trail is as it was written.
public struct AuditCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Check the audit trail.", subcommands: [Verify.self])

  /// An empty command, to be parsed.
  public init() {}

  /// `styrehus audit verify`.
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Find entries that were changed, taken out, added or moved, and name them.",
      discussion: """
        Keep the anchor that is printed somewhere else: with it a trail that was cut or written anew is found too.
        Exit codes: 0 all is well, 65 something is wrong, 69 the database cannot be opened.
        """)
    @Option(help: ArgumentHelp("An anchor that was kept. May be given several times.", valueName: "NUMBER:HASH"))
    var anchor: [String] = []
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
      if let bad = anchor.first(where: { AuditAnchor($0) == nil }) { throw ValidationError("'\(bad)' is no anchor.") }
    }

    func run() async throws {
      try await OperationsTerminal.lending(database) { installation, terminal in
        let anchors = anchor.compactMap { AuditAnchor($0) }
        let check = try await installation.database.read(installation.tenant) { try AuditCheck($0, anchors: anchors) }
        for fault in check.faults { terminal.say(fault) }
        guard check.faults.isEmpty else { throw ExitCode(ExitStatus.badInput.rawValue) }
        let place = check.anchor?.description ?? "–"
        try terminal.print(
          Words(
            "\(check.count) poster, alle hele; anker \(place)", en: "\(check.count) entries, all whole; anchor \(place)"
          ))
      }
    }
  }
}
