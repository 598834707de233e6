import RuleKit
import SteeringCore
import SurfaceKit

/// The reasons of a unit's numbers and outcomes.
struct UnitReasons {
  let unit: UnitClosing
  let shown: ClosingReader.Shown
  let verdict: Verdict
  let row: BudgetRow?

  var reasons: UnitShowModel.Reasons { .init(light: light, rules: consequences, sums: sums) }

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
    switch unit.carriedInFrom {
    case .budget: ReasonTexts.carriedInBudget
    case .carryOver: ReasonTexts.carriedInFile
    case .earlierRound: ReasonTexts.carriedInRound(shown.round.carriedFrom?.text ?? "")
    case .nowhere: ReasonTexts.carriedInNowhere
    case nil: ReasonTexts.carriedInUnknown
    }
  }

  /// The light that was given, or none. A light that is left over when no other fits was decided by the last one that
  /// was tried.
  private var light: UnitShowModel.Reason? {
    let steps = verdict.steps.filter { $0.kind == .light }
    guard let given = steps.firstIndex(where: \.holds) ?? steps.indices.first else { return nil }
    let isLeftOver = shown.model.light(steps[given].ruleID)?.condition.isOtherwise ?? false
    let deciding = isLeftOver && given > 0 ? given - 1 : given
    return .init(
      id: "light", heading: ReasonTexts.light(shown.sign(unit.verdict.light)), rule: steps[deciding].sentence,
      citation: steps[given].citation, parameters: parameters(steps[deciding].parameters),
      inputs: [kroner(UnitShowTexts.balance, unit.balance), kroner(shown.model.base.name, unit.base)],
      outcome: shown.sign(unit.verdict.light).name, hasFired: nil, triedBefore: steps[..<deciding].map(\.sentence))
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
  static let spent = Words(
    "Alle årets posteringer på enheden, som hører til den decentrale økonomi. Det udenfor tæller ikke med.",
    en: "All postings of the year on the unit that belong to the decentral economy. What is outside does not count.")
  static let result = Words("Budget minus forbrug. Plus er overskud.", en: "Budget less spent. Plus is a surplus.")
  static let balance = Words(
    "Overført fra tidligere år plus årets resultat. Saldoen føres videre til næste år.",
    en: "Carried in from earlier years plus the result of the year. The balance is carried on to the next year.")
  static let carriedInBudget = Words("Står i budgetfilen.", en: "Stands in the budget file.")
  static let carriedInFile = Words("Står i filen med overførsler.", en: "Stands in the carry-over file.")
  static let carriedInNowhere = Words(
    "Hverken budgettet, en fil med overførsler eller året før nævner en saldo, så enheden begynder med 0.",
    en: "Neither the budget, a carry-over file nor the closing of the year before has a balance, so it begins with 0.")
  static let carriedInUnknown = Words(
    "Opgørelsen har ikke gemt, hvor tallet kommer fra.", en: "The closing has not kept where the figure comes from.")

  static func light(_ light: LightSign) -> Words {
    light.id == LightSign.none.id
      ? Words("Enheden har ingen indikator", en: "The unit has no light")
      : Words("Derfor er indikatoren \(light.name.danish)", en: "Why the light is \(light.name.english)")
  }

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
