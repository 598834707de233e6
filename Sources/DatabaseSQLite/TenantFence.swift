internal import Database
internal import GRDBSQLite

/// Keeps the municipalities apart on one connection, so that no statement can reach over, whatever it says.
///
/// For a municipality's transaction each table is hidden behind a temporary view of the same name that shows only the
/// municipality's rows. SQLite looks a name up among the temporary ones first, and takes such a view apart again when
/// it plans a statement, so that the tables' indexes serve as before. A statement that changes a table must name it
/// behind the view (`main.`), which is written in when the statement is prepared (`SQLStatement.inserting`); temporary
/// triggers there refuse a new row of another municipality, and pass over an old one as if it were not there, as
/// PostgreSQL does. Nothing of this is in the file.
///
/// Work across the municipalities sees the tables themselves. A connection serves both, one after the other: the views
/// come and go with the work, and again when the tables have changed. Whether they stand is read from SQLite's own
/// counts of changed definitions, also after a transaction that was rolled back and took them with it.
///
/// One connection has one, and one thread at a time uses both.
final class TenantFence: @unchecked Sendable {
  /// How SQLite counted the definitions of the file and the temporary ones when the fence was last put up or taken
  /// down.
  private struct Standing: Equatable {
    var file: Int64
    var temporary: Int64
    var isUp: Bool
  }

  private var standing: Standing?
  /// The municipality's key, which the views and triggers ask for; empty in work across them.
  private var key: [UInt8] = []

  /// What a trigger says of a row that is not the municipality's.
  static let refusal = "a row of another municipality"

  /// Gives the connection the function that tells views and triggers whose transaction it is. Innocuous, since what
  /// stands in a schema may call nothing else; deterministic, which to SQLite means: the same throughout a statement.
  func join(_ connection: OpaquePointer?) throws {
    let code = sqlite3_create_function_v2(
      connection, "styrehus_tenant", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
      Unmanaged.passUnretained(self).toOpaque(),
      { context, _, _ in
        guard let context, let own = sqlite3_user_data(context) else { return }
        Unmanaged<TenantFence>.fromOpaque(own).takeUnretainedValue().answer(context)
      }, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteFault(code: code, text: "styrehus_tenant cannot be defined") }
  }

  private func answer(_ context: OpaquePointer) {
    key.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_result_text(context, $0.baseAddress, Int32($0.count), SQLiteCopying.copying)
      }
    }
  }

  /// Prepares the connection for a transaction, inside of it: for a municipality, or across all of them.
  func stand(for tenant: Tenant?, on handle: SQLiteHandle, writes: Bool) throws {
    key = Array(try tenant?.checkedKey.utf8 ?? "".utf8)
    var wanted = Standing(
      file: try Self.number("PRAGMA main.schema_version", handle),
      temporary: try Self.number("PRAGMA temp.schema_version", handle), isUp: tenant != nil)
    guard wanted != standing else { return }
    standing = nil
    for statement in try Self.demolition(handle) { try Self.run(statement, handle) }
    if wanted.isUp {
      for table in try Self.tables(handle) { try Self.fence(table, handle, writes: writes) }
    }
    wanted.temporary = try Self.number("PRAGMA temp.schema_version", handle)
    standing = wanted
  }

  private static func fence(_ table: Table, _ handle: SQLiteHandle, writes: Bool) throws {
    let name = table.name.replacing("\"", with: "\"\"")
    // What is nobody's is not for a municipality: it stands empty, and takes no row.
    func isForeign(_ row: String) -> String { table.hasTenant ? "\(row)tenant IS NOT styrehus_tenant()" : "1" }
    let isOwn = table.hasTenant ? "tenant = styrehus_tenant()" : "0"
    try run("CREATE TEMP VIEW \"\(name)\" AS SELECT * FROM main.\"\(name)\" WHERE \(isOwn)", handle)
    guard writes, !table.isView else { return }
    try run(
      """
      CREATE TEMP TRIGGER "\(name) insert" BEFORE INSERT ON main."\(name)" WHEN \(isForeign("NEW."))
      BEGIN SELECT RAISE(ABORT, '\(refusal)'); END
      """, handle)
    try run(
      """
      CREATE TEMP TRIGGER "\(name) update" BEFORE UPDATE ON main."\(name)"
      WHEN \(isForeign("OLD.")) OR \(isForeign("NEW."))
      BEGIN SELECT CASE WHEN \(isForeign("OLD.")) THEN RAISE(IGNORE) ELSE RAISE(ABORT, '\(refusal)') END; END
      """, handle)
    try run(
      """
      CREATE TEMP TRIGGER "\(name) delete" BEFORE DELETE ON main."\(name)" WHEN \(isForeign("OLD."))
      BEGIN SELECT RAISE(IGNORE); END
      """, handle)
  }
}

// What there is to fence in, and how SQLite is told.
extension TenantFence {
  /// A table of the file, or a view in it.
  private struct Table {
    let name: String
    let isView: Bool
    let hasTenant: Bool
  }

  private static func tables(_ handle: SQLiteHandle) throws -> [Table] {
    var tables: [Table] = []
    let statement = try PreparedStatement(
      text: """
        SELECT t.name, t.type = 'view', EXISTS (
          SELECT 1 FROM pragma_table_info(t.name, 'main') AS c WHERE c.name = 'tenant')
        FROM main.sqlite_master AS t WHERE t.type IN ('table', 'view') AND substr(t.name, 1, 7) <> 'sqlite_'
        """, on: handle)
    defer { statement.reset() }
    while try statement.step() {
      tables.append(
        Table(name: statement.text(0), isView: statement.integer(1) == 1, hasTenant: statement.integer(2) == 1))
    }
    return tables
  }

  /// The statements that take down the temporary views and triggers, of which there are no others than these.
  private static func demolition(_ handle: SQLiteHandle) throws -> [String] {
    var statements: [String] = []
    let statement = try PreparedStatement(
      text: """
        SELECT 'DROP ' || type || ' temp."' || replace(name, '"', '""') || '"' FROM temp.sqlite_master ORDER BY type
        """, on: handle)
    defer { statement.reset() }
    while try statement.step() { statements.append(statement.text(0)) }
    return statements
  }

  private static func number(_ sql: String, _ handle: SQLiteHandle) throws -> Int64 {
    let statement = try PreparedStatement(text: sql, on: handle)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }

  private static func run(_ sql: String, _ handle: SQLiteHandle) throws {
    guard sqlite3_exec(handle.connection, sql, nil, nil, nil) == SQLITE_OK else {
      throw SQLiteFault(
        code: sqlite3_extended_errcode(handle.connection), text: String(cString: sqlite3_errmsg(handle.connection)))
    }
  }
}
