public import SteeringCore

/// The organisation on one day: a value that answers every question about who lies under whom. It may have several
/// roots. A code that does not exist on the day gives nil or nothing.
public struct OrganisationTree: Hashable, Sendable {
  /// Where a unit hangs.
  struct Above: Hashable, Sendable {
    /// The parent's place among the units, or -1 at the top.
    var place: Int
    /// Whether the stated parent does not exist on the day.
    var isBridged: Bool
  }

  /// The day.
  public let date: CalendarDate
  /// The units in roll-up order: depth first, siblings in the order of the file, each unit before those under it.
  public let units: [OrganisationUnit]
  private let places: [UnitCode: Int]
  /// For each unit where it hangs, how deep, and the place after the last unit under it.
  private let above: [Above]
  private let depths: [Int]
  private let ends: [Int]
  /// The root that stands for the whole municipality; nil in a forest without one.
  private let top: Int?

  /// An organisation without units.
  public static func empty(on date: CalendarDate) -> OrganisationTree {
    OrganisationTree(date: date, present: [], above: [])
  }

  /// Puts the units in roll-up order. `above` must hold no circle.
  init(date: CalendarDate, present: [OrganisationUnit], above given: [Above]) {
    var children = [[Int]](repeating: [], count: present.count)
    for (place, above) in given.enumerated() where above.place >= 0 { children[above.place].append(place) }
    var units: [OrganisationUnit] = []
    var above: [Above] = []
    var depths: [Int] = []
    units.reserveCapacity(present.count)
    // A stack of its own: an organisation may be deeper than the machine's.
    var waiting = given.indices.filter { given[$0].place < 0 }.reversed().map { (old: $0, parent: -1, depth: 0) }
    while let (old, parent, depth) = waiting.popLast() {
      let place = units.count
      units.append(present[old])
      above.append(Above(place: parent, isBridged: given[old].isBridged))
      depths.append(depth)
      for child in children[old].reversed() { waiting.append((child, place, depth + 1)) }
    }
    var ends = Array(units.indices.map { $0 + 1 })
    for place in units.indices.reversed() where above[place].place >= 0 {
      ends[above[place].place] = max(ends[above[place].place], ends[place])
    }
    self.date = date
    self.units = units
    self.above = above
    self.depths = depths
    self.ends = ends
    places = Dictionary(units.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    top = Self.top(units, above, ends)
  }

  /// The only root; in a forest a root that is alone of its kind and holds more than half of all units.
  private static func top(_ units: [OrganisationUnit], _ above: [Above], _ ends: [Int]) -> Int? {
    let roots = units.indices.filter { above[$0].place < 0 }
    guard roots.count > 1 else { return roots.first }
    return roots.first { root in
      2 * (ends[root] - root) > units.count && roots.allSatisfy { $0 == root || units[$0].kind != units[root].kind }
    }
  }
}

// MARK: - Finding the way

extension OrganisationTree {
  /// The unit with a code.
  public func unit(_ code: UnitCode) -> OrganisationUnit? { places[code].map { units[$0] } }

  /// The units that lie under nobody, in the order of the file.
  public var roots: [OrganisationUnit] { units.indices.filter { above[$0].place < 0 }.map { units[$0] } }

  /// The units directly under a unit, in the order of the file.
  public func children(of code: UnitCode) -> [OrganisationUnit] {
    guard let place = places[code] else { return [] }
    var found: [OrganisationUnit] = []
    var next = place + 1
    while next < ends[place] {
      found.append(units[next])
      next = ends[next]
    }
    return found
  }

  /// The unit that a unit hangs under; nil at the top.
  public func parent(of code: UnitCode) -> OrganisationUnit? {
    places[code].flatMap { above[$0].place < 0 ? nil : units[above[$0].place] }
  }

  /// The units above a unit, the nearest first.
  public func ancestors(of code: UnitCode) -> [OrganisationUnit] {
    var found: [OrganisationUnit] = []
    var next = places[code].map { above[$0].place } ?? -1
    while next >= 0 {
      found.append(units[next])
      next = above[next].place
    }
    return found
  }

  /// The way from the root down to the unit, both included.
  public func path(to code: UnitCode) -> [OrganisationUnit] {
    unit(code).map { ancestors(of: code).reversed() + [$0] } ?? []
  }

  /// Every unit under a unit, at whatever depth, in roll-up order; the unit itself is not among them.
  public func descendants(of code: UnitCode) -> ArraySlice<OrganisationUnit> {
    places[code].map { units[($0 + 1)..<ends[$0]] } ?? []
  }

  /// How many units lie above a unit; 0 at the top.
  public func depth(of code: UnitCode) -> Int? { places[code].map { depths[$0] } }

  /// Whether nothing lies under a unit.
  public func isLeaf(_ code: UnitCode) -> Bool { places[code].map { ends[$0] == $0 + 1 } ?? false }

  /// Whether the unit's stated parent does not exist on the day, so that it hangs elsewhere.
  public func isBridged(_ code: UnitCode) -> Bool { places[code].map { above[$0].isBridged } ?? false }
}

// MARK: - Levels that have a meaning

extension OrganisationTree {
  /// The root that stands for the whole municipality: the only root, or in a forest the one that is alone of its kind
  /// and holds more than half of all units. Nil where the roots are directorates themselves.
  public var municipality: OrganisationUnit? { top.map { units[$0] } }

  /// The directorates: the units directly under the municipality, and any root beside it.
  public var directorates: [OrganisationUnit] {
    units.indices.filter { $0 != top && (above[$0].place < 0 || above[$0].place == top) }.map { units[$0] }
  }

  /// Things of units, by the directorate that they stand in: the directorates that have any in roll-up order, each with
  /// its things in that order too, and last under nil what stands in none, as it was given.
  public func byDirectorate<Thing>(
    _ things: [Thing], _ code: (Thing) -> UnitCode
  ) -> [(directorate: OrganisationUnit?, things: [Thing])] {
    let byCode = Dictionary(things.map { (code($0), $0) }) { first, _ in first }
    var placed: Set<UnitCode> = []
    var groups = directorates.compactMap { directorate -> (directorate: OrganisationUnit?, things: [Thing])? in
      let codes = [directorate.code] + descendants(of: directorate.code).map(\.code)
      placed.formUnion(codes)
      let under = codes.compactMap { byCode[$0] }
      return under.isEmpty ? nil : (directorate, under)
    }
    let rest = things.filter { !placed.contains(code($0)) }
    if !rest.isEmpty { groups.append((nil, rest)) }
    return groups
  }

  /// The directorate that a unit belongs to, which may be itself; nil for the municipality.
  public func directorate(of code: UnitCode) -> OrganisationUnit? {
    guard var place = places[code], place != top else { return nil }
    while above[place].place >= 0, above[place].place != top { place = above[place].place }
    return units[place]
  }

  /// The agreement units in roll-up order: the units of that kind that have no unit of that kind under them;
  /// in an organisation without the kind every leaf. Whether the council makes an agreement with each is
  /// `requiresAgreement`.
  public var agreementUnits: [OrganisationUnit] {
    let isOfKind = units.map(\.isOfAgreementKind)
    guard isOfKind.contains(true) else { return units.indices.filter { ends[$0] == $0 + 1 }.map { units[$0] } }
    let counts = rollUp(isOfKind.map { $0 ? 1 : 0 }, +)
    return units.indices.filter { isOfKind[$0] && counts[$0] == 1 }.map { units[$0] }
  }

  /// The agreement units under a unit; a unit that is one itself is among them.
  public func agreementUnits(under code: UnitCode) -> [OrganisationUnit] {
    guard let place = places[code] else { return [] }
    let inside = Set(units[place..<ends[place]].map(\.code))
    return agreementUnits.filter { inside.contains($0.code) }
  }

  /// Adds up: for each unit its own value and those of all units under it. `own` and the result follow `units`.
  public func rollUp<Value>(_ own: [Value], _ add: (Value, Value) -> Value) -> [Value] {
    precondition(own.count == units.count, "a value for each unit")
    var sums = own
    for place in units.indices.reversed() where above[place].place >= 0 {
      sums[above[place].place] = add(sums[above[place].place], sums[place])
    }
    return sums
  }
}
