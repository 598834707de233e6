import Ledger
import RuleKit
import SteeringCore
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("The totals of a closing")
struct ClosingTotalsTests {
  @Test("tie, or there is no closing", arguments: [0, 1])
  func guarded(_ gap: Int64) throws {
    guard case .found(let model, _) = try ClosingNeeds.live.model("randersmodellen-2.0") else { return }
    var totals = ClosingTotals()
    totals.all = .init(lines: 3, ore: 300 + gap)
    totals.inside = .init(lines: 2, ore: 200)
    totals.ignored = .init(lines: 1, ore: 100)
    #expect(totals.tie == (gap == 0))
    func close() throws -> Closing {
      try Closing(year: FiscalYear(2025)!, model: model, facts: [], totals: totals)
    }
    if gap == 0 {
      #expect(try close().totals == totals)
    } else {
      #expect(throws: ClosingDoesNotTie(totals: totals)) { try close() }
    }
  }
}
