/// What differs between two plans, decision by decision.
public struct PlanComparison: Hashable, Sendable {
  /// How a decision stands in both plans.
  public struct Line: Hashable, Sendable {
    /// The decision's id.
    public let id: String
    /// In the earlier plan; nil where it is new.
    public let before: DelegationPlan.Decision?
    /// In the later plan; nil where it is gone.
    public let after: DelegationPlan.Decision?
  }

  /// Those that differ, in the order of the later plan, then those that are gone.
  public let differences: [Line]
  /// How many are the same in both.
  public let sameCount: Int

  /// Compares two plans. Where a row stands in its file does not count.
  public init(_ before: DelegationPlan, _ after: DelegationPlan) {
    var differences: [Line] = []
    var same = 0
    for decision in after.decisions {
      let earlier = before.decision(decision.id)
      if earlier.map({ $0.content == decision.content }) == true {
        same += 1
      } else {
        differences.append(Line(id: decision.id, before: earlier, after: decision))
      }
    }
    for decision in before.decisions where after.decision(decision.id) == nil {
      differences.append(Line(id: decision.id, before: decision, after: nil))
    }
    self.differences = differences
    sameCount = same
  }
}

extension DelegationPlan.Decision {
  /// What a decision says, without where it stands.
  fileprivate var content: DelegationPlan.Decision {
    DelegationPlan.Decision(
      id: id, name: name,
      holders: holders.map {
        DelegationPlan.Holder(
          level: $0.level, scope: $0.scope, limit: $0.limit, condition: $0.condition, recordedBy: $0.recordedBy, line: 0
        )
      }, document: document, citation: citation, standing: standing)
  }
}
