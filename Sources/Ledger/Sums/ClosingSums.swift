public import SteeringCore

/// What the closing of a year needs of its ledgers: actuals by unit, month and category, and what fell outside the
/// year or on unknown units. Every posting lands in exactly one place, so that
/// all = inside + outside + ignored + unknown.
public struct ClosingSums: PostingSink, Sendable {
  /// Count and sum of some postings.
  public struct Tally: Hashable, Sendable {
    /// How many postings.
    public var lines = 0
    /// Their sum in øre, expenses positive.
    public var ore: Int64 = 0

    /// No postings.
    public init() {}

    /// Some postings.
    public init(lines: Int, ore: Int64) {
      self.lines = lines
      self.ore = ore
    }

    /// How often the sum has passed the end of 64 bits upwards less downwards. The exact sum is `ore` and this many
    /// times 2⁶⁴, so that a sum which passes the end and comes back is whole again.
    fileprivate var wraps = 0

    /// Adds a posting.
    @inline(__always)
    fileprivate mutating func add(_ more: Int64) {
      lines &+= 1
      wraps &+= wrappingAdd(more, to: &ore)
    }

    /// Adds other postings.
    fileprivate mutating func add(_ other: Tally) {
      lines += other.lines
      wraps += other.wraps + wrappingAdd(other.ore, to: &ore)
    }
  }

  let year: Int
  private let allowsUnknown: Bool
  private let mapping: AccountMapping?
  private var units: CodeTable
  private let width: Int
  /// By month, unit and category: postings come in date order, so one month stays near.
  private var cells: [Int64]
  private var unknownUnits = CodeTable()
  private var unknownTallies: [Tally] = []
  private var memory = CategoryMemory()
  /// What `Tally.wraps` is to a tally, for the cells where it is not nought.
  private var cellWraps: [Int: Int] = [:]

  /// All postings.
  public private(set) var all = Tally()
  /// Postings outside the year.
  public private(set) var ignored = Tally()
  private var byCategory = InlineArray<3, Tally>(repeating: Tally())

  /// Nothing counted yet. `units` are the known codes; their order is the order of the answers. Units that are not
  /// among them are refused, or counted apart when `allowsUnknown`.
  public init(year: FiscalYear, units: [String], mapping: AccountMapping, allowsUnknown: Bool) {
    self.year = year.number
    self.allowsUnknown = allowsUnknown
    self.mapping = mapping.isEmpty ? nil : mapping
    var table = CodeTable(capacity: units.count)
    for unit in units { _ = table.number(unit) }
    self.units = table
    width = max(1, units.count)
    cells = Array(repeating: 0, count: 12 * 3 * width)
  }

  /// Whether a sum does not fit in 64 bits, so that nothing here may be used.
  public var isOverflown: Bool {
    ([all, ignored] + byCategory.indices.map { byCategory[$0] } + unknownTallies).contains { $0.wraps != 0 }
      || cellWraps.values.contains { $0 != 0 }
  }

  /// The kind of account, and the function where the accounts are mapped.
  public func needs(_ column: FileColumn) -> Bool { column == .kind || (column == .function && mapping != nil) }

  /// What it would say to a posting on the unit, whatever its amount.
  public mutating func refusal(year: Int, unit: FieldBytes) -> PostingRefusal? {
    year == self.year && !allowsUnknown && units.find(unit) < 0 ? .unknownUnit : nil
  }

  /// Counts a posting.
  @inline(__always)
  public mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    all.add(posting.ore)
    if posting.year != year {
      ignored.add(posting.ore)
      return nil
    }
    let unit = units.find(posting.unit)
    if unit < 0 { return takeUnknown(posting) }
    let category = mapping == nil ? Self.plainCategory(posting.kind) : rememberedCategory(posting, unit)
    let at = ((posting.month &- 1) &* width &+ unit) &* 3 &+ category
    let wraps = wrappingAdd(posting.ore, to: &cells[at])
    if wraps != 0 { noteWraps(wraps, at) }
    byCategory[category].add(posting.ore)
    return nil
  }

  @inline(never)
  private mutating func noteWraps(_ wraps: Int, _ cell: Int) { cellWraps[cell, default: 0] += wraps }

  /// Kind `1` is pay, the rest other.
  @inline(__always)
  private static func plainCategory(_ kind: FieldBytes) -> Int {
    kind.count > 0 && kind[0] == UInt8(ascii: "1") && (kind.count == 1 || kind[1] == Byte.dot) ? 0 : 1
  }

  private mutating func rememberedCategory(_ posting: RawPosting, _ unit: Int) -> Int {
    let mapping = mapping
    let code = units.codes[unit]
    return memory.category(unit: unit, function: posting.function, kind: posting.kind) { function, kind in
      mapping?.category(unit: code, function: function, kind: kind) ?? .other
    }
  }

  @inline(never)
  private mutating func takeUnknown(_ posting: RawPosting) -> PostingRefusal? {
    guard allowsUnknown else { return .unknownUnit }
    let index = unknownUnits.number(posting.unit)
    if index == unknownTallies.count { unknownTallies.append(Tally()) }
    unknownTallies[index].add(posting.ore)
    return nil
  }

  /// Adds what another worker counted, over the same units.
  public mutating func merge(_ other: ClosingSums) {
    for index in cells.indices {
      let wraps = wrappingAdd(other.cells[index], to: &cells[index])
      if wraps != 0 { noteWraps(wraps, index) }
    }
    for (index, wraps) in other.cellWraps { noteWraps(wraps, index) }
    all.add(other.all)
    ignored.add(other.ignored)
    for index in byCategory.indices { byCategory[index].add(other.byCategory[index]) }
    for (index, code) in other.unknownUnits.codes.enumerated() {
      let mine = unknownUnits.number(code)
      if mine == unknownTallies.count { unknownTallies.append(Tally()) }
      unknownTallies[mine].add(other.unknownTallies[index])
    }
  }
}

/// Adds in 64 bits, round the end where it must, and says how often it went round: 1 upwards, -1 downwards.
@inline(__always)
private func wrappingAdd(_ more: Int64, to sum: inout Int64) -> Int {
  let (added, over) = sum.addingReportingOverflow(more)
  sum = added
  return over ? (more > 0 ? 1 : -1) : 0
}

extension ClosingSums {
  /// The actuals of a known unit in a category, month by month, in øre.
  public func months(unit: Int, _ category: AccountCategory) -> [Int64] {
    (0..<12).map { cells[($0 * width + unit) * 3 + Int(category.rawValue)] }
  }

  /// All postings of the year in a category.
  public func tally(_ category: AccountCategory) -> Tally { byCategory[Int(category.rawValue)] }

  /// Postings of the year on unknown units, by code in byte order.
  public var unknown: [(unit: UnitCode, tally: Tally)] {
    zip(unknownUnits.codes, unknownTallies).map { (UnitCode($0), $1) }.sorted { $0.0 < $1.0 }
  }
}

/// Remembers which category an account has for a unit, so that the mapping is asked once for each.
struct CategoryMemory {
  private var functions = CodeTable()
  private var kinds = CodeTable()
  private var known: [UInt64: UInt8] = [:]

  @inline(__always)
  mutating func category(
    unit: Int, function: FieldBytes, kind: FieldBytes, ask: (String, String) -> AccountCategory
  ) -> Int {
    let first = functions.number(function)
    let second = kinds.number(kind)
    let key = UInt64(unit) << 40 | UInt64(first) << 20 | UInt64(second)
    if first < 1 << 20, second < 1 << 20, let category = known[key] { return Int(category) }
    let category = ask(functions.codes[first], kinds.codes[second])
    if first < 1 << 20, second < 1 << 20 { known[key] = category.rawValue }
    return Int(category.rawValue)
  }
}
