public import ArgumentParser
import Database
import Economy
import Governance
import Register
import SteeringCore
import SurfaceKit

/// The `styrehus` command: every command of every capability.
public struct StyrehusCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "styrehus", abstract: "A system on which a municipality steers itself.",
    subcommands: [
      ServeCommand.self, CloseCommand.self, ExplainCommand.self, ImportCommand.self, RoundsCommand.self,
      LaboratoryCommand.self, ForecastCommand.self, ModelCommand.self, ProfileCommand.self, VerifyCommand.self,
      BackupCommand.self, RestoreCommand.self, MigrateCommand.self, MoveCommand.self, TenantsCommand.self,
      PeopleCommand.self, PrivacyCommand.self, PlanCommand.self, AuditCommand.self,
    ])

  /// An empty command, to be parsed.
  public init() {}

  /// Parses the arguments and runs the command they name, in the language of the environment. Never returns.
  public static func launch(_ environment: [String: String]) async -> Never {
    let terminal = Terminal.standard(language: Language(environment: environment))
    await Terminal.$current.withValue(terminal) {
      await ClosingNeeds.$current.withValue(.live) {
        await ImportNeeds.$current.withValue(.live) {
          await RegisterNeeds.$current.withValue(.live) {
            await Deed.$current.withValue(.commandLine) { await main(nil) }
          }
        }
      }
    }
    exit()
  }
}
