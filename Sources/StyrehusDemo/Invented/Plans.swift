import SteeringCore

/// An action plan of the invented municipality.
struct Plan {
  enum Kind: String {
    case administrative = "administrativ"
    case actionPlan = "handleplan"
    case recovery = "genopretning"
  }

  let unit: UnitCode
  /// The year whose closing made the plan.
  let year: Int
  let kind: Kind
  /// The day the executive board approved it, nil where it did not.
  let approved: CalendarDate?
  /// The last year of repayment.
  let repaidBy: Int
  /// The first year in which the plan was not kept; nil: follow the balance.
  let brokenFrom: Int?

  /// The plans of the data file.
  static func stories() throws(DemoDataError) -> [Plan] {
    var plans: [Plan] = []
    for row in try DataTable("plans.csv", PackageResources.plans_csv).rows {
      guard let kind = Kind(rawValue: try row.text("Art")) else { throw row.error("the kind of plan is unknown") }
      let broken: Int? = try row.optional("Brudt fra") == nil ? nil : Int(try row.number("Brudt fra"))
      plans.append(
        Plan(
          unit: UnitCode(try row.text("Aftaleenhed")), year: Int(try row.number("År")), kind: kind,
          approved: try row.date("Godkendt"), repaidBy: Int(try row.number("Tilbagebetalt senest")),
          brokenFrom: broken))
    }
    return plans
  }

  /// The plan that a unit without a story makes when it leaves `year` with a debt: repaid next year; where the debt
  /// is large, half of the units have a plan over three years approved.
  init(after year: FiscalYear, _ unit: InventedUnit, isLarge: Bool) {
    var numbers = unit.numbers("plan", year)
    let takesYears = isLarge && numbers.draw(0...1) == 1
    self.init(
      unit: unit.code, year: year.number, kind: takesYears ? .recovery : .actionPlan,
      approved: takesYears
        ? CalendarDate(year: year.number + 1, month: 5, day: Int(numbers.draw(2...28))) : nil,
      repaidBy: year.number + (takesYears ? 3 : 1), brokenFrom: nil)
  }

  private init(
    unit: UnitCode, year: Int, kind: Kind, approved: CalendarDate?, repaidBy: Int, brokenFrom: Int?
  ) {
    self.unit = unit
    self.year = year
    self.kind = kind
    self.approved = approved
    self.repaidBy = repaidBy
    self.brokenFrom = brokenFrom
  }

  /// Whether the plan was kept in a year that ended with this balance (øre); nil while that is not judged, because
  /// the debt is not repaid, but not grown large either.
  func isKept(in year: FiscalYear, balance: Int64, base: Int64) -> Bool? {
    if let brokenFrom { return year.number < brokenFrom }
    if balance >= 0 { return true }
    if Light(balance: balance, base: base) == .red { return false }
    return repaidBy > year.number ? true : nil
  }
}
