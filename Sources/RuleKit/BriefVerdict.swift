import SteeringCore

/// What a model says about one unit's year, without the trace.
public struct BriefVerdict: Hashable, Sendable {
  /// The light's id; `none` when there is no positive base.
  public let light: String
  /// The ids of the duties that follow, sorted by bytes.
  public let duties: [String]
  /// The ids of the reviews that follow, sorted by bytes.
  public let reviews: [String]

  /// A brief verdict.
  public init(light: String, duties: [String], reviews: [String]) {
    self.light = light
    self.duties = duties
    self.reviews = reviews
  }

  /// A verdict without its trace.
  public init(_ verdict: Verdict) {
    self.init(light: verdict.light, duties: verdict.duties, reviews: verdict.reviews)
  }
}

extension SteeringModel {
  /// The same as `evaluate`, without saying why: for many models on many years.
  public func verdict(on facts: RuleFacts) -> BriefVerdict {
    let given = facts.base > .zero ? lights.first { $0.condition.holds(facts, light: nil) } : nil
    let light = given?.id ?? Self.noLight
    func following(_ rules: [ConsequenceRule]) -> [String] {
      rules.filter { $0.condition.holds(facts, light: light) }.map(\.id)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return BriefVerdict(light: light, duties: following(duties), reviews: following(reviews))
  }
}
