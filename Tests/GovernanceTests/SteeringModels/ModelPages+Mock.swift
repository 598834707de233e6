import RuleKit
import SteeringCore
import SurfaceKit

@testable import Governance

extension ModelShowModel {
  /// The model in force, with counts.
  static let mock = make(hasRound: true)
  /// The same before the first closing.
  static let mockWithoutRound = make(hasRound: false)

  private static func make(hasRound: Bool) -> ModelShowModel {
    let source = "seeds/004, bilag 2"
    func rule(
      _ id: String, _ heading: Words, _ text: Words, _ number: String, _ parameters: [Parameter], _ count: Int?
    ) -> Rule {
      Rule(
        id: id, heading: heading, text: text, condition: Words("saldoen er negativ", en: "the balance is negative"),
        source: .cited(Citation(rule: number, source: source), .stated), parameters: parameters,
        touched: hasRound ? count : nil, units: Address("/units").with("duty", id))
    }
    func light(_ sign: LightSign, _ condition: Words, _ number: String, _ count: Int) -> Light {
      Light(
        sign: sign, condition: condition, demand: Words("Vi laver en handleplan.", en: "We make an action plan."),
        source: .cited(Citation(rule: number, source: source), .ourReading), count: hasRound ? count : nil,
        units: Address("/units").with("light", sign.id))
    }
    let limit = Parameter(
      name: Words("Grænse", en: "Limit"), value: Words("5 %", en: "5%"), place: "#parameter-surplus.explanationPct")
    return ModelShowModel(
      id: "randersmodellen-2.0", name: Words(same: "Randersmodellen 2.0"),
      description: Words("En model til prøve.", en: "A model to try."),
      validFrom: CalendarDate(year: 2022, month: 1, day: 1)!, validTo: nil, isInForce: true,
      countsFrom: hasRound
        ? Words("Endelig opgørelse 2025, nr. 3", en: "Final closing 2025, no. 3") : ModelTexts.noRound,
      basis: [
        rule(
          "base", Words("Budgettet, vi måler mod", en: "The budget we measure against"),
          Words("Det korrigerede budget uden overførsler.", en: "The adjusted budget without carry-over."), "R-66",
          [Parameter(name: Words("Budget", en: "Budget"), value: Words("korrigeret", en: "adjusted"), place: nil)], nil)
      ],
      lights: [
        light(.exampleGreen, Words("saldoen er nul eller mere", en: "the balance is nil or more"), "R-108, R-109", 178),
        light(.exampleYellow, Words("underskuddet er højst 5 %", en: "the deficit is at most 5%"), "R-110", 19),
        light(.exampleRed, Words("underskuddet er over 5 %", en: "the deficit is above 5%"), "R-111", 13),
      ],
      duties: [
        rule(
          "explainSurplus", Words("Forklar overskuddet", en: "Explain the surplus"),
          Words(
            "Er overskuddet større end grænsen, fortæller enheden, hvad det skal bruges til.",
            en: "Above the limit the unit tells what the surplus is for."), "R-74", [limit], 21),
        rule(
          "actionPlan", Words("Handleplan", en: "Action plan"),
          Words("Ender saldoen under nul, laver enheden en handleplan.", en: "Below nil a plan is made."), "R-85", [],
          32),
      ],
      reviews: [
        rule(
          "debtOverLimit", Words("Gæld over grænsen", en: "Debt above the limit"),
          Words(
            "Er gælden større end grænsen, vurderes de økonomiske frihedsgrader konkret.",
            en: "Above the limit the financial freedoms are reviewed."), "R-96", [limit], 0)
      ],
      settings: [
        Setting(
          id: "surplus.explanationPct", name: limit.name, value: limit.value,
          uses: [.init(name: Words("Forklar overskuddet", en: "Explain the surplus"), place: "#rule-explainSurplus")],
          source: .cited(Citation(rule: "R-74", source: source), .stated)),
        Setting(
          id: "forecast.planThreshold", name: Words("Ventet merforbrug", en: "Expected overspend"),
          value: Words("ikke fastsat", en: "not set"), uses: [],
          source: .cited(Citation(rule: "R-78", source: source), .ourReading)),
      ],
      others: [Other(id: "eksempel", name: Words("Eksempelmodellen", en: "The example model"))])
  }
}

extension ModelCompareModel {
  /// Two models that differ in two points.
  static let mock = make(rightLimit: "2 %")
  /// Two that say the same.
  static let mockSame = make(rightLimit: "5 %")

  private static func make(rightLimit: String) -> ModelCompareModel {
    let left = ModelShowModel.Other(id: "randersmodellen-2.0", name: Words(same: "Randersmodellen 2.0"))
    let right = ModelShowModel.Other(id: "eksempel", name: Words("Eksempelmodellen", en: "The example model"))
    let isSame = rightLimit == "5 %"
    return ModelCompareModel(
      left: left, right: right,
      groups: [
        Group(
          id: "lights", name: Words("Indikatorer", en: "Lights"),
          lines: [
            Line(
              name: Words("rød", en: "red"), left: Words("underskud over 5 %", en: "deficit above 5%"),
              right: isSame
                ? Words("underskud over 5 %", en: "deficit above 5%")
                : Words("underskud over 2 %", en: "deficit above 2%")),
            Line(
              name: Words("blå", en: "blue"), left: nil,
              right: isSame ? nil : Words("saldoen er præcis nul", en: "the balance is exactly nil")),
          ]),
        Group(
          id: "duties", name: Words("Krav", en: "Duties"),
          lines: [
            Line(
              name: Words("Handleplan", en: "Action plan"), left: Words("saldo under nul", en: "balance below nil"),
              right: Words("saldo under nul", en: "balance below nil"))
          ]),
      ], models: [left, right])
  }
}
