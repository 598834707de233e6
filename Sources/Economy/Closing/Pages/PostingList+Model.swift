import SteeringCore
import SurfaceKit

/// What the list of a unit's postings shows: one page of them, and the sum of them all.
struct PostingListModel: Sendable {
  /// A posting as it was imported.
  struct Row: Sendable {
    /// Nil where the ledger gives a day that the month has not.
    let date: CalendarDate?
    let voucher: String
    let text: String
    let function: String
    let kind: String
    /// Pay, other, or outside the decentral economy.
    let category: Words
    /// Expense is positive.
    let amount: Money
    let file: String
    /// The line of the file.
    let line: Int
  }

  /// Which postings: the address.
  let query: PostingQuery
  let unitName: String
  let directorateCode: String
  let directorate: String
  let round: RoundName
  /// The rows of this page, by date.
  let rows: [Row]
  /// How many there are on all pages.
  let count: Int
  /// What they add up to on all pages.
  let total: Money
  let pageNumber: Int
  let pageCount: Int
}
