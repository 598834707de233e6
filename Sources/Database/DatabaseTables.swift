/// The tables that belong to the database room itself: what has been asked for once, and the jobs. They have a tenant
/// like every other table.
public enum DatabaseTables {
  /// The steps of the tables.
  public static let migrations = [
    Migration(
      capability: "database", number: 1, name: "commands and jobs",
      statements: [
        """
        CREATE TABLE database_command (
          tenant {text} NOT NULL, command_key {text} NOT NULL, kind {text} NOT NULL, digest {text} NOT NULL,
          outcome {text} NOT NULL, decided_by {text}, decided_at {integer} NOT NULL,
          PRIMARY KEY (tenant, command_key)
        ) {keyed}
        """,
        """
        CREATE TABLE database_job (
          tenant {text} NOT NULL, job_id {text} NOT NULL, kind {text} NOT NULL, about {text} NOT NULL,
          digest {text} NOT NULL, state {text} NOT NULL, claimed_by {text} NOT NULL, claim_token {text} NOT NULL,
          lease_until {integer} NOT NULL, attempts {integer} NOT NULL, progress_done {integer} NOT NULL,
          progress_total {integer} NOT NULL, result {text} NOT NULL, asked_by {text}, enqueued_at {integer} NOT NULL,
          started_at {integer}, ended_at {integer},
          PRIMARY KEY (tenant, job_id),
          CONSTRAINT database_job_state CHECK (state IN ('waiting', 'running', 'done', 'refused', 'failed'))
        ) {strict}
        """,
        "CREATE INDEX database_job_by_state ON database_job (tenant, state)",
      ]),
    Migration(
      capability: "database", number: 2, name: "audit trail and unfinished jobs",
      statements: [
        """
        CREATE INDEX database_job_unfinished ON database_job (tenant, enqueued_at)
        WHERE state IN ('waiting', 'running')
        """,
        """
        CREATE TABLE database_audit (
          tenant {text} NOT NULL, number {integer} NOT NULL CHECK (number > 0), at_ms {integer} NOT NULL,
          person {text} NOT NULL, position {text} NOT NULL, reason {text} NOT NULL, request {text} NOT NULL,
          action {text} NOT NULL, object {text} NOT NULL, before_text {text} NOT NULL, after_text {text} NOT NULL,
          about_person {text} NOT NULL, personal_hash {text} NOT NULL, hash {text} NOT NULL,
          PRIMARY KEY (tenant, number)
        ) {strict}
        """,
        """
        CREATE TABLE database_audit_personal (
          tenant {text} NOT NULL, number {integer} NOT NULL, person {text} NOT NULL, salt {text} NOT NULL,
          before_text {text} NOT NULL, after_text {text} NOT NULL,
          PRIMARY KEY (tenant, number)
        ) {strict}
        """,
        "CREATE INDEX database_audit_personal_by_person ON database_audit_personal (tenant, person)",
        """
        CREATE TABLE database_audit_head (
          tenant {text} NOT NULL, trail {text} NOT NULL, number {integer} NOT NULL, hash {text} NOT NULL,
          PRIMARY KEY (tenant, trail)
        ) {keyed}
        """,
      ]),
  ]
}
