internal import Crypto

/// What a table held: how many rows, and a fingerprint of all of them in the order of the primary key.
public struct TableProof: Sendable, Hashable {
  /// The table's name.
  public let table: String
  /// The number of rows.
  public let rowCount: Int
  /// SHA-256 over every value of every row, in hexadecimal; the same for the same content in any database.
  public let digest: String
}

/// Makes the proof of a table, row by row. A value counts with its kind and its length, so that nothing can move from
/// one value to the next unnoticed; the names of the table and its columns count as well.
struct TableDigest {
  private let table: TableShape
  private var hash = SHA256()
  private var rowCount = 0

  init(_ table: TableShape) {
    self.table = table
    var head: [UInt8] = []
    for name in [table.name] + table.columns.map(\.name) { Self.append(2, Array(name.utf8), to: &head) }
    hash.update(data: head)
  }

  /// Adds the next row. Returns about how many bytes it takes.
  mutating func add(_ row: DatabaseRow) throws -> Int {
    var bytes: [UInt8] = []
    for column in table.columns {
      switch try row.value(column.name) {
      case .null: bytes.append(0)
      case .integer(let number): Self.append(1, Self.bytes(number), to: &bytes)
      case .text(let text): Self.append(2, Array(text.utf8), to: &bytes)
      case .blob(let blob): Self.append(3, blob, to: &bytes)
      }
    }
    hash.update(data: bytes)
    rowCount += 1
    return bytes.count
  }

  /// The proof of the rows so far.
  var proof: TableProof {
    TableProof(table: table.name, rowCount: rowCount, digest: Fingerprint.hexadecimal(hash.finalize()))
  }

  private static func append(_ kind: UInt8, _ value: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(kind)
    bytes.append(contentsOf: Self.bytes(Int64(value.count)))
    bytes.append(contentsOf: value)
  }

  /// Eight bytes, the highest first.
  private static func bytes(_ number: Int64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> Int64($0)) }
  }

  /// The proof of what a table holds now.
  static func proof(of table: TableShape, _ connection: any DatabaseConnection) throws -> TableProof {
    var digest = TableDigest(table)
    try connection.forEachRow(table.selection, [:]) { _ = try digest.add($0) }
    return digest.proof
  }
}
