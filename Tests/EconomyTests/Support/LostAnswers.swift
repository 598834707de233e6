import Database
import SteeringCore
import Synchronization

/// A database that keeps what is written to it, and then loses the answer of some writes, as a connection may that
/// breaks at the wrong moment.
final class LostAnswers: MunicipalDatabase {
  private let base: any MunicipalDatabase
  private let endings: Mutex<[DatabaseError?]>
  private let isGoneAfterwards: Bool

  /// The writes end, one after the other, with these errors, or well where there is none; those after them end well, or
  /// the database is gone then.
  init(_ base: any MunicipalDatabase, _ endings: [DatabaseError?], isGoneAfterwards: Bool = false) {
    self.base = base
    self.endings = Mutex(endings)
    self.isGoneAfterwards = isGoneAfterwards
  }

  private func reach() throws {
    guard isGoneAfterwards, endings.withLock({ $0.isEmpty }) else { return }
    throw DatabaseError.of(.unavailable, detail: "gone")
  }

  var dialect: Dialect { base.dialect }
  var description: Words { base.description }

  func read<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try reach()
    return try await base.read(tenant, body)
  }

  func write<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try reach()
    return try await answering { try await base.write(tenant, body) }
  }

  private func answering<T>(_ write: () async throws -> T) async throws -> T {
    let result = try await write()
    let ending = endings.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let ending { throw ending }
    return result
  }

  var isShared: Bool { base.isShared }

  func writeBeside<T: Sendable>(
    _ tenant: Tenant, _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T {
    try reach()
    return try await answering { try await base.writeBeside(tenant, body) }
  }

  func readAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.readAcrossTenants(body) }

  func writeAcrossTenants<T: Sendable>(
    _ body: @escaping @Sendable (any DatabaseConnection) throws -> T
  ) async throws -> T { try await base.writeAcrossTenants(body) }

  func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] { try await base.integrityProblems(depth) }

  func close() async throws { try await base.close() }
}
