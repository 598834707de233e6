internal import CLibpq
internal import Database

/// What the server answered to one statement, with all its rows, in PostgreSQL's binary form.
final class Answer {
  private let result: OpaquePointer

  init(_ result: OpaquePointer) { self.result = result }

  deinit { PQclear(result) }

  /// What kind of answer it is.
  var status: ExecStatusType { PQresultStatus(result) }

  /// How many columns its rows have.
  var columnCount: Int32 { PQnfields(result) }

  /// How many rows it has.
  var rowCount: Int { Int(PQntuples(result)) }

  /// How much memory it takes, in bytes.
  var byteCount: Int { PQresultMemorySize(result) }

  /// The first word of the command's tag, such as `INSERT`.
  var tag: String { String(cString: PQcmdStatus(result)).split(separator: " ").first.map(String.init) ?? "" }

  /// How many rows the statement changed itself; 0 for a query.
  var changedRows: Int {
    ["INSERT", "UPDATE", "DELETE", "MERGE", "COPY"].contains(tag)
      ? Int(String(cString: PQcmdTuples(result))) ?? 0 : 0
  }

  /// What the server refused; nil where it did not.
  var fault: ServerFault? {
    guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
    return ServerFault(
      state: field(UInt8(ascii: "C")) ?? "", message: field(UInt8(ascii: "M")) ?? "no message",
      table: field(UInt8(ascii: "t")), column: field(UInt8(ascii: "c")), constraint: field(UInt8(ascii: "n")))
  }

  /// A part of an error report, by PostgreSQL's letter for it.
  private func field(_ letter: UInt8) -> String? {
    PQresultErrorField(result, Int32(letter)).map { String(cString: $0) }
  }

  /// The types of a prepared statement's parameters, where that was asked for.
  var parameterTypes: [Oid] { (0..<PQnparams(result)).map { PQparamtype(result, $0) } }
}

extension Answer {
  /// The rows, with a table's name for their errors.
  func rows(table: String) throws -> [DatabaseRow] {
    let names = (0..<columnCount).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
    let shape = try DatabaseRow.Shape(columns: names, table: table)
    let readers = try names.indices.map { try ValueReader(PQftype(result, Int32($0)), column: names[$0], table: table) }
    var rows: [DatabaseRow] = []
    rows.reserveCapacity(rowCount)
    for row in 0..<Int32(rowCount) {
      var values: [DatabaseValue] = []
      values.reserveCapacity(readers.count)
      for (column, reader) in zip(Int32(0)..., readers) { values.append(try value(row, column, reader)) }
      rows.append(DatabaseRow(shape: shape, values: values))
    }
    return rows
  }

  private func value(_ row: Int32, _ column: Int32, _ reader: ValueReader) throws -> DatabaseValue {
    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
    return try reader.read(UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column))))
  }

  /// A value of the first row as text; for the driver's own questions.
  func text(_ column: Int32) -> String {
    guard rowCount > 0, let start = PQgetvalue(result, 0, column) else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, 0, column))), as: UTF8.self)
  }
}

/// Reads a column's values from PostgreSQL's binary form.
struct ValueReader {
  private enum Form {
    case integer, unsigned, truth, text, bytes, decimal
  }

  private let form: Form
  private let column: String
  private let table: String

  /// A reader for a column. Throws a programming error for a type that `DatabaseValue` has no place for.
  init(_ type: Oid, column: String, table: String) throws {
    self.column = column
    self.table = table
    switch type {
    case Types.int2, Types.int4, Types.int8: form = .integer
    case Types.oid: form = .unsigned
    case Types.bool: form = .truth
    case Types.text, Types.varchar, Types.bpchar, Types.name, Types.unknown: form = .text
    case Types.bytea: form = .bytes
    case Types.numeric: form = .decimal
    case Types.void: form = .text
    case Types.float4, Types.float8:
      throw DatabaseError.misuse("column \(column) of a result from \(table) holds a floating-point number")
    default:
      throw DatabaseError.misuse("column \(column) of a result from \(table) is of type \(type): cast it to text")
    }
  }

  /// A value that is not null.
  func read(_ bytes: UnsafeRawBufferPointer) throws -> DatabaseValue {
    switch form {
    case .integer: .integer(Self.signed(bytes))
    case .unsigned: .integer(Int64(Self.signed(bytes)) & 0xFFFF_FFFF)
    case .truth: .integer(bytes.first == 0 ? 0 : 1)
    case .text: .text(String(decoding: bytes, as: UTF8.self))
    case .bytes: .blob(Array(bytes))
    case .decimal: .integer(try whole(bytes))
    }
  }

  private static func signed(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    var value: Int64 = bytes.first.map { $0 < 0x80 ? 0 : -1 } ?? 0
    for byte in bytes { value = value << 8 | Int64(byte) }
    return value
  }

  /// A decimal number, as sums are: a count of digits to the base of 10,000, the first digit's power, the sign, and the
  /// number of decimals, each in two bytes, and then the digits. With decimals it is refused, since money is whole øre.
  private func whole(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    func word(_ index: Int) -> Int {
      let at = index * 2
      return at + 1 < bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : 0
    }
    let (count, sign, decimals) = (word(0), word(2), word(3))
    let power = Int(Int16(truncatingIfNeeded: word(1)))
    guard decimals == 0, sign == 0 || sign == 0x4000 else {
      throw DatabaseError.misuse("column \(column) of a result from \(table) holds a number with decimals")
    }
    var value: Int64 = 0
    for index in 0..<max(power + 1, 0) {
      let digit = Int64(index < count ? word(4 + index) : 0)
      // Counted downwards, since there is one more negative number than positive ones.
      let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10_000)
      let (next, tooFar) = shifted.subtractingReportingOverflow(digit)
      guard !tooLarge, !tooFar else { throw overflow }
      value = next
    }
    if sign == 0x4000 { return value }
    guard value != .min else { throw overflow }
    return -value
  }

  private var overflow: DatabaseError {
    .of(.other, detail: "integer overflow: column \(column) of a result from \(table) does not fit 64 bits")
  }
}

/// PostgreSQL's numbers for its types; they never change.
enum Types {
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let name: Oid = 19
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let oid: Oid = 26
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let unknown: Oid = 705
  static let bpchar: Oid = 1042
  static let varchar: Oid = 1043
  static let numeric: Oid = 1700
  static let void: Oid = 2278

  /// The types whose values can be handed over in numbers, and the type of a list of each.
  static let lists: [Oid: Oid] = [
    bytea: 1001, int2: 1005, int4: 1007, text: 1009, varchar: 1015, int8: 1016,
  ]
}
