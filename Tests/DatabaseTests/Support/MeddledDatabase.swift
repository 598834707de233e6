import Database
import SteeringCore

/// A database that does something to the rows it is handed in large numbers, as broken storage might.
struct MeddledDatabase: MunicipalDatabase {
  /// Gets the statement's table and the columns, and gives those that are kept instead.
  typealias Meddling = @Sendable (_ table: String, _ columns: [String: DatabaseColumn]) -> [String: DatabaseColumn]

  let base: any MunicipalDatabase
  let meddle: Meddling

  var dialect: Dialect { base.dialect }
  var description: Words { base.description }

  func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.read(tenant, body) }

  func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.write(tenant) { try body(Connection(base: $0, meddle: meddle)) } }

  func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.readAcrossTenants(body) }

  func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.writeAcrossTenants { try body(Connection(base: $0, meddle: meddle)) } }

  func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] { try await base.integrityProblems(depth) }

  func close() async throws { try await base.close() }

  private struct Connection: DatabaseConnection {
    let base: any DatabaseConnection
    let meddle: Meddling

    var dialect: Dialect { base.dialect }

    func rows(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> [DatabaseRow] {
      try base.rows(sql, bindings)
    }

    func forEachRow(
      _ sql: String, _ bindings: [String: DatabaseValue], _ body: (DatabaseRow) throws -> Void
    ) throws { try base.forEachRow(sql, bindings, body) }

    func run(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> Int { try base.run(sql, bindings) }

    func runMany(_ sql: String, _ columns: [String: DatabaseColumn]) throws -> Int {
      try base.runMany(sql, meddle(try SQLStatement(sql).table, columns))
    }
  }
}
