import SteeringCore

// What was compared, in plain words with the numbers put in. A sentence is true as it stands: where a clause does
// not hold, it says what is the case instead.

extension Condition {
  func sentence(_ facts: RuleFacts, light: String?, in model: SteeringModel) -> Words {
    Self.sentence(clauses, facts, light: light, in: model)
  }

  static func sentence(_ clauses: [Clause], _ facts: RuleFacts, light: String?, in model: SteeringModel) -> Words {
    let parts = clauses.map { $0.words(facts, light: light, in: model) }
    return Words(
      sentence(parts.map(\.danish).joined(separator: ", og ")),
      en: sentence(parts.map(\.english).joined(separator: ", and ")))
  }

  private static func sentence(_ text: String) -> String {
    let start = text.prefix(1).uppercased() + text.dropFirst()
    return start.hasSuffix(".") ? start : start + "."
  }
}

extension Money {
  /// The amount with øre and currency in both languages: `-1.234,50 kr.`, `DKK -1,234.50`.
  var kroner: Words {
    let danish = withOre
    let english = String(danish.map { $0 == "." ? "," : $0 == "," ? "." : $0 })
    return Words("\(danish) kr.", en: "DKK \(english)")
  }
}

extension Condition.Quantity {
  var name: Words {
    switch self {
    case .balance: Words("saldoen", en: "the balance")
    case .carriedIn: Words("overført fra tidligere år", en: "the amount carried in")
    case .result: Words("årets resultat", en: "the year's result")
    }
  }
}

extension Condition.Clause {
  func words(_ facts: RuleFacts, light: String?, in model: SteeringModel) -> Words {
    switch self {
    case .otherwise:
      return Words("ingen af de foregående indikatorer passede", en: "none of the lights before this one fitted")
    case .baseMissing:
      if facts.base <= .zero { return Self.noBaseWords(facts, base: model.base) }
      return Words(
        "\(model.base.name.danish) på \(facts.base.kroner.danish) er at måle imod",
        en: "\(model.base.name.english) of \(facts.base.kroner.english) is there to measure against")
    case .planNotKept: return Self.brokenPlanWords(facts)
    case .noPlanAhead(let years, _): return Self.planAheadWords(facts, years: years)
    case .deficit(let years, _): return Self.deficitWords(facts, years: years)
    case .lightIs: return Self.lightWords(light, in: model)
    case .compare(let quantity, _, let limit):
      return Self.comparisonWords(quantity, limit, facts, base: model.base)
    }
  }

  private static func noBaseWords(_ facts: RuleFacts, base: BudgetBase) -> Words {
    Words(
      "der er intet positivt budget at måle imod (\(base.name.danish) er \(facts.base.kroner.danish))",
      en: "there is no positive budget to measure against (\(base.name.english) is \(facts.base.kroner.english))")
  }

  private static func comparisonWords(
    _ quantity: Condition.Quantity, _ limit: Condition.Limit, _ facts: RuleFacts, base: BudgetBase
  ) -> Words {
    let amount = quantity.amount(in: facts)
    guard let comparison = limit.compare(amount, base: facts.base) else {
      return noBaseWords(facts, base: base)
    }
    let how = relationWords(comparison)
    let against = limitWords(limit, facts, base: base)
    return Words(
      "\(quantity.name.danish) \(amount.kroner.danish) er \(how.danish) \(against.danish)",
      en: "\(quantity.name.english) \(amount.kroner.english) is \(how.english) \(against.english)")
  }

  private static func relationWords(_ comparison: Int) -> Words {
    if comparison < 0 { return Words("under", en: "below") }
    if comparison > 0 { return Words("over", en: "above") }
    return Words("præcis", en: "exactly")
  }

  private static func limitWords(_ limit: Condition.Limit, _ facts: RuleFacts, base: BudgetBase) -> Words {
    let name = limit.name(base: base)
    if limit == .zero { return name }
    let amount = facts.base.kroner
    return Words("\(name.danish) på \(amount.danish)", en: "\(name.english) of \(amount.english)")
  }

  private static func deficitWords(_ facts: RuleFacts, years: Int) -> Words {
    let asked: [Condition.Quantity] = years < 2 ? [.balance] : [.carriedIn, .balance]
    let parts = asked.map { comparisonWords($0, .zero, facts, base: .adjusted) }
    return Words(
      parts.map(\.danish).joined(separator: ", og "), en: parts.map(\.english).joined(separator: ", and "))
  }

  private static func planAheadWords(_ facts: RuleFacts, years: Int) -> Words {
    guard let plan = facts.plans.first(where: { $0.looksAhead(years, at: facts.year.number) }) else {
      return Words(
        "der er ingen godkendt handleplan, som rækker mindst \(years) år frem og løber ud over \(facts.year)",
        en: "there is no approved action plan that looks at least \(years) years ahead and runs beyond \(facts.year)")
    }
    let until = plan.repaidBy.map(String.init) ?? ""
    let place = plan.place
    return Words(
      "handleplanen fra \(plan.year) er godkendt og afvikler gælden senest i \(until)\(place.danish)",
      en: "the action plan from \(plan.year) is approved and repays the debt by \(until)\(place.english)")
  }

  private static func brokenPlanWords(_ facts: RuleFacts) -> Words {
    guard let plan = facts.plans.first(where: \.isBroken) else {
      return Words("ingen handleplan er meldt ikke overholdt", en: "no action plan is reported as not kept")
    }
    let place = plan.place
    return Words(
      "handleplanen fra \(plan.year) er meldt ikke overholdt\(place.danish)",
      en: "the action plan from \(plan.year) is reported as not kept\(place.english)")
  }

  private static func lightWords(_ light: String?, in model: SteeringModel) -> Words {
    guard let name = light.flatMap(model.light)?.name else {
      return Words("der er ingen indikator", en: "there is no light")
    }
    return Words("indikatoren er \(name.danish.lowercased())", en: "the light is \(name.english.lowercased())")
  }
}

extension PlanFact {
  fileprivate var place: Words {
    guard let origin else { return Words(same: "") }
    return Words(" (\(origin.file), linje \(origin.line))", en: " (\(origin.file), line \(origin.line))")
  }
}
