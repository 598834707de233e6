public import SteeringCore

/// The organisation through time: every period of every unit, in the order of the file. On each day no code stands
/// twice and no unit lies under itself.
public struct OrganisationHistory: Hashable, Sendable {
  /// Every period of every unit, in the order of the file.
  public let units: [OrganisationUnit]

  /// Of units that are known to fit together.
  init(checked units: [OrganisationUnit]) { self.units = units }

  /// An organisation without units.
  public static let empty = OrganisationHistory(checked: [])

  /// Builds the organisation and finds everything wrong with it at once, in the order of the lines. The history is
  /// nil where a finding is an error or a row could not be read. `column` says where a field stands in the file, from
  /// 1, or 0. Grows with the number of rows.
  public static func build(
    _ rows: [OrganisationRow], file: String, column: (OrganisationField) -> Int = { _ in 0 }
  ) -> (history: OrganisationHistory?, findings: [Finding]) {
    var check = OrganisationCheck(rows, file: file, column: column)
    let findings = check.run()
    let units = rows.compactMap(\.unit)
    let isWhole = units.count == rows.count && !findings.contains { $0.severity == .error }
    return (isWhole ? OrganisationHistory(checked: units) : nil, findings)
  }

  /// The organisation on one day. A unit whose stated parent does not exist on that day hangs under the nearest unit
  /// above that does, as the parent was last placed (else as it is first placed later); where there is none, it
  /// becomes a root. Grows with the number of units times the logarithm of it.
  public func at(_ date: CalendarDate) -> OrganisationTree {
    let present = units.filter { $0.period.contains(date) }
    return OrganisationTree(date: date, present: present, above: parents(of: present, on: date))
  }

  /// For each unit the place of its parent among `present`, or -1, and whether a gap was stepped over on the way.
  private func parents(of present: [OrganisationUnit], on date: CalendarDate) -> [OrganisationTree.Above] {
    let places = Dictionary(
      present.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    var above = present.map { unit in
      OrganisationTree.Above(place: unit.parent.flatMap { places[$0] } ?? -1, isBridged: false)
    }
    let gaps = present.indices.filter { above[$0].place < 0 && present[$0].parent != nil }
    guard !gaps.isEmpty else { return above }
    let periods = Dictionary(grouping: units, by: \.code)
    for gap in gaps {
      above[gap].isBridged = true
      var seen: Set<UnitCode> = []
      var next = present[gap].parent
      while let code = next, seen.insert(code).inserted {
        if let place = places[code] {
          if !Self.lies(place, under: gap, above) { above[gap].place = place }
          break
        }
        next = Self.nearest(periods[code] ?? [], to: date)?.parent
      }
    }
    return above
  }

  private static func lies(_ place: Int, under other: Int, _ above: [OrganisationTree.Above]) -> Bool {
    var at = place
    while at >= 0, at != other { at = above[at].place }
    return at == other
  }

  /// The last period before the day, else the first after it.
  private static func nearest(_ periods: [OrganisationUnit], to date: CalendarDate) -> OrganisationUnit? {
    let before = periods.filter { $0.period.from < date }.max { $0.period.from < $1.period.from }
    return before ?? periods.min { $0.period.from < $1.period.from }
  }
}
