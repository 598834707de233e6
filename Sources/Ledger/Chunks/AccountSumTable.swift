/// Sums by unit, month, function and kind, each a small number, in an open table: asked once for every posting, so it
/// hashes one machine word and allocates only to grow.
struct AccountSumTable {
  /// A sum with its account.
  struct Row {
    let unit: Int
    let month: Int
    let function: Int
    let kind: Int
    var count = 0
    var ore: Int64 = 0
  }

  private var places: [Int32]
  private var mask: Int
  /// The sums, in the order in which they were first met.
  private(set) var rows: [Row] = []
  /// Whether a sum does not fit in 64 bits.
  private(set) var isOverflown = false
  private var last = -1

  init() {
    places = Array(repeating: -1, count: 1 << 12)
    mask = places.count - 1
  }

  /// Adds a posting.
  @inline(__always)
  mutating func add(_ ore: Int64, unit: Int, month: Int, function: Int, kind: Int) {
    let at = place(unit, month, function, kind)
    let (sum, over) = rows[at].ore.addingReportingOverflow(ore)
    rows[at].ore = sum
    rows[at].count &+= 1
    isOverflown = isOverflown || over
  }

  @inline(__always)
  private static func isRow(_ row: Row, _ unit: Int, _ month: Int, _ function: Int, _ kind: Int) -> Bool {
    row.unit == unit && row.kind == kind && row.function == function && row.month == month
  }

  @inline(__always)
  private static func hash(_ unit: Int, _ month: Int, _ function: Int, _ kind: Int) -> Int {
    let word = UInt64(truncatingIfNeeded: ((unit &* 13 &+ month) &* 8_191 &+ function) &* 8_191 &+ kind)
    return Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 32)
  }

  private mutating func place(_ unit: Int, _ month: Int, _ function: Int, _ kind: Int) -> Int {
    if last >= 0, Self.isRow(rows[last], unit, month, function, kind) { return last }
    var at = Self.hash(unit, month, function, kind) & mask
    while places[at] >= 0 {
      let found = Int(places[at])
      if Self.isRow(rows[found], unit, month, function, kind) {
        last = found
        return found
      }
      at = (at &+ 1) & mask
    }
    if rows.count * 2 >= places.count {
      grow()
      return place(unit, month, function, kind)
    }
    places[at] = Int32(truncatingIfNeeded: rows.count)
    rows.append(Row(unit: unit, month: month, function: function, kind: kind))
    last = rows.count - 1
    return last
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: places.count * 2)
    mask = places.count - 1
    for (index, row) in rows.enumerated() {
      var at = Self.hash(row.unit, row.month, row.function, row.kind) & mask
      while places[at] >= 0 { at = (at &+ 1) & mask }
      places[at] = Int32(truncatingIfNeeded: index)
    }
  }
}
