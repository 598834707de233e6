internal import CLibpq

/// The statements that are prepared on one connection. There is room for a bounded number; the one that was not used
/// for longest goes first.
struct PreparedStatements {
  /// A statement's text and the types of its parameters.
  struct Key: Hashable {
    let text: String
    let types: [Oid]
  }

  /// How many there may be.
  static let capacity = 256

  private var entries: [Key: (name: String, used: UInt64)] = [:]
  private var clock: UInt64 = 0

  /// A name that no statement of this connection has had.
  mutating func newName() -> String {
    clock += 1
    return "s\(clock)"
  }

  /// The name of a prepared statement; nil where it is not there.
  mutating func name(_ key: Key) -> String? {
    guard let name = entries[key]?.name else { return nil }
    clock += 1
    entries[key] = (name, clock)
    return name
  }

  /// Keeps a statement that the server has prepared.
  mutating func keep(_ name: String, _ key: Key) {
    clock += 1
    entries[key] = (name, clock)
  }

  /// Where there is no room left, takes out what was not used for longest, and returns its name.
  mutating func makeRoom() -> String? {
    guard entries.count >= Self.capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) else {
      return nil
    }
    entries[oldest.key] = nil
    return oldest.value.name
  }
}
