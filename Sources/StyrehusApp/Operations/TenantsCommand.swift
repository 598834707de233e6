import ArgumentParser
import Database
import Governance
import SteeringCore
import SurfaceKit

/// `styrehus tenants`: which municipalities a database holds, and how they are asked for.
struct TenantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenants", abstract: "Enter, list and close the municipalities that share a database.",
    discussion: """
      A database that holds a single municipality needs no entry. As soon as there is one, every request must name \
      its municipality, by a host name or by the first part of its path. The data of a municipality that was alone \
      until now has the key \(Installation.onlyTenant.key).
      Exit codes: 0 done, 64 wrong usage, 65 the entry cannot be used, 69 the database cannot be used.
      """,
    subcommands: [List.self, Enter.self, Close.self])

  /// `styrehus tenants list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the municipalities: key, name, how it is asked for.")
    @OptionGroup var place: TenantsPlace

    func run() async throws {
      try await place.lending { installation, terminal in
        let directory = try await installation.directory()
        if directory.isUnused {
          terminal.say(
            Words("Databasen har én kommune, som ikke skal nævnes.", en: "The database has one municipality, unnamed."))
        } else if directory.all.isEmpty {
          terminal.say(
            Words("Alle kommuner er lukket.", en: "Every municipality is closed."))
        }
        for municipality in directory.all {
          let ways = municipality.hosts + (municipality.prefix.isEmpty ? [] : ["/" + municipality.prefix])
          try terminal.print(
            Words(same: "\(municipality.tenant.key): \(municipality.name) (\(ways.joined(separator: ", ")))"))
        }
      }
    }
  }

  /// `styrehus tenants enter`.
  struct Enter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Enter a municipality, or what is new about one; the last entry counts.")
    @Argument(help: "The key by which its rows are known; it never changes.") var key: String
    @Option(help: "Its name on every page.") var name: String
    @Option(help: ArgumentHelp("A name by which browsers ask for it. May be given several times.", valueName: "name"))
    var host: [String] = []
    @Option(help: "The first part of its addresses on a name that several share.") var prefix = ""
    @OptionGroup var place: TenantsPlace

    func run() async throws {
      try await place.lending { installation, terminal in
        let municipality = Municipality(tenant: Tenant(key: key), name: name, hosts: host, prefix: prefix)
        let faults = try await installation.database.writeAcrossTenants {
          try TenantStore($0).enter(municipality, at: Installation.now())
        }
        for fault in faults { terminal.say(fault) }
        guard faults.isEmpty else { throw ExitCode(ExitStatus.badInput.rawValue) }
        try await note("tenants.enter", key, installation, after: name)
        try terminal.print(Words("\(key): \(name) er skrevet ind", en: "\(key): \(name) entered"))
      }
    }
  }

  /// `styrehus tenants close`.
  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let nobody in to a municipality any more; its data stay as they are.")
    @Argument(help: "The municipality's key.") var key: String
    @OptionGroup var place: TenantsPlace

    func run() async throws {
      try await place.lending { installation, terminal in
        let closed = try await installation.database.writeAcrossTenants {
          try TenantStore($0).close(Tenant(key: key), at: Installation.now())
        }
        guard let closed else {
          terminal.say(
            Words(
              "Der er ingen åben kommune med nøglen \(key.quoted).", en: "There is no open municipality \(key.quoted).")
          )
          throw ExitCode(ExitStatus.badInput.rawValue)
        }
        try await note("tenants.close", key, installation, after: "")
        try terminal.print(Words("\(key): \(closed.name) er lukket", en: "\(key): \(closed.name) closed"))
      }
    }
  }
}

/// What is done to a municipality as a whole stands in its own trail.
private func note(_ act: String, _ key: String, _ installation: Installation, after: String) async throws {
  try await installation.database.write(Tenant(key: key)) {
    try $0.tell(Act(act, object: "municipality \(key)", after: after))
  }
}

/// The option by which the commands about municipalities find their database.
struct TenantsPlace: ParsableArguments {
  @Option(help: ArgumentHelp("The database; the configured one without it.", valueName: "sqlite:PATH|postgres://…"))
  var database: String?

  func lending(_ body: (Installation, Terminal) async throws -> Void) async throws {
    try await OperationsTerminal.reporting { terminal in
      let installation = try await Installation.open(database)
      try await installation.database.closing { try await body(installation, terminal) }
    }
  }
}
