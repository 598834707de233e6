import SteeringCore

/// What is changed in a model to see what would follow: other numbers, another base. A variation is tried, never kept.
public struct ModelVariation: Hashable, Sendable {
  /// Other values of parameters, by the parameter's id.
  public var values: [String: ParameterValue]
  /// Another budget to take the percentages of; nil leaves it.
  public var base: BudgetBase?

  /// A variation; without anything it changes nothing.
  public init(values: [String: ParameterValue] = [:], base: BudgetBase? = nil) {
    self.values = values
    self.base = base
  }
}

extension SteeringModel {
  /// The parameters that some rule asks for, in the model's order: the ones where another value has a consequence.
  public var parametersInUse: [Parameter] {
    let asked = Set(conditions.flatMap { $0.parameters.map(\.id) })
    return parameters.filter { asked.contains($0.id) }
  }

  /// Whether a parameter could have another value: one of the same kind, a percentage from 0 to 100, or 1 to 100
  /// years. A deficit is looked for in one year or in two in a row; the balances of more years are not in a closing.
  public func accepts(_ value: ParameterValue, for parameter: Parameter) -> Bool {
    switch (parameter.value, value) {
    case (.percentage, .percentage(let share)): (0...10_000).contains(share.basisPoints)
    case (.years, .years(let count)): (1...mostYears(of: parameter)).contains(count)
    default: parameter.value == value
    }
  }

  /// The largest number of years that a parameter can have.
  public func mostYears(of parameter: Parameter) -> Int {
    let countsDeficits = conditions.contains { condition in
      condition.clauses.contains { clause in
        if case .deficit(_, let asked) = clause { asked.id == parameter.id } else { false }
      }
    }
    return countsDeficits ? 2 : 100
  }

  /// The same model with the variation in every rule; values that it does not accept are left as they are.
  public func varied(by variation: ModelVariation) -> SteeringModel {
    let changed = parameters.compactMap { parameter -> (String, Parameter)? in
      guard let value = variation.values[parameter.id], accepts(value, for: parameter) else { return nil }
      return (parameter.id, parameter.with(value))
    }
    let exchange = Dictionary(changed) { first, _ in first }
    return SteeringModel(
      id: id, name: name, description: description, validFrom: validFrom, validTo: validTo,
      base: variation.base ?? base, parameters: parameters.map { exchange[$0.id] ?? $0 },
      lights: lights.map { $0.exchanging(exchange) }, duties: duties.map { $0.exchanging(exchange) },
      reviews: reviews.map { $0.exchanging(exchange) })
  }

  private var conditions: [Condition] { lights.map(\.condition) + (duties + reviews).map(\.condition) }
}

extension Parameter {
  fileprivate func with(_ value: ParameterValue) -> Parameter {
    Parameter(id: id, value: value, name: name, citation: citation, standing: standing, line: line)
  }
}

extension LightRule {
  fileprivate func exchanging(_ parameters: [String: Parameter]) -> LightRule {
    LightRule(
      id: id, name: name, tone: tone, shape: shape, demand: demand, condition: condition.exchanging(parameters),
      citation: citation, standing: standing)
  }
}

extension ConsequenceRule {
  fileprivate func exchanging(_ parameters: [String: Parameter]) -> ConsequenceRule {
    ConsequenceRule(
      id: id, name: name, explanation: explanation, condition: condition.exchanging(parameters), citation: citation,
      standing: standing)
  }
}

extension Condition {
  fileprivate func exchanging(_ parameters: [String: Parameter]) -> Condition {
    Condition(text: text, clauses: clauses.map { $0.exchanging(parameters) })
  }
}

extension Condition.Clause {
  fileprivate func exchanging(_ parameters: [String: Parameter]) -> Condition.Clause {
    guard let new = parameter.flatMap({ parameters[$0.id] }) else { return self }
    switch (self, new.value) {
    case (.noPlanAhead, .years(let years)): return .noPlanAhead(years: years, parameter: new)
    case (.deficit, .years(let years)): return .deficit(years: years, parameter: new)
    case (.compare(let quantity, let relation, .share(_, let negative, _)), .percentage(let share)):
      return .compare(quantity, relation, .share(share, negative: negative, parameter: new))
    default: return self
    }
  }
}
