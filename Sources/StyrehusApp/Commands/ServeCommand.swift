public import ArgumentParser
import Database
import Economy
import Foundation
import Glibc
import Governance
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import SteeringCore
import SurfaceKit
import UnixSignals

extension DemoChoice: ExpressibleByArgument {}

/// `styrehus serve`: the pages.
public struct ServeCommand: AsyncParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the pages.",
    discussion: """
      Everybody may read the house; for anything else people sign in. Where nobody has been given a password yet, a
      link for the first administrator is printed. The cookies need https, except on this machine: put a proxy in front.
      """)

  @Option(help: "The address to listen on.")
  var address = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "A name by which browsers ask for the server, besides localhost and numbers. May be given several times.",
      valueName: "name"))
  var host: [String] = []

  @Option(help: "The port to listen on.")
  var port = 8080

  @Option(help: ArgumentHelp("The database; the environment's STYREHUS_DATABASE without it.", valueName: "sqlite:PATH"))
  var database: String?

  @Option(help: "Load a dataset that comes with the product where the database is empty: invented or randers.")
  var demo: DemoChoice?

  @Option(help: ArgumentHelp("The steering model that new rounds are made with.", valueName: "NAME|FILE"))
  var model = ShippedModels.standardName

  @Option(help: "The municipality's name on every page; a database with one of our datasets has its own.")
  var name = "Kommunen"

  @Option(
    help: ArgumentHelp(
      "Where people sign in besides here: a file of identity providers; the environment's STYREHUS_LOGIN without it.",
      valueName: "FILE"))
  var login: String?

  @Option(
    help: ArgumentHelp(
      "The address of a proxy whose X-Forwarded-For counts. May be given several times.", valueName: "address"))
  var proxy: [String] = []

  @Option(
    help: ArgumentHelp(
      "How much the log tells; the environment's STYREHUS_LOG_LEVEL without it, and info without that.",
      valueName: "level"))
  var logLevel: LogLevel?

  @Option(
    help: ArgumentHelp(
      "How many seconds a job may be without a word from its server before another server takes it over.",
      valueName: "seconds"))
  var jobLease = 10

  /// How long requests and a job under way may take to end when the server is told to stop. What is left then is broken
  /// off.
  private static let longestStop = Duration.seconds(30)

  /// The connections that are open at once; others wait at the door. A little below what the system lets the program
  /// open, which is raised as far as it may be, to 16,384 at the most.
  private static func mostConnections() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 800 }
    let wanted = min(limit.rlim_max, 16_384)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = wanted
      _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return max(100, Int(min(limit.rlim_cur, 16_384)) - 224)
  }

  /// An empty command, to be parsed.
  public init() {}

  /// Refuses a lease that is none.
  public func validate() throws {
    guard (1...3_600).contains(jobLease) else { throw ValidationError("'--job-lease' must be 1 to 3600 seconds.") }
  }

  /// Opens the database, loads the dataset where one is asked for, and serves until told to stop.
  public func run() async throws {
    let terminal = Terminal.current
    _ = try ClosingNeeds.live.modelText(model, terminal)
    let logger = StructuredLog(try level(terminal), write: { terminal.say($0) }).logger
    var providers = Providers.none
    if let file = login ?? ProcessInfo.processInfo.environment["STYREHUS_LOGIN"] {
      guard let read = Providers.read(file, terminal, logger) else { throw ExitCode(ExitStatus.badInput.rawValue) }
      providers = read
    }
    do {
      let installation = try await Installation.open(database)
      try await installation.database.closing { try await serve(installation, terminal, logger, providers) }
    } catch let error as DatabaseError {
      terminal.say(error.text(terminal.language))
      throw ExitCode(ExitStatus.unavailable.rawValue)
    } catch let refusal as DatasetRefusal {
      terminal.say(refusal.words)
      throw ExitCode(ExitStatus.badInput.rawValue)
    } catch let error as IOError {
      terminal.say(
        Words(
          "Porten \(address):\(port) kan ikke bruges (\(error.errnoCode)). Vælg en anden med --port, "
            + "eller stop det program, der bruger den.",
          en:
            "\(address):\(port) cannot be used (\(error.errnoCode)). Choose another with --port, "
            + "or stop the program that uses it."
        ))
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
  }

  /// The level of the log: the command line's, else the environment's.
  private func level(_ terminal: Terminal) throws -> LogLevel {
    if let logLevel { return logLevel }
    guard let word = ProcessInfo.processInfo.environment["STYREHUS_LOG_LEVEL"] else { return .info }
    guard let level = LogLevel(rawValue: word) else {
      let known = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
      terminal.say(
        Words(
          "STYREHUS_LOG_LEVEL er »\(word)«. Skriv et af disse: \(known).",
          en: "STYREHUS_LOG_LEVEL is “\(word)”. Write one of these: \(known)."))
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    return level
  }

  private func serve(
    _ installation: Installation, _ terminal: Terminal, _ logger: Logger, _ providers: Providers
  ) async throws {
    try await Deed.$current.withValue(.house) { try await open(installation, terminal, logger, providers) }
  }

  private func open(
    _ installation: Installation, _ terminal: Terminal, _ logger: Logger, _ providers: Providers
  ) async throws {
    let where_ = "http://\(address.contains(":") ? "[\(address)]" : address):\(port)"
    terminal.say(installation.database.description)
    let problems = try await installation.problems()
    for problem in problems { terminal.say(Words("databasen: \(problem.danish)", en: "database: \(problem.english)")) }
    guard problems.isEmpty else { throw ExitCode(ExitStatus.ioFailed.rawValue) }
    if let demo { try await load(demo, installation, terminal) }
    try await FirstAdministrator(installation: installation).invite(terminal, place: where_)
    let workshop = Workshop(lease: .seconds(jobLease), log: logger)
    let door = try await FrontDoor.open(
      .init(
        installation, municipality: name, hosts: host + [address], model: model, log: logger, workshop: workshop,
        isDemo: demo != nil, providers: providers, proxies: TrustedProxies(proxy)))
    let app = Application(
      responder: door,
      server: WatchedConnection.builder,
      configuration: .init(
        address: .hostname(address, port: port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections())),
      onServerRunning: { _ in
        terminal.say(
          Words("Styrehus er klar: \(where_) (stop med Ctrl-C)", en: "Styrehus is ready: \(where_) (stop with Ctrl-C)"))
      }, logger: logger)
    // The last one is stopped first: the pages finish what was asked for, then the worker ends its job.
    var configuration = ServiceGroupConfiguration(
      services: [workshop, app], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = Self.longestStop
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch is CancellationError {
      // What was still under way was broken off; a job was given back.
      terminal.say(
        Words(
          "Noget nåede ikke at blive færdigt, før serveren skulle stoppe.",
          en: "Something was not finished before the server had to stop."))
    }
  }

  private func load(_ demo: DemoChoice, _ installation: Installation, _ terminal: Terminal) async throws {
    guard try await installation.directory().isUnused else {
      terminal.say(
        Words(
          "Et datasæt med --demo hører til en database med en enkelt kommune, og denne har flere.",
          en: "A dataset with --demo belongs in a database with a single municipality, and this one has several."))
      throw ExitCode(ExitStatus.badInput.rawValue)
    }
    try await DemoLoader(installation: installation, say: { terminal.say($0) }).load(demo)
  }
}
