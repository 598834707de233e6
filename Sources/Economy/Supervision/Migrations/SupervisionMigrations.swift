import Database

/// The tables of the supervision. Rows are written once; a correction is a row of a higher version.
enum SupervisionMigrations {
  static let all = [
    Migration(
      capability: "supervision", number: 1, name: "sign-offs, controls and frozen months",
      statements: [
        """
        CREATE TABLE supervision_sign_off (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, month {integer} NOT NULL, unit {text} NOT NULL,
          version {integer} NOT NULL, signed_at {integer} NOT NULL, pay_ore {integer} NOT NULL,
          other_ore {integer} NOT NULL, proposed_ore {integer}, spent_ore {integer} NOT NULL,
          budget_ore {integer} NOT NULL, reason {text} NOT NULL, assumptions {text} NOT NULL,
          uncertainties {text} NOT NULL, attention {text} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, month, unit, version),
          CONSTRAINT supervision_sign_off_month CHECK (month BETWEEN 1 AND 12)
        ) {keyed}
        """,
        """
        CREATE TABLE supervision_control_done (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, month {integer} NOT NULL, unit {text} NOT NULL,
          version {integer} NOT NULL, control_id {integer} NOT NULL, evidence {text} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, month, unit, version, control_id)
        ) {keyed}
        """,
        """
        CREATE TABLE supervision_look (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, month {integer} NOT NULL, unit {text} NOT NULL,
          version {integer} NOT NULL, posting {text} NOT NULL, reason {text} NOT NULL, is_right {integer} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, month, unit, version, posting)
        ) {keyed}
        """,
        """
        CREATE TABLE supervision_control (
          tenant {text} NOT NULL, control_id {integer} NOT NULL, version {integer} NOT NULL, name {text} NOT NULL,
          task {text} NOT NULL, months {text} NOT NULL, asks_for_evidence {integer} NOT NULL,
          is_withdrawn {integer} NOT NULL, written_at {integer} NOT NULL,
          PRIMARY KEY (tenant, control_id, version)
        ) {keyed}
        """,
        """
        CREATE TABLE supervision_frozen (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, month {integer} NOT NULL,
          frozen_at {integer} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, month)
        ) {keyed}
        """,
      ])
  ]
}
