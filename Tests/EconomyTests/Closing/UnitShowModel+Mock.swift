import SteeringCore
import SurfaceKit

@testable import Economy

extension UnitShowModel {
  /// A unit a little below nothing for the second year.
  static let mock = make(isInDeficit: true)
  /// A unit with a small surplus, of which nothing is asked, and little is known from before.
  static let mockQuiet = make(isInDeficit: false)

  private static func make(isInDeficit: Bool) -> UnitShowModel {
    let spent = isInDeficit ? Money(ore: 70_512_480) : Money(ore: 68_400_050)
    let budget = Money(kroner: 693_333)
    let carriedIn = isInDeficit ? Money(ore: -688_500 + 619_680) : Money(kroner: 4_000)
    let result = budget - spent
    let balance = carriedIn + result
    let light: LightSign = isInDeficit ? .exampleYellow : .exampleGreen
    return UnitShowModel(
      code: UnitCode("1004"), name: "Møllehuset 1", directorateCode: "1", directorate: "Børn, Skole og Familie",
      round: .mockFinal, modelName: Words(same: "Randersmodellen 2.0"), light: light,
      lightDemand: isInDeficit ? actionPlan.text : nil,
      payBudget: Money(kroner: 560_000), otherBudget: Money(kroner: 133_333), budget: budget,
      spentOnPay: spent - Money(kroner: 120_000), spentOnOther: Money(kroner: 120_000), spent: spent, result: result,
      carriedIn: carriedIn, balance: balance,
      balanceBasisPoints: Percentage.basisPoints(balance, of: budget),
      spentByMonth: cumulated(to: spent),
      spentLastYearByMonth: isInDeficit ? cumulated(to: Money(kroner: 671_020)) : [],
      years: years(isInDeficit, balance, light), duties: isInDeficit ? [actionPlan] : [],
      reviews: isInDeficit ? [twoYears] : [],
      plans: isInDeficit
        ? [
          Plan(
            year: 2024, kind: Words("handleplan", en: "action plan"),
            approvedOn: CalendarDate(year: 2025, month: 3, day: 11), repaidBy: 2025, isKept: false)
        ] : [],
      reasons: reasons(budget, spent, result, carriedIn, balance, light),
      sources: [
        Source(file: "finans-2025.csv", hash: "3b0c44298fc1", rows: 842, sum: spent - Money(kroner: 3_400)),
        Source(file: "finans-2025-suppl.csv", hash: "9ae1b7852b85", rows: 3, sum: Money(kroner: 3_400)),
      ],
      months: [
        Month(month: 1, rows: 400, pay: spent - Money(kroner: 120_000), other: Money(kroner: 100_000)),
        Month(month: 12, rows: 445, pay: .zero, other: Money(kroner: 20_000)),
      ],
      parts: [
        Part(
          function: "5.25.14", kind: "1 Løn", category: Words("løn", en: "pay"), rows: 410,
          sum: spent - Money(kroner: 120_000)),
        Part(
          function: "5.25.14", kind: "2.9 Øvrige køb", category: Words("øvrig drift", en: "other"), rows: 435,
          sum: Money(kroner: 120_000)),
      ])
  }

  private static func cumulated(to total: Money) -> [Money?] {
    [81, 162, 246, 331, 418, 503, 571, 655, 741, 822, 907, 1_000].map { Money(ore: total.ore * $0 / 1_000) }
  }

  private static func years(_ isInDeficit: Bool, _ balance: Money, _ light: LightSign) -> [YearEnd] {
    let last = YearEnd(
      year: 2025, balance: balance, balanceBasisPoints: isInDeficit ? -180 : 195, light: light, round: "2025-3")
    if !isInDeficit { return [last] }
    return [
      YearEnd(
        year: 2022, balance: Money(kroner: 14_200), balanceBasisPoints: 217, light: .exampleGreen, round: "2022-2"),
      YearEnd(
        year: 2023, balance: Money(kroner: 9_650), balanceBasisPoints: 143, light: .exampleGreen, round: "2023-2"),
      YearEnd(year: 2024, balance: Money(ore: -68_820), balanceBasisPoints: -10, light: .exampleYellow, round: nil),
      last,
    ]
  }

  private static let actionPlan = Demand(
    id: "actionPlan", name: Words("Handleplan", en: "Action plan"),
    text: Words(
      "Der skal laves en handleplan, og gælden skal afvikles i 2026.",
      en: "An action plan is to be made, and the debt repaid in 2026."))

  private static let twoYears = Demand(
    id: "twoNegativeYears", name: Words("To år med underskud", en: "Two years of deficit"),
    text: Words(
      "Direktionen laver en konkret vurdering af de økonomiske frihedsgrader.",
      en: "The executive board reviews the financial freedoms."))

  private static func reasons(
    _ budget: Money, _ spent: Money, _ result: Money, _ carriedIn: Money, _ balance: Money, _ light: LightSign
  ) -> Reasons {
    let source = Citation(rule: "R-66", source: "seeds/004, bilag 2")
    func kroner(_ name: Words, _ amount: Money) -> Reason.Input {
      Reason.Input(name: name, value: Format.words { $0.exact(amount) })
    }
    func sum(_ id: String, _ heading: Words, _ rule: Words, _ inputs: [Reason.Input], _ outcome: Money) -> Reason {
      Reason(
        id: id, heading: heading, rule: rule, citation: source, parameters: [], inputs: inputs,
        outcome: Format.words { $0.exact(outcome) }, hasFired: nil)
    }
    let limit = Reason.Input(name: Words("rød under", en: "red below"), value: Words("-5 %", en: "-5%"))
    let rule = Words(
      "Saldoen måles i forhold til budgettet uden overførsler.", en: "The balance is measured against the budget.")
    let sums = [
      sum("budget", UnitShowTexts.budget, Words("Løn og øvrig drift.", en: "Pay and other."), [], budget),
      sum("spent", UnitShowTexts.spent, Words("Posteringer i året.", en: "Postings of the year."), [], spent),
      sum(
        "result", UnitShowTexts.result, Words("Budget minus forbrug.", en: "Budget less spent."),
        [kroner(UnitShowTexts.budget, budget), kroner(UnitShowTexts.spent, spent)], result),
      sum("carried-in", UnitShowTexts.carriedIn, Words("Saldoen fra 2024.", en: "The balance of 2024."), [], carriedIn),
      sum(
        "balance", UnitShowTexts.balance, Words("Resultat plus overført.", en: "Result plus carried in."),
        [kroner(UnitShowTexts.result, result), kroner(UnitShowTexts.carriedIn, carriedIn)], balance),
    ]
    let decided = Reason(
      id: "light", heading: Words("Indikator", en: "Light"), rule: rule,
      citation: Citation(rule: "R-110", source: "seeds/004, bilag 2"), parameters: [limit],
      inputs: [kroner(UnitShowTexts.balance, balance)], outcome: light.name, hasFired: nil,
      triedBefore: [Words("Saldoen er ikke positiv.", en: "The balance is not positive.")])
    let rules = [
      Reason(
        id: "actionPlan", heading: actionPlan.name, rule: actionPlan.text,
        citation: Citation(rule: "R-85", source: "seeds/004, bilag 2"), parameters: [],
        inputs: [kroner(UnitShowTexts.balance, balance)],
        outcome: balance.isNegative
          ? Words("krav om handleplan", en: "action plan") : Words("intet krav", en: "nothing"),
        hasFired: balance.isNegative),
      Reason(
        id: "twoNegativeYears", heading: twoYears.name, rule: twoYears.text,
        citation: Citation(rule: "R-96", source: "seeds/004, bilag 2"), parameters: [], inputs: [],
        outcome: balance.isNegative ? Words("skal vurderes", en: "to be reviewed") : Words("intet", en: "nothing"),
        hasFired: balance.isNegative),
    ]
    return Reasons(light: decided, rules: rules, sums: sums)
  }
}
