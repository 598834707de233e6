/// Something wrong in one of the data files that the datasets are made from. It can only be met while the files
/// are being edited: the tests make both datasets.
public struct DemoDataError: Error, CustomStringConvertible {
  /// The data file's name.
  public let file: String
  /// Line from 1; 0 where the whole file is meant.
  public let line: Int
  /// What was read and what to do.
  public let message: String

  /// `FILE:LINE: message`.
  public var description: String { "\(file):\(line): \(message)" }
}

/// A file of the folder `Data`: fields parted by semicolon, names of the columns first, `#` begins a comment line.
struct DataTable {
  /// A record that knows where it stands.
  struct Row {
    let file: String
    let line: Int
    fileprivate let columns: [String: Int]
    fileprivate let fields: [Substring]

    /// A field's text, also when empty. Throws where the column is missing.
    func text(_ column: String) throws(DemoDataError) -> String {
      guard let index = columns[column] else { throw error("the column \(column) is missing, add it") }
      return String(fields[index])
    }

    /// A field's text, or nil when empty.
    func optional(_ column: String) throws(DemoDataError) -> String? {
      let text = try text(column)
      return text.isEmpty ? nil : text
    }

    /// A whole number.
    func number(_ column: String) throws(DemoDataError) -> Int64 {
      let text = try text(column)
      guard let number = Int64(text) else { throw error("\(column) is “\(text)”, write a whole number") }
      return number
    }

    /// The whole numbers of several columns.
    func numbers(_ columns: [String]) throws(DemoDataError) -> [Int64] {
      var numbers: [Int64] = []
      for column in columns { numbers.append(try number(column)) }
      return numbers
    }

    /// Whether a field says `ja`; throws for anything but `ja` and `nej`.
    func yes(_ column: String) throws(DemoDataError) -> Bool {
      switch try text(column) {
      case "ja": return true
      case "nej": return false
      case let other: throw error("\(column) is “\(other)”, write ja or nej")
      }
    }

    /// An error that points at this record.
    func error(_ message: String) -> DemoDataError { DemoDataError(file: file, line: line, message: message) }
  }

  /// The records in the order of the file.
  let rows: [Row]

  /// The columns of the twelve months, as the data files name them.
  static let months = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"]

  /// Reads a data file. Throws where a record has too few or too many fields.
  init(_ file: String, _ bytes: [UInt8]) throws(DemoDataError) {
    var columns: [String: Int]?
    var rows: [Row] = []
    let text = String(decoding: bytes, as: UTF8.self)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let fields = line.split(separator: ";", omittingEmptySubsequences: false)
      guard let known = columns else {
        columns = Dictionary(fields.enumerated().map { (String($1), $0) }, uniquingKeysWith: { first, _ in first })
        continue
      }
      let row = Row(file: file, line: index + 1, columns: known, fields: fields)
      guard fields.count == known.count else {
        throw row.error("\(fields.count) fields, write \(known.count) as the first line names them")
      }
      rows.append(row)
    }
    self.rows = rows
  }
}
