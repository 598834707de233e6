import ArgumentParser
public import RuleKit
public import SteeringCore
public import SurfaceKit

/// What the closing asks of other capabilities, in its own words. Whoever composes the product fills it.
public struct ClosingNeeds: Sendable {
  /// What came of asking for a model.
  public enum ModelAnswer: Sendable {
    /// The model, and the text of its file.
    case found(SteeringModel, text: String)
    /// The file is there and is no usable model; the findings say why.
    case broken(Findings)
    /// Neither a shipped model nor a file has this name.
    case missing
  }

  /// The steering model of a name or a file.
  public var model: @Sendable (_ nameOrFile: String) throws -> ModelAnswer
  /// The steering model that a text holds; nil where it holds none. For rounds, which keep the text.
  public var readModel: @Sendable (_ text: String) -> SteeringModel?
  /// The import profile of a name or a file; nil where there is neither.
  public var profile: @Sendable (_ nameOrFile: String) throws -> ProfileAnswer

  /// What came of asking for a profile.
  public typealias ProfileAnswer = ImportNeeds.ProfileAnswer

  /// Needs, filled.
  public init(
    model: @escaping @Sendable (String) throws -> ModelAnswer,
    readModel: @escaping @Sendable (String) -> SteeringModel?,
    profile: @escaping @Sendable (String) throws -> ProfileAnswer
  ) {
    self.model = model
    self.readModel = readModel
    self.profile = profile
  }

  /// Nothing is there: for tests that must not ask.
  public static let nothing = ClosingNeeds(
    model: { _ in .missing }, readModel: { _ in nil }, profile: { _ in .missing })

  /// The needs of the running command.
  @TaskLocal public static var current = ClosingNeeds.nothing
}

extension ClosingNeeds {
  /// The text of a model that a person named. Where there is none, or a broken one, says so and ends the command.
  public func modelText(_ name: String, _ terminal: Terminal) throws -> String {
    switch try model(name) {
    case .found(_, let text): return text
    case .broken(let findings):
      for line in findings.lines(terminal.language) { terminal.say(line) }
      throw ExitCode(ExitStatus.badInput.rawValue)
    case .missing:
      terminal.say(Words("\(name): modellen findes ikke", en: "\(name): no such model"))
      throw ExitCode(ExitStatus.noInput.rawValue)
    }
  }
}
