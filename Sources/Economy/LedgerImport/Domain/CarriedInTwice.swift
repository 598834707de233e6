import Ledger
import SteeringCore

/// A unit whose balance carried in stands both in the budget and in a file of its own, with two amounts. The budget's
/// column is the balance carried in (it is part of the native budget), so it counts; but nobody shall miss that the
/// other file says something else.
struct CarriedInTwice: Hashable, Sendable {
  let unit: UnitCode
  /// What the budget says, positive = surplus. It counts.
  let inBudget: Money
  /// What the carry-over file says.
  let inFile: Money

  /// The units on which the two disagree, in the order of the budget.
  static func all(_ budget: [BudgetRow], _ carried: [UnitCode: Money]) -> [CarriedInTwice] {
    budget.compactMap { row in
      guard let inBudget = row.carriedIn, let inFile = carried[row.unit], inBudget != inFile else { return nil }
      return CarriedInTwice(unit: row.unit, inBudget: inBudget, inFile: inFile)
    }
  }

  /// The remark on one of the two files; `budget` and `file` are their names.
  func remark(on place: String, line: Int, budget: String, file: String) -> Finding {
    let (counts, other) = (inBudget.withOre, inFile.withOre)
    return Finding(
      .remark, file: place, line: line,
      read: Words(
        "enheden »\(unit)« får overført \(counts) kr. i \(budget) og \(other) kr. i \(file)",
        en: "the unit »\(unit)« is carried in with \(counts) kr. in \(budget) and \(other) kr. in \(file)"),
      remedy: Words(
        "tallet i \(budget) bruges; ret den fil, der tager fejl",
        en: "the figure in \(budget) is used; mend the file that is wrong"))
  }
}
