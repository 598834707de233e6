import SteeringCore

/// The budget of a unit in a year, in øre. Expenses and income are both positive here.
struct UnitBudget {
  /// The adjusted pay budget.
  let pay: Int64
  /// The adjusted budget for purchases.
  let purchases: Int64
  /// The expected income.
  let income: Int64
  /// The pay budget as adopted before the year.
  let originalPay: Int64
  /// Purchases less income as adopted before the year.
  let originalOther: Int64

  /// The adjusted budget for other than pay.
  var other: Int64 { purchases - income }
  /// Pay and other together, without carry-over: what the lights are measured by.
  var base: Int64 { pay + other }

  /// Whole thousands of kroner, in øre.
  private static let step: Int64 = 100_000

  /// The budget of `unit` in `year`: its size in the first year, grown year by year, cut to the months at work,
  /// then moved a little by appropriations during the year. Budgets are whole thousands of kroner, so that a whole
  /// number of hundredths of a percent of the base is a whole number of øre.
  init(_ unit: InventedUnit, in year: FiscalYear, months: ClosedRange<Int>, years: [YearPlan]) {
    let expenses = Self.expenses(unit) + Self.takenOver(by: unit, before: year)
    var pay = expenses * unit.kind.payPercent / 100
    var purchases = expenses - pay
    var income = expenses * unit.kind.incomePercent / 100
    for plan in years where plan.year <= year {
      var own = unit.numbers("growth", plan.year)
      let demand = own.draw(-12...12)
      pay = pay * (1_000 + plan.payGrowth + demand) / 1_000
      purchases = purchases * (1_000 + plan.otherGrowth + demand) / 1_000
      income = income * (1_000 + plan.otherGrowth) / 1_000
    }
    func rounded(_ amount: Int64) -> Int64 { amount * Int64(months.count) / 12 / Self.step * Self.step }
    var appropriations = unit.numbers("appropriations", year)
    self.income = rounded(income)
    originalPay = rounded(pay)
    originalOther = rounded(purchases) - rounded(income)
    self.pay = rounded(pay * (1_000 + appropriations.draw(-4...10)) / 1_000)
    self.purchases = rounded(purchases * (1_000 + appropriations.draw(-15...18)) / 1_000)
  }

  /// The yearly expenses of a unit at the level of the first year.
  private static func expenses(_ unit: InventedUnit) -> Int64 {
    var size = SeededNumbers("\(unit.code)/size")
    return size.draw(unit.kind.expenses) * step
  }

  /// What a unit that was already there took over from units that closed in earlier years: three fifths of their
  /// expenses, for the users who followed. A unit that opened to replace others is as large as its kind.
  private static func takenOver(by unit: InventedUnit, before year: FiscalYear) -> Int64 {
    guard unit.from == nil else { return 0 }
    return unit.predecessors.filter { $0.to.map { $0 < year.firstDay } ?? false }
      .reduce(0) { $0 + expenses($1) * 3 / 5 / step * step }
  }
}
