public import SteeringCore

/// What a rule decides about.
public enum RuleKind: String, CaseIterable, Sendable {
  /// Which light the balance gets.
  case light
  /// Something the unit must do (krav).
  case duty
  /// Something a person must decide.
  case review
}

/// One rule, tried on one unit: the trace that answers "why".
public struct RuleStep: Hashable, Sendable {
  /// The rule's id.
  public let ruleID: String
  /// What the rule decides about.
  public let kind: RuleKind
  /// What the rule is called.
  public let name: Words
  /// Whether it took effect. Of the lights at most one does.
  public let holds: Bool
  /// What was compared, in plain words with the numbers put in; true as it stands, whether the rule holds or not.
  public let sentence: Words
  /// The parameters the rule asked for.
  public let parameters: [Parameter]
  /// Where the rule comes from.
  public let citation: Citation

  /// A tried rule.
  public init(
    ruleID: String, kind: RuleKind, name: Words, holds: Bool, sentence: Words, parameters: [Parameter],
    citation: Citation
  ) {
    self.ruleID = ruleID
    self.kind = kind
    self.name = name
    self.holds = holds
    self.sentence = sentence
    self.parameters = parameters
    self.citation = citation
  }
}

/// What a model says about one unit's year.
public struct Verdict: Hashable, Sendable {
  /// The light's id; `none` when there is no positive base.
  public let light: String
  /// The duties that follow, sorted by bytes.
  public let duties: [String]
  /// The reviews that follow, sorted by bytes.
  public let reviews: [String]
  /// Every rule, whether it took effect or not, in the model's order: lights, duties, reviews.
  public let steps: [RuleStep]

  /// A verdict.
  public init(light: String, duties: [String], reviews: [String], steps: [RuleStep]) {
    self.light = light
    self.duties = duties
    self.reviews = reviews
    self.steps = steps
  }
}
