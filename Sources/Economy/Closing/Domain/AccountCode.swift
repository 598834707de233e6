/// An account of the ledger: function and kind. Compared and ordered by the bytes of its codes, as units are, so that
/// two spellings that only look alike are two accounts.
struct AccountCode: Hashable, Comparable, Sendable {
  /// What the money is spent for, such as `5.25.14`; empty where the ledger has no functions.
  let function: String
  /// What it is spent on, such as `1.1`.
  let kind: String

  static func == (left: AccountCode, right: AccountCode) -> Bool {
    left.function.utf8.elementsEqual(right.function.utf8) && left.kind.utf8.elementsEqual(right.kind.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for text in [function, kind] {
      for byte in text.utf8 { hasher.combine(byte) }
      hasher.combine(0xFF as UInt8)
    }
  }

  static func < (left: AccountCode, right: AccountCode) -> Bool {
    left.function.utf8.elementsEqual(right.function.utf8)
      ? left.kind.utf8.lexicographicallyPrecedes(right.kind.utf8)
      : left.function.utf8.lexicographicallyPrecedes(right.function.utf8)
  }
}
