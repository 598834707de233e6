internal import Database
internal import GRDBSQLite

/// What tells SQLite to copy what it is handed before the call returns.
enum SQLiteCopying {
  static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// A prepared statement with its values bound. Straight on SQLite's functions, since millions of rows pass here.
struct PreparedStatement {
  private let statement: OpaquePointer
  private let connection: OpaquePointer?
  /// Keeps the statement alive.
  private let owner: AnyObject

  /// Prepares a statement, whose parameters SQLite numbers as `SQLStatement` lists them: by first mention.
  /// A municipality's statement is kept from reaching past the views that `TenantFence` puts up.
  init(_ sql: SQLStatement, for tenant: Tenant?, on handle: SQLiteHandle) throws {
    try self.init(text: tenant == nil ? sql.text : try sql.behindFence, on: handle)
    guard sqlite3_bind_parameter_count(statement) == sql.parameters.count else {
      throw DatabaseError.misuse("parameters are written :name: \(sql.text)")
    }
  }

  /// Prepares a statement of the room's own.
  init(text: String, on handle: SQLiteHandle) throws {
    (statement, owner) = try handle.prepare(text)
    connection = handle.connection
    reset()
    sqlite3_clear_bindings(statement)
  }

  /// Makes the statement ready for another run; its values stay bound.
  func reset() { sqlite3_reset(statement) }

  /// Goes on to the next row; false where there is none.
  func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw fault(code)
    }
  }

  /// Runs the statement to its end.
  func finish() throws { while try step() {} }

  /// How many rows the statement changed that was just finished.
  var changes: Int { Int(sqlite3_changes(connection)) }

  private func fault(_ code: Int32) -> SQLiteFault {
    SQLiteFault(code: sqlite3_extended_errcode(connection), text: String(cString: sqlite3_errmsg(connection)))
  }
}

// Binding: parameters are numbered from 1.
extension PreparedStatement {
  func bind(_ value: DatabaseValue, at index: Int32) throws {
    switch value {
    case .null: try succeed(sqlite3_bind_null(statement, index))
    case .integer(let number): try bind(number, at: index)
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes): try bind(bytes, at: index)
    }
  }

  func bind(_ number: Int64, at index: Int32) throws { try succeed(sqlite3_bind_int64(statement, index, number)) }

  func bind(_ text: String, at index: Int32) throws {
    var text = text
    let code = try text.withUTF8 { bytes in
      guard !bytes.contains(0) else { throw DatabaseError.of(.unsuitableText, detail: "parameter \(index)") }
      // Without an address SQLite would bind NULL.
      guard let start = bytes.baseAddress, !bytes.isEmpty else {
        return sqlite3_bind_text(statement, index, "", 0, nil)
      }
      return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text64(
          statement, index, $0, sqlite3_uint64(bytes.count), SQLiteCopying.copying, UInt8(SQLITE_UTF8))
      }
    }
    try succeed(code)
  }

  func bind(_ bytes: [UInt8], at index: Int32) throws {
    // Without an address SQLite would bind NULL.
    guard !bytes.isEmpty else { return try succeed(sqlite3_bind_zeroblob(statement, index, 0)) }
    try succeed(sqlite3_bind_blob64(statement, index, bytes, sqlite3_uint64(bytes.count), SQLiteCopying.copying))
  }

  /// Binds the value that a column has in a row.
  func bind(_ column: DatabaseColumn, row: Int, at index: Int32) throws {
    switch column {
    case .integers(let values): try bind(values[row], at: index)
    case .texts(let values): try bind(values[row], at: index)
    case .blobs(let values): try bind(values[row], at: index)
    case .optionalIntegers(let values): try bind(DatabaseValue(values[row]), at: index)
    case .optionalTexts(let values): try bind(DatabaseValue(values[row]), at: index)
    case .optionalBlobs(let values): try bind(DatabaseValue(values[row]), at: index)
    case .same(let value): try bind(value, at: index)
    }
  }

  private func succeed(_ code: Int32) throws {
    if code != SQLITE_OK { throw fault(code) }
  }
}

// Reading: columns are numbered from 0.
extension PreparedStatement {
  /// The names of the columns; to be asked after a step, since SQLite may prepare a statement anew then.
  func shape(table: String) throws -> DatabaseRow.Shape {
    let columns = (0..<sqlite3_column_count(statement)).map { index in
      sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
    }
    return try DatabaseRow.Shape(columns: columns, table: table)
  }

  /// The row that the last step arrived at.
  func row(_ shape: DatabaseRow.Shape) throws -> DatabaseRow {
    var values: [DatabaseValue] = []
    values.reserveCapacity(shape.columns.count)
    for index in shape.columns.indices { values.append(try value(Int32(index), shape)) }
    return DatabaseRow(shape: shape, values: values)
  }

  /// The whole number in a column of the row that the last step arrived at.
  func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(statement, index) }

  /// The text in a column of the row that the last step arrived at.
  func text(_ index: Int32) -> String { sqlite3_column_text(statement, index).map { String(cString: $0) } ?? "" }

  private func value(_ index: Int32, _ shape: DatabaseRow.Shape) throws -> DatabaseValue {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_INTEGER:
      return .integer(sqlite3_column_int64(statement, index))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, index)
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw SQLiteFault(code: SQLITE_CORRUPT, text: "no UTF-8 in \(shape.columns[Int(index)]) from \(shape.table)")
      }
      return .text(text)
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, index)
      return .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))))
    case SQLITE_NULL:
      return .null
    default:
      throw DatabaseError.misuse(
        "column \(shape.columns[Int(index)]) of a result from \(shape.table) holds a floating-point number")
    }
  }
}
