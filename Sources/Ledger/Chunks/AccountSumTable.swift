/// Sums by unit, month, function and kind, each a small number. Each unit and month has a small open table of its
/// own: a ledger stays in one month for long, so what is asked for lies near.
struct AccountSumTable {
  /// The sum on an account.
  struct Cell {
    let function: Int32
    let kind: Int32
    var count = 0
    var sum: Int128 = 0
  }

  private struct Page {
    var cells: [Cell] = []
    var slots: [Int32] = []

    @inline(__always)
    mutating func add(_ ore: Int64, _ function: Int32, _ kind: Int32) {
      if slots.isEmpty { grow() }
      let at = place(function, kind)
      cells[at].sum &+= Int128(ore)
      cells[at].count &+= 1
    }

    @inline(__always)
    private static func slot(_ function: Int32, _ kind: Int32, _ count: Int) -> Int {
      let word = UInt64(UInt32(bitPattern: function)) &<< 32 | UInt64(UInt32(bitPattern: kind))
      return Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 32) & (count &- 1)
    }

    @inline(__always)
    private mutating func place(_ function: Int32, _ kind: Int32) -> Int {
      var slot = Self.slot(function, kind, slots.count)
      while slots[slot] >= 0 {
        let at = Int(slots[slot])
        if cells[at].function == function, cells[at].kind == kind { return at }
        slot = (slot &+ 1) & (slots.count &- 1)
      }
      slots[slot] = Int32(truncatingIfNeeded: cells.count)
      cells.append(Cell(function: function, kind: kind))
      if cells.count * 2 > slots.count { grow() }
      return cells.count - 1
    }

    private mutating func grow() {
      slots = Array(repeating: -1, count: max(16, slots.count * 2))
      for (index, cell) in cells.enumerated() {
        var slot = Self.slot(cell.function, cell.kind, slots.count)
        while slots[slot] >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
        slots[slot] = Int32(truncatingIfNeeded: index)
      }
    }
  }

  /// By unit and month; months 0...12.
  private var pages: [Page] = []

  /// Adds a posting.
  @inline(__always)
  mutating func add(_ ore: Int64, unit: Int, month: Int, function: Int, kind: Int) {
    let key = unit &* 13 &+ month
    while pages.count <= key { pages.append(Page()) }
    pages[key].add(ore, Int32(truncatingIfNeeded: function), Int32(truncatingIfNeeded: kind))
  }

  /// The sums of a unit in a month, in the order in which they were first met.
  func cells(unit: Int, month: Int) -> [Cell] {
    let key = unit * 13 + month
    return key < pages.count ? pages[key].cells : []
  }
}
