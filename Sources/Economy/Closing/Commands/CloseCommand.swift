public import ArgumentParser
import RuleKit
import SteeringCore
import SurfaceKit

/// `styrehus close`: the stateless closing, for scripts. The contract is exact; see docs/capabilities/closing.md.
public struct CloseCommand: ParsableCommand {
  /// How the closing is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
  }

  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a year from files: budget, ledgers and a steering model.",
    discussion: """
      Reads everything, tells all findings at once on standard error, and writes the closing whole or not at all.
      Exit codes: 0 done, 64 wrong usage, 65 bad input or model, 66 no such file, 74 input or output failed.
      """)

  @OptionGroup var options: ClosingOptions

  @Option(help: "How the closing is written: table, csv or json.")
  var format = Format.table

  @Option(help: ArgumentHelp("Where to; standard output without it.", valueName: "FILE"))
  var output: String?

  /// An empty command, to be parsed.
  public init() {}

  /// Refuses an output without a name, and one that would replace an input, under whatever name.
  public func validate() throws {
    guard let output else { return }
    if output.isEmpty {
      throw ValidationError(Words("»--output« mangler et filnavn.", en: "'--output' needs the name of a file."))
    }
    if options.inputs.contains(where: { $0 == output || WholeFile.areSame($0, output) }) {
      throw ValidationError(Words("»--output« er også en af filerne, der læses.", en: "'--output' is also an input."))
    }
  }

  /// Closes and writes.
  public func run() throws {
    let terminal = Terminal.current
    try ClosingRefusal.telling(terminal) {
      let files = FileClosing(options, terminal.language, ClosingNeeds.current)
      let outcome = try files.run()
      for line in outcome.remarks { terminal.say(line) }
      do {
        if let output {
          try WholeFile.write(text(of: outcome), to: output)
        } else {
          try terminal.write(text(of: outcome))
        }
      } catch let fault as FileFault {
        throw ClosingRefusal(status: .ioFailed, lines: files.refusal(fault).lines)
      }
    }
  }

  private func text(of outcome: FileClosing.Outcome) -> [UInt8] {
    let language = Terminal.current.language
    switch format {
    case .json:
      return ClosingFiles.json(outcome.closing, unknown: options.allowUnknownUnits ? outcome.unknown : nil)
    case .csv: return ClosingFiles.csv(outcome.closing)
    case .table:
      return ClosingFiles.table(
        outcome.closing, { outcome.model.light($0)?.name(language) ?? Words("ingen", en: "none")(language) }, language)
    }
  }
}

extension ClosingRefusal {
  /// Runs the body; a refusal is told on standard error and becomes the exit code.
  static func telling(_ terminal: Terminal, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let refusal as ClosingRefusal {
      for line in refusal.lines { terminal.say(line.onOneLine) }
      throw ExitCode(refusal.status.rawValue)
    } catch let fault as TerminalFault {
      let reason = SystemText.of(fault.errno)
      terminal.say(
        Words("standarduddata kan ikke skrives (\(reason))", en: "standard output cannot be written (\(reason))"))
      throw ExitCode(ExitStatus.ioFailed.rawValue)
    }
  }
}
