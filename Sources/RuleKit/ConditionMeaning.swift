public import SteeringCore

extension Condition {
  /// When the rule holds, in plain words that follow "when": `saldoen er under -5 % af det korrigerede budget`.
  /// Names of lights and of the base are the model's.
  public func meaning(in model: SteeringModel) -> Words {
    let parts = clauses.map { $0.meaning(in: model) }
    return Words(
      parts.map(\.danish).joined(separator: ", og "), en: parts.map(\.english).joined(separator: ", and "))
  }
}

extension Condition.Relation {
  var name: Words {
    switch self {
    case .below: Words("under", en: "below")
    case .atMost: Words("højst", en: "at most")
    case .above: Words("over", en: "above")
    case .atLeast: Words("mindst", en: "at least")
    }
  }
}

extension Condition.Limit {
  func name(base: BudgetBase) -> Words {
    switch self {
    case .zero: return Words("0 kr.", en: "DKK 0")
    case .share(let percentage, let negative, _):
      let share = ParameterValue.percentage(negative ? -percentage : percentage).words
      return Words("\(share.danish) af \(base.name.danish)", en: "\(share.english) of \(base.name.english)")
    }
  }
}

extension Condition.Clause {
  fileprivate func meaning(in model: SteeringModel) -> Words {
    switch self {
    case .otherwise: return Words("ingen af de foregående passer", en: "none of those before fits")
    case .baseMissing: return Words("der ikke er et positivt budget", en: "there is no positive budget")
    case .planNotKept: return Words("en handleplan ikke er overholdt", en: "an action plan is not kept")
    case .noPlanAhead(let years, _):
      let span = ParameterValue.years(years).words
      return Words(
        "der ikke er en godkendt handleplan, som rækker mindst \(span.danish) frem og stadig løber",
        en: "there is no approved action plan that looks at least \(span.english) ahead and still runs")
    case .deficit(let years, _):
      return years < 2
        ? Words("saldoen er negativ", en: "the balance is negative")
        : Words("saldoen er negativ to år i træk", en: "the balance is negative two years in a row")
    case .lightIs(let lights):
      let names = lights.map { model.light($0)?.name ?? Words("ingen", en: "none") }
      return Words(
        "indikatoren er " + names.map { $0.danish.lowercased() }.joined(separator: " eller "),
        en: "the light is " + names.map { $0.english.lowercased() }.joined(separator: " or "))
    case .compare(let quantity, let relation, let limit):
      let against = limit.name(base: model.base)
      return Words(
        "\(quantity.name.danish) er \(relation.name.danish) \(against.danish)",
        en: "\(quantity.name.english) is \(relation.name.english) \(against.english)")
    }
  }
}
