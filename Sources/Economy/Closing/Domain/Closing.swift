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
  /// Where that comes from; nil in a round of a version that did not keep it.
  public let carriedInFrom: CarryInSource?
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

/// Amounts that do not fit in 64 bits: those of a unit, or of all units together.
public struct ClosingOverflow: Error, Hashable, Sendable {
  /// The unit; where only the sum of all is too large, the one with the largest amount.
  public let unit: UnitCode
}

/// Postings of which not every one stands in exactly one place: a fault of the program, or a database that has been
/// changed behind its back.
public struct ClosingDoesNotTie: Error, Hashable, Sendable {
  /// How the postings are accounted for.
  public let totals: ClosingTotals

  /// What is said about it.
  static func finding(_ file: String) -> Finding {
    Finding(
      .error, file: file, line: 0,
      read: Words(
        "posteringernes sum er ikke summen af inde, ude, uden for året og ukendte",
        en: "the sum of the postings is not that of inside, outside, ignored and unknown"),
      remedy: Words(
        "intet er gjort op; undersøg databasen med styrehus verify, og meld fejlen til dem, der passer Styrehus",
        en: "nothing is closed; examine the database with styrehus verify, and report the fault to those who keep "
          + "Styrehus"))
  }
}

extension ClosingOverflow {
  /// What is said about amounts that are too large: in a file, at a line where one is to blame, about a unit.
  static func finding(_ file: String, line: Int = 0, unit: UnitCode? = nil) -> Finding {
    Finding(
      .error, file: file, line: line,
      read: unit.map {
        Words("beløbene for enheden \($0) er for store", en: "the amounts of the unit \($0) are too large")
      } ?? Words("summen af beløbene er for stor", en: "the sum of the amounts is too large"),
      remedy: Words("se efter beløb, der er for store", en: "look for amounts that are too large"))
  }
}

extension Closing {
  /// Closes a year. Throws `ClosingOverflow` where the amounts of a unit are beyond any municipality, and
  /// `ClosingDoesNotTie` where not every posting stands in exactly one place.
  public init(year: FiscalYear, model: SteeringModel, facts: [UnitFacts], totals: ClosingTotals) throws {
    guard totals.tie else { throw ClosingDoesNotTie(totals: totals) }
    self.year = year
    self.modelID = model.id
    self.totals = totals
    units = try facts.sorted { $0.budget.unit < $1.budget.unit }.map { try UnitClosing($0, year: year, model: model) }
  }

  /// Throws `ClosingOverflow` where the amounts of all units, their signs dropped, do not add up within 64 bits. Where
  /// they do, the sum of any of the units can be shown.
  func checkSums() throws {
    let amounts: [(UnitClosing) -> Money] = [
      \.budget, \.base, \.carriedIn, \.actualPay, \.actualOther, \.spent, \.result, \.balance,
    ]
    for amount in amounts where units.reduce(Int128(0), { $0 + Int128(amount($1).magnitude) }) > Int128(Int64.max) {
      guard let largest = units.max(by: { amount($0).magnitude < amount($1).magnitude }) else { continue }
      throw ClosingOverflow(unit: largest.unit)
    }
  }
}

extension UnitClosing {
  /// Pay and other budget together. Where a closing is made or read, it has been seen to that the sum fits.
  var budget: Money { payBudget.adding(otherBudget) ?? .zero }
  /// Spent inside the decentral economy; it fits as the budget does.
  var spent: Money { actualPay.adding(actualOther) ?? .zero }
  /// Whether `budget` and `spent` fit in 64 bits.
  var fits: Bool { payBudget.adding(otherBudget) != nil && actualPay.adding(actualOther) != nil }
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
    _ = try fit(adjusted)
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
    carriedInFrom = facts.carriedInFrom
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

extension UnitFacts {
  /// What a model takes its percentages of (1.I); zero where it does not fit in 64 bits.
  func base(for model: SteeringModel) -> Money {
    let adjusted = Int128(budget.pay.ore) + Int128(budget.other.ore)
    return Int64(exactly: model.base == .adjusted ? adjusted : budget.originalTotal ?? adjusted).map { Money(ore: $0) }
      ?? .zero
  }
}

extension UnitFacts {
  /// What a model would say if the unit left the year with a balance; nil where the amounts do not fit.
  func verdict(leavingWith balance: Money, _ year: FiscalYear, by model: SteeringModel) -> BriefVerdict? {
    balance.subtracting(carriedIn).map { result in
      model.verdict(
        on: RuleFacts(
          year: year, base: base(for: model), carriedIn: carriedIn, result: result, balance: balance, plans: plans))
    }
  }
}

extension BudgetRow {
  /// The original budget; nil where the file did not tell it.
  var originalTotal: Int128? {
    guard originalPay != nil || originalOther != nil else { return nil }
    return Int128((originalPay ?? pay).ore) + Int128((originalOther ?? other).ore)
  }
}
