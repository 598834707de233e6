import Database
import Ledger
import Organisation
import RuleKit
import SteeringCore
import SurfaceKit

/// What the database knows about one unit in one round.
private struct UnitBooks: Sendable {
  let budgetRow: BudgetRow?
  let plans: [PlanFact]
  let ledger: UnitLedger
  let history: [Round.ID: UnitClosing]

  init(_ connection: any DatabaseConnection, _ unit: UnitCode, _ round: Round) throws {
    let store = ImportStore(connection)
    let files = try store.files(round.inputs.map(\.importID))
    func last(_ kind: FileKind) -> ImportedFile? { files.last { $0.kind == kind } }
    budgetRow = try last(.budget).flatMap { try store.budget($0.id).first { $0.unit == unit } }
    plans = try last(.plans).flatMap { try store.plans($0)[unit] } ?? []
    ledger = try UnitLedger(store, unit, files)
    history = try RoundStore(connection: connection).history(unit)
  }
}

extension UnitLedger {
  /// What each file gave.
  fileprivate var sources: [UnitShowModel.Source] {
    files.enumerated().compactMap { index, file in
      let sums = sums.filter { $0.file == index }
      guard !sums.isEmpty else { return nil }
      return .init(
        file: file.fileName, hash: String(file.contentHash.prefix(12)), rows: sums.postingCount, sum: sums.amount)
    }
  }

  /// What was spent in each month that has postings inside the decentral economy.
  fileprivate var months: [UnitShowModel.Month] {
    (1...12).compactMap { month in
      let sums = sums.filter { $0.month == month && $0.category != .outside }
      guard !sums.isEmpty else { return nil }
      return .init(
        month: month, rows: sums.postingCount, pay: sums.filter { $0.category == .pay }.amount,
        other: sums.filter { $0.category == .other }.amount)
    }
  }

  /// What was spent on each account: pay first, what is outside last.
  fileprivate var parts: [UnitShowModel.Part] {
    Dictionary(grouping: sums, by: \.account).sorted { left, right in
      let (first, second) = (left.value[0].category.rawValue, right.value[0].category.rawValue)
      return first == second ? left.key < right.key : first < second
    }.map { account, sums in
      .init(
        function: account.function, kind: account.kind, category: sums[0].category.name, rows: sums.postingCount,
        sum: sums.amount)
    }
  }
}

extension ClosingReader {
  /// The page of a unit in a round. Throws `Trouble` where there is no such unit or round.
  func unitShow(_ code: UnitCode, round id: String?) async throws -> UnitShowModel {
    guard let shown = try await shown(id), let unit = shown.units.first(where: { $0.unit == code }) else {
      throw UnitShowTexts.missing(code)
    }
    let round = shown.round
    let books = try await database.read(tenant) { try UnitBooks($0, code, round) }
    let facts = RuleFacts(
      year: round.id.year, base: unit.base, carriedIn: unit.carriedIn, result: unit.result, balance: unit.balance,
      plans: books.plans)
    let verdict = shown.model.evaluate(facts)
    let directorate = shown.tree.directorate(of: code)
    let before = shown.rounds.standing.first { $0.id.year.number == round.id.year.number - 1 }
    func demands(_ ids: [String], _ rule: (String) -> ConsequenceRule?) -> [UnitShowModel.Demand] {
      ids.compactMap(rule).map { .init(id: $0.id, name: $0.name, text: $0.explanation) }
    }
    return UnitShowModel(
      code: code, name: unit.name, directorateCode: directorate?.code.text ?? "", directorate: directorate?.name ?? "",
      round: shown.name, modelName: shown.model.name, light: shown.sign(unit.verdict.light),
      lightDemand: unit.verdict.duties.isEmpty ? nil : shown.model.light(unit.verdict.light)?.demand,
      payBudget: unit.payBudget, otherBudget: unit.otherBudget, budget: unit.budget, spentOnPay: unit.actualPay,
      spentOnOther: unit.actualOther, spent: unit.spent, result: unit.result, carriedIn: unit.carriedIn,
      balance: unit.balance, balanceBasisPoints: unit.balanceBasisPoints,
      spentByMonth: unit.monthlyCumulated.map { Money(ore: $0) },
      spentLastYearByMonth: before.flatMap { books.history[$0.id] }?.monthlyCumulated.map { Money(ore: $0) } ?? [],
      years: years(shown, books.history), duties: demands(unit.verdict.duties, shown.model.duty),
      reviews: demands(unit.verdict.reviews, shown.model.review),
      plans: books.plans.map {
        .init(year: $0.year, kind: $0.kind.name, approvedOn: $0.approvedOn, repaidBy: $0.repaidBy, isKept: $0.kept)
      }, reasons: UnitReasons(unit: unit, shown: shown, verdict: verdict, row: books.budgetRow).reasons,
      sources: books.ledger.sources, months: books.ledger.months, parts: books.ledger.parts)
  }

  /// What the unit's page says about the running year; nil where an earlier round is looked at. Only for those who may
  /// read the supervision: it tells what the leader expects.
  func unitRoad(_ code: UnitCode, round id: String?, on day: CalendarDate) async throws -> UnitRoadModel? {
    guard id == nil, let shown = try await shown(nil) else { return nil }
    let (model, year, leaders, shelf) = (shown.model, shown.round.id.year, leaders, shelf)
    return try await database.read(tenant) { connection in
      guard let (running, forecasts) = try shelf.forecasts(connection, on: day), running.year >= year,
        let facts = running.units[code]
      else { return nil }
      let leader = try leaders(connection, code, running.year)
      return UnitRoadModel(running, facts, forecasts.forecast(code), by: model, leader: leader)
    }
  }

  private func years(_ shown: Shown, _ history: [Round.ID: UnitClosing]) -> [UnitShowModel.YearEnd] {
    let standing = shown.rounds.standing.filter { $0.id.year < shown.round.id.year }.prefix(3)
    let rounds = standing.reversed() + [shown.round]
    return rounds.compactMap { round in
      guard let unit = history[round.id] else { return nil }
      let model = readModel(round.modelText) ?? shown.model
      return .init(
        year: round.id.year.number, balance: unit.balance, balanceBasisPoints: unit.balanceBasisPoints,
        light: model.sign(unit.verdict.light), round: round.id.text)
    }
  }
}

extension PlanKind {
  /// What the plan is called.
  var name: Words {
    switch self {
    case .administrative: Words("administrativ handleplan", en: "administrative action plan")
    case .actionPlan: Words("handleplan", en: "action plan")
    case .recovery: Words("handleplan for gældsafvikling", en: "recovery plan")
    }
  }
}
