import SteeringCore

/// The staffing of Randers Kommune's administrative units as its task overview states it (seeds/003).
struct RandersStaffing {
  /// The lines in the order of the document, the municipality first.
  let lines: [StatedStaffing]

  /// Reads the data file. Throws where a level or a figure cannot be read.
  init() throws(DemoDataError) {
    var lines: [StatedStaffing] = []
    for row in try DataTable("randers.csv", PackageResources.randers_csv).rows {
      let code = try row.text("Kode")
      guard let level = StatedStaffing.Level(rawValue: try row.text("Niveau")) else {
        throw row.error("the level is unknown, write kommune, forvaltning, chefområde, enhed or ledelse")
      }
      let above = code.split(separator: ".").dropLast().joined(separator: ".")
      let parent = above.isEmpty ? lines.first?.code : UnitCode(above)
      let line: Int? = try row.optional("Linje") == nil ? nil : Int(try row.number("Linje"))
      lines.append(
        StatedStaffing(
          code: UnitCode(code), parent: parent, level: level, name: try row.text("Navn"),
          tenths: try Self.tenths(row), remark: Words(try row.text("Bemærkning"), en: try row.text("Remark")),
          sourceLine: line))
    }
    self.lines = lines
  }

  /// `168,2` in tenths; nil when empty.
  private static func tenths(_ row: DataTable.Row) throws(DemoDataError) -> Int? {
    guard let text = try row.optional("Årsværk") else { return nil }
    let halves = text.split(separator: ",")
    guard halves.count == 2, halves[1].utf8.count == 1, let whole = Int(halves[0]), let tenth = Int(halves[1]) else {
      throw row.error("Årsværk is “\(text)”, write a figure like 168,2")
    }
    return whole * 10 + tenth
  }

  /// The sum of what lies under a line, in tenths: the units and the leadership, at whatever depth.
  private func computed(_ line: StatedStaffing) -> Int {
    let below = lines.filter { $0.parent == line.code }
    return below.isEmpty ? line.tenths ?? 0 : below.reduce(0) { $0 + computed($1) }
  }

  /// Municipality, directorates and service areas: what is printed beside what the parts add up to.
  var totals: [StatedTotal] {
    lines.filter { $0.level != .unit && $0.level != .leadership }.map { line in
      StatedTotal(
        code: line.code, name: line.name, statedTenths: line.tenths, computedTenths: computed(line),
        remark: line.remark, sourceLine: line.sourceLine)
    }
  }

  /// The organisation: leadership is counted in the totals, but is no unit. The document says nothing of
  /// agreements or of contact with citizens, so the organisation claims neither.
  var organisation: DemoFile {
    let header = [
      "Kode", "Navn", "Type", "Overordnet", "Borgervendt", "Kræver aftale", "Gyldig fra", "Gyldig til", "Årsværk",
      "Bemærkning", "Kilde",
    ]
    let records = lines.filter { $0.level != .leadership }.map { line in
      [
        line.code.text, line.name, line.level.rawValue, line.parent?.text ?? "", "nej", "nej", "2023-01-01", "",
        line.tenths.map { "\($0 / 10),\($0 % 10)" } ?? "", line.remark.danish,
        line.sourceLine.map { "seeds/003, linje \($0)" } ?? "",
      ]
    }
    return DemoFile(
      kind: .organisation, name: "organisation.csv", year: nil, text: NativeFiles.text([header] + records))
  }
}
