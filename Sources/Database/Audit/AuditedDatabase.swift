public import SteeringCore

/// A database whose every write says in the audit trail who did what: a write that changes something without a word
/// there is a programming error, and nothing of it is kept. What is written beside a long transaction, and the rows of
/// jobs and commands themselves, need none.
public struct AuditedDatabase: MunicipalDatabase {
  /// The database itself.
  public let base: any MunicipalDatabase

  /// A database whose writes are watched.
  public init(_ base: any MunicipalDatabase) { self.base = (base as? AuditedDatabase)?.base ?? base }

  /// The database's.
  public var dialect: Dialect { base.dialect }
  /// The database's.
  public var description: Words { base.description }
  /// The database's.
  public var isShared: Bool { base.isShared }

  /// As the database does it.
  public func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.read(tenant, body) }

  /// As the database does it, in the name of whoever acts in this task.
  public func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    let deed = Deed.current
    return try await base.write(tenant) { connection in
      let watched = WatchedConnection(connection, deed)
      let result = try body(watched)
      try watched.checkTrail()
      return result
    }
  }

  /// As the database does it, in the name of whoever acts in this task.
  public func writeBeside<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    let deed = Deed.current
    return try await base.writeBeside(tenant) { try body(WatchedConnection($0, deed)) }
  }

  /// As the database does it.
  public func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.readAcrossTenants(body) }

  /// As the database does it.
  public func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.writeAcrossTenants(body) }

  /// As the database does it.
  public func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] {
    try await base.integrityProblems(depth)
  }

  /// As the database does it.
  public func close() async throws { try await base.close() }
}

/// A connection that notes what its transaction changes.
private final class WatchedConnection: DatabaseConnection {
  private let base: any DatabaseConnection
  let deed: Deed
  /// A statement that changed rows of a capability; the first one.
  private var change: String?
  private var isTold = false

  init(_ base: any DatabaseConnection, _ deed: Deed) {
    self.base = base
    self.deed = deed
  }

  var dialect: Dialect { base.dialect }

  func rows(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> [DatabaseRow] {
    let found = try base.rows(sql, bindings)
    // Reading is what rows are asked for nearly always; the words tell the few that change something too.
    if change == nil, !found.isEmpty, sql.contains("RETURNING") { try note(sql) }
    return found
  }

  func forEachRow(
    _ sql: String, _ bindings: [String: DatabaseValue], _ body: (DatabaseRow) throws -> Void
  ) throws { try base.forEachRow(sql, bindings, body) }

  func run(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> Int {
    let changed = try base.run(sql, bindings)
    if changed > 0 { try note(sql) }
    return changed
  }

  func runMany(_ sql: String, _ columns: [String: DatabaseColumn]) throws -> Int {
    let changed = try base.runMany(sql, columns)
    if changed > 0 { try note(sql) }
    return changed
  }

  private func note(_ sql: String) throws {
    guard change == nil || !isTold else { return }
    let table = try SQLStatement(sql).table
    if table == "database_audit" { isTold = true }
    if change == nil, !table.hasPrefix("database_") { change = sql }
  }

  /// Throws a programming error where something was changed without a word.
  func checkTrail() throws {
    if let change, !isTold { throw DatabaseError.misuse("a change without a word in the audit trail: \(change)") }
  }
}
