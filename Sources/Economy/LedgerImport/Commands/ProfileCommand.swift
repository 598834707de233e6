public import ArgumentParser
import SteeringCore
import SurfaceKit

/// `styrehus profile`: look at the import profiles, and check one before it is used.
public struct ProfileCommand: ParsableCommand {
  /// The command's name and help, in the reader's language.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "profile",
      abstract: Words("Vis og tjek importprofiler.", en: "Show and check import profiles.").here,
      discussion: Words(
        """
        En profil siger, hvordan en fil er skrevet. Lav din egen: styrehus profile show ledger > min.yaml, ret \
        filen, tjek den med styrehus profile check min.yaml, og brug den med --profile-ledger min.yaml.
        """,
        en: """
          A profile says how a file is written. Make your own: styrehus profile show ledger > mine.yaml, mend the \
          file, check it with styrehus profile check mine.yaml, and use it with --profile-ledger mine.yaml.
          """
      ).here,
      subcommands: [List.self, Show.self, Check.self])
  }

  /// Made by the command line's parser.
  public init() {}

  /// `styrehus profile list`: the profiles that come with the product.
  public struct List: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Vis de profiler, der følger med.", en: "List the profiles that come with the product.").here)
    }

    /// Made by the command line's parser.
    public init() {}

    /// Prints a line for each profile.
    public func run() throws { try ProfileAnswer.list(Terminal.current.language).deliver() }
  }

  /// `styrehus profile show`: a profile as a file with comments.
  public struct Show: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Vis en profil som en fil, der kan rettes til.", en: "Show a profile as a file to start from.")
          .here)
    }

    @Argument(
      help: ArgumentHelp(
        Words("En profil, der følger med, eller en fil.", en: "A profile that comes with the product, or a file.").here)
    )
    var profile: String

    /// Made by the command line's parser.
    public init() {}

    /// Prints the profile; exits 65 for a broken file and 66 where there is none.
    public func run() throws { try ProfileAnswer.show(profile, Terminal.current.language).deliver() }
  }

  /// `styrehus profile check`: everything that is wrong with a profile file.
  public struct Check: ParsableCommand {
    /// The command's name and help, in the reader's language.
    public static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: Words("Tjek en profilfil, før den tages i brug.", en: "Check a profile file before it is used.").here)
    }

    @Argument(help: ArgumentHelp(Words("Filen med profilen.", en: "The file with the profile.").here))
    var file: String

    /// Made by the command line's parser.
    public init() {}

    /// Prints the findings; exits 65 for a broken file and 66 where there is none.
    public func run() throws { try ProfileAnswer.check(file, Terminal.current.language).deliver() }
  }
}

extension Words {
  /// The text in the language of the running command.
  fileprivate var here: String { self(Terminal.current.language) }
}

extension ProfileAnswer {
  /// Prints the answer and ends with its exit code.
  fileprivate func deliver() throws {
    let terminal = Terminal.current
    do {
      if !output.isEmpty { try terminal.write(Array((output.joined(separator: "\n") + "\n").utf8)) }
    } catch is TerminalFault {
      throw ExitCode(ExitStatus.ioFailed.rawValue)
    }
    for line in messages { terminal.say(line) }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
