/// A table as both databases have it: its columns in order, and those of its primary key.
struct TableShape: Sendable, Equatable {
  /// What a column holds, whatever the database calls it.
  enum Kind: Sendable {
    case integer, text, blob

    /// The kind of a column's type; nil for a type that no migration can make.
    init?(type: String) {
      switch type.lowercased() {
      case "integer", "bigint", "smallint": self = .integer
      case "text": self = .text
      case "blob", "bytea": self = .blob
      default: return nil
      }
    }
  }

  struct Column: Sendable, Equatable {
    let name: String
    let kind: Kind
    /// The place in the primary key, from 1; 0 where the column is no part of it.
    let keyPlace: Int64
  }

  let name: String
  let columns: [Column]

  /// Every row in the order of the primary key, which is the same everywhere: numbers by size, texts by their bytes.
  var selection: String {
    "SELECT \(columnNames) FROM \(name) ORDER BY \(key.map(\.name).joined(separator: ", "))"
  }

  private var key: [Column] { columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace } }

  /// A row from parameters with the columns' names.
  var insertion: String {
    "INSERT INTO \(name) (\(columnNames)) VALUES (\(columns.map { ":" + $0.name }.joined(separator: ", ")))"
  }

  private var columnNames: String { columns.map(\.name).joined(separator: ", ") }

  /// Whether there is a row.
  func hasRows(_ connection: any DatabaseConnection) throws -> Bool {
    try connection.row("SELECT 1 AS found FROM \(name) LIMIT 1") != nil
  }

  /// Makes the numbers that the database hands out go on after those that were inserted.
  func continueNumbers(_ connection: any DatabaseConnection) throws {
    guard let statement = connection.dialect.continueNumbers, key.count == 1, key[0].kind == .integer else { return }
    let column = key[0].name
    guard let last = try connection.row("SELECT MAX(\(column)) AS last FROM \(name)")?.optionalInteger("last")
    else { return }
    _ = try connection.row(
      statement, ["table": .text(name), "column": .text(column), "last": .integer(last)])
  }

  /// The tables of a database, without the record of migrations, which is each database's own. Throws `DatabaseError`
  /// where one of them cannot be one of ours: without a primary key, or with a name or type that no migration gives.
  static func all(_ connection: any DatabaseConnection) throws -> [TableShape] {
    var tables: [TableShape] = []
    for row in try connection.rows(connection.dialect.listColumns) {
      let table = try row.text("table_name")
      if table == MigrationRunner.recordTable { continue }
      let column = try row.text("column_name")
      guard isPlain(table), isPlain(column), let kind = Kind(type: try row.text("type")) else {
        throw foreign("\(table).\(column)")
      }
      let read = Column(name: column, kind: kind, keyPlace: try row.integer("key_place"))
      let earlier = tables.last?.name == table ? tables.removeLast().columns : []
      tables.append(TableShape(name: table, columns: earlier + [read]))
    }
    if let keyless = tables.first(where: { $0.columns.allSatisfy { $0.keyPlace == 0 } }) { throw foreign(keyless.name) }
    return tables
  }

  /// Names stand in statements as migrations write them, without quotation marks.
  private static func isPlain(_ name: String) -> Bool {
    name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
  }

  private static func foreign(_ name: String) -> MoveRefusal { .tablesDiffer([name]) }
}
