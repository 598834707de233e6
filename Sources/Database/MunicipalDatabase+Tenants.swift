extension MunicipalDatabase {
  /// Every municipality that has a row in some table, by its key. The tables themselves are asked, so that a
  /// municipality whose rows nobody remembers is found as well. Grows with the number of tables and municipalities, not
  /// with that of the rows, as the tenant stands first in the tables' keys.
  public func tenants() async throws -> [Tenant] {
    try await readAcrossTenants { connection in
      var keys: Set<String> = []
      for column in try connection.rows(connection.dialect.listColumns)
      where try column.text("column_name") == "tenant" {
        let table = "\"\(try column.text("table_name").replacing("\"", with: "\"\""))\""
        var statement = "SELECT MIN(tenant) AS next FROM \(table)"
        var last: [String: DatabaseValue] = [:]
        while let next = try connection.row(statement, last)?.optionalText("next") {
          keys.insert(next)
          statement = "SELECT MIN(tenant) AS next FROM \(table) WHERE tenant > :last"
          last = ["last": .text(next)]
        }
      }
      return keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { Tenant(key: $0) }
    }
  }
}
