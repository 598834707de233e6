public import ArgumentParser
public import Ledger
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

/// A kind of file that belongs to a year and replaces the year's earlier one.
public protocol YearlyFile: Sendable {
  /// What the file holds; also the name of its command.
  static var kind: FileKind { get }
  /// What its command does, in a sentence.
  static var abstract: String { get }
}

/// `styrehus import budget`, `plans` or `carry-over`: a file of a year, which replaces the earlier one.
public struct ImportYearlyCommand<File: YearlyFile>: AsyncParsableCommand {
  /// Name and help.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: File.kind.rawValue, abstract: File.abstract, discussion: ImportHelp.exitCodes)
  }

  @OptionGroup var options: ImportOptions
  @OptionGroup var year: ImportYear

  /// An empty command, to be parsed.
  public init() {}

  /// Imports the file.
  public func run() async throws {
    try await ImportRun(kind: File.kind, options: options, year: year.fiscalYear).run()
  }
}

/// The budgets of a year, which say which units there are.
public enum BudgetOfYear: YearlyFile {
  /// Budget.
  public static let kind = FileKind.budget
  /// What the command does.
  public static let abstract = "Import the budgets of a year; replaces the year's earlier budgets."
}

/// The action plans that a year's closing looks at.
public enum PlansOfYear: YearlyFile {
  /// Plans.
  public static let kind = FileKind.plans
  /// What the command does.
  public static let abstract = "Import action plans; replaces the year's earlier ones."
}

/// The balances that units carry into a year.
public enum CarryOverOfYear: YearlyFile {
  /// Carry-over.
  public static let kind = FileKind.carryOver
  /// What the command does.
  public static let abstract = "Import the balances carried into a year; replaces the year's earlier ones."
}

/// `styrehus import budget`.
public typealias ImportBudgetCommand = ImportYearlyCommand<BudgetOfYear>
/// `styrehus import plans`.
public typealias ImportPlansCommand = ImportYearlyCommand<PlansOfYear>
/// `styrehus import carry-over`.
public typealias ImportCarryOverCommand = ImportYearlyCommand<CarryOverOfYear>

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
