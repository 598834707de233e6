/// Writes separated values as Styrehus does: UTF-8, `;`, RFC 4180 quotes, line feeds. Amounts are handed over as
/// text with decimal comma.
public struct CSVText: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []

  /// Nothing written; a byte-order mark in front where spreadsheets will open the file, as Danish ones guess wrong
  /// about its letters without one.
  public init(byteOrderMark: Bool = false) {
    if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
  }

  /// A text for a cell: one that a spreadsheet would run as a formula gets an apostrophe in front.
  public static func text(_ text: String) -> String {
    guard let first = text.utf8.first, Array("=+-@\t\r\n".utf8).contains(first) else { return text }
    return "'" + text
  }

  /// Writes a record. Texts that people have written go through `text(_:)` first.
  public mutating func record(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ";")) }
      if cell.utf8.contains(where: { [UInt8](";\"\n\r".utf8).contains($0) }) {
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
          if byte == UInt8(ascii: "\"") { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
      } else {
        bytes.append(contentsOf: cell.utf8)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
