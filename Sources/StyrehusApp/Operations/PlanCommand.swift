public import ArgumentParser
import Foundation
import Governance
import SteeringCore
import SurfaceKit

/// `styrehus plan`: look at the delegation plan that comes with the product, and check one before it is adopted.
public struct PlanCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show the delegation plan that comes with Styrehus, and check one before it counts.",
    subcommands: [Show.self, Check.self])

  /// An empty command, to be parsed.
  public init() {}

  /// `styrehus plan show`: the file, to be changed and adopted.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the plan that comes with Styrehus, as a file.")

    func run() async throws { try Terminal.current.write(ShippedPlan.bytes) }
  }

  /// `styrehus plan check`.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell everything that is wrong with a plan's file.",
      discussion: "Exit codes: 0 nothing is wrong, 65 the file is broken, 66 there is no such file.")
    @Argument(help: "The plan's file.") var file: String

    func run() async throws {
      let terminal = Terminal.current
      guard let bytes = FileManager.default.contents(atPath: file).map(Array.init) else {
        terminal.say(Words("\(file): filen findes ikke", en: "\(file): there is no such file"))
        throw ExitCode(ExitStatus.noInput.rawValue)
      }
      let (plan, findings) = DelegationPlanFile.read(
        bytes: bytes, fileName: file, demands: AccessList.live.demands)
      for line in findings.lines(terminal.language) { terminal.say(line) }
      guard let plan else { throw ExitCode(ExitStatus.badInput.rawValue) }
      try terminal.print(
        Words(
          "\(plan.id): \(plan.decisions.count) beslutninger, intet galt",
          en: "\(plan.id): \(plan.decisions.count) decisions, nothing wrong"))
    }
  }
}
