import ArgumentParser
import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// The options that `close` and `explain` share.
struct ClosingOptions: ParsableArguments {
  @Option(help: "The fiscal year to close, such as 2025.")
  var year: Int

  @Option(help: ArgumentHelp("Budgets with the balance carried in.", valueName: "FILE"))
  var budget: String

  @Option(help: ArgumentHelp("A ledger; at least one, may be given several times.", valueName: "FILE"))
  var ledger: [String] = []

  @Option(help: ArgumentHelp("Which accounts are pay, other or outside.", valueName: "FILE"))
  var accounts: String?

  @Option(help: ArgumentHelp("Action plans.", valueName: "FILE"))
  var plans: String?

  @Option(help: ArgumentHelp("Balances carried in, where the budget has none.", valueName: "FILE"))
  var carryOver: String?

  @Option(help: ArgumentHelp("The steering model.", valueName: "NAME|FILE"))
  var model = "randersmodellen-2.0"

  @Flag(help: "Count postings on unknown units apart instead of refusing them.")
  var allowUnknownUnits = false

  @Option(help: ArgumentHelp("How the ledgers are written.", valueName: "NAME|FILE"))
  var profileLedger = "ledger"

  @Option(help: ArgumentHelp("How the budget is written.", valueName: "NAME|FILE"))
  var profileBudget = "budget"

  @Option(help: ArgumentHelp("How the carry-over file is written.", valueName: "NAME|FILE"))
  var profileCarryOver = "carry-over"

  func validate() throws {
    guard FiscalYear(year) != nil else {
      throw ValidationError(
        Words("»--year« skal være et år fra 1900 til 2199.", en: "'--year' must be a year from 1900 to 2199."))
    }
    if ledger.isEmpty {
      throw ValidationError(
        Words(
          "»--ledger <FILE>« mangler; giv mindst én bogføringsfil.", en: "Missing expected argument '--ledger <FILE>'"))
    }
  }

  /// The names of everything that is read. The default model and profiles are no files.
  var inputs: [String] {
    let chosen = [
      (model, "randersmodellen-2.0"), (profileLedger, "ledger"), (profileBudget, "budget"),
      (profileCarryOver, "carry-over"),
    ].filter { $0.0 != $0.1 }.map(\.0)
    return ledger + [budget] + [accounts, plans, carryOver].compactMap { $0 } + chosen
  }
}

extension ValidationError {
  /// Wrong usage, said in the person's language.
  init(_ words: Words) { self.init(words(Terminal.current.language)) }
}

/// Why a closing from files did not come about: what to say, and the exit code.
struct ClosingRefusal: Error {
  let status: ExitStatus
  let lines: [String]

  static func one(_ status: ExitStatus, _ words: Words, _ language: Language) -> ClosingRefusal {
    ClosingRefusal(status: status, lines: [words(language).onOneLine])
  }
}
