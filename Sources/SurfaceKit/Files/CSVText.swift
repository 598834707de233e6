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

  /// A text for a cell: one that a spreadsheet would run as a formula gets an apostrophe in front. So does one that
  /// looks as if it had got one already, so that `original` always finds the way back.
  public static func text(_ text: String) -> String { isFormula(text.utf8.drop { $0 == mark }) ? "'" + text : text }

  /// The text that `text(_:)` made a cell of.
  public static func original(_ cell: String) -> String {
    cell.utf8.first == mark && isFormula(cell.utf8.drop { $0 == mark }) ? String(cell.dropFirst()) : cell
  }

  private static let mark = UInt8(ascii: "'")

  private static func isFormula(_ text: Substring.UTF8View) -> Bool {
    text.first.map { Array("=+-@\t\r\n".utf8).contains($0) } ?? false
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
