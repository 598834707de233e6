public import ArgumentParser
import Database
import Governance
import Organisation
import SteeringCore
import SurfaceKit

extension PositionKind: ExpressibleByArgument {}

/// `styrehus people`: the first people of a municipality, before anybody can sign in, and links to sign in.
public struct PeopleCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Enter people, list positions, and give links to choose a password.",
    discussion: """
      Everyday changes are made on the page /people. On the embedded database the server must be stopped.
      Exit codes: 0 done, 64 wrong usage, 65 there is no such person, 69 the database cannot be used.
      """,
    subcommands: [List.self, Enter.self, Invite.self])

  /// An empty command, to be parsed.
  public init() {}

  /// `styrehus people list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List today's positions and who holds them.")
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      try await PeopleDesk.lending(database) { store, terminal in
        let (register, day) = (try store.register(), Installation.today())
        for position in register.positions(on: day) {
          let holders = register.holders(of: position.id, on: day).map { "\($0.id) \($0.shownName(terminal.language))" }
          let place = position.place.isEmpty ? "" : " \(position.place)"
          try terminal.print(
            Words(
              same: "\(position.id): \(position.kind.name(terminal.language))\(place): "
                + (holders.isEmpty ? "–" : holders.joined(separator: ", "))))
        }
      }
    }
  }

  /// `styrehus people enter`.
  struct Enter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Enter a person, in one or more positions from today.")
    @Argument(help: "The person's name.") var name: String
    @Option(help: "The person's address for letters.") var email = ""
    @Option(help: "A kind of position, such as financeDirector. May be given several times.")
    var position: [PositionKind] = []
    @Option(help: "The unit, directorate or body that the positions are bound to; none for the whole municipality.")
    var place = ""
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
      if let body = position.first(where: \.isBody) {
        throw ValidationError("'\(body.rawValue)' is a body; nobody holds it alone.")
      }
      if position.contains(where: { $0.place != .municipality }), place.isEmpty {
        throw ValidationError("'--place' is missing: such a position is bound to a unit or a body.")
      }
    }

    func run() async throws {
      let (name, email, position, place) = (name, email, position, place)
      try await PeopleDesk.changing(database) { store, connection, terminal in
        guard let period = ValidPeriod(from: Installation.today()) else { return "" }
        let person = try store.add(name: name, email: email)
        for kind in position {
          let bound = kind.place == .municipality ? "" : place
          _ = try store.appoint(person, to: try store.add(kind, place: bound, period), period)
        }
        return terminal.language == .danish ? "\(name) har nummer \(person)" : "\(name) has number \(person)"
      }
    }
  }

  /// `styrehus people invite`.
  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a person a link to choose a password; it works once, for a day.")
    @Argument(help: "The person's number.") var person: Int64
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let person = person
      try await PeopleDesk.changing(database) { store, connection, terminal in
        guard try store.register().person(person)?.isRemoved == false else {
          terminal.say(Words("Der er ingen person \(person).", en: "There is no person \(person)."))
          throw ExitCode(ExitStatus.badInput.rawValue)
        }
        let secret = Secret.fresh()
        try LoginStore(connection, now: Installation.now()).invite(person, secret)
        return "/invitation/\(secret.text)"
      }
    }
  }
}

/// Lends the people of a database to a command.
private enum PeopleDesk {
  static func lending(
    _ options: DatabaseOptions, _ body: @escaping @Sendable (PeopleStore, Terminal) throws -> Void
  ) async throws {
    try await OperationsTerminal.lending(options) { installation, terminal in
      try await installation.database.read(installation.tenant) {
        try body(PeopleStore($0, now: Installation.now()), terminal)
      }
    }
  }

  /// Runs a body that changes something, and prints what it says when that is kept.
  static func changing(
    _ options: DatabaseOptions,
    _ body: @escaping @Sendable (PeopleStore, any DatabaseConnection, Terminal) throws -> String
  ) async throws {
    try await OperationsTerminal.lending(options) { installation, terminal in
      let told = try await installation.database.write(installation.tenant) {
        try body(PeopleStore($0, now: Installation.now()), $0, terminal)
      }
      try terminal.print(Words(same: told))
    }
  }
}
