import SteeringCore

extension SteeringModel {
  /// Tries every rule of the model on one unit's year. Exact to the øre for all amounts that 64 bits hold, without
  /// rounding and without failing. A unit without a positive base gets no light; rules that measure against a
  /// share of the base then never take effect, the others do.
  public func evaluate(_ facts: RuleFacts) -> Verdict {
    var steps: [RuleStep] = []
    steps.reserveCapacity(lights.count + duties.count + reviews.count)
    let light = tryLights(facts, steps: &steps)
    let duties = tryConsequences(duties, kind: .duty, facts, light: light, steps: &steps)
    let reviews = tryConsequences(reviews, kind: .review, facts, light: light, steps: &steps)
    return Verdict(light: light, duties: duties, reviews: reviews, steps: steps)
  }

  private func tryLights(_ facts: RuleFacts, steps: inout [RuleStep]) -> String {
    var given: LightRule?
    for rule in lights {
      let sentence: Words
      var holds = false
      if facts.base <= .zero {
        sentence = Condition.sentence([.baseMissing], facts, light: nil, in: self)
      } else if let given {
        sentence = Words(
          "Ikke prøvet, for indikatoren er allerede \(given.name.danish.lowercased()).",
          en: "Not tried: the light is already \(given.name.english.lowercased()).")
      } else {
        holds = rule.condition.holds(facts, light: nil)
        sentence = rule.condition.sentence(facts, light: nil, in: self)
        if holds { given = rule }
      }
      steps.append(
        RuleStep(
          ruleID: rule.id, kind: .light, name: rule.name, holds: holds, sentence: sentence,
          parameters: rule.condition.parameters, citation: rule.citation))
    }
    return given?.id ?? Self.noLight
  }

  private func tryConsequences(
    _ rules: [ConsequenceRule], kind: RuleKind, _ facts: RuleFacts, light: String, steps: inout [RuleStep]
  ) -> [String] {
    var fired: [String] = []
    for rule in rules {
      let holds = rule.condition.holds(facts, light: light)
      if holds { fired.append(rule.id) }
      steps.append(
        RuleStep(
          ruleID: rule.id, kind: kind, name: rule.name, holds: holds,
          sentence: rule.condition.sentence(facts, light: light, in: self), parameters: rule.condition.parameters,
          citation: rule.citation))
    }
    return fired.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
