internal import CLibpq
internal import Database

/// How a statement is run for many rows at once.
enum BulkPlan {
  /// Row by row, many on the way at the same time: any statement.
  case rowByRow
  /// As a stream of rows into a table: an `INSERT` of nothing but parameters.
  case copy(PlainInsert, types: [Oid])
  /// The same, where the server allows no stream into the table because it decides row by row who may see and write
  /// what (row-level security). Many rows go as a stream into a table of the transaction's own and from there, row by
  /// row under the same rules, to where they belong; few go as lists of values, a list for each column.
  case guarded(PlainInsert, types: [Oid], mayStage: Bool)
}

/// An `INSERT INTO table (columns) VALUES (parameters)` and nothing else.
struct PlainInsert {
  let table: String
  let columns: [String]
  /// Which of the statement's parameters goes into each column, from 0; each goes into one.
  let parameters: [Int]

  /// What a statement with numbered parameters inserts; nil where it is not as plain as that.
  init?(numbered statement: String) {
    let plain = #/\s*INSERT\s+INTO\s+(\w+)\s*\(([\s\w,]+)\)\s*VALUES\s*\(([\s\d,$]+)\)\s*;?\s*/#.ignoresCase()
    guard let match = statement.wholeMatch(of: plain) else { return nil }
    func list(_ text: Substring) -> [Substring] {
      text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let start = part.drop { $0.isWhitespace }
        return start.prefix { !$0.isWhitespace }
      }
    }
    table = String(match.1)
    columns = list(match.2).map(String.init)
    let numbers = list(match.3).map { text in text.first == "$" ? Int(text.dropFirst()) : nil }
    parameters = numbers.compactMap { $0.map { $0 - 1 } }
    guard parameters.count == columns.count, numbers.count == columns.count,
      parameters.sorted() == Array(columns.indices), columns.allSatisfy({ !$0.isEmpty })
    else { return nil }
  }

  private var columnList: String { columns.joined(separator: ", ") }

  /// The statement that takes a stream of rows.
  var copyStatement: String { "COPY \(table) (\(columnList)) FROM STDIN (FORMAT binary)" }

  /// The transaction's own table, which a stream goes into.
  private var stage: String { "styrehus_bulk_\(table)" }

  /// The statements that make the transaction's own table, take a stream into it, hand the rows over, and empty it.
  var staging: (make: String, copy: String, handOver: String, empty: String) {
    (
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS \(stage) (LIKE \(table) INCLUDING DEFAULTS INCLUDING STORAGE) ON COMMIT DROP
      """, "COPY \(stage) (\(columnList)) FROM STDIN (FORMAT binary)",
      "INSERT INTO \(table) (\(columnList)) SELECT \(columnList) FROM \(stage)", "TRUNCATE \(stage)"
    )
  }

  /// The statement that takes lists, where `isList` says so of a column, and else a value for all rows.
  func listStatement(isList: [Bool]) -> String {
    let lists = isList.indices.filter { isList[$0] }
    let selected = isList.indices.map { isList[$0] ? "c\($0)" : "$\($0 + 1)" }
    let names = lists.map { "c\($0)" }.joined(separator: ", ")
    let arguments = lists.map { "$\($0 + 1)" }.joined(separator: ", ")
    return """
      INSERT INTO \(table) (\(columnList))
      SELECT \(selected.joined(separator: ", ")) FROM unnest(\(arguments)) AS given (\(names))
      """
  }
}

/// A column of values, ready to be written in the binary form of a column's type.
enum WireColumn {
  case integers([Int64], width: Int)
  case optionalIntegers([Int64?], width: Int)
  case texts([String])
  case optionalTexts([String?])
  case blobs([[UInt8]])
  case optionalBlobs([[UInt8]?])
  /// The same field for every row, with its length in front.
  case same([UInt8])

  /// Nil where the values are not of the column's type; they are then handed over row by row, and the server decides.
  init?(_ column: DatabaseColumn, type: Oid) throws {
    let widths: [Oid: Int] = [Types.int2: 2, Types.int4: 4, Types.int8: 8]
    switch (column, type) {
    case (.integers(let values), _):
      guard let width = widths[type] else { return nil }
      self = .integers(values, width: width)
    case (.optionalIntegers(let values), _):
      guard let width = widths[type] else { return nil }
      self = .optionalIntegers(values, width: width)
    case (.texts(let values), Types.text), (.texts(let values), Types.varchar): self = .texts(values)
    case (.optionalTexts(let values), Types.text), (.optionalTexts(let values), Types.varchar):
      self = .optionalTexts(values)
    case (.blobs(let values), Types.bytea): self = .blobs(values)
    case (.optionalBlobs(let values), Types.bytea): self = .optionalBlobs(values)
    case (.same(let value), _):
      guard let field = try Self.field(value, type: type) else { return nil }
      self = .same(field)
    default: return nil
    }
  }

  private static func field(_ value: DatabaseValue, type: Oid) throws -> [UInt8]? {
    let one: DatabaseColumn
    switch value {
    case .null: return [255, 255, 255, 255]
    case .integer(let number): one = .integers([number])
    case .text(let text): one = .texts([text])
    case .blob(let blob): one = .blobs([blob])
    }
    var bytes: [UInt8] = []
    guard let column = try WireColumn(one, type: type) else { return nil }
    try column.append(row: 0, to: &bytes)
    return bytes
  }

  /// Appends the field of a row: its length in four bytes, -1 for null, and the value.
  func append(row: Int, to bytes: inout [UInt8]) throws {
    switch self {
    case .integers(let values, let width): try Self.append(values[row], width, to: &bytes)
    case .optionalIntegers(let values, let width):
      guard let value = values[row] else { return Self.appendNull(to: &bytes) }
      try Self.append(value, width, to: &bytes)
    case .texts(let values): try Self.append(values[row], to: &bytes)
    case .optionalTexts(let values):
      guard let value = values[row] else { return Self.appendNull(to: &bytes) }
      try Self.append(value, to: &bytes)
    case .blobs(let values): try Self.append(values[row], to: &bytes)
    case .optionalBlobs(let values):
      guard let value = values[row] else { return Self.appendNull(to: &bytes) }
      try Self.append(value, to: &bytes)
    case .same(let field): bytes.append(contentsOf: field)
    }
  }

  private static func append(_ number: Int64, _ width: Int, to bytes: inout [UInt8]) throws {
    WireBytes.append(Int32(width), to: &bytes)
    switch width {
    case 8: return WireBytes.append(number, to: &bytes)
    case 4: if let small = Int32(exactly: number) { return WireBytes.append(small, to: &bytes) }
    default: if let small = Int16(exactly: number) { return WireBytes.append(small, to: &bytes) }
    }
    throw DatabaseError.of(.constraint(.check, name: ""), detail: "a number does not fit its column's \(width) bytes")
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) throws {
    try appendLength(text.utf8.count, to: &bytes)
    try WireBytes.append(text, to: &bytes)
  }

  private static func append(_ blob: [UInt8], to bytes: inout [UInt8]) throws {
    try appendLength(blob.count, to: &bytes)
    bytes.append(contentsOf: blob)
  }

  private static func appendLength(_ count: Int, to bytes: inout [UInt8]) throws {
    guard let length = Int32(exactly: count) else { throw DatabaseError.misuse("a value of more than 2 GB") }
    WireBytes.append(length, to: &bytes)
  }

  private static func appendNull(to bytes: inout [UInt8]) { bytes.append(contentsOf: [255, 255, 255, 255]) }
}
