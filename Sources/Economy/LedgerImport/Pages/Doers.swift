public import Database
import SteeringCore

/// Knows people by name. Who they are is not known in this room; it is told by whoever has the register of people.
public struct Doers: Sendable {
  private let name: @Sendable (Deed) async throws -> String?

  /// Nobody is known by name.
  public static let unknown = Doers { _ in nil }

  /// People by name; nil for the house and the command line, and for whoever is not known any more.
  public init(_ name: @escaping @Sendable (Deed) async throws -> String?) { self.name = name }

  /// The name of who made something, such as `round 2025-1`, for somebody who is signed in; nil otherwise, and where it
  /// is not known.
  func name(
    of object: String, in acts: String, _ database: any MunicipalDatabase, _ tenant: Tenant, isTold: Bool
  ) async throws -> String? {
    guard isTold, let deed = try await database.read(tenant, { try AuditTrail($0).doer(of: object, in: acts) }) else {
      return nil
    }
    return try await name(deed)
  }
}
