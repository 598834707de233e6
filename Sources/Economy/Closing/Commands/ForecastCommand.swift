public import ArgumentParser
import Database
import Ledger
import SteeringCore
import SurfaceKit

/// `styrehus forecast`: how well forecasts meet the years.
public struct ForecastCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Test forecasts of the year's result on past years.",
    subcommands: [Backtest.self])

  /// An empty command, to be parsed.
  public init() {}

  /// `styrehus forecast backtest`.
  struct Backtest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forecast past years from the years before them, and print how far off it was.",
      discussion: """
        Reads the years of the database that have a final round, or a file of series. Each year but the first is \
        forecast after each period by the plain methods and by the one that is chosen on still earlier years.
        """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: ArgumentHelp("Unit years in a file instead of a database.", valueName: "FILE"))
    var series: String?

    /// No series is larger than this, in bytes.
    static let largestSeries = 64 << 20

    func validate() throws {
      guard series != nil, database.address != nil || database.tenant != nil else { return }
      throw ValidationError(
        Words("»--series« står alene, uden database.", en: "'--series' stands alone, without a database."))
    }

    func run() async throws {
      let terminal = Terminal.current
      let (books, source) =
        if let series { try read(series, terminal) } else { try await readDatabase(terminal) }
      let backtest = ForecastBacktest(books)
      guard !backtest.lines.isEmpty else {
        terminal.say(
          Words(
            "der skal mindst to hele år med budget til en efterprøvning; her er \(books.years.count)",
            en: "a back-test needs at least two whole years with a budget; here are \(books.years.count)"))
        throw ExitCode(ExitStatus.badInput.rawValue)
      }
      do {
        try terminal.write(Array(backtest.table(source, terminal.language).utf8))
      } catch is TerminalFault {
        throw ExitCode(ExitStatus.ioFailed.rawValue)
      }
    }

    private func read(_ name: String, _ terminal: Terminal) throws -> (ForecastBooks, Words) {
      do {
        let source = try FileSource(name)
        guard source.size <= Self.largestSeries else {
          terminal.say(Words("\(name): filen er over 64 MB; del den", en: "\(name): the file is over 64 MB; split it"))
          throw ExitCode(ExitStatus.badInput.rawValue)
        }
        var bytes = [UInt8](repeating: 0, count: source.size)
        let count = try bytes.withUnsafeMutableBytes { try source.read(into: $0, at: 0) }
        let file = SeriesFile(Array(bytes.prefix(count)), name: name)
        for line in file.findings.lines(terminal.language) { terminal.say(line) }
        guard let books = file.books else { throw ExitCode(ExitStatus.badInput.rawValue) }
        return (books, Words("filen \(name)", en: "the file \(name)"))
      } catch let fault as FileFault {
        terminal.say(
          Words(
            "\(name): filen kan ikke læses (\(fault.reason))", en: "\(name): the file cannot be read (\(fault.reason))")
        )
        let isMissing = if case .missing = fault { true } else { false }
        throw ExitCode((isMissing ? ExitStatus.noInput : .ioFailed).rawValue)
      }
    }

    private func readDatabase(_ terminal: Terminal) async throws -> (ForecastBooks, Words) {
      do {
        return try await ImportNeeds.current.lending(database) { opened in
          let years = try await opened.database.read(opened.tenant) { try WholeYears.unitYears($0) }
          return (
            try ForecastBooks(periods: 12, years),
            Words("databasens afsluttede år", en: "the closed years of the database")
          )
        }
      } catch let error as DatabaseError {
        terminal.say(error.text(terminal.language))
        throw ExitCode(ExitStatus.of(error).rawValue)
      }
    }
  }
}
