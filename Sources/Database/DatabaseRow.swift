import SteeringCore

/// A row that a statement gave. Each reading says what the column must hold; something else there is a programming
/// error, thrown as `DatabaseError` with the names of the column and of the statement's table.
public struct DatabaseRow: Sendable {
  /// The names of a result's columns, shared by its rows.
  public final class Shape: Sendable {
    /// The columns in the statement's order, each name once.
    public let columns: [String]
    /// The table that the statement names first.
    public let table: String

    /// The shape of a result. Throws where two columns have the same name, since one could never be read.
    public init(columns: [String], table: String) throws {
      if let twice = columns.indices.first(where: { columns[..<$0].contains(columns[$0]) }) {
        throw DatabaseError.misuse("two columns of a result from \(table) are named \(columns[twice]): use AS")
      }
      self.columns = columns
      self.table = table
    }
  }

  private let shape: Shape
  private let values: [DatabaseValue]

  /// A row of a result: as many values as the shape has columns. Made by the drivers.
  public init(shape: Shape, values: [DatabaseValue]) {
    precondition(values.count == shape.columns.count, "a row has a value for each column")
    self.shape = shape
    self.values = values
  }

  /// The value as it stands, whatever it is.
  public func value(_ column: String) throws -> DatabaseValue {
    guard let index = shape.columns.firstIndex(of: column) else {
      let names = shape.columns.joined(separator: ", ")
      throw DatabaseError.misuse("no column \(column) in a result from \(shape.table); it has \(names)")
    }
    return values[index]
  }

  /// A whole number; money in øre.
  public func integer(_ column: String) throws -> Int64 {
    guard case .integer(let value) = try value(column) else { throw mismatch(column, "a whole number") }
    return value
  }

  /// A whole number, or `nil` where the column is null.
  public func optionalInteger(_ column: String) throws -> Int64? {
    try value(column) == .null ? nil : integer(column)
  }

  /// A text.
  public func text(_ column: String) throws -> String {
    guard case .text(let value) = try value(column) else { throw mismatch(column, "a text") }
    return value
  }

  /// A text, or `nil` where the column is null.
  public func optionalText(_ column: String) throws -> String? {
    try value(column) == .null ? nil : text(column)
  }

  /// Bytes.
  public func blob(_ column: String) throws -> [UInt8] {
    guard case .blob(let value) = try value(column) else { throw mismatch(column, "a blob") }
    return value
  }

  /// Bytes, or `nil` where the column is null.
  public func optionalBlob(_ column: String) throws -> [UInt8]? {
    try value(column) == .null ? nil : blob(column)
  }

  /// Yes or no: the column holds 1 or 0, and nothing else is taken for either.
  public func bool(_ column: String) throws -> Bool {
    switch try value(column) {
    case .integer(1): return true
    case .integer(0): return false
    default: throw mismatch(column, "1 or 0")
    }
  }

  private func mismatch(_ column: String, _ wanted: String) -> DatabaseError {
    // The kind of what was found is named, never the value: it may be about a person.
    let found =
      switch try? value(column) {
      case .integer: "a whole number"
      case .text: "a text"
      case .blob: "a blob"
      case .null, nil: "null"
      }
    return .misuse("column \(column) of a result from \(shape.table) holds \(found), not \(wanted)")
  }
}
