/// A municipality. Everything that is stored belongs to one, and no statement reaches over to another.
public struct Tenant: Hashable, Sendable, CustomStringConvertible {
  /// The municipality's key in every table's `tenant` column, such as `eksempelby`. It never changes and is never
  /// shown to people.
  public let key: String

  /// A municipality by its key.
  public init(key: String) { self.key = key }

  /// The key.
  public var description: String { key }
}
