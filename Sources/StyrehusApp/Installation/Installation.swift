public import Database
import DatabasePostgres
import Economy
import Foundation
import Governance
import Ledger
import Register
import SteeringCore

/// A database that is open and up to date, and the municipality in it.
public struct Installation: Sendable {
  /// The database.
  public let database: any MunicipalDatabase
  /// The municipality.
  public let tenant: Tenant

  /// The municipality of an installation that holds one.
  public static let onlyTenant = Tenant(key: "municipality")
  /// Where the database is when nobody says.
  static let standardPlace = "sqlite:styrehus.sqlite"

  /// An installation on an open database, whose tables are brought up to date, for one municipality in it. Throws
  /// `DatabaseError`.
  public init(on database: any MunicipalDatabase, tenant: Tenant = Self.onlyTenant) async throws {
    self.database = AuditedDatabase(database)
    self.tenant = tenant
    _ = try await MigrationRunner(Capabilities.migrations).run(on: database, now: Self.now)
  }

  /// Opens the database of an address such as `sqlite:PATH` or `postgres://…`; without one that of the environment's
  /// `STYREHUS_DATABASE`, or `styrehus.sqlite` in the current folder. Throws `DatabaseError`.
  static func open(_ address: String?) async throws -> Installation {
    let database = try await openUnprepared(address)
    do {
      return try await Installation(on: database)
    } catch {
      try? await database.close()
      throw error
    }
  }

  /// Opens the database of an address for one municipality in it: the one of the key, or of the environment's
  /// `STYREHUS_TENANT`, or the only one there is. Throws `DatabaseError`, also where nobody says which of several.
  static func open(_ address: String?, tenant key: String?) async throws -> Installation {
    let installation = try await open(address)
    do {
      let wanted = key ?? ProcessInfo.processInfo.environment["STYREHUS_TENANT"]
      return installation.lent(to: try await installation.directory().tenant(wanted))
    } catch {
      try? await installation.database.close()
      throw error
    }
  }

  /// The same database for another municipality in it.
  func lent(to tenant: Tenant) -> Installation { Installation(database: database, tenant: tenant) }

  private init(database: any MunicipalDatabase, tenant: Tenant) {
    self.database = database
    self.tenant = tenant
  }

  /// The municipalities that the database holds; none where it holds a single one. Throws `DatabaseError`.
  func directory() async throws -> MunicipalityDirectory {
    try await database.readAcrossTenants { try TenantStore($0).directory() }
  }

  /// Opens the database of an address without looking at its tables; an embedded one as soon as nobody else writes.
  static func openUnprepared(_ address: String?) async throws -> any MunicipalDatabase {
    let place = place(address)
    if PostgresDatabase.recognises(place) { return try await PostgresDatabase.open(place) }
    return try await WriterTurn.open(path: try path(place))
  }

  private static func place(_ address: String?) -> String {
    address ?? ProcessInfo.processInfo.environment["STYREHUS_DATABASE"] ?? standardPlace
  }

  /// The file of the embedded database that an address names. Throws where it names none.
  static func path(_ address: String?) throws -> String {
    let place = place(address)
    guard !PostgresDatabase.recognises(place) else {
      // The address may hold a password.
      throw DatabaseError(
        .unavailable,
        Words(
          "Kommandoen gælder den indlejrede database, og denne ligger på en PostgreSQL-server.",
          en: "The command is about the embedded database, and this one is on a PostgreSQL server."),
        remedy: Words("Brug pg_dump og pg_restore.", en: "Use pg_dump and pg_restore."))
    }
    guard place.hasPrefix("sqlite:"), place.count > 7 else {
      throw DatabaseError(
        .unavailable, Words("Databasen »\(place)« kendes ikke.", en: "The database »\(place)« is not known."),
        remedy: Words(
          "Skriv sqlite: og en sti, eller postgres:// og en server.",
          en: "Write sqlite: and a path, or postgres:// and a server."))
    }
    return String(place.dropFirst(7))
  }

  /// The time, in whole seconds since 1 January 1970 UTC.
  @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }

  /// The day, in Denmark.
  @Sendable static func today() -> CalendarDate { CalendarDate(inDenmarkAt: now()) }

  /// What is wrong with the data of any municipality, a sentence each; none where all is well: the file's structure,
  /// and for every ledger its chunks against the sums of its units and the count and sum of the file. The thorough form
  /// unpacks every posting as well, which takes as long as importing them did.
  func problems(_ depth: IntegrityDepth = .quick) async throws -> [Words] {
    let structure = try await database.integrityProblems(depth)
    // Figures cannot be compared in a file whose pages do not hang together.
    guard structure.isEmpty else { return structure.map { Words(same: $0) } }
    let tenants = try await database.tenants()
    var problems: [Words] = []
    for tenant in tenants {
      guard (try? tenant.checkedKey) != nil else {
        problems.append(
          Words(
            "der er rækker for »\(tenant)«, som ikke kan være nøglen på en kommune",
            en: "there are rows of “\(tenant)”, which cannot be the key of a municipality"))
        continue
      }
      let found = try await self.problems(of: tenant, depth)
      problems +=
        tenants.count == 1 ? found : found.map { Words("\(tenant): \($0.danish)", en: "\(tenant): \($0.english)") }
    }
    return problems
  }

  private func problems(of tenant: Tenant, _ depth: IntegrityDepth) async throws -> [Words] {
    try await database.read(tenant) { connection in
      let imports = ImportStore(connection)
      let faults = try imports.sumFaults()
      if depth == .quick { return faults }
      let trail = try AuditCheck(connection).faults
      return try faults + trail + imports.all().filter { $0.kind == .ledger }.flatMap(imports.postingFaults)
    }
  }
}

extension MunicipalityDirectory {
  /// The municipality of a key, or the only one there is. Throws `DatabaseError` where there is none of this key, or
  /// several and no key.
  fileprivate func tenant(_ key: String?) throws -> Tenant {
    if isUnused && (key == nil || key == Installation.onlyTenant.key) { return Installation.onlyTenant }
    if key == nil, all.count == 1 { return all[0].tenant }
    if let found = all.first(where: { $0.tenant.key == key }) { return found.tenant }
    let keys = all.map(\.tenant.key).sorted().joined(separator: ", ")
    let which = key.map {
      Words("Der er ingen kommune med nøglen \($0.quoted).", en: "There is no municipality \($0.quoted).")
    }
    let several =
      all.isEmpty
      ? Words("Alle databasens kommuner er lukket.", en: "Every municipality of the database is closed.")
      : Words("Databasen har flere kommuner.", en: "The database holds several municipalities.")
    throw DatabaseError(
      .unavailable,
      which ?? several,
      remedy: isUnused
        ? Words("Udelad --tenant og STYREHUS_TENANT.", en: "Leave out --tenant and STYREHUS_TENANT.")
        : all.isEmpty
          ? Words(
            "Optag en igen: styrehus tenants enter.", en: "Enter one again: styrehus tenants enter.")
          : Words("Vælg en med --tenant: \(keys).", en: "Choose one with --tenant: \(keys)."))
  }
}
