import SteeringCore

/// Finds everything wrong with the rows of an organisation: what is missing, who lies under nobody known or
/// under itself, and which codes stand twice on a day.
struct OrganisationCheck {
  private let rows: [OrganisationRow]
  private let file: String
  private let column: (OrganisationField) -> Int
  /// The periods that could be read, with the places of their rows.
  private let units: [Int: OrganisationUnit]
  /// The places of the rows of a code, periods in the order they begin; rows that stand twice are not among them.
  private var places: [UnitCode: [Int]] = [:]
  private var findings: [Finding] = []

  init(_ rows: [OrganisationRow], file: String, column: (OrganisationField) -> Int) {
    self.rows = rows
    self.file = file
    let columns = OrganisationField.allCases.map { ($0, column($0)) }
    let numbers = Dictionary(uniqueKeysWithValues: columns)
    self.column = { numbers[$0] ?? 0 }
    units = Dictionary(
      uniqueKeysWithValues: rows.enumerated().compactMap { place, row in
        row.unit.map { (place, $0) }
      })
  }

  /// The findings in the order of the lines.
  mutating func run() -> [Finding] {
    for row in rows { checkFields(row) }
    checkCodes()
    checkParents()
    checkCircles()
    // The sort is not promised to be stable, so the place breaks ties.
    return findings.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  private mutating func add(
    _ severity: Finding.Severity, _ row: OrganisationRow, _ field: OrganisationField, _ read: Words, _ remedy: Words
  ) {
    findings.append(
      Finding(severity, file: file, line: row.line, column: column(field), read: read, remedy: remedy))
  }

  private mutating func checkFields(_ row: OrganisationRow) {
    if row.code.text.isEmpty {
      add(
        .error, row, .code, Self.missing("koden", "the code"), Words("skriv enhedens kode", en: "write the unit's code")
      )
    }
    if row.name.isEmpty {
      add(
        .error, row, .name, Self.missing("navnet", "the name"),
        Words("skriv enhedens navn", en: "write the unit's name"))
    }
    if row.kind.isEmpty {
      add(
        .error, row, .kind, Self.missing("typen", "the kind"),
        Words("skriv for eksempel chefområde eller aftaleenhed", en: "write for instance chefområde or aftaleenhed"))
    }
    if let from = row.validFrom, let through = row.validTo, through < from {
      add(
        .error, row, .validTo,
        Words(
          "sidste dag \(through.iso) er før første dag \(from.iso)",
          en: "the last day \(through.iso) is before the first day \(from.iso)"),
        Words("ret den ene, eller lad sidste dag stå tom", en: "mend one of them, or leave the last day empty"))
    }
  }

  private static func missing(_ danish: String, _ english: String) -> Words {
    Words("\(danish) mangler", en: "\(english) is missing")
  }

  /// Finds codes that stand twice on a day. Sorted by first day, a period can only meet one that began before it and
  /// has not ended, of which the one that lasts longest is enough to look at.
  private mutating func checkCodes() {
    let known = rows.indices.filter { units[$0] != nil && !rows[$0].code.text.isEmpty }
    for (code, all) in Dictionary(grouping: known, by: { rows[$0].code }) {
      let ordered = all.sorted { (first($0), $0) < (first($1), $1) }
      var kept: [Int] = []
      for place in ordered {
        guard let last = kept.last, let earlier = units[last], let unit = units[place],
          earlier.period.overlaps(unit.period)
        else {
          kept.append(place)
          continue
        }
        let (one, other) = (rows[min(last, place)], rows[max(last, place)])
        add(
          .error, other, .code,
          Words(
            "koden \(code.text.quoted) gælder allerede i samme tid (linje \(one.line))",
            en: "the code \(code.text.quoted) is valid at the same time already (line \(one.line))"),
          Words(
            "giv enheden sin egen kode, eller lad den ene gælde, til den anden begynder",
            en: "give the unit a code of its own, or let one end before the other begins"))
        if Self.lastsLonger(unit.period, than: earlier.period) { kept[kept.count - 1] = place }
      }
      places[code] = kept
    }
  }

  private func first(_ place: Int) -> CalendarDate { units[place]?.period.from ?? Self.never }
  private static let never = FiscalYear(2199)!.lastDay

  private static func lastsLonger(_ one: ValidPeriod, than other: ValidPeriod) -> Bool {
    guard let end = other.through else { return false }
    return one.through.map { end < $0 } ?? true
  }

  private mutating func checkParents() {
    let codes = Set(rows.map(\.code))
    // The time of a code is known where every row of it could be read.
    let unread = Set(rows.indices.filter { units[$0] == nil }.map { rows[$0].code })
    for (place, row) in rows.enumerated() {
      guard let parent = row.parent else { continue }
      guard codes.contains(parent) else {
        add(
          .error, row, .parent,
          Words(
            "den overordnede \(parent.text.quoted) står ikke i filen",
            en: "the parent \(parent.text.quoted) is not in the file"),
          Words("ret koden, eller tilføj enheden", en: "mend the code, or add the unit"))
        continue
      }
      if let unit = units[place], !unread.contains(parent), !isCovered(unit.period, by: places[parent] ?? []) {
        add(
          .remark, row, .parent,
          Words(
            "den overordnede \(parent.text.quoted) gælder ikke i hele enhedens tid",
            en: "the parent \(parent.text.quoted) is not valid for all of the unit's time"),
          Words(
            "imens hænger enheden under den nærmeste enhed ovenover, der gælder",
            en: "meanwhile the unit hangs under the nearest unit above that is valid"))
      }
    }
  }

  /// Whether the rows' periods, which do not overlap and come in order, leave no day of the period out.
  private func isCovered(_ period: ValidPeriod, by covering: [Int]) -> Bool {
    var day = period.from
    for place in covering {
      guard let cover = units[place]?.period, cover.contains(day) else { continue }
      guard let end = cover.through else { return true }
      if let through = period.through, through <= end { return true }
      guard let next = end.next else { return true }
      day = next
    }
    return false
  }
}

// MARK: - Circles

extension OrganisationCheck {
  /// Finds units that on some day lie under themselves. Rows that cannot are peeled off first; among the rest every
  /// circle is whole on a day when one of its rows begins.
  private mutating func checkCircles() {
    let parents = rows.indices.map(possibleParents)
    var suspects = suspects(parents)
    guard !suspects.isEmpty else { return }
    var told: Set<Int> = []
    for day in Set(suspects.map(first)).sorted() {
      for circle in circles(on: day, among: suspects, parents) where told.isDisjoint(with: circle) {
        told.formUnion(circle)
        tell(circle)
      }
      suspects.removeAll { told.contains($0) }
    }
  }

  /// The rows of the stated parent that share a day with the row.
  private func possibleParents(of place: Int) -> [Int] {
    guard let unit = units[place], let parent = unit.parent else { return [] }
    return (places[parent] ?? []).filter { units[$0].map { $0.period.overlaps(unit.period) } ?? false }
  }

  /// The rows in or under a ring of possible parents.
  private func suspects(_ parents: [[Int]]) -> [Int] {
    var children = [[Int]](repeating: [], count: rows.count)
    for (place, above) in parents.enumerated() { for parent in above { children[parent].append(place) } }
    var open = parents.map(\.count)
    var free = open.indices.filter { open[$0] == 0 }
    while let place = free.popLast() {
      for child in children[place] {
        open[child] -= 1
        if open[child] == 0 { free.append(child) }
      }
    }
    return open.indices.filter { open[$0] > 0 }
  }

  /// The circles on one day, each from its first row on, upwards.
  private func circles(on day: CalendarDate, among suspects: [Int], _ parents: [[Int]]) -> [[Int]] {
    func holds(_ place: Int) -> Bool { units[place]?.period.contains(day) ?? false }
    var visited: [Int: Int] = [:]
    var circles: [[Int]] = []
    for start in suspects where holds(start) {
      var way: [Int] = []
      var next: Int? = start
      while let place = next, visited[place] == nil {
        visited[place] = start
        way.append(place)
        next = parents[place].first(where: holds)
      }
      guard let place = next, visited[place] == start, let entry = way.firstIndex(of: place) else { continue }
      let ring = Array(way[entry...])
      let first = ring.indices.min { ring[$0] < ring[$1] } ?? 0
      circles.append(Array(ring[first...] + ring[..<first]))
    }
    return circles
  }

  private mutating func tell(_ circle: [Int]) {
    let codes = circle.map { rows[$0].code.text }
    let shown = codes.count > 6 ? codes.prefix(5) + ["…"] : codes[...]
    let way = (shown + [codes[0]]).joined(separator: " › ")
    add(
      .error, rows[circle[0]], .parent,
      Words("enheden ligger under sig selv: \(way)", en: "the unit lies under itself: \(way)"),
      Words("ret en af de overordnede", en: "mend one of the parents"))
  }
}

extension CalendarDate {
  /// The day after; nil after the last day of the year 9999.
  var next: CalendarDate? {
    CalendarDate(year: year, month: month, day: day + 1) ?? CalendarDate(year: year, month: month + 1, day: 1)
      ?? CalendarDate(year: year + 1, month: 1, day: 1)
  }
}
