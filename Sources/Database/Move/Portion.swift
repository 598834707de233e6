/// Rows of one table on their way from one database to the other: few enough to keep memory bounded, many enough to be
/// inserted fast.
struct Portion: Sendable {
  private static let mostRows = 2_000
  private static let mostBytes = 4 << 20

  private(set) var rows: [DatabaseRow] = []
  private var weight = 0

  var isFull: Bool { rows.count >= Self.mostRows || weight >= Self.mostBytes }

  mutating func add(_ row: DatabaseRow, weight: Int) {
    rows.append(row)
    self.weight += weight
  }

  /// The rows, column by column.
  func columns(of table: TableShape) throws -> [String: DatabaseColumn] {
    var columns: [String: DatabaseColumn] = [:]
    for column in table.columns {
      columns[column.name] =
        switch column.kind {
        case .integer: .optionalIntegers(try rows.map { try $0.optionalInteger(column.name) })
        case .text: .optionalTexts(try rows.map { try $0.optionalText(column.name) })
        case .blob: .optionalBlobs(try rows.map { try $0.optionalBlob(column.name) })
        }
    }
    return columns
  }
}

/// What is carried from the one database to the other.
enum MoveLoad: Sendable {
  case rows(Portion)
  /// The table is at its end.
  case end(TableProof)
}
