import SteeringCore

/// Runs the invented municipality through its years: each year's closing balance, to the øre, opens the next.
struct InventedMunicipality {
  private let blueprint: Blueprint
  private let chooser: BalanceChooser
  /// The balance each unit carries into the year that is next, in øre.
  private var carried: [UnitCode: Int64] = [:]
  /// The plans that run in the year that is next.
  private var running: [Plan] = []
  private(set) var files: [DemoFile] = []

  init() throws(DemoDataError) {
    blueprint = try Blueprint()
    chooser = BalanceChooser(stories: blueprint.stories)
    files.append(organisation())
    files.append(
      DemoFile(kind: .accounts, name: "konti.csv", year: nil, text: NativeFiles.text(blueprint.accounts)))
    for plan in blueprint.years { run(plan) }
  }

  /// The fiscal years that are over, ascending.
  var years: [FiscalYear] { blueprint.years.filter(\.isWhole).map(\.year) }
  /// The year that is running; nil where every year is over.
  var runningYear: FiscalYear? { blueprint.years.first { !$0.isWhole }?.year }

  private func organisation() -> DemoFile {
    var records = [
      ["Kode", "Navn", "Type", "Overordnet", "Borgervendt", "Kræver aftale", "Gyldig fra", "Gyldig til"]
    ]
    let from = (blueprint.years.first?.year.firstDay.iso) ?? ""
    for row in blueprint.organisation { records.append(row + ["nej", "nej", from, ""]) }
    for unit in blueprint.units {
      let parent = unit.code.text.split(separator: ".").dropLast().joined(separator: ".")
      records.append([
        unit.code.text, unit.name, "aftaleenhed", parent, unit.kind.citizenFacing ? "ja" : "nej",
        unit.kind.requiresAgreement ? "ja" : "nej", unit.from?.iso ?? from, unit.to?.iso ?? "",
      ])
    }
    return DemoFile(kind: .organisation, name: "organisation.csv", year: nil, text: NativeFiles.text(records))
  }

  /// Makes the files of one year and carries the balances on.
  private mutating func run(_ plan: YearPlan) {
    let year = plan.year
    let isFirst = year == blueprint.years.first?.year
    var units: [UnitYear] = []
    for unit in blueprint.units {
      guard let months = unit.months(of: year) else { continue }
      let budget = UnitBudget(unit, in: year, months: months, years: blueprint.years)
      let carriedIn =
        isFirst ? chooser.opening(unit, base: budget.base, first: year) : carried[unit.code] ?? 0
      units.append(UnitYear(unit: unit, months: months, budget: budget, carriedIn: carriedIn))
    }
    if isFirst, let before = FiscalYear(year.number - 1) {
      for unitYear in units { carried[unitYear.unit.code] = unitYear.carriedIn }
      renewPlans(after: before, units)
    }

    var maker = PostingMaker(catalogue: blueprint.catalogue, year: year)
    var closings: [(UnitYear, Int64)] = []
    for (place, balance) in chooser.balances(units, plan: plan).enumerated() {
      let inside = maker.add(units[place], place: place, leavingWith: balance)
      closings.append((units[place], units[place].carriedIn + units[place].budget.base - inside))
    }
    let ledger = InventedLedger.text(
      maker.postings.filter { $0.date / 100 <= plan.lastMonth }, units: units.map(\.unit),
      catalogue: blueprint.catalogue, year: year)
    files.append(DemoFile(kind: .budget, name: "budget-\(year).csv", year: year, text: budgetFile(units)))
    files.append(DemoFile(kind: .ledger, name: "regnskab-\(year).csv", year: year, text: ledger))
    files.append(DemoFile(kind: .plans, name: "planer-\(year).csv", year: year, text: plansFile(closings, year)))
    carry(closings, after: year)
    renewPlans(after: year, units)
  }

  private func budgetFile(_ units: [UnitYear]) -> String {
    let header = [
      "Aftaleenhed", "Navn", "Lønbudget", "Øvrigbudget", "Overførsel", "Oprindelig løn", "Oprindelig øvrig",
    ]
    let records = units.map { year in
      let budget = year.budget
      let amounts = [budget.pay, budget.other, year.carriedIn, budget.originalPay, budget.originalOther]
      return [year.unit.code.text, year.unit.name] + amounts.map(NativeFiles.amount)
    }
    return NativeFiles.text([header] + records)
  }

  /// A unit that is gone leaves its balance to its successor.
  private mutating func carry(_ closings: [(UnitYear, Int64)], after year: FiscalYear) {
    carried = [:]
    for (unitYear, balance) in closings {
      let unit = unitYear.unit
      let isGone = unit.to.map { $0 <= year.lastDay } ?? false
      carried[isGone ? unit.successor ?? unit.code : unit.code, default: 0] += balance
    }
  }

  private func plansFile(_ closings: [(UnitYear, Int64)], _ year: FiscalYear) -> String {
    let header = ["Aftaleenhed", "År", "Art", "Godkendt", "Tilbagebetalt senest", "Overholdt"]
    let ends = Dictionary(
      closings.map { ($0.0.unit.code, (base: $0.0.budget.base, balance: $0.1)) },
      uniquingKeysWith: { first, _ in first })
    let records: [[String]] = running.compactMap { plan in
      guard let end = ends[plan.unit] else { return nil }
      let kept = plan.isKept(in: year, balance: end.balance, base: end.base)
      return [
        plan.unit.text, String(plan.year), plan.kind.rawValue, plan.approved?.iso ?? "", String(plan.repaidBy),
        kept.map { $0 ? "ja" : "nej" } ?? "",
      ]
    }
    return NativeFiles.text([header] + records)
  }

  /// After a closing: plans that still run go on, and each other unit that carries a debt makes one, also
  /// where it has taken the debt over.
  private mutating func renewPlans(after year: FiscalYear, _ units: [UnitYear]) {
    let bases = Dictionary(units.map { ($0.unit.code, $0.budget.base) }, uniquingKeysWith: { first, _ in first })
    var next: [Plan] = []
    for unit in blueprint.units {
      guard let balance = carried[unit.code], balance < 0 else { continue }
      let going =
        blueprint.plans.filter { $0.unit == unit.code && $0.year == year.number }
        + running.filter { $0.unit == unit.code && $0.repaidBy > year.number }
      let isLarge = Light(balance: balance, base: bases[unit.code] ?? 0) == .red
      next += going.isEmpty ? [Plan(after: year, unit, isLarge: isLarge)] : going
    }
    running = next
  }
}
