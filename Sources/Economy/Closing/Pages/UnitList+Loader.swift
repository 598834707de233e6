import Database
import Organisation
import RuleKit
import SteeringCore
import SurfaceKit

extension ClosingReader {
  /// The list of units for a query.
  func unitList(_ query: UnitListQuery) async throws -> UnitListModel {
    guard let shown = try await shown(query.round.isEmpty ? nil : query.round) else {
      return UnitListModel(
        query: query, round: nil, directorates: [], lights: [], duties: [], reviews: [], rows: [],
        totals: try .init([]), unitCount: 0)
    }
    let order = Dictionary(
      shown.tree.units.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let units = shown.units.map { (order[$0.unit] ?? Int.max, $0) }.sorted { ($0.0, $0.1.unit) < ($1.0, $1.1.unit) }
    let matching = units.map(\.1).filter { query.matches($0, shown) }.map { UnitListModel.Row($0, shown) }
    let isOutside = shown.units.contains { shown.tree.directorate(of: $0.unit) == nil }
    let outside = isOutside ? [Choice(ClosingAddress.noDirectorate, ClosingAddress.outside)] : []
    let sorted = query.sort(matching, shown.signs)
    return UnitListModel(
      query: query, round: shown.name,
      directorates: shown.tree.directorates.map { Choice($0.code.text, Words(same: $0.name)) } + outside,
      lights: shown.signs,
      duties: shown.model.duties.map { Choice($0.id, $0.name) },
      reviews: shown.model.reviews.map { Choice($0.id, $0.name) }, rows: sorted, totals: try .init(sorted),
      unitCount: units.count)
  }
}

extension UnitListModel.Row {
  init(_ unit: UnitClosing, _ shown: ClosingReader.Shown) {
    func names(_ ids: [String], _ rule: (String) -> ConsequenceRule?) -> [Words] { ids.compactMap { rule($0)?.name } }
    self.init(
      code: unit.unit, name: unit.name, directorate: shown.tree.directorate(of: unit.unit)?.name ?? "",
      budget: unit.budget, carriedIn: unit.carriedIn, spent: unit.spent, result: unit.result, balance: unit.balance,
      balanceBasisPoints: unit.balanceBasisPoints, light: shown.sign(unit.verdict.light),
      duties: names(unit.verdict.duties, shown.model.duty), reviews: names(unit.verdict.reviews, shown.model.review),
      spentByMonth: unit.monthlyCumulated.map(Money.init(ore:)))
  }
}

extension UnitListModel.Totals {
  /// The sums of rows. That they can be reckoned was checked when the round was made.
  init(_ rows: [UnitListModel.Row]) throws {
    self.init(
      budget: try rows.sum(\.budget), carriedIn: try rows.sum(\.carriedIn), spent: try rows.sum(\.spent),
      result: try rows.sum(\.result), balance: try rows.sum(\.balance))
  }
}

extension Sequence {
  /// The sum of an amount of each. Throws where it does not fit in 64 bits, which a round does not let happen.
  func sum(_ amount: (Element) -> Money) throws -> Money {
    guard let sum = Money.sum(map(amount)) else {
      throw DatabaseError.of(.corrupt, detail: "the amounts of a round do not add up")
    }
    return sum
  }
}

extension UnitListQuery {
  /// Whether a unit is one of those asked for.
  func matches(_ unit: UnitClosing, _ shown: ClosingReader.Shown) -> Bool {
    let text = search.lowercased()
    if !text.isEmpty, !unit.name.lowercased().contains(text), !unit.unit.text.lowercased().contains(text) {
      return false
    }
    if !directorate.isEmpty {
      let code = shown.tree.directorate(of: unit.unit)?.code.text ?? ""
      if directorate == ClosingAddress.noDirectorate ? !code.isEmpty : code != directorate { return false }
    }
    if !light.isEmpty, shown.sign(unit.verdict.light).id != light { return false }
    if !duty.isEmpty, !unit.verdict.duties.contains(duty) { return false }
    return review.isEmpty || unit.verdict.reviews.contains(review)
  }

  /// The rows in the order asked for; rows that are alike keep the order of the organisation.
  func sort(_ rows: [UnitListModel.Row], _ lights: [LightSign]) -> [UnitListModel.Row] {
    typealias Row = UnitListModel.Row
    func by<Key: Comparable>(_ key: (Row) -> Key) -> [Row] {
      let keyed = rows.enumerated().map { (key($1), $0, $1) }
      let ordered = keyed.sorted { left, right in
        if left.0 == right.0 { return left.1 < right.1 }
        return isDescending ? left.0 > right.0 : left.0 < right.0
      }
      return ordered.map(\.2)
    }
    return switch column {
    case .organisation: isDescending ? rows.reversed() : rows
    case .name: by { DanishOrder($0.name) }
    case .directorate: by { DanishOrder($0.directorate) }
    case .budget: by(\.budget)
    case .carriedIn: by(\.carriedIn)
    case .spent: by(\.spent)
    case .result: by(\.result)
    case .balance: by(\.balance)
    case .share: by { $0.balanceBasisPoints ?? .min }
    case .light: by { row in lights.firstIndex(of: row.light) ?? lights.count }
    }
  }
}

/// A text in Danish alphabetical order: æ, ø, å last, upper and lower case alike.
struct DanishOrder: Comparable {
  private let letters: [UInt32]

  init(_ text: String) {
    letters = text.lowercased().unicodeScalars.map { scalar in
      switch scalar {
      case "æ", "ä": 0x7B
      case "ø", "ö": 0x7C
      case "å": 0x7D
      default: scalar.value
      }
    }
  }

  static func < (left: DanishOrder, right: DanishOrder) -> Bool {
    left.letters.lexicographicallyPrecedes(right.letters)
  }
}
