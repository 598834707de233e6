/// A municipality. Everything that is stored belongs to one, and no statement reaches over to another.
public struct Tenant: Hashable, Sendable, CustomStringConvertible {
  /// The municipality's key in every table's `tenant` column, such as `eksempelby`. It never changes and is never
  /// shown to people.
  public let key: String

  /// A municipality by its key.
  public init(key: String) { self.key = key }

  /// The key.
  public var description: String { key }

  /// The key, where it is one that a database can be told: 1 to 63 small letters (a-z), digits, hyphens and low lines.
  /// Nothing else may be one, so that what a driver says instead of a key, for work across the municipalities, can
  /// never be one either. Throws a programming error.
  public var checkedKey: String {
    get throws {
      let isPlain = key.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
      guard isPlain, (1...63).contains(key.utf8.count) else {
        throw DatabaseError.misuse("»\(key)« is no key of a municipality")
      }
      return key
    }
  }
}
