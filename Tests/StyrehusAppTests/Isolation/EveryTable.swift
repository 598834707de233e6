import Foundation
import StyrehusTesting
import Testing

@testable import Database
@testable import StyrehusApp

/// A table of the product as the catalogue has it, with rows that its rules accept, made up from the migrations. A new
/// table is in the tests by existing; where its rules accept none of the rows, every test here fails and says so.
struct FilledTable: Sendable, CustomStringConvertible {
  let shape: TableShape
  /// What the migrations say about the table's columns.
  private let definition: String

  var description: String { shape.name }

  /// Every table that the capabilities make, those first that others refer to.
  static func all(_ connection: any DatabaseConnection) throws -> [FilledTable] {
    let statements = Capabilities.migrations.flatMap(\.statements)
    let order = try statements.map { try SQLStatement($0).table }
    return try TableShape.all(connection).map { shape in
      let own = try statements.filter { try SQLStatement($0).table == shape.name }
      return FilledTable(shape: shape, definition: own.joined(separator: "\n"))
    }.sorted { (order.firstIndex(of: $0.shape.name) ?? .max) < (order.firstIndex(of: $1.shape.name) ?? .max) }
  }

  /// Whether its rows refer to those of another table.
  var refersToOthers: Bool { definition.contains("REFERENCES") }

  /// The columns' names in order.
  var columns: [String] { shape.columns.map(\.name) }

  /// The columns of the primary key in order.
  var key: [String] { shape.columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name) }

  /// The values of the row of a number, by column, without the municipality.
  func row(_ number: Int64) -> [String: DatabaseValue] {
    var row: [String: DatabaseValue] = [:]
    for column in shape.columns where column.name != "tenant" { row[column.name] = value(of: column, number) }
    return row
  }

  /// A value that the column's rules accept: one of those that are listed, or of the length that is asked for, or just
  /// the number.
  private func value(of column: TableShape.Column, _ number: Int64) -> DatabaseValue {
    switch column.kind {
    case .integer: return isYesOrNo(column.name) ? .integer(number % 2) : .integer(number)
    case .blob: return .blob([UInt8(truncatingIfNeeded: number)])
    case .text:
      if let list = firstMatch(#"\b\#(column.name) IN \(([^)]*)\)"#) {
        let choices = list.split(separator: ",").map { $0.filter { !" '".contains($0) } }
        return .text(choices[Int(number - 1) % choices.count])
      }
      if let length = firstMatch(#"length\(\#(column.name)\) = (\d+)"#).flatMap(Int.init) {
        return .text(String(repeating: String(number % 10), count: length))
      }
      return .text("\(number)")
    }
  }

  private func isYesOrNo(_ column: String) -> Bool { firstMatch(#"\b\#(column) (\{boolean\})"#) != nil }

  private func firstMatch(_ pattern: String) -> String? {
    guard let regex = try? Regex(pattern, as: (Substring, Substring).self) else { return nil }
    return definition.firstMatch(of: regex).map { String($0.output.1) }
  }

  /// A column outside the key whose values are not listed, and an expression that changes it.
  var change: (column: String, expression: String)? {
    let free = shape.columns.first {
      $0.keyPlace == 0 && $0.name != "tenant" && $0.kind != .blob && !isYesOrNo($0.name)
        && firstMatch(#"\b(\#($0.name)) IN \("#) == nil && firstMatch(#"(length)\(\#($0.name)\)"#) == nil
    }
    return free.map { ($0.name, $0.kind == .integer ? "\($0.name) + 1" : "\($0.name) || 'x'") }
  }

  /// An insertion of the row of a number. `tenant` is an expression, such as `:tenant`.
  func insertion(tenant: String, suffix: String = "") -> String {
    let values = columns.map { $0 == "tenant" ? tenant : ":\($0)" }.joined(separator: ", ")
    return "INSERT INTO \(shape.name) (\(columns.joined(separator: ", "))) VALUES (\(values)) \(suffix)"
  }
}

/// A database in which two municipalities have rows in every table: the first one a row, the other one two, of which
/// one has the same key but for the municipality.
struct TwoTowns: Sendable {
  let database: any MunicipalDatabase
  let tables: [FilledTable]
  let own = EmptyDatabase.tenant
  let other = EmptyDatabase.otherTenant

  static func with(on tested: TestedDatabase, _ body: (TwoTowns) async throws -> Void) async throws {
    try await EmptyDatabase.with(Capabilities.migrations, on: tested) { database in
      let tables = try await database.readAcrossTenants { try FilledTable.all($0) }
      let towns = TwoTowns(database: database, tables: tables)
      try await towns.fill()
      try await body(towns)
    }
  }

  private func fill() async throws {
    for (tenant, numbers) in [(own, [Int64(1)]), (other, [1, 2])] {
      try await database.write(tenant) { [tables] connection in
        for table in tables {
          for number in numbers {
            let inserted = try connection.run(table.insertion(tenant: ":tenant"), table.row(number))
            #expect(inserted == 1, "\(table)")
          }
        }
      }
    }
  }

  /// Everything that the other municipality has, as it stands in the tables.
  func othersRows() async throws -> [[DatabaseValue]] {
    try await database.readAcrossTenants { [tables, other] connection in
      try tables.flatMap { table in
        try connection.rows(
          "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.shape.name) WHERE tenant = :other ORDER BY "
            + table.key.joined(separator: ", "), ["other": .text(other.key)]
        ).map { row in try table.columns.map { try row.value($0) } }
      }
    }
  }
}
