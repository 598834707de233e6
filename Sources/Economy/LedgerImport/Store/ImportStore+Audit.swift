import Database
import Ledger
public import SteeringCore

/// Whether what was imported still holds what was recorded about it. The database finds broken pages and references;
/// this finds a figure that has changed inside a value. A ledger is recorded three times over: its postings in chunks,
/// the sums of its units by account and month, and the count and sum of the whole file.
extension ImportStore {
  /// Compares what the chunks of every ledger say they hold with the sums of its units, and those with the file. Reads
  /// no posting, so it is quick enough for every start. Each fault is a sentence; none where all is well.
  public func sumFaults() throws -> [Words] { try sumFaults(among: all().filter { $0.kind == .ledger }) }

  func sumFaults(among files: [ImportedFile]) throws -> [Words] {
    let chunks = try tallies(of: "ledger_import_chunk")
    let outside = try tallies(of: "ledger_import_chunk", "AND month = 0")
    let sums = try tallies(of: "ledger_import_unit_sums")
    return files.flatMap { file -> [Words] in
      let (packed, summed) = (chunks[file.id] ?? [:], sums[file.id] ?? [:])
      let units = Set(packed.keys).union(summed.keys).sorted()
      var faults = units.compactMap { unit in
        AuditWords.differs(
          file, Words("enheden \(unit)", en: "the unit \(unit)"), packed[unit] ?? .init(), summed[unit] ?? .init())
      }
      let whole = Words("hele filen", en: "the whole file")
      let outsideYear = Words("uden for året", en: "outside the year")
      faults += [
        AuditWords.differs(file, whole, .init(summed), .init(lines: file.recordCount, ore: file.sumOre)),
        AuditWords.differs(
          file, outsideYear, .init(outside[file.id] ?? [:]),
          .init(lines: file.outsideYear.lines, ore: file.outsideYear.ore)),
      ].compactMap { $0 }
      return faults
    }
  }

  /// Count and sum of a table's rows by import and unit. The halves of the sums are added apart, since the sum of many
  /// amounts may pass 64 bits on the way.
  private func tallies(of table: String, _ condition: String = "") throws -> [Int64: [UnitCode: AuditTally]] {
    var tallies: [Int64: [UnitCode: AuditTally]] = [:]
    try connection.forEachRow(
      """
      SELECT import_id, unit, CAST(SUM(posting_count) AS BIGINT) AS postings,
        CAST(SUM(sum_ore / 4294967296) AS BIGINT) AS high, CAST(SUM(sum_ore % 4294967296) AS BIGINT) AS low
      FROM \(table) WHERE tenant = :tenant \(condition) GROUP BY import_id, unit
      """, [:]
    ) { row in
      let ore = Int128(try row.integer("high")) << 32 + Int128(try row.integer("low"))
      tallies[try row.integer("import_id"), default: [:]][UnitCode(try row.text("unit"))] =
        AuditTally(lines: Int(try row.integer("postings")), ore: ore)
    }
    return tallies
  }

  /// Unpacks every posting of a ledger and compares them with the sums of its units, account by account and month by
  /// month. Takes as long as reading the ledger did.
  public func postingFaults(_ file: ImportedFile) throws -> [Words] {
    let units = try connection.rows(
      """
      SELECT unit FROM ledger_import_chunk WHERE tenant = :tenant AND import_id = :id
      UNION SELECT unit FROM ledger_import_unit_sums WHERE tenant = :tenant AND import_id = :id
      """, ["id": .integer(file.id)]
    ).map { UnitCode(try $0.text("unit")) }.sorted()
    return try units.flatMap { unit -> [Words] in
      do {
        let posted = try posted(file.id, unit)
        let summed = try summed(file.id, unit)
        let differs = Set(posted.keys).union(summed.keys).sorted().filter { posted[$0] != summed[$0] }
        return differs.compactMap { place in
          AuditWords.differs(file, place.words(unit), posted[place] ?? .init(), summed[place] ?? .init())
        }
      } catch let damage as DamagedChunk {
        return [AuditWords.damaged(file, damage)]
      }
    }
  }

  private func posted(_ id: Int64, _ unit: UnitCode) throws -> [AccountPlace: AuditTally] {
    var tallies: [AccountPlace: AuditTally] = [:]
    try connection.forEachRow(
      """
      SELECT unit, month, posting_count, sum_ore, postings FROM ledger_import_chunk
      WHERE tenant = :tenant AND import_id = :id AND unit = :unit ORDER BY month, sequence
      """, ["id": .integer(id), "unit": .text(unit.text)]
    ) { row in
      let chunk = try PostingChunk(row)
      for posting in try chunk.postings() {
        let place = AccountPlace(month: chunk.month, function: posting.function, kind: posting.kind)
        tallies[place, default: .init()].add(1, Int128(posting.ore))
      }
    }
    return tallies
  }

  private func summed(_ id: Int64, _ unit: UnitCode) throws -> [AccountPlace: AuditTally] {
    let row = try connection.row(
      """
      SELECT unit, posting_count, sum_ore, account_sums FROM ledger_import_unit_sums
      WHERE tenant = :tenant AND import_id = :id AND unit = :unit
      """, ["id": .integer(id), "unit": .text(unit.text)])
    var tallies: [AccountPlace: AuditTally] = [:]
    for sum in try row.map({ try UnitSums($0).sums() }) ?? [] {
      let place = AccountPlace(month: sum.month, function: sum.function, kind: sum.kind)
      tallies[place, default: .init()].add(sum.count, Int128(sum.sumOre))
    }
    return tallies
  }
}

/// How many postings, and their sum in øre, which may be larger than an amount.
private struct AuditTally: Equatable {
  var lines = 0
  var ore: Int128 = 0

  init(lines: Int = 0, ore: Int128 = 0) {
    self.lines = lines
    self.ore = ore
  }

  init(lines: Int, ore: Int64) { self.init(lines: lines, ore: Int128(ore)) }

  init(_ parts: [UnitCode: AuditTally]) {
    for part in parts.values { add(part.lines, part.ore) }
  }

  mutating func add(_ lines: Int, _ ore: Int128) {
    self.lines = self.lines.addingReportingOverflow(lines).partialValue
    self.ore += ore
  }

  /// `1.234,56 kr. (12)`.
  var text: String {
    let sum = Int64(exactly: ore).map { Money(ore: $0).withOre } ?? "…"
    return "\(sum) kr. (\(lines))"
  }
}

/// An account in a month; month 0 is outside the year.
private struct AccountPlace: Hashable, Comparable {
  let month: Int
  let function: String
  let kind: String

  static func < (left: AccountPlace, right: AccountPlace) -> Bool {
    (left.month, left.function, left.kind) < (right.month, right.function, right.kind)
  }

  func words(_ unit: UnitCode) -> Words {
    let account = [function, kind].filter { !$0.isEmpty }.joined(separator: " / ")
    return Words(
      "enheden \(unit), måned \(month), konto \(account)", en: "the unit \(unit), month \(month), account \(account)")
  }
}

private enum AuditWords {
  /// What is said where the postings of something are not those that were recorded; nil where they are.
  static func differs(
    _ file: ImportedFile, _ what: Words, _ found: AuditTally, _ recorded: AuditTally
  ) -> Words? {
    if found == recorded { return nil }
    return Words(
      "\(file.fileName) (indlæsning \(file.id)), \(what.danish): posteringerne er \(found.text), "
        + "men der blev noteret \(recorded.text)",
      en: "\(file.fileName) (import \(file.id)), \(what.english): the postings are \(found.text), "
        + "but \(recorded.text) was recorded")
  }

  static func damaged(_ file: ImportedFile, _ damage: DamagedChunk) -> Words {
    Words(
      "\(file.fileName) (indlæsning \(file.id)), enheden \(damage.unit), måned \(damage.month): posteringerne kan ikke "
        + "læses, eller passer ikke med deres antal og sum",
      en:
        "\(file.fileName) (import \(file.id)), the unit \(damage.unit), month \(damage.month): the postings cannot be "
        + "read, or differ from their count and sum")
  }
}
