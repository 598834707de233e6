/// Numbers the different codes of a ledger (units, functions, kinds) in the order they are first met. Codes of up to
/// eight bytes are looked up as one machine word.
struct CodeTable {
  private struct Slot {
    var key: UInt64 = 0
    var index: Int32 = -1
  }

  private var slots: [Slot]
  private var mask: Int
  private var shortCount = 0
  private var long: [CodeBytes: Int32] = [:]
  /// The codes, by number.
  private(set) var codes: [String] = []

  init(capacity: Int = 64) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    mask = size - 1
  }

  /// How many codes there are.
  var count: Int { codes.count }

  @inline(__always)
  private static func place(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) }

  /// The code's number, or -1.
  @inline(__always)
  func find(_ field: FieldBytes) -> Int {
    if field.count > 8 || field.hasDoubledQuotes { return findLong(field) }
    let key = field.word  // a code holds no NUL, so that no two codes are the same word; 0 is the empty code
    var at = Self.place(key) & mask
    return slots.withUnsafeBufferPointer { slots in
      while true {
        let slot = slots[at]
        if slot.index < 0 { return -1 }
        if slot.key == key { return Int(slot.index) }
        at = (at &+ 1) & mask
      }
    }
  }

  @inline(never)
  private func findLong(_ field: FieldBytes) -> Int {
    if !field.hasDoubledQuotes { return Int(long[CodeBytes(field.text[...])] ?? -1) }
    return Self.withBytes(field.text) { find($0) }
  }

  /// The code's number, given now if it is new.
  @inline(__always)
  mutating func number(_ field: FieldBytes) -> Int {
    let found = find(field)
    return found >= 0 ? found : insert(field)
  }

  @inline(never)
  private mutating func insert(_ field: FieldBytes) -> Int {
    if field.hasDoubledQuotes { return number(field.text) }
    let index = Int32(codes.count)
    codes.append(field.text)
    if field.count > 8 {
      long[CodeBytes(field.text[...])] = index
    } else {
      if shortCount * 2 >= slots.count { grow() }
      put(Slot(key: field.word, index: index))
      shortCount += 1
    }
    return Int(index)
  }

  private mutating func put(_ slot: Slot) {
    var at = Self.place(slot.key) & mask
    while slots[at].index >= 0 { at = (at + 1) & mask }
    slots[at] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.index >= 0 { put(slot) }
  }

  /// Numbers a code given as text.
  mutating func number(_ text: String) -> Int { Self.withBytes(text) { number($0) } }

  private static func withBytes(_ text: String, _ body: (FieldBytes) -> Int) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var nothing: UInt8 = 0
      return withUnsafePointer(to: &nothing) { body(FieldBytes(bytes.baseAddress ?? $0, bytes.count)) }
    }
  }
}

/// A code, or whole components of one, compared by bytes; Swift's own strings take two spellings that look
/// alike for one.
struct CodeBytes: Hashable {
  let text: Substring

  init(_ text: Substring) { self.text = text }

  static func == (left: CodeBytes, right: CodeBytes) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
