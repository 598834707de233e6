import Database

/// The tables of imported files. Nothing in them is ever changed or deleted: a correction is a new import, which may
/// say that it replaces an earlier one.
enum LedgerImportMigrations {
  static let all = [
    Migration(
      capability: "ledger-import", number: 1, name: "imported files",
      statements: [
        """
        CREATE TABLE ledger_import_file (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, kind {text} NOT NULL, fiscal_year {integer} NOT NULL,
          file_name {text} NOT NULL, content_hash {text} NOT NULL, profile {text} NOT NULL,
          imported_at {integer} NOT NULL, record_count {integer} NOT NULL, sum_ore {integer} NOT NULL,
          outside_year_count {integer} NOT NULL, outside_year_ore {integer} NOT NULL, control_total {text},
          PRIMARY KEY (tenant, import_id)
        ) {keyed}
        """,
        """
        CREATE TABLE ledger_import_replacement (
          tenant {text} NOT NULL, replaced_import_id {integer} NOT NULL, import_id {integer} NOT NULL,
          PRIMARY KEY (tenant, replaced_import_id)
        ) {keyed}
        """,
        "CREATE INDEX ledger_import_file_hash ON ledger_import_file (tenant, content_hash)",
        """
        CREATE TABLE ledger_import_chunk (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, unit {text} NOT NULL, month {integer} NOT NULL,
          sequence {integer} NOT NULL, posting_count {integer} NOT NULL, sum_ore {integer} NOT NULL,
          postings {blob} NOT NULL,
          PRIMARY KEY (tenant, import_id, unit, month, sequence)
        ) {strict}
        """,
        """
        CREATE TABLE ledger_import_unit_sums (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, unit {text} NOT NULL,
          posting_count {integer} NOT NULL, sum_ore {integer} NOT NULL, account_sums {blob} NOT NULL,
          PRIMARY KEY (tenant, import_id, unit)
        ) {strict}
        """,
        """
        CREATE TABLE ledger_import_budget (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, unit {text} NOT NULL, unit_name {text} NOT NULL,
          pay_ore {integer} NOT NULL, other_ore {integer} NOT NULL, original_pay_ore {integer},
          original_other_ore {integer}, carried_in_ore {integer}, line {integer} NOT NULL,
          PRIMARY KEY (tenant, import_id, unit)
        ) {keyed}
        """,
        """
        CREATE TABLE ledger_import_plan (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, line {integer} NOT NULL, unit {text} NOT NULL,
          plan_kind {text} NOT NULL, plan_year {integer} NOT NULL, approved_on {text}, repaid_by {integer},
          kept {integer},
          PRIMARY KEY (tenant, import_id, line)
        ) {keyed}
        """,
        """
        CREATE TABLE ledger_import_account (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, line {integer} NOT NULL, unit {text} NOT NULL,
          account_function {text} NOT NULL, account_kind {text} NOT NULL, category {integer} NOT NULL,
          PRIMARY KEY (tenant, import_id, line)
        ) {keyed}
        """,
        """
        CREATE TABLE ledger_import_carry_over (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, unit {text} NOT NULL, balance_ore {integer} NOT NULL,
          line {integer} NOT NULL,
          PRIMARY KEY (tenant, import_id, unit)
        ) {keyed}
        """,
        """
        CREATE TABLE ledger_import_draft (
          tenant {text} NOT NULL, draft_id {text} NOT NULL, kind {text} NOT NULL, fiscal_year {integer} NOT NULL,
          profile {text} NOT NULL, file_name {text} NOT NULL, content {blob} NOT NULL, created_at {integer} NOT NULL,
          PRIMARY KEY (tenant, draft_id)
        ) {strict}
        """,
      ]),
    Migration(
      capability: "ledger-import", number: 2, name: "budgets by account",
      statements: [
        """
        CREATE TABLE ledger_import_budget_account (
          tenant {text} NOT NULL, import_id {integer} NOT NULL, line {integer} NOT NULL, unit {text} NOT NULL,
          account_function {text} NOT NULL, account_kind {text} NOT NULL, amount_ore {integer} NOT NULL,
          PRIMARY KEY (tenant, import_id, line)
        ) {keyed}
        """
      ]),
  ]
}
