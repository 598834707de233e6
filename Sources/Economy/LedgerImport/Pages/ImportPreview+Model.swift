import SteeringCore
import SurfaceKit

/// What the page shows when a file has been read without writing anything.
struct ImportPreviewModel: Sendable {
  /// A sum of the file: of a unit or a month.
  struct Total: Sendable {
    let name: Words
    let rows: Int
    let sum: Money
  }

  /// What the file says about its own sum.
  enum Control: Sendable {
    /// It has no total row.
    case missing
    /// Its total is the sum of its rows.
    case agrees(Money)
    /// Its total is another than the sum of its rows.
    case differs(stated: Money, reckoned: Money)
  }

  /// Rows that share voucher numbers with an earlier file.
  struct Overlap: Sendable {
    /// The earlier imports by number.
    let imports: [Int64]
    let earlierFile: String
    let rows: Int
    let sum: Money
  }

  let file: String
  let sizeBytes: Int
  let kind: Words
  let year: Int?
  let profileName: Words
  let rows: Int
  let sum: Money?
  /// The file's own headings and its first rows, as read.
  let headings: [String]
  let firstRows: [[String]]
  let unitTotals: [Total]
  let monthTotals: [Total]
  let control: Control
  /// Errors and remarks, in the order of the file.
  let findings: [Finding]
  let leftOutFindings: Int
  let errorCount: Int
  let overlap: Overlap?
  /// Names the file that waits to be loaded; also ties the form to the one who got it.
  let ticket: String
  let token: String
  /// Names what the form asks for, so that it happens once however often the form is sent.
  let key: String
  /// The earlier file that holds the same bytes; nil where there is none.
  var already: String?
}
