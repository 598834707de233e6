public import RuleKit
public import SteeringCore

/// Where one unit stands when its year is closed, and why.
public struct UnitClosing: Hashable, Sendable {
  /// The agreement unit.
  public let unit: UnitCode
  /// Its name.
  public let name: String
  /// Adjusted budget for pay, without carry-over.
  public let payBudget: Money
  /// Adjusted budget for other operations.
  public let otherBudget: Money
  /// What the percentages are taken of: the adjusted or the original budget, as the model says (1.I).
  public let base: Money
  /// The balance carried in, positive = surplus.
  public let carriedIn: Money
  /// Spent on pay, inside the decentral economy.
  public let actualPay: Money
  /// Spent on other operations, inside.
  public let actualOther: Money
  /// Adjusted budget minus what was spent, positive = surplus.
  public let result: Money
  /// Carried in and result: the balance to carry out.
  public let balance: Money
  /// 10,000 · balance ÷ base, rounded half away from zero; nil where the base is not positive.
  public let balanceBasisPoints: Int64?
  /// Light, duties and reviews, with every rule that was tried.
  public let verdict: Verdict
  /// Spent inside, cumulated to the end of each month, in øre.
  public let monthlyCumulated: [Int64]
}

/// A closed year: pure result of facts and model. The same evaluation serves command, page and stored round.
public struct Closing: Sendable {
  /// The year.
  public let year: FiscalYear
  /// The model's id.
  public let modelID: String
  /// How all postings are accounted for.
  public let totals: ClosingTotals
  /// The units by code in byte order.
  public let units: [UnitClosing]
}

/// An amount of a unit that does not fit in 64 bits.
public struct ClosingOverflow: Error, Sendable {
  /// The unit.
  public let unit: UnitCode
}

extension Closing {
  /// Closes a year. Throws `ClosingOverflow` where the amounts of a unit are beyond any municipality.
  public init(year: FiscalYear, model: SteeringModel, facts: [UnitFacts], totals: ClosingTotals) throws {
    self.year = year
    self.modelID = model.id
    self.totals = totals
    units = try facts.sorted { $0.budget.unit < $1.budget.unit }.map { try UnitClosing($0, year: year, model: model) }
  }
}

extension UnitClosing {
  /// Closes one unit.
  init(_ facts: UnitFacts, year: FiscalYear, model: SteeringModel) throws {
    let budget = facts.budget
    func fit(_ value: Int128) throws -> Money {
      guard let ore = Int64(exactly: value) else { throw ClosingOverflow(unit: budget.unit) }
      return Money(ore: ore)
    }
    func total(_ months: [Int64]) throws -> Money { try fit(months.reduce(Int128(0)) { $0 + Int128($1) }) }
    let adjusted = Int128(budget.pay.ore) + Int128(budget.other.ore)
    let base = try fit(model.base == .adjusted ? adjusted : budget.originalTotal ?? adjusted)
    let pay = try total(facts.actuals.pay)
    let other = try total(facts.actuals.other)
    let result = try fit(adjusted - Int128(pay.ore) - Int128(other.ore))
    let balance = try fit(Int128(facts.carriedIn.ore) + Int128(result.ore))
    var cumulated: Int128 = 0
    monthlyCumulated = try zip(facts.actuals.pay, facts.actuals.other).map {
      cumulated += Int128($0) + Int128($1)
      return try fit(cumulated).ore
    }
    unit = budget.unit
    name = budget.name
    payBudget = budget.pay
    otherBudget = budget.other
    self.base = base
    carriedIn = facts.carriedIn
    actualPay = pay
    actualOther = other
    self.result = result
    self.balance = balance
    balanceBasisPoints = Percentage.basisPoints(balance, of: base)
    if base.ore > 0, balanceBasisPoints == nil { throw ClosingOverflow(unit: budget.unit) }
    verdict = model.evaluate(
      RuleFacts(
        year: year, base: base, carriedIn: facts.carriedIn, result: result, balance: balance, plans: facts.plans))
  }
}

extension BudgetRow {
  /// The original budget; nil where the file did not tell it.
  var originalTotal: Int128? {
    guard originalPay != nil || originalOther != nil else { return nil }
    return Int128((originalPay ?? pay).ore) + Int128((originalOther ?? other).ore)
  }
}
