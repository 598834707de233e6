public import Database
internal import Foundation
internal import NIOPosix
public import SteeringCore
internal import Synchronization

/// Styrehus' data in a PostgreSQL database, which several servers may share. A transaction that has returned is on the
/// disk of the database server. What readers and writers may count on, and what the limits are, stands in `Work` and
/// `PostgresLimits`.
public final class PostgresDatabase: MunicipalDatabase {
  private let readers: SessionPool
  private let writers: SessionPool
  /// For the rows of jobs, which are written while a writer is at work.
  private let besides: SessionPool
  /// As many threads as connections: a transaction runs on one from beginning to end.
  private let threads: NIOThreadPool
  /// Where the writers of each municipality wait for each other before they take a connection.
  private let turns = Mutex<[Tenant?: Turnstile]>([:])
  private let limits: PostgresLimits
  /// What the server says of itself.
  private let server: ServerDescription

  /// Whether an address is one of PostgreSQL's: `postgres://…`.
  public static func recognises(_ address: String) -> Bool {
    PostgresAddress.schemes.contains(where: address.hasPrefix)
  }

  /// Opens the database of an address such as `postgres://styrehus@server:5432/styrehus`. The password may stand in it,
  /// or come from the file that `STYREHUS_DATABASE_PASSWORD_FILE` names, from `PGPASSWORD` or a `.pgpass` file. Throws
  /// `DatabaseError` of kind `unavailable`, with what to do: where no server answers, where it does not let the program
  /// in, or where it is not fit: older than version 13, not in UTF-8, or not waiting for its disk. Without
  /// `environment` it is the process's own.
  public static func open(
    _ address: String, limits: PostgresLimits = PostgresLimits(),
    environment: [String: String]? = nil
  ) async throws -> PostgresDatabase {
    let address = try PostgresAddress(
      address, environment: environment ?? ProcessInfo.processInfo.environment)
    let threads = NIOThreadPool(numberOfThreads: limits.connections)
    threads.start()
    do {
      let readers = SessionPool(address, limits: limits, places: limits.readers)
      let server = try await Self.run(on: threads) { interruption in
        let session = try readers.take(interruption)
        defer { readers.giveBack(session) }
        return try session.serverDescription()
      }
      let writers = SessionPool(address, limits: limits, places: limits.writers)
      let besides = SessionPool(address, limits: limits, places: limits.besides)
      return PostgresDatabase(readers, writers, besides, threads, limits, server)
    } catch {
      try? await threads.shutdownGracefully()
      throw PostgresErrors.opening(address, error)
    }
  }

  private init(
    _ readers: SessionPool, _ writers: SessionPool, _ besides: SessionPool, _ threads: NIOThreadPool,
    _ limits: PostgresLimits, _ server: ServerDescription
  ) {
    self.readers = readers
    self.writers = writers
    self.besides = besides
    self.threads = threads
    self.limits = limits
    self.server = server
  }

  deinit { threads.shutdownGracefully { _ in } }

  /// The differences of PostgreSQL.
  public var dialect: Dialect { .postgres }

  /// Version, server and database, and what keeps the data safe and the municipalities apart.
  public var description: Words {
    let connections = limits.connections
    let apart =
      server.isBoundByPolicies
      ? Words("serveren holder kommunerne adskilt", en: "the server keeps the municipalities apart")
      : Words(
        "NB: serveren holder ikke kommunerne adskilt for denne bruger, som er superbruger eller har BYPASSRLS",
        en: "NOTE: the server keeps no municipalities apart for this user, a superuser or one with BYPASSRLS")
    return Words(
      "PostgreSQL \(server.version), \(server.place), højst \(connections) forbindelser, "
        + "hver ændring helt på disken, \(apart.danish)",
      en: "PostgreSQL \(server.version), \(server.place), at most \(connections) connections, "
        + "every change fully on disk, \(apart.english)")
  }

  /// Runs the body on an unchanging picture of the tenant's data, on one of several reading connections.
  public func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await lend(for: Work(tenant: tenant, writes: false), body) }

  /// Like `read`, without a tenant, and with time for long statements.
  public func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await lend(for: Work(tenant: nil, writes: false), body) }

  /// Runs the body in one transaction on the tenant's data; those who write to the same tenant wait their turn, on
  /// whichever server they are. The body runs once. Where the connection is lost while the finished transaction is
  /// being kept, the error is of kind `outcomeUnknown`; after every other error nothing was kept.
  public func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await lend(for: Work(tenant: tenant, writes: true), body) }

  /// Like `write`, without a tenant and with any statement allowed. Nobody else writes meanwhile, on any server.
  public func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await lend(for: Work(tenant: nil, writes: true), body) }

  /// Other servers may write to the same data.
  public var isShared: Bool { true }

  /// Runs the body in one transaction that takes no turn among the writers, on a connection of its own. It reads what
  /// is kept, statement by statement, and its updates wait only for the rows that they change.
  public func writeBeside<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try await lend(from: besides, for: Work(tenant: tenant, writes: true, takesTurn: false), body)
  }

  /// Finishes what is under way and closes every connection.
  public func close() async throws {
    await readers.close()
    await writers.close()
    await besides.close()
    try await threads.shutdownGracefully()
  }

  private func lend<T: Sendable>(
    for work: Work, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    guard work.writes else { return try await lend(from: readers, for: work, body) }
    let turn = turns.withLock { turns in
      let turn = turns[work.tenant] ?? Turnstile(places: 1)
      turns[work.tenant] = turn
      return turn
    }
    try await turn.enter(patience: limits.turn)
    defer { turn.leave() }
    return try await lend(from: writers, for: work, body)
  }

  private func lend<T: Sendable>(
    from pool: SessionPool, for work: Work, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try await pool.places.enter(patience: limits.turn)
    defer { pool.places.leave() }
    return try await Self.run(on: threads) { interruption in
      try PostgresConnection.lend(from: pool, for: work, interruption, to: body)
    }
  }

  /// Runs the work on one of the threads, and tells it where the calling task is cancelled.
  private static func run<T: Sendable>(
    on threads: NIOThreadPool, _ work: @escaping @Sendable (Interruption) throws -> T
  ) async throws -> T {
    try await Interruption.watching { interruption in
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<T, any Error>) in
        threads.submit { state in
          guard case .active = state else { return done.resume(throwing: PostgresErrors.closed) }
          done.resume(with: Result { try work(interruption) })
        }
      }
    }
  }
}
