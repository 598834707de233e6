public import ArgumentParser
import Foundation
import RuleKit
import SteeringCore

/// `styrehus model`: look at the steering models, and check one before it is used.
public struct ModelCommand: ParsableCommand {
  /// The command's name and help, in the reader's language.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "model",
      abstract: Words("Vis, tjek og sammenlign styringsmodeller.", en: "Show, check and compare steering models.")
        .here,
      subcommands: [List.self, Show.self, Check.self, Compare.self])
  }

  /// Made by the command line's parser.
  public init() {}

  /// `styrehus model list`: the models that come with the product.
  public struct List: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Vis de modeller, der følger med.", en: "List the models that come with the product.").here)
    }

    /// Made by the command line's parser.
    public init() {}

    /// Prints a line for each model.
    public func run() throws { try ModelAnswer.list(.here).deliver() }
  }

  /// `styrehus model show`: a model in plain words.
  public struct Show: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Vis en model i almindelige ord.", en: "Show a model in plain words.").here)
    }

    @Argument(help: modelHelp)
    var model: String = ShippedModels.standardName

    /// Made by the command line's parser.
    public init() {}

    /// Prints the model; exits 65 for a broken file and 66 where there is none.
    public func run() throws { try ModelAnswer.show(model, .here).deliver() }
  }

  /// `styrehus model check`: everything that is wrong with a model file.
  public struct Check: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Tjek en modelfil, før den tages i brug.", en: "Check a model file before it is used.").here)
    }

    @Argument(help: ArgumentHelp(Words("Filen med modellen.", en: "The file with the model.").here))
    var file: String

    /// Made by the command line's parser.
    public init() {}

    /// Prints the findings; exits 65 for a broken file and 66 where there is none.
    public func run() throws { try ModelAnswer.check(file, .here).deliver() }
  }

  /// `styrehus model compare`: what sets two models apart.
  public struct Compare: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Vis, hvad der skiller to modeller.", en: "Show what sets two models apart.").here)
    }

    @Argument(help: modelHelp)
    var first: String

    @Argument(help: modelHelp)
    var second: String

    /// Made by the command line's parser.
    public init() {}

    /// Prints the differences; exits 65 for a broken file and 66 where there is none.
    public func run() throws { try ModelAnswer.compare(first, second, .here).deliver() }
  }

  private static var modelHelp: ArgumentHelp {
    ArgumentHelp(
      Words(
        "En model, der følger med, eller en fil.", en: "A model that comes with the product, or a file."
      ).here)
  }
}

extension Language {
  /// The language of the process.
  fileprivate static var here: Language { Language(environment: ProcessInfo.processInfo.environment) }
}

extension Words {
  /// The text in the language of the process.
  fileprivate var here: String { self(.here) }
}

extension ModelAnswer {
  /// Prints the answer and ends with its exit code.
  fileprivate func deliver() throws {
    FileHandle.standardOutput.write(Data(Self.text(output).utf8))
    FileHandle.standardError.write(Data(Self.text(messages).utf8))
    if let failure { throw ExitCode(failure.rawValue) }
  }

  private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
