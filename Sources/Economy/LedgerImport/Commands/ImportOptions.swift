public import ArgumentParser
import Database
import SteeringCore
import SurfaceKit

/// The options that all import commands share.
struct ImportOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The file to import.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("How the file is written; the native form without it.", valueName: "NAME|FILE"))
  var profile: String?

  @Flag(help: "Read and tell, but store nothing.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions

  @OptionGroup var named: CommandName
}

/// The key of a command that changes something.
struct CommandName: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Names this command, so that it takes effect once however often it is said: 16 to 64 small letters, digits and "
        + "hyphens. Without it every command has a key of its own.",
      valueName: "KEY"))
  var key: String?

  func validate() throws {
    guard let key, CommandKey(key) == nil else { return }
    throw ValidationError("'--key' must be 16 to 64 small letters, digits and hyphens.")
  }

  /// The key that was given, or one that nobody else has.
  func commandKey() -> CommandKey { key.flatMap { CommandKey($0) } ?? .fresh() }
}

/// The year of the files that belong to one.
struct ImportYear: ParsableArguments {
  @Option(help: "The fiscal year that the file is about, such as 2025.")
  var year: Int

  var fiscalYear: FiscalYear? { FiscalYear(year) }

  func validate() throws {
    guard fiscalYear != nil else { throw ValidationError("'--year' must be a year from 1900 to 2199.") }
  }
}

extension OverlapChoice: ExpressibleByArgument {}

/// What `--help` says about how an import ends.
enum ImportHelp {
  static let exitCodes = """
    Reads everything, tells all findings at once on standard error, and stores the file whole or not at all. A file \
    that is there already changes nothing.
    Exit codes: 0 done, 64 wrong usage, 65 the file cannot be imported, 66 no such file, 69 the database cannot be \
    reached, 74 input or output failed.
    """
}
