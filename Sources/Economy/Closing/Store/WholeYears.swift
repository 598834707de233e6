import Database
import Ledger
public import SteeringCore

extension UnitYear {
  /// A unit's year, month by month, as the closing knows it; what is outside the decentral economy is left out. Months
  /// that are not posted yet stand as nothing: say how many are known where a forecast is asked for.
  public init(_ facts: UnitFacts, _ year: FiscalYear) {
    self.init(
      unit: facts.budget.unit, year: year,
      pay: CategoryYear(budgetOre: facts.budget.pay.ore, spentOre: facts.actuals.pay),
      other: CategoryYear(budgetOre: facts.budget.other.ore, spentOre: facts.actuals.other))
  }
}

/// The years that are closed for good, for forecasts to learn from.
enum WholeYears {
  /// Every unit's year of every year with a final round, from the very files that the last final round was made of. A
  /// year whose files are not all there any more is left out.
  static func unitYears(_ connection: any DatabaseConnection) throws -> [UnitYear] {
    let imports = ImportStore(connection)
    var seen: Set<FiscalYear> = []
    var found: [UnitYear] = []
    for round in try RoundStore(connection: connection).rounds() where round.status == .final {
      guard seen.insert(round.id.year).inserted else { continue }
      let files = try imports.files(round.inputs.map(\.importID))
      guard files.count == round.inputs.count else { continue }
      let books = try YearBooks.gather(imports, round.id.year, files, earlier: nil)
      found += books.facts.map { UnitYear($0, round.id.year) }
    }
    return found
  }
}
