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
  let sources: [UnitShowModel.Source]
  let parts: [UnitShowModel.Part]
  let history: [Round.ID: UnitClosing]

  init(_ connection: any DatabaseConnection, _ unit: UnitCode, _ round: Round) throws {
    let store = ImportStore(connection)
    let all = Dictionary(uniqueKeysWithValues: try store.all().map { ($0.id, $0) })
    let files = round.inputs.compactMap { all[$0.importID] }
    func last(_ kind: FileKind) -> ImportedFile? { files.last { $0.kind == kind } }
    budgetRow = try last(.budget).flatMap { try store.budget($0.id).first { $0.unit == unit } }
    plans = try last(.plans).flatMap { try store.plans($0)[unit] } ?? []
    let mapping = try store.mapping(last(.accounts)?.id)
    var sources: [UnitShowModel.Source] = []
    var sums: [[String]: (AccountCategory, Int, Int64)] = [:]
    for file in files where file.kind == .ledger {
      let found = try store.accountSums([file.id], unit: unit)
      guard !found.isEmpty else { continue }
      sources.append(
        .init(
          file: file.fileName, hash: String(file.contentHash.prefix(12)), rows: found.reduce(0) { $0 + $1.count },
          sum: Money(ore: found.reduce(0) { $0 + $1.sumOre })))
      for sum in found {
        let known = sums[[sum.function, sum.kind]]
        let category = known?.0 ?? mapping.category(unit: unit.text, function: sum.function, kind: sum.kind)
        sums[[sum.function, sum.kind]] = (category, (known?.1 ?? 0) + sum.count, (known?.2 ?? 0) + sum.sumOre)
      }
    }
    self.sources = sources
    parts = sums.sorted { ($0.value.0.rawValue, $0.key[0], $0.key[1]) < ($1.value.0.rawValue, $1.key[0], $1.key[1]) }
      .map { key, value in
        .init(
          function: key[0], kind: key[1], category: value.0.name, rows: value.1, sum: Money(ore: value.2))
      }
    history = try RoundStore(connection: connection).history(unit)
  }
}

extension AccountCategory {
  /// Where the account counts, in words.
  var name: Words {
    switch self {
    case .pay: Words("løn", en: "pay")
    case .other: Words("øvrig drift", en: "other operations")
    case .outside: Words("uden for den decentrale økonomi", en: "outside the decentral economy")
    }
  }
}

extension ClosingReader {
  /// The page of a unit in a round. Throws `Trouble` where there is no such unit or round.
  func unitShow(_ code: UnitCode, round id: String?) async throws -> UnitShowModel {
    guard let shown = try await shown(id), let unit = shown.units.first(where: { $0.unit == code }) else {
      throw Trouble.notFound(
        Words(
          "Vi har ingen aftaleenhed med koden \(code) i den opgørelse.",
          en: "We have no unit with code \(code) in that closing."))
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
      ids.compactMap(rule).map { .init(id: $0.id, name: $0.name, text: $0.explanation, deadline: nil) }
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
      }, reasons: UnitReasons(unit: unit, shown: shown, verdict: verdict, row: books.budgetRow).all,
      sources: books.sources, parts: books.parts)
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

/// The reasons of a unit's numbers and outcomes, in the order they are reckoned.
private struct UnitReasons {
  let unit: UnitClosing
  let shown: ClosingReader.Shown
  let verdict: Verdict
  let row: BudgetRow?

  var all: [UnitShowModel.Reason] { sums + light + consequences }

  private func kroner(_ name: Words, _ amount: Money) -> UnitShowModel.Reason.Input {
    .init(name: name, value: Format.words { $0.exact(amount) })
  }

  private func sum(
    _ id: String, _ heading: Words, _ rule: Words, _ citation: Citation?, _ inputs: [UnitShowModel.Reason.Input],
    _ outcome: Money
  ) -> UnitShowModel.Reason {
    .init(
      id: id, heading: heading, rule: rule, citation: citation, parameters: [], inputs: inputs,
      outcome: Format.words { $0.exact(outcome) }, hasFired: nil)
  }

  private static let oneBag = Citation(rule: "R-66", source: "seeds/004, annex 2, Økonomisk decentralisering")
  private static let carry = Citation(rule: "R-73, R-75", source: "seeds/004, annex 2, Økonomisk decentralisering")

  private var sums: [UnitShowModel.Reason] {
    [
      sum(
        "budget", UnitShowTexts.budget, ReasonTexts.budget(row?.line), Self.oneBag,
        [kroner(ReasonTexts.pay, unit.payBudget), kroner(ReasonTexts.other, unit.otherBudget)], unit.budget),
      sum(
        "spent", UnitShowTexts.spent, ReasonTexts.spent, Citation(rule: "R-66, R-68, R-70", source: Self.oneBag.source),
        [kroner(ReasonTexts.pay, unit.actualPay), kroner(ReasonTexts.other, unit.actualOther)], unit.spent),
      sum(
        "result", UnitShowTexts.result, ReasonTexts.result, Self.oneBag,
        [kroner(UnitShowTexts.budget, unit.budget), kroner(UnitShowTexts.spent, unit.spent)], unit.result),
      sum("carried-in", UnitShowTexts.carriedIn, carriedInRule, Self.carry, [], unit.carriedIn),
      sum(
        "balance", UnitShowTexts.balance, ReasonTexts.balance, Self.carry,
        [kroner(UnitShowTexts.carriedIn, unit.carriedIn), kroner(UnitShowTexts.result, unit.result)], unit.balance),
    ]
  }

  private var carriedInRule: Words {
    if row?.carriedIn != nil { return ReasonTexts.carriedInBudget }
    guard let from = shown.round.carriedFrom else { return ReasonTexts.carriedInFile }
    return ReasonTexts.carriedInRound(from.text)
  }

  private var light: [UnitShowModel.Reason] {
    let steps = verdict.steps.filter { $0.kind == .light }
    guard let step = steps.first(where: \.holds) ?? steps.first else { return [] }
    let tried = steps.prefix { !$0.holds }.map(\.sentence)
    let sentences = tried + (step.holds ? [step.sentence] : [])
    let rule = Words(
      sentences.map(\.danish).joined(separator: " "), en: sentences.map(\.english).joined(separator: " "))
    let used = steps.flatMap(\.parameters)
    return [
      .init(
        id: "light", heading: ReasonTexts.light, rule: rule, citation: step.citation, parameters: parameters(used),
        inputs: [kroner(UnitShowTexts.balance, unit.balance), kroner(shown.model.base.name, unit.base)],
        outcome: shown.sign(unit.verdict.light).name, hasFired: nil)
    ]
  }

  private func parameters(_ parameters: [Parameter]) -> [UnitShowModel.Reason.Input] {
    parameters.map { parameter in
      let value = parameter.value.words
      let rule = parameter.citation.rule
      return .init(name: parameter.name, value: Words("\(value.danish) (\(rule))", en: "\(value.english) (\(rule))"))
    }
  }

  private var consequences: [UnitShowModel.Reason] {
    verdict.steps.filter { $0.kind != .light }.map { step in
      .init(
        id: step.ruleID, heading: step.name, rule: step.sentence, citation: step.citation,
        parameters: parameters(step.parameters), inputs: [],
        outcome: step.holds ? ReasonTexts.fired(step.kind) : ReasonTexts.notFired(step.kind), hasFired: step.holds)
    }
  }
}

private enum ReasonTexts {
  static let pay = Words("løn", en: "pay")
  static let other = Words("øvrig drift", en: "other operations")
  static let light = Words("Indikator", en: "Light")
  static let spent = Words(
    "Alle årets posteringer på enheden, som hører til den decentrale økonomi. Det udenfor tæller ikke med.",
    en: "All postings of the year on the unit that belong to the decentral economy. What is outside does not count.")
  static let result = Words("Budget minus forbrug. Plus er overskud.", en: "Budget less spent. Plus is a surplus.")
  static let balance = Words(
    "Overført fra tidligere år plus årets resultat. Saldoen føres videre til næste år.",
    en: "Carried in from earlier years plus the result of the year. The balance is carried on to the next year.")
  static let carriedInBudget = Words("Står i budgetfilen.", en: "Stands in the budget file.")
  static let carriedInFile = Words(
    "Står i filen med overførsler; enheder uden tal begynder med 0.",
    en: "Stands in the carry-over file; units without a figure begin with 0.")

  static func carriedInRound(_ id: String) -> Words {
    Words("Saldoen ud af opgørelse \(id).", en: "The balance out of closing \(id).")
  }

  static func budget(_ line: Int?) -> Words {
    let place = line.map { Words(" Står i budgetfilens linje \($0).", en: " Stands in line \($0) of the budget file.") }
    return Words(
      "Én pose penge: løn og øvrig drift uden overførsler." + (place?.danish ?? ""),
      en: "One bag of money: pay and other operations without carry-over." + (place?.english ?? ""))
  }

  static func fired(_ kind: RuleKind) -> Words {
    kind == .review
      ? Words("skal vurderes konkret af mennesker", en: "people review it") : Words("er et krav", en: "is a duty")
  }

  static func notFired(_ kind: RuleKind) -> Words {
    kind == .review ? Words("ingen vurdering", en: "no review") : Words("intet krav", en: "no duty")
  }
}
