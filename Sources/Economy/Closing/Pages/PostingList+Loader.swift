import Database
import Ledger
import Organisation
import RuleKit
import SteeringCore
import SurfaceKit

extension ClosingReader {
  static let postingsOnPage = 100

  /// One page of a unit's postings. Throws `Trouble` where there is no such unit or round.
  func postingList(_ query: PostingQuery) async throws -> PostingListModel {
    try await postings(query, onPage: Self.postingsOnPage)
  }

  /// All postings of a query as one list, for a file.
  func wholePostingList(_ query: PostingQuery) async throws -> PostingListModel {
    try await postings(query, onPage: nil)
  }

  private func postings(_ query: PostingQuery, onPage size: Int?) async throws -> PostingListModel {
    guard let shown = try await shown(query.round.isEmpty ? nil : query.round),
      let unit = shown.units.first(where: { $0.unit == query.unit })
    else { throw UnitShowTexts.missing(query.unit) }
    let directorate = shown.tree.directorate(of: query.unit)
    return try await database.read(tenant) { connection in
      let store = ImportStore(connection)
      let ledger = try UnitLedger(store, query.unit, try store.files(shown.round.inputs.map(\.importID)))
      let sums = ledger.sums.filter(query.holds)
      let count = sums.postingCount
      let pages = size.map { max(1, (count + $0 - 1) / $0) } ?? 1
      let number = min(max(1, query.page), pages)
      let window = size.map { ((number - 1) * $0)..<min(number * $0, count) } ?? 0..<count
      return PostingListModel(
        query: query, unitName: unit.name, directorateCode: directorate?.code.text ?? "",
        directorate: directorate?.name ?? "", round: shown.name,
        rows: try Self.rows(window, of: sums, ledger, store, shown.round.id.year), count: count, total: sums.amount,
        pageNumber: number, pageCount: pages)
    }
  }

  /// The postings of a window into the list. Only the months that the window touches are unpacked.
  private static func rows(
    _ window: Range<Int>, of sums: [UnitLedger.Sum], _ ledger: UnitLedger, _ store: ImportStore, _ year: FiscalYear
  ) throws -> [PostingListModel.Row] {
    var rows: [PostingListModel.Row] = []
    var first = 0
    for month in 1...12 {
      let count = sums.filter { $0.month == month }.postingCount
      defer { first += count }
      let wanted = window.clamped(to: first..<(first + count))
      if wanted.isEmpty { continue }
      let postings = try ledger.postings(store, month: month, behind: sums)
      for posting in postings.dropFirst(wanted.lowerBound - first).prefix(wanted.count) {
        rows.append(.init(posting, ledger.files[posting.file].fileName, year))
      }
    }
    return rows
  }
}

extension PostingListModel.Row {
  fileprivate init(_ posting: UnitLedger.Posting, _ file: String, _ year: FiscalYear) {
    let stored = posting.stored
    self.init(
      date: CalendarDate(year: year.number, month: posting.month, day: stored.day), voucher: stored.voucher,
      text: stored.text, function: stored.function, kind: stored.kind, category: posting.category.shortName,
      amount: Money(ore: stored.ore), file: file, line: stored.line)
  }
}
