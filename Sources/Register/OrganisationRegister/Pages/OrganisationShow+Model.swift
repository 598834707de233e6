import Organisation
import SteeringCore

/// What the page of the organisation shows: the tree on one day with what is stated about its staffing, or one branch
/// of it.
struct OrganisationShowModel: Sendable {
  /// Staffing in tenths of a full-time equivalent.
  struct Staffing: Sendable {
    /// What the source states; nil where it states nothing.
    let stated: Int?
    /// What the parts under it add up to; nil where there are no parts.
    let computed: Int?
    let remark: Words
    let source: Words

    /// Whether the stated total equals the sum of the parts; nil where one of them is missing.
    var ties: Bool? { stated.flatMap { stated in computed.map { $0 == stated } } }
  }

  /// A unit, or leadership that is counted beside the units.
  struct Row: Sendable {
    let code: UnitCode
    let name: String
    let kind: String
    /// How deep it lies under the head of its part, which has 0.
    let depth: Int
    /// Nil where the row is no unit.
    let unit: OrganisationUnit?
    /// Whether its stated parent does not exist on the day.
    let isBridged: Bool
    let staffing: Staffing?
    /// How many units lie under it that the page leaves to a page of their own.
    let hiddenCount: Int
  }

  /// A directorate, or the branch that is shown: its own row and those under it.
  struct Part: Sendable {
    let rows: [Row]
  }

  /// The version that is shown; nil where no organisation has been loaded.
  let version: OrganisationVersion?
  /// The versions to choose between, the newest first.
  let versions: [OrganisationVersion]
  /// The day of the tree.
  let date: CalendarDate
  /// The municipality as a whole; nil in a forest, or where a branch is shown.
  let top: Row?
  /// The units above the branch that is shown, the root first; empty where the whole tree is shown.
  let above: [OrganisationUnit]
  /// Whether one branch is shown.
  let isBranch: Bool
  /// The directorates, or the one branch.
  let parts: [Part]
  /// The counts of the whole tree.
  let summary: OrganisationSummary
  /// Staffing that is stated for something that does not exist on the day.
  let unplaced: [StaffingLine]
  /// Whether any unit is said to meet citizens; else the page claims nothing about it.
  let hasCitizenFacing: Bool
  /// Whether anything is stated about staffing.
  let hasStaffing: Bool

  /// How many rows a page shows before it leaves the lower levels to pages of their own.
  static let rowLimit = 300

  /// The page of a version on a day. A branch that does not exist on the day gives the whole tree.
  init(
    version: OrganisationVersion?, versions: [OrganisationVersion], content: OrganisationContent, on date: CalendarDate,
    branch: UnitCode? = nil, rowLimit: Int = Self.rowLimit
  ) {
    let tree = content.history.at(date)
    let maker = OrganisationRows(tree, content.staffing)
    let head = branch.flatMap { tree.unit($0) }
    let heads = head.map { [$0] } ?? tree.directorates
    let levels = maker.levels(under: heads, fitting: rowLimit)
    self.version = version
    self.versions = versions
    self.date = date
    top = head == nil ? tree.municipality.map { maker.row($0, depth: 0, hiding: 0) } : nil
    above = head.map { tree.ancestors(of: $0.code).reversed() } ?? []
    isBranch = head != nil
    parts =
      (head == nil ? maker.leadershipOfTheTop : []) + heads.map { Part(rows: maker.rows(under: $0, levels: levels)) }
    summary = OrganisationSummary(tree)
    unplaced = maker.unplaced
    hasCitizenFacing = tree.units.contains { $0.isCitizenFacing }
    hasStaffing = !content.staffing.isEmpty
  }
}

/// Makes the rows of the page from a tree and what is stated about its staffing.
struct OrganisationRows {
  private let tree: OrganisationTree
  private let stated: [UnitCode: StaffingLine]
  /// Leadership and the like: lines that are no unit, by the unit they stand under.
  private let beside: [UnitCode: [StaffingLine]]
  private let computed: [UnitCode: Int]
  /// Lines that belong to nothing on the day.
  let unplaced: [StaffingLine]

  init(_ tree: OrganisationTree, _ staffing: [StaffingLine]) {
    self.tree = tree
    stated = Dictionary(
      staffing.filter { tree.unit($0.code) != nil }.map { ($0.code, $0) }, uniquingKeysWith: { _, later in later })
    let others = staffing.filter { tree.unit($0.code) == nil }
    var beside: [UnitCode: [StaffingLine]] = [:]
    var unplaced: [StaffingLine] = []
    for line in others {
      if let parent = line.parent, tree.unit(parent) != nil {
        beside[parent, default: []].append(line)
      } else {
        unplaced.append(line)
      }
    }
    self.beside = beside
    self.unplaced = unplaced
    // A total is the sum of what lies under it, never of itself: only what has no parts counts with its own figure.
    let own = tree.units.map { [stated] unit in
      if let lines = beside[unit.code] { return lines.reduce(0) { $0 + ($1.tenths ?? 0) } }
      return tree.isLeaf(unit.code) ? stated[unit.code]?.tenths ?? 0 : 0
    }
    let sums = tree.rollUp(own, +)
    computed = Dictionary(zip(tree.units.map(\.code), sums), uniquingKeysWith: { first, _ in first })
  }

  /// How many levels under the heads fit into so many rows; at least one.
  func levels(under heads: [OrganisationUnit], fitting limit: Int) -> Int {
    var counts: [Int: Int] = [:]
    for head in heads {
      let start = tree.depth(of: head.code) ?? 0
      for unit in tree.descendants(of: head.code) { counts[(tree.depth(of: unit.code) ?? 0) - start, default: 0] += 1 }
    }
    var shown = heads.count
    var levels = 0
    while let next = counts[levels + 1], levels == 0 || shown + next <= limit {
      shown += next
      levels += 1
    }
    return levels
  }

  /// The head and what lies under it, so many levels down.
  func rows(under head: OrganisationUnit, levels: Int) -> [OrganisationShowModel.Row] {
    let start = tree.depth(of: head.code) ?? 0
    var rows: [OrganisationShowModel.Row] = []
    for unit in [head] + tree.descendants(of: head.code) {
      let depth = (tree.depth(of: unit.code) ?? 0) - start
      guard depth <= levels else { continue }
      rows.append(row(unit, depth: depth, hiding: depth == levels ? tree.descendants(of: unit.code).count : 0))
      rows += (beside[unit.code] ?? []).map { leadership($0, depth: depth + 1) }
    }
    return rows
  }

  /// A unit's row.
  func row(_ unit: OrganisationUnit, depth: Int, hiding hiddenCount: Int) -> OrganisationShowModel.Row {
    let hasParts = beside[unit.code] != nil || !tree.isLeaf(unit.code)
    let line = stated[unit.code]
    let sum = hasParts ? computed[unit.code] ?? 0 : nil
    let isSilent = line == nil && (sum ?? 0) == 0
    return OrganisationShowModel.Row(
      code: unit.code, name: unit.name, kind: unit.kind, depth: depth, unit: unit,
      isBridged: tree.isBridged(unit.code),
      staffing: isSilent
        ? nil
        : OrganisationShowModel.Staffing(
          stated: line?.tenths, computed: sum, remark: line?.remark ?? Words(same: ""),
          source: line?.source ?? Words(same: "")), hiddenCount: hiddenCount)
  }

  private func leadership(_ line: StaffingLine, depth: Int) -> OrganisationShowModel.Row {
    OrganisationShowModel.Row(
      code: line.code, name: line.name, kind: line.level, depth: depth, unit: nil, isBridged: false,
      staffing: OrganisationShowModel.Staffing(
        stated: line.tenths, computed: nil, remark: line.remark, source: line.source), hiddenCount: 0)
  }

  /// What stands beside the directorates, directly under the municipality.
  var leadershipOfTheTop: [OrganisationShowModel.Part] {
    let lines = tree.municipality.flatMap { beside[$0.code] } ?? []
    return lines.isEmpty ? [] : [OrganisationShowModel.Part(rows: lines.map { leadership($0, depth: 0) })]
  }
}
