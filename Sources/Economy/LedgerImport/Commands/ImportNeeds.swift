public import Database
public import Ledger
public import SteeringCore
public import SurfaceKit

/// What the commands that work on the database ask of the world: those that import, and those that close from what was
/// imported. Whoever composes the product fills it.
public struct ImportNeeds: Sendable {
  /// A database that is open for one municipality, its tables up to date.
  public struct Opened: Sendable {
    /// The database.
    public let database: any MunicipalDatabase
    /// The municipality.
    public let tenant: Tenant
    /// Lets go of it, whatever came of the import.
    public let close: @Sendable () async throws -> Void

    /// An open database.
    public init(
      database: any MunicipalDatabase, tenant: Tenant, close: @escaping @Sendable () async throws -> Void
    ) {
      self.database = database
      self.tenant = tenant
      self.close = close
    }
  }

  /// What came of asking for a profile.
  public enum ProfileAnswer: Sendable {
    /// The profile.
    case found(ImportProfile)
    /// The file is there and is no usable profile; the findings say why.
    case broken(Findings)
    /// Neither a shipped profile nor a file has this name.
    case missing
  }

  /// The import profile of a name or a file.
  public var profile: @Sendable (_ nameOrFile: String) throws -> ProfileAnswer
  /// Opens the database that the options name, for the municipality that they name. Throws `DatabaseError`.
  public var database: @Sendable (DatabaseOptions) async throws -> Opened
  /// The time, in whole seconds since 1 January 1970 UTC.
  public var now: @Sendable () -> Int64

  /// Needs, filled.
  public init(
    profile: @escaping @Sendable (String) throws -> ProfileAnswer,
    database: @escaping @Sendable (DatabaseOptions) async throws -> Opened, now: @escaping @Sendable () -> Int64
  ) {
    self.profile = profile
    self.database = database
    self.now = now
  }

  /// Nothing is there: for tests that must not ask.
  public static let nothing = ImportNeeds(
    profile: { _ in .missing }, database: { _ in throw DatabaseError.of(.unavailable, detail: "no database") },
    now: { 0 })

  /// Opens the database that the options name, lends it to the body and lets go of it again, whatever came of it.
  func lending<T>(_ options: DatabaseOptions, _ body: (Opened) async throws -> T) async throws -> T {
    let opened = try await database(options)
    do {
      let result = try await body(opened)
      try await opened.close()
      return result
    } catch {
      try? await opened.close()
      throw error
    }
  }

  /// The needs of the running command.
  @TaskLocal public static var current = ImportNeeds.nothing
}
