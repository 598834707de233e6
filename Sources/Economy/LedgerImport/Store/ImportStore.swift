public import Database
public import Ledger
import RuleKit
public import SteeringCore

/// The imported files of one municipality, inside one transaction. Writes only add.
public struct ImportStore {
  let connection: any DatabaseConnection

  /// The store on a connection.
  public init(_ connection: any DatabaseConnection) { self.connection = connection }

  private static let columns = """
    import_id, kind, fiscal_year, file_name, content_hash, profile, imported_at, record_count, sum_ore,
    outside_year_count, outside_year_ore, control_total
    """

  /// The imports that count: those that no later one replaces, in the order they were made.
  public func current(_ kind: FileKind? = nil, year: FiscalYear? = nil) throws -> [ImportedFile] {
    try connection.rows(
      """
      SELECT \(Self.columns) FROM ledger_import_file
      WHERE tenant = :tenant AND (:kind = '' OR kind = :kind) AND (:year = 0 OR fiscal_year = :year)
        AND import_id NOT IN (SELECT replaced_import_id FROM ledger_import_replacement WHERE tenant = :tenant)
      ORDER BY import_id
      """, ["kind": .text(kind?.rawValue ?? ""), "year": .integer(Int64(year?.number ?? 0))]
    ).map(ImportedFile.init)
  }

  /// Every import ever made, in order.
  public func all() throws -> [ImportedFile] {
    try connection.rows(
      "SELECT \(Self.columns) FROM ledger_import_file WHERE tenant = :tenant ORDER BY import_id"
    ).map(ImportedFile.init)
  }

  /// Some imports, whether or not they still count, in the order of the numbers; a number that no import has is left
  /// out.
  func files(_ ids: [Int64]) throws -> [ImportedFile] {
    let all = Dictionary(uniqueKeysWithValues: try all().map { ($0.id, $0) })
    return ids.compactMap { all[$0] }
  }

  /// The earlier imports that one replaces, in order.
  public func replaced(by id: Int64) throws -> [ImportedFile] {
    try connection.rows(
      """
      SELECT \(Self.columns) FROM ledger_import_file
      WHERE tenant = :tenant AND import_id IN (
        SELECT replaced_import_id FROM ledger_import_replacement WHERE tenant = :tenant AND import_id = :id)
      ORDER BY import_id
      """, ["id": .integer(id)]
    ).map(ImportedFile.init)
  }

  /// The number of the next import.
  func nextID() throws -> Int64 {
    try connection.row(
      "SELECT COALESCE(MAX(import_id), 0) + 1 AS next FROM ledger_import_file WHERE tenant = :tenant"
    )?.integer("next") ?? 1
  }

  /// Records a file, and which earlier ones it replaces.
  func add(_ file: ImportedFile, replacing replaced: [Int64]) throws {
    try connection.run(
      """
      INSERT INTO ledger_import_file (tenant, \(Self.columns)) VALUES (:tenant, :id, :kind, :year, :name, :hash,
        :profile, :at, :count, :sum, :outside_count, :outside_ore, :control)
      """,
      [
        "id": .integer(file.id), "kind": .text(file.kind.rawValue),
        "year": .integer(Int64(file.year?.number ?? 0)), "name": .text(file.fileName), "hash": .text(file.contentHash),
        "profile": .text(file.profile), "at": .integer(file.importedAt), "count": .integer(Int64(file.recordCount)),
        "sum": .integer(file.sumOre), "outside_count": .integer(Int64(file.outsideYear.lines)),
        "outside_ore": .integer(file.outsideYear.ore), "control": DatabaseValue(file.controlTotal),
      ])
    for earlier in replaced {
      try connection.run(
        """
        INSERT INTO ledger_import_replacement (tenant, replaced_import_id, import_id)
        VALUES (:tenant, :earlier, :id)
        """, ["earlier": .integer(earlier), "id": .integer(file.id)])
    }
  }

  /// Adds chunks of a ledger; `sequence` tells apart chunks of the same unit and month.
  func add(_ chunks: [PostingChunk], to id: Int64, sequence: Int) throws {
    try connection.runMany(
      """
      INSERT INTO ledger_import_chunk (tenant, import_id, unit, month, sequence, posting_count, sum_ore, postings)
      VALUES (:tenant, :id, :unit, :month, :sequence, :count, :sum, :postings)
      """,
      [
        "id": .same(.integer(id)), "sequence": .same(.integer(Int64(sequence))), "unit": .texts(chunks.map(\.unit)),
        "month": .integers(chunks.map { Int64($0.month) }), "count": .integers(chunks.map { Int64($0.count) }),
        "sum": .integers(chunks.map(\.sumOre)), "postings": .blobs(chunks.map(\.bytes)),
      ])
  }

  /// Adds the sums of a ledger, unit by unit.
  func add(_ sums: [UnitSums], to id: Int64) throws {
    try connection.runMany(
      """
      INSERT INTO ledger_import_unit_sums (tenant, import_id, unit, posting_count, sum_ore, account_sums)
      VALUES (:tenant, :id, :unit, :count, :sum, :sums)
      """,
      [
        "id": .same(.integer(id)), "unit": .texts(sums.map(\.unit)), "count": .integers(sums.map { Int64($0.count) }),
        "sum": .integers(sums.map(\.sumOre)), "sums": .blobs(sums.map(\.bytes)),
      ])
  }

  /// Gives the sums of a ledger, unit by unit, or those of one unit.
  func forEachUnit(_ id: Int64, only unit: UnitCode? = nil, _ body: (UnitSums) throws -> Void) throws {
    try connection.forEachRow(
      """
      SELECT unit, posting_count, sum_ore, account_sums FROM ledger_import_unit_sums
      WHERE tenant = :tenant AND import_id = :id AND (:unit = '' OR unit = :unit) ORDER BY unit
      """, ["id": .integer(id), "unit": .text(unit?.text ?? "")]
    ) { try body(try UnitSums($0)) }
  }

  /// The postings of an import on a unit in a month, unpacked.
  func postings(_ id: Int64, unit: UnitCode, month: Int) throws -> [StoredPosting] {
    try connection.rows(
      """
      SELECT unit, month, posting_count, sum_ore, postings FROM ledger_import_chunk
      WHERE tenant = :tenant AND import_id = :id AND unit = :unit AND month = :month ORDER BY sequence
      """, ["id": .integer(id), "unit": .text(unit.text), "month": .integer(Int64(month))]
    ).flatMap { try PostingChunk($0).unpacked() }
  }

  /// The marks of all vouchers of some imports, with the import.
  func voucherMarks(_ imports: [Int64]) throws -> ChunkPacker.EarlierVouchers {
    var marks = ChunkPacker.EarlierVouchers()
    for id in imports { try addVoucherMarks(id, to: &marks) }
    return marks
  }

  private func addVoucherMarks(_ id: Int64, to marks: inout ChunkPacker.EarlierVouchers) throws {
    try connection.forEachRow(
      """
      SELECT unit, month, posting_count, sum_ore, postings FROM ledger_import_chunk
      WHERE tenant = :tenant AND import_id = :id AND month > 0 ORDER BY unit, month, sequence
      """, ["id": .integer(id)]
    ) { row in
      var last = ""
      for posting in try PostingChunk(row).unpacked() where posting.voucher != last {
        last = posting.voucher
        marks.add(ChunkPacker.voucherMark(last), in: id)
      }
    }
  }
}

extension PostingChunk {
  init(_ row: DatabaseRow) throws {
    self.init(
      unit: try row.text("unit"), month: Int(try row.integer("month")), count: Int(try row.integer("posting_count")),
      sumOre: try row.integer("sum_ore"), bytes: try row.blob("postings"))
  }

  /// The postings; a chunk that is damaged is a damaged database.
  fileprivate func unpacked() throws -> [StoredPosting] {
    do {
      return try postings()
    } catch is DamagedChunk {
      throw DatabaseError.of(.corrupt, detail: "a chunk of \(unit), month \(month), does not hold what it says")
    }
  }
}

extension UnitSums {
  init(_ row: DatabaseRow) throws {
    self.init(
      unit: try row.text("unit"), count: Int(try row.integer("posting_count")), sumOre: try row.integer("sum_ore"),
      bytes: try row.blob("account_sums"))
  }

  /// Gives the sums of the year one by one, each with the category of its account. A packet that is damaged is a
  /// damaged database, which is told before any is given.
  func forEachSumOfYear(
    by mapping: AccountMapping, _ body: (AccountMonthSum, AccountCategory) throws -> Void
  ) throws {
    var category = AccountCategory.other
    do {
      try forEachSum { sum, isFirstOfAccount in
        if isFirstOfAccount { category = mapping.category(unit: unit, function: sum.function, kind: sum.kind) }
        if sum.month > 0 { try body(sum, category) }
      }
    } catch is DamagedChunk {
      throw DatabaseError.of(.corrupt, detail: "the sums of \(unit) do not hold what they say")
    }
  }
}

extension ImportedFile {
  fileprivate init(_ row: DatabaseRow) throws {
    let kind = try row.text("kind")
    guard let known = FileKind(rawValue: kind) else { throw DatabaseError.misuse("an imported file of kind \(kind)") }
    self.init(
      id: try row.integer("import_id"), kind: known, year: FiscalYear(Int(try row.integer("fiscal_year"))),
      fileName: try row.text("file_name"), contentHash: try row.text("content_hash"), profile: try row.text("profile"),
      importedAt: try row.integer("imported_at"), recordCount: Int(try row.integer("record_count")),
      sumOre: try row.integer("sum_ore"),
      outsideYear: .init(
        lines: Int(try row.integer("outside_year_count")), ore: try row.integer("outside_year_ore")),
      controlTotal: try row.optionalText("control_total"))
  }
}
