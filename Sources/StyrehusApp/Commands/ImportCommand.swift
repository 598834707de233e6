import ArgumentParser
import Economy
import Register

/// `styrehus import`: files into the database, one subcommand a kind of file.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import files into the database.",
    subcommands: [
      ImportOrganisationCommand.self, ImportAccountsCommand.self, ImportBudgetCommand.self, ImportLedgerCommand.self,
      ImportPlansCommand.self, ImportCarryOverCommand.self,
    ])
}
