internal import Database
internal import GRDBSQLite

/// A connection while it is lent out for one transaction.
final class SQLiteConnection: DatabaseConnection {
  let dialect = Dialect.sqlite
  private let handle: SQLiteHandle
  private let tenant: Tenant?
  private let writes: Bool
  /// The error that ended the transaction.
  private var failure: (any Error)?

  private init(_ handle: SQLiteHandle, _ tenant: Tenant?, writes: Bool) {
    self.handle = handle
    self.tenant = tenant
    self.writes = writes
  }

  /// Lends a connection to a body, and takes it back. Throws where a statement failed, whether or not the body let the
  /// error out.
  static func lend<T>(
    _ handle: SQLiteHandle, _ tenant: Tenant?, writes: Bool, to body: (any DatabaseConnection) throws -> T
  ) throws -> T {
    let connection = SQLiteConnection(handle, tenant, writes: writes)
    defer { connection.failure = DatabaseError.misuse("a connection is used after its transaction") }
    try handle.fence.stand(for: tenant, on: handle, writes: writes)
    let result = try body(connection)
    if let failure = connection.failure { throw failure }
    return result
  }

  func rows(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> [DatabaseRow] {
    var rows: [DatabaseRow] = []
    try forEachRow(sql, bindings) { rows.append($0) }
    return rows
  }

  func forEachRow(
    _ sql: String, _ bindings: [String: DatabaseValue], _ body: (DatabaseRow) throws -> Void
  ) throws {
    let (statement, table) = try attempt {
      let read = try SQLStatement(sql)
      return (try prepare(read, read.values(bindings, tenant: tenant)), read.table)
    }
    defer { statement.reset() }
    var shape: DatabaseRow.Shape?
    while let row = try attempt({ try nextRow(statement, table, &shape) }) { try body(row) }
  }

  func run(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> Int {
    try attempt {
      let read = try SQLStatement(sql)
      try refuseUnlessWriting(read)
      let statement = try prepare(read, read.values(bindings, tenant: tenant))
      defer { statement.reset() }
      try statement.finish()
      return Self.changing.contains(read.verb) ? statement.changes : 0
    }
  }

  func runMany(_ sql: String, _ columns: [String: DatabaseColumn]) throws -> Int {
    try attempt {
      let read = try SQLStatement(sql)
      try refuseUnlessWriting(read)
      let (columns, rowCount) = try read.columns(columns, tenant: tenant)
      let statement = try PreparedStatement(read, for: tenant, on: handle)
      defer { statement.reset() }
      var varying: [(index: Int32, column: DatabaseColumn)] = []
      for (index, column) in zip(Int32(1)..., columns) {
        // What is the same in every row is bound once; a reset keeps it.
        if case .same(let value) = column {
          try statement.bind(value, at: index)
        } else {
          varying.append((index, column))
        }
      }
      var changed = 0
      for row in 0..<rowCount {
        for (index, column) in varying { try statement.bind(column, row: row, at: index) }
        try statement.finish()
        changed += statement.changes
        statement.reset()
      }
      return changed
    }
  }

  /// The verbs after which SQLite's count of changed rows is about the statement itself.
  private static let changing: Set<String> = ["INSERT", "UPDATE", "DELETE", "WITH"]

  private func refuseUnlessWriting(_ statement: SQLStatement) throws {
    guard writes else { throw DatabaseError.misuse("a change inside a read: \(statement.text)") }
  }

  private func prepare(_ read: SQLStatement, _ values: [DatabaseValue]) throws -> PreparedStatement {
    let statement = try PreparedStatement(read, for: tenant, on: handle)
    for (index, value) in zip(Int32(1)..., values) { try statement.bind(value, at: index) }
    return statement
  }

  private func nextRow(
    _ statement: PreparedStatement, _ table: String, _ shape: inout DatabaseRow.Shape?
  ) throws -> DatabaseRow? {
    guard try statement.step() else { return nil }
    let known = try shape ?? statement.shape(table: table)
    shape = known
    return try statement.row(known)
  }

  /// Does a step of a statement. Its first error ends the transaction.
  private func attempt<T>(_ step: () throws -> T) throws -> T {
    if let failure { throw failure }
    do {
      return try step()
    } catch {
      let translated = writes ? SQLiteErrors.translate(error) : SQLiteErrors.translateInsideRead(error)
      failure = translated
      throw translated
    }
  }
}
