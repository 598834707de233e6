/// A decision that the product's own pages and commands ask a delegation plan for.
public struct PlanDemand: Hashable, Sendable {
  /// Its id.
  public let decision: String
  /// Whether something is changed by it.
  public let isChange: Bool
  /// Whether it is about a unit that the product knows, or about the person's own position.
  public let isAboutOwn: Bool

  /// A demand.
  public init(_ decision: String, isChange: Bool = false, isAboutOwn: Bool = false) {
    self.decision = decision
    self.isChange = isChange
    self.isAboutOwn = isAboutOwn
  }
}
