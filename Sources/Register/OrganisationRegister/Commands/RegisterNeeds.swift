public import Database
public import Ledger
public import SteeringCore
public import SurfaceKit

/// What the register's commands ask of other capabilities and of the world, in their own words. Whoever composes the
/// product fills it.
public struct RegisterNeeds: Sendable {
  /// What came of opening a file.
  public enum FileAnswer: Sendable {
    /// The file, open.
    case found(any ByteSource)
    /// There is no such file.
    case missing
    /// The system refused, in its own words.
    case refused(String)
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

  /// Opens a file.
  public var openFile: @Sendable (_ name: String) throws -> FileAnswer
  /// SHA-256 of a file's bytes, in hexadecimal. Throws what reading throws.
  public var contentHash: @Sendable (any ByteSource) throws -> String
  /// The import profile of a name or a file.
  public var profile: @Sendable (_ nameOrFile: String) throws -> ProfileAnswer
  /// The database, up to date, and the municipality that the command works for; `path` is nil where the person named
  /// no database. Throws `DatabaseError`.
  public var database: @Sendable (DatabaseOptions) async throws -> (any MunicipalDatabase, Tenant)
  /// The time, in whole seconds since 1 January 1970 UTC.
  public var now: @Sendable () -> Int64
  /// The day in Denmark.
  public var today: @Sendable () -> CalendarDate

  /// Needs, filled.
  public init(
    openFile: @escaping @Sendable (String) throws -> FileAnswer,
    contentHash: @escaping @Sendable (any ByteSource) throws -> String,
    profile: @escaping @Sendable (String) throws -> ProfileAnswer,
    database: @escaping @Sendable (DatabaseOptions) async throws -> (any MunicipalDatabase, Tenant),
    now: @escaping @Sendable () -> Int64, today: @escaping @Sendable () -> CalendarDate
  ) {
    self.openFile = openFile
    self.contentHash = contentHash
    self.profile = profile
    self.database = database
    self.now = now
    self.today = today
  }

  /// Nothing is there: for tests that must not ask.
  public static let nothing = RegisterNeeds(
    openFile: { _ in .missing }, contentHash: { _ in throw DatabaseError.misuse("no hash without needs") },
    profile: { _ in .missing }, database: { _ in throw DatabaseError.of(.unavailable, detail: "no database") },
    now: { 0 }, today: { FiscalYear(1970)!.firstDay })

  /// The needs of the running command.
  @TaskLocal public static var current = RegisterNeeds.nothing
}
