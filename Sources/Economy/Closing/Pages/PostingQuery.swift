import Ledger
import SteeringCore
import SurfaceKit

/// Which postings of a unit are shown. It is the same thing as the address, so that every figure of the unit's page
/// can lead to the postings that made it.
struct PostingQuery: Sendable, Hashable {
  /// Which part of the unit's money; the raw value stands in the address.
  enum Part: String, CaseIterable, Sendable {
    /// All of the decentral economy: pay and other operations.
    case inside
    case pay, other, outside

    func holds(_ category: AccountCategory) -> Bool {
      switch self {
      case .inside: category != .outside
      case .pay: category == .pay
      case .other: category == .other
      case .outside: category == .outside
      }
    }
  }

  let unit: UnitCode
  /// The id of the round; empty for the latest.
  var round = ""
  /// 1...12; nil for the whole year.
  var month: Int?
  /// An account's function; nil for all, empty for postings without one.
  var function: String?
  /// An account's kind; nil for all.
  var kind: String?
  /// Nil for all, also what is outside the decentral economy.
  var part: Part?
  /// The page of the list, from 1.
  var page = 1

  /// Postings of a unit, narrowed as far as is said.
  init(
    _ unit: UnitCode, round: String = "", month: Int? = nil, function: String? = nil, kind: String? = nil,
    part: Part? = nil
  ) {
    self.unit = unit
    self.round = round
    self.month = month
    self.function = function
    self.kind = kind
    self.part = part
  }

  /// Reads the values of an address; unknown ones count as not given.
  init(_ unit: UnitCode, values: (String) -> String?) {
    self.unit = unit
    round = values("round") ?? ""
    month = values("month").flatMap { Int($0) }.flatMap { (1...12).contains($0) ? $0 : nil }
    function = values("function")
    kind = values("kind")
    part = values("part").flatMap(Part.init)
    page = values("page").flatMap { Int($0) } ?? 1
  }

  /// Whether a sum is one of those asked for.
  func holds(_ sum: UnitLedger.Sum) -> Bool {
    let account = AccountCode(function: function ?? sum.account.function, kind: kind ?? sum.account.kind)
    return (month ?? sum.month) == sum.month && account == sum.account && (part?.holds(sum.category) ?? true)
  }

  /// The list's address.
  var address: Address { added(to: ClosingAddress.unit(unit.text).appending("postings")) }
  /// The address of the whole list as a file.
  var exportAddress: Address { onPage(1).added(to: ClosingAddress.unit(unit.text).appending("postings.csv")) }

  /// Another page of the same list.
  func onPage(_ page: Int) -> PostingQuery {
    var query = self
    query.page = page
    return query
  }

  private func added(to address: Address) -> Address {
    let values: [(String, String?)] = [
      ("round", round.isEmpty ? nil : round), ("month", month.map { String($0) }), ("function", function),
      ("kind", kind), ("part", part?.rawValue), ("page", page == 1 ? nil : String(page)),
    ]
    return values.reduce(address) { address, value in value.1.map { address.with(value.0, $0) } ?? address }
  }
}
