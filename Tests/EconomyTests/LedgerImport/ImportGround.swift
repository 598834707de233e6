import Database
import Ledger
import SteeringCore
import StyrehusTesting
import Testing

@testable import Economy

/// An empty database with the tables of the import, and short ways to import text into it.
struct ImportGround {
  let database: any MunicipalDatabase

  /// What every ledger begins with.
  static let header = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
  /// Two units, 1001 and 1002.
  static let budget = """
    Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel
    1001;Møllehuset;1.000.000,00;200.000,00;0,00
    1002;Pilecentret;2.000.000,00;400.000,00;5.000,00-

    """
  /// Three postings of 2025: 1.234,56 in January, 100,00 back in February, 50,00 on the other unit.
  static let ledger =
    header + """
      1;02.01.2025;1001;3.22.01;1.1;Løn;1.234,56
      2;03.02.2025;1001;3.22.01;2.9;Retur;100,00-
      3;04.02.2025;1002;3.22.01;2.9;Frugt;50,00

      """

  /// Lends a ground that has the budget of 2025, unless it shall be bare.
  static func with(isBare: Bool = false, _ body: (ImportGround) async throws -> Void) async throws {
    try await EmptyDatabase.with(LedgerImportCapability.migrations + DatabaseTables.migrations) { database in
      let ground = ImportGround(database: database)
      if !isBare { _ = try await ground.imported(budget, .budget, as: "budget.csv") }
      try await body(ground)
    }
  }

  var importer: Importer {
    Importer(database: database, tenant: EmptyDatabase.tenant, now: { 1_750_000_000 })
  }

  static func request(
    _ bytes: [UInt8], _ profile: ImportProfile = .ledger, year: Int? = 2025, as name: String = "bog.csv",
    overlap: OverlapChoice = .stop
  ) -> ImportRequest {
    ImportRequest(
      profile: profile, year: year.flatMap(FiscalYear.init), fileName: name, source: BytesInMemory(bytes),
      overlap: overlap)
  }

  /// Imports, or says why not.
  func run(
    _ text: String, _ profile: ImportProfile = .ledger, year: Int? = 2025, as name: String = "bog.csv",
    overlap: OverlapChoice = .stop
  ) async throws -> ImportOutcome {
    try await importer.run(Self.request(Array(text.utf8), profile, year: year, as: name, overlap: overlap))
  }

  /// Imports what must be good.
  func imported(
    _ text: String, _ profile: ImportProfile = .ledger, year: Int? = 2025, as name: String = "bog.csv",
    overlap: OverlapChoice = .stop
  ) async throws -> ImportedFile {
    let outcome = try await run(text, profile, year: year, as: name, overlap: overlap)
    guard case .imported(let file, _) = outcome else {
      Issue.record("not imported: \(outcome)")
      throw CancellationError()
    }
    return file
  }

  /// Reads without storing.
  func preview(
    _ text: String, _ profile: ImportProfile = .ledger, year: Int? = 2025, as name: String = "bog.csv"
  ) async throws -> FilePreview {
    try await importer.preview(Self.request(Array(text.utf8), profile, year: year, as: name))
  }

  /// What the store says.
  func read<T: Sendable>(_ body: @escaping @Sendable (ImportStore) throws -> T) async throws -> T {
    try await database.read(EmptyDatabase.tenant) { try body(ImportStore($0)) }
  }

  /// Every row of every table as text: two equal dumps are two equal databases.
  func dump() async throws -> [String] {
    let isSQLite = database.dialect == .sqlite
    return try await database.readAcrossTenants { connection in
      let tables =
        isSQLite
        ? try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        : try connection.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
      return try tables.flatMap { table in
        let name = try table.text("name")
        var all = "t::text"
        if isSQLite {
          let columns = try connection.rows("SELECT name FROM pragma_table_info('\(name)')").map { try $0.text("name") }
          all = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
        }
        return try connection.rows("SELECT \(all) AS line FROM \(name) t ORDER BY line").map { row in
          "\(name): \(try row.text("line"))"
        }
      }
    }
  }
}

extension ImportOutcome {
  /// The findings of a refusal in English; nil where it is none.
  var refusal: [String]? {
    if case .refused(let findings) = self { findings.lines(.english) } else { nil }
  }
}
