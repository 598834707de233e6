import Database

/// The table of the plans that were adopted. A row is never changed; the latest one that is valid counts.
enum DelegationPlanMigrations {
  static let all = [
    Migration(
      capability: "delegation-plan", number: 1, name: "adoptions",
      statements: [
        """
        CREATE TABLE delegation_plan_adoption (
          tenant {text} NOT NULL, number {integer} NOT NULL CHECK (number > 0), plan {text} NOT NULL,
          file_name {text} NOT NULL, decided_on {text} NOT NULL, valid_from {text} NOT NULL, reference {text} NOT NULL,
          recorded_at {integer} NOT NULL,
          PRIMARY KEY (tenant, number)
        ) {strict}
        """
      ])
  ]
}
