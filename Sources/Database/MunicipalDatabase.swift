public import SteeringCore

/// How closely a database is examined.
public enum IntegrityDepth: Sendable {
  /// Structure only; fast enough for every start.
  case quick
  /// Everything, indexes against tables as well; reads the whole database.
  case thorough
}

/// A database that holds the facts of one or more municipalities.
///
/// Bodies run outside Swift's own threads, so they may work for long. They must not wait for other tasks. Where the
/// calling task is cancelled, a running statement is interrupted, the transaction rolled back and
/// `CancellationError` thrown.
public protocol MunicipalDatabase: Sendable {
  /// What differs between the databases.
  var dialect: Dialect { get }

  /// A line for the log at start: product and version, where the data lies, and what keeps it safe.
  var description: Words { get }

  /// Runs the body on an unchanging picture of the tenant's data; it cannot write. Never waits for a writer.
  func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T

  /// Runs the body in one transaction on the tenant's data: all of it is kept, safe against a power cut, when this
  /// returns; nothing of it when the body throws. One writes to a tenant's data at a time, so that nothing changes
  /// between what a body reads and what it writes. Where this throws, nothing was kept, unless the error is of kind
  /// `outcomeUnknown`.
  func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T

  /// Whether several servers may write to the data, each for itself. Where it is false, one process writes at a time.
  var isShared: Bool { get }

  /// Like `write`, where the database can do it without waiting for those who write to the tenant's data: for the rows
  /// of jobs, which tell about a long transaction while it is under way, and for the door, where nobody shall wait for
  /// an import. Nothing keeps two of these apart but their own
  /// conditions and row counts. Where one process writes at a time this is `write`.
  func writeBeside<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T

  /// Like `read`, without a tenant: for what stands above the municipalities, such as migrations and operations.
  /// `:tenant` is not bound. No capability may call this.
  func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T

  /// Like `write`, without a tenant and with any statement allowed, also those that define tables. No capability
  /// may call this.
  func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T

  /// Examines the stored data. Returns what is wrong, in the database's own words and without values; empty where
  /// all is well.
  func integrityProblems(_ depth: IntegrityDepth) async throws -> [String]

  /// Finishes what is under way and lets go of the database. Later calls throw; closing twice does nothing.
  func close() async throws
}

extension MunicipalDatabase {
  /// One process writes at a time.
  public var isShared: Bool { false }

  /// As `write`.
  public func writeBeside<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await write(tenant, body) }

  /// Runs the body and lets go of the database afterwards, whatever came of it; where the body throws, its error comes
  /// out.
  public func closing<T>(after body: () async throws -> T) async throws -> T {
    do {
      let result = try await body()
      try await close()
      return result
    } catch {
      try? await close()
      throw error
    }
  }
}
