public import ArgumentParser
import Database
import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// `styrehus rounds`: closing rounds in the database.
public struct RoundsCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "rounds", abstract: "Make, list, replay and compare closing rounds.",
    subcommands: [Make.self, List.self, Replay.self, Compare.self])

  /// An empty command, to be parsed.
  public init() {}

  /// The database option that they share.
  struct Place: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    /// Opens the database, runs the body, closes it again; says what went wrong.
    func keeping(_ body: (RoundKeeper, Terminal) async throws -> Void) async throws {
      let terminal = Terminal.current
      let needs = ImportNeeds.current
      do {
        try await needs.lending(database) { opened in
          let keeper = RoundKeeper(
            database: opened.database, tenant: opened.tenant, needs: ClosingNeeds.current, now: needs.now)
          try await body(keeper, terminal)
        }
      } catch let refusal as RoundRefusal {
        terminal.say(refusal.finding.text(terminal.language))
        throw ExitCode(ExitStatus.badInput.rawValue)
      } catch let reused as CommandReused {
        terminal.say(reused.onTheCommandLine)
        throw ExitCode(ExitStatus.badInput.rawValue)
      } catch let error as DatabaseError {
        terminal.say(error.text(terminal.language))
        throw ExitCode(ExitStatus.of(error).rawValue)
      }
    }
  }

  static func id(_ text: String, _ terminal: Terminal) throws -> Round.ID {
    if let id = Round.ID(text) { return id }
    terminal.say(
      Words("»\(text)« er ingen opgørelse; skriv som 2025-1", en: "»\(text)« is no closing; write it as 2025-1"))
    throw ExitCode(ExitStatus.usage.rawValue)
  }

  /// `styrehus rounds make`.
  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close a year and store the round.")
    @OptionGroup var place: Place
    @Option(help: "The fiscal year to close.") var year: Int
    @Flag(help: "The round is final; without it, preliminary.") var final = false
    @Option(help: ArgumentHelp("The steering model.", valueName: "NAME|FILE")) var model = "randersmodellen-2.0"
    @OptionGroup var named: CommandName

    func validate() throws {
      guard FiscalYear(year) == nil else { return }
      throw ValidationError(
        Words("»--year« skal være et år fra 1900 til 2199.", en: "'--year' must be a year from 1900 to 2199."))
    }

    func run() async throws {
      try await place.keeping { keeper, terminal in
        guard let fiscal = FiscalYear(year) else { throw ExitCode(ExitStatus.usage.rawValue) }
        let text = try ClosingNeeds.current.modelText(model, terminal)
        let outcome = try await named.commandKey().insisting {
          terminal.say($0.tryingAgain)
        } _: { key in
          try await keeper.make(fiscal, final ? .final : .preliminary, modelText: text, key: key)
        }
        switch outcome {
        case .made(let round, let since, let differences, let remarks):
          for remark in remarks { terminal.say(remark) }
          try terminal.print(
            Format.words { format in
              "\(round.id.text): \(format.postings(round.totals.all.lines)), \(format.files(round.inputs.count))"
            })
          if let since { try RoundsCommand.print(differences, since, terminal) }
        case .nothingNew(let round):
          try terminal.print(
            Words(
              "intet nyt siden \(round.id.text); intet er gemt",
              en: "nothing new since \(round.id.text); nothing stored"))
        case .noBudget:
          terminal.say(Words("der er intet budget for \(fiscal)", en: "there is no budget for \(fiscal)"))
          throw ExitCode(ExitStatus.badInput.rawValue)
        case .noModel, .otherInputs: throw ExitCode(ExitStatus.badInput.rawValue)
        }
      }
    }
  }

  /// `styrehus rounds list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the rounds, newest first.")
    @OptionGroup var place: Place

    func run() async throws {
      try await place.keeping { keeper, terminal in
        for round in try await keeper.rounds() {
          try terminal.print(RoundName(round).listLine(round))
        }
      }
    }
  }

  /// `styrehus rounds replay`.
  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close a stored round again and compare every figure.")
    @OptionGroup var place: Place
    @Argument(help: "The round, such as 2025-1.") var round: String

    func run() async throws {
      try await place.keeping { keeper, terminal in
        let id = try RoundsCommand.id(round, terminal)
        switch try await keeper.replay(id) {
        case .same:
          try terminal.print(Words("\(id.text): alle tal er de samme", en: "\(id.text): every figure is the same"))
        case .differs(let differences):
          try RoundsCommand.print(differences, id, terminal)
          throw ExitCode(ExitStatus.badInput.rawValue)
        case .inputsDiffer(let faults):
          for fault in faults { try terminal.print(fault) }
          throw ExitCode(ExitStatus.badInput.rawValue)
        case .impossible, nil:
          terminal.say(Words("\(id.text): kan ikke gøres op igen", en: "\(id.text): cannot be closed again"))
          throw ExitCode(ExitStatus.noInput.rawValue)
        }
      }
    }
  }

  /// `styrehus rounds compare`.
  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what differs between two rounds.")
    @OptionGroup var place: Place
    @Argument(help: "The earlier round.") var earlier: String
    @Argument(help: "The later round.") var later: String

    func run() async throws {
      try await place.keeping { keeper, terminal in
        let first = try RoundsCommand.id(earlier, terminal)
        let second = try RoundsCommand.id(later, terminal)
        let known = Set(try await keeper.rounds().map(\.id))
        let missing = [first, second].filter { !known.contains($0) }
        for id in missing {
          terminal.say(
            Words(
              "opgørelsen \(id.text) findes ikke; »styrehus rounds list« viser dem, der gør",
              en: "there is no closing \(id.text); 'styrehus rounds list' shows those there are"))
        }
        if !missing.isEmpty { throw ExitCode(ExitStatus.noInput.rawValue) }
        try RoundsCommand.print(try await keeper.differences(first, second), first, terminal)
      }
    }
  }

  static func print(_ differences: [RoundDifference], _ since: Round.ID, _ terminal: Terminal) throws {
    try terminal.print(
      Format.words { format in
        let units = format.units(differences.count)
        return format.language == .danish
          ? "\(units) er anderledes end i \(since.text)"
          : "\(units) \(differences.count == 1 ? "differs" : "differ") from \(since.text)"
      })
    for difference in differences {
      let before = difference.before.map { "\($0.balance.withOre) \($0.verdict.light)" } ?? "–"
      let after = difference.after.map { "\($0.balance.withOre) \($0.verdict.light)" } ?? "–"
      try terminal.print(Words(same: "  \(difference.unit): \(before) → \(after)"))
    }
  }
}

extension RoundName {
  func listLine(_ round: Round) -> Words {
    Format.words { format in
      let day = format.language == .danish ? madeOn.danish : madeOn.iso
      return "\(id)  \(kind(format.language))  \(day)  \(round.modelID)  \(format.postings(round.totals.all.lines))"
    }
  }
}
