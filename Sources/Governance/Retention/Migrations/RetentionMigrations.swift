import Database

/// The table of decisions about preserving. They are added, never changed: the highest version counts.
enum RetentionMigrations {
  static let all = [
    Migration(
      capability: "retention", number: 1, name: "preservation decisions",
      statements: [
        """
        CREATE TABLE retention_decision (
          tenant {text} NOT NULL, data_class {text} NOT NULL, version {integer} NOT NULL, verdict {text} NOT NULL,
          keep_days {integer} NOT NULL, reference {text} NOT NULL, decided_on {text} NOT NULL,
          recorded_at {integer} NOT NULL,
          PRIMARY KEY (tenant, data_class, version),
          CONSTRAINT retention_decision_verdict CHECK (verdict IN ('destroy', 'preserve'))
        ) {keyed}
        """
      ])
  ]
}
