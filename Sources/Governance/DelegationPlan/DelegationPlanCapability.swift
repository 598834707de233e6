public import Database

/// Who may decide what, as the council has adopted it. See docs/capabilities/delegation-plan.md.
public enum DelegationPlanCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "delegation-plan"
  /// The steps of its table, in order.
  public static var migrations: [Migration] { DelegationPlanMigrations.all }
}
