import Database
import Ledger
import SteeringCore

extension RunningYear {
  /// The newest month that is open for supervision.
  var newest: SupervisionMonth? { SupervisionMonth(year, lastMonth) }

  /// The postings of a unit's month that deserve a look.
  func looks(_ connection: any DatabaseConnection, _ unit: UnitCode, _ month: SupervisionMonth) throws -> [PostingLook]
  {
    let imports = ImportStore(connection)
    func postings(_ files: [ImportedFile], _ months: ClosedRange<Int>) throws -> [KnownPosting] {
      try files.flatMap { file in
        try months.flatMap { month in
          try imports.postings(file.id, unit: unit, month: month).map { KnownPosting(importID: file.id, posting: $0) }
        }
      }
    }
    var history = try postings(ledgersBefore, 1...12)
    if month.month > 1 { history += try postings(ledgers, 1...(month.month - 1)) }
    return PostingPicker().picks(try postings(ledgers, month.month...month.month), history: history)
  }
}
