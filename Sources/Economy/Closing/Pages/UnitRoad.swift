import Ledger
import RuleKit
public import SteeringCore
import SurfaceKit

/// What a unit's page says about the year that is running: where it is heading, and what would turn it.
struct UnitRoadModel: Sendable {
  let year: FiscalYear
  let lastMonth: Int
  let spent: Money
  let budget: Money
  /// What Styrehus expects, or why nothing can be said.
  let answer: ForecastAnswer
  /// Where that leads; nil where nothing is expected.
  let road: RoadToGreen?
  /// How many chances in basis points there are of each of the model's lights, in the model's order.
  let chances: [(light: LightSign, basisPoints: Int)]
  let light: LightSign
  let firstLight: LightSign
  /// What the leader expects the year to come to, where a month of it is signed.
  let leader: LeadersForecast?
}

/// What a unit's leader expects of the running year.
public struct LeadersForecast: Hashable, Sendable {
  /// What the year is expected to come to, expenses positive.
  public let expected: Money
  /// The month after which it was signed, 1...12.
  public let month: Int

  /// A leader's forecast.
  public init(expected: Money, month: Int) {
    self.expected = expected
    self.month = month
  }
}

extension UnitRoadModel {
  init(
    _ running: RunningYear, _ facts: UnitFacts, _ answer: ForecastAnswer, by model: SteeringModel,
    leader: LeadersForecast?
  ) {
    year = running.year
    lastMonth = running.lastMonth
    spent = facts.actuals.spent(to: running.lastMonth)
    budget = facts.budget.pay.adding(facts.budget.other) ?? .zero
    self.answer = answer
    self.leader = leader
    firstLight = model.lights.first.map { model.sign($0.id) } ?? .none
    guard case .forecast(let forecast) = answer else {
      (road, chances, light) = (nil, [], .none)
      return
    }
    road = RoadToGreen(
      facts, running.year, spent: spent, expected: forecast.expected, known: running.lastMonth, by: model)
    light = road.map { model.sign($0.verdict.light) } ?? .none
    chances = forecast.chances(facts, model)
  }
}

extension UnitForecast {
  /// The chance of each light: of the past errors, the part that would have led to it. Rounded each by itself. Empty
  /// where too few errors are known.
  fileprivate func chances(_ facts: UnitFacts, _ model: SteeringModel) -> [(light: LightSign, basisPoints: Int)] {
    let base = facts.base(for: model)
    let limits = model.lights.dropLast().compactMap { light -> Int64? in
      guard light.condition.clauses.count == 1,
        case .compare(.balance, .atLeast, let limit) = light.condition.clauses[0]
      else { return nil }
      switch limit {
      case .zero: return 0
      case .share(let share, let isNegative, _): return Self.limit(isNegative ? -share : share, of: base)
      }
    }
    guard limits.count == model.lights.count - 1, limits == limits.sorted(by: >) else { return [] }
    var above = 10_000
    var found: [(LightSign, Int)] = []
    for (light, limit) in zip(model.lights, limits) {
      guard let below = chance(below: limit, carriedIn: facts.carriedIn) else { return [] }
      found.append((model.sign(light.id), above - below))
      above = below
    }
    if let last = model.lights.last { found.append((model.sign(last.id), above)) }
    return found
  }
}

/// The section of a unit's page.
struct UnitRoad {
  let model: UnitRoadModel

  @HTML var nodes: [Node] {
    h2(.id("road")) { UnitRoadTexts.title(model.year) }
    switch model.answer {
    case .nothing(let reason): p { reason.words }
    case .forecast(let forecast):
      p(.class("headline")) {
        LightMark.picture(model.light)
        UnitRoadTexts.headline(forecast, model.road?.balance ?? .zero, model.light)
      }
      p { UnitRoadTexts.soFar(model) }
      if let interval = forecast.interval { p { UnitRoadTexts.interval(interval) } }
      if !model.chances.isEmpty { p { UnitRoadTexts.chances(model.chances) } }
      if let leader = model.leader, let result = model.budget.subtracting(leader.expected) {
        p { UnitRoadTexts.leader(result, leader.month, forecast.result) }
      }
      if let road = model.road { steps(road) }
      details {
        summary { UnitRoadTexts.how }
        p { forecast.grounds.words }
      }
    }
  }

  @HTML private func steps(_ road: RoadToGreen) -> [Node] {
    let months = [road.usedUpIn.map { UnitRoadTexts.usedUp($0) }, road.worstIn.map { UnitRoadTexts.worst($0) }]
    let savings = [
      road.toNoReview.flatMap { amount in UnitRoadTexts.noReview(amount, road) },
      road.toFirstLight.flatMap { amount in UnitRoadTexts.firstLight(amount, road, model.firstLight) },
    ]
    let all = (months + savings).compactMap { $0 }
    if !all.isEmpty {
      h3 { UnitRoadTexts.roadTitle }
      ul { for words in all { li { words } } }
    }
  }
}

/// What the section says.
private enum UnitRoadTexts {
  static let how = Words("Sådan er det regnet", en: "How it is reckoned")
  static let roadTitle = Words("Vejen til grøn", en: "The road to green")

  static func title(_ year: FiscalYear) -> Words { Words("Sådan tegner \(year)", en: "How \(year) is shaping up") }

  static func headline(_ forecast: UnitForecast, _ balance: Money, _ light: LightSign) -> Words {
    Format.words { format in
      Words(
        "Året ventes at ende med \(format.result(forecast.result)), og saldoen bliver \(format.result(balance)): "
          + "\(light.name.danish).",
        en: "The year is expected to end with \(format.result(forecast.result)), and the balance becomes "
          + "\(format.result(balance)): \(light.name.english).")(format.language)
    }
  }

  static func soFar(_ model: UnitRoadModel) -> Words {
    Format.words { format in
      Words(
        "Til og med \(format.month(model.lastMonth)) er der brugt \(format.kroner(model.spent)) af "
          + "\(format.kroner(model.budget)) i budget.",
        en: "To the end of \(format.month(model.lastMonth)), \(format.kroner(model.spent)) of a budget of "
          + "\(format.kroner(model.budget)) are spent.")(format.language)
    }
  }

  static func interval(_ interval: ForecastInterval) -> Words {
    Format.words { format in
      Words(
        "I fire år af fem ville årets resultat ligge mellem \(format.result(interval.low)) og "
          + "\(format.result(interval.high)).",
        en: "In four years of five the year's result would lie between \(format.result(interval.low)) and "
          + "\(format.result(interval.high)).")(format.language)
    }
  }

  static func chances(_ chances: [(light: LightSign, basisPoints: Int)]) -> Words {
    Format.words { format in
      let all = chances.map {
        "\($0.light.name(format.language)) \(format.percent(basisPoints: Int64($0.basisPoints)))"
      }
      return Words("Udsigten: ", en: "The odds: ")(format.language) + all.joined(separator: ", ") + "."
    }
  }

  static func leader(_ expected: Money, _ after: Int, _ own: Money) -> Words {
    Format.words { format in
      let apart = expected.subtracting(own).map { format.kroner(Money(ore: Int64(clamping: $0.magnitude))) } ?? ""
      let (result, month) = (format.result(expected), format.month(after))
      return Words(
        "Lederen venter \(result) efter \(month): \(apart) fra det, Styrehus venter.",
        en: "The leader expects \(result) after \(month): \(apart) from what Styrehus expects.")(format.language)
    }
  }

  static func usedUp(_ month: Int) -> Words {
    Format.words { format in
      Words(
        "Holder prognosen, er alle pengene brugt ved udgangen af \(format.month(month)).",
        en: "If the forecast holds, all the money is used by the end of \(format.month(month)).")(format.language)
    }
  }

  static func worst(_ month: Int) -> Words {
    Format.words { format in
      Words(
        "Holder prognosen, er det værste lys nået ved udgangen af \(format.month(month)).",
        en: "If the forecast holds, the worst light is reached by the end of \(format.month(month)).")(format.language)
    }
  }

  static func noReview(_ amount: Money, _ road: RoadToGreen) -> Words? {
    guard amount > .zero else { return nil }
    return saving(
      amount, road,
      Words("for at undgå en konkret vurdering af frihederne", en: "to avoid a review of the freedoms"))
  }

  static func firstLight(_ amount: Money, _ road: RoadToGreen, _ light: LightSign) -> Words? {
    guard amount > .zero else { return nil }
    return saving(amount, road, Words("for at blive \(light.name.danish)", en: "to become \(light.name.english)"))
  }

  private static func saving(_ amount: Money, _ road: RoadToGreen, _ aim: Words) -> Words {
    Format.words { format in
      guard let monthly = road.monthly(amount) else {
        return Words(
          "Der mangler \(format.exact(amount)) \(aim.danish); året er bogført til ende.",
          en: "\(format.exact(amount)) are missing \(aim.english); the year is posted to its end.")(format.language)
      }
      let months = format.count(road.monthsLeft, Words("måned", en: "month"), Words("måneder", en: "months"))
      return Words(
        "Det kræver \(format.exact(monthly)) mindre om måneden i \(months) \(aim.danish).",
        en: "It takes \(format.exact(monthly)) less a month for \(months) \(aim.english).")(format.language)
    }
  }
}
