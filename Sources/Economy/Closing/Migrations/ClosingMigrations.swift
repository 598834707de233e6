import Database

/// The tables of closing rounds. A round is written once, in one transaction, and never changed.
enum ClosingMigrations {
  static let all = [
    Migration(
      capability: "closing", number: 1, name: "rounds",
      statements: [
        """
        CREATE TABLE closing_round (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, number {integer} NOT NULL, status {text} NOT NULL,
          made_at {integer} NOT NULL, model_id {text} NOT NULL, model_text {text} NOT NULL,
          carried_from_year {integer}, carried_from_number {integer}, inputs_hash {text} NOT NULL,
          all_count {integer} NOT NULL, all_ore {integer} NOT NULL, inside_count {integer} NOT NULL,
          inside_ore {integer} NOT NULL, outside_count {integer} NOT NULL, outside_ore {integer} NOT NULL,
          ignored_count {integer} NOT NULL, ignored_ore {integer} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, number),
          CONSTRAINT closing_round_status CHECK (status IN ('preliminary', 'final'))
        ) {strict}
        """,
        """
        CREATE TABLE closing_round_input (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, number {integer} NOT NULL,
          import_id {integer} NOT NULL, kind {text} NOT NULL, file_name {text} NOT NULL, content_hash {text} NOT NULL,
          record_count {integer} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, number, import_id)
        ) {keyed}
        """,
        """
        CREATE TABLE closing_round_unit (
          tenant {text} NOT NULL, fiscal_year {integer} NOT NULL, number {integer} NOT NULL, unit {text} NOT NULL,
          unit_name {text} NOT NULL, pay_budget_ore {integer} NOT NULL, other_budget_ore {integer} NOT NULL,
          base_ore {integer} NOT NULL, carried_in_ore {integer} NOT NULL, actual_pay_ore {integer} NOT NULL,
          actual_other_ore {integer} NOT NULL, result_ore {integer} NOT NULL, balance_ore {integer} NOT NULL,
          balance_basis_points {integer}, light {text} NOT NULL, duties {text} NOT NULL, reviews {text} NOT NULL,
          cumulated_ore {text} NOT NULL,
          PRIMARY KEY (tenant, fiscal_year, number, unit)
        ) {keyed}
        """,
      ]),
    Migration(
      capability: "closing", number: 2, name: "where a balance carried in comes from",
      statements: ["ALTER TABLE closing_round_unit ADD COLUMN carried_in_from {text}"]),
  ]
}
