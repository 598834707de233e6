import SteeringCore

/// Writes the native files of formats that an import reads: UTF-8, semicolons, LF.
enum NativeFiles {
  /// Joins records to a file.
  static func text(_ records: [[String]]) -> String {
    records.map { $0.joined(separator: ";") + "\n" }.joined()
  }

  /// An amount as the native profiles write it: `1.234,56`, minus behind.
  static func amount(_ ore: Int64) -> String {
    var bytes: [UInt8] = []
    append(ore, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An amount's bytes at the end of others: large files are written without a text per cell.
  static func append(_ ore: Int64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: Money(ore: ore < 0 ? -ore : ore).withOre.utf8)
    if ore < 0 { bytes.append(UInt8(ascii: "-")) }
  }
}
