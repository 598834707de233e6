public import ArgumentParser
import Ledger
import SteeringCore

/// `styrehus import ledger`: the postings of a year.
public struct ImportLedgerCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Import a ledger: the postings of a year.", discussion: ImportHelp.exitCodes)

  @OptionGroup var options: ImportOptions
  @OptionGroup var year: ImportYear

  @Option(help: "Where vouchers are in an earlier ledger of the year: stop, add the file, or replace that ledger.")
  var onOverlap = OverlapChoice.stop

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws {
    try await ImportRun(kind: .ledger, options: options, year: year.fiscalYear, overlap: onOverlap).run()
  }
}

/// `styrehus import budget`: the budgets of a year, which say which units there are.
public struct ImportBudgetCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "Import the budgets of a year; replaces the year's earlier budgets.",
    discussion: ImportHelp.exitCodes)

  @OptionGroup var options: ImportOptions
  @OptionGroup var year: ImportYear

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws {
    try await ImportRun(kind: .budget, options: options, year: year.fiscalYear).run()
  }
}

/// `styrehus import plans`: the action plans that a year's closing looks at.
public struct ImportPlansCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "plans", abstract: "Import action plans; replaces the year's earlier ones.",
    discussion: ImportHelp.exitCodes)

  @OptionGroup var options: ImportOptions
  @OptionGroup var year: ImportYear

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws {
    try await ImportRun(kind: .plans, options: options, year: year.fiscalYear).run()
  }
}

/// `styrehus import accounts`: which accounts are pay, other, or outside. It holds for all years.
public struct ImportAccountsCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "accounts", abstract: "Import which accounts are pay, other or outside, for all years.",
    discussion: ImportHelp.exitCodes)

  @OptionGroup var options: ImportOptions

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws { try await ImportRun(kind: .accounts, options: options, year: nil).run() }
}

/// `styrehus import carry-over`: the balances that units carry into a year.
public struct ImportCarryOverCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "carry-over", abstract: "Import the balances carried into a year; replaces the year's earlier ones.",
    discussion: ImportHelp.exitCodes)

  @OptionGroup var options: ImportOptions
  @OptionGroup var year: ImportYear

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws {
    try await ImportRun(kind: .carryOver, options: options, year: year.fiscalYear).run()
  }
}
