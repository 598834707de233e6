import Database

/// The tables of accounts and sessions. Secrets are never in them: a password is kept as what scrypt makes of it, a
/// session, an invitation and a sign-in that was begun elsewhere as the hash of what their owner has. What a sign-in
/// under way must remember stands in plain for ten minutes, and is of use only to who has its cookie.
enum LoginMigrations {
  static let all = [
    Migration(
      capability: "login", number: 1, name: "accounts and sessions",
      statements: [
        """
        CREATE TABLE login_account (
          tenant {text} NOT NULL, user_name {text} NOT NULL, person_id {integer} NOT NULL, password {text} NOT NULL,
          changed_at {integer} NOT NULL,
          PRIMARY KEY (tenant, user_name)
        ) {strict}
        """,
        """
        CREATE TABLE login_session (
          tenant {text} NOT NULL, session_hash {text} NOT NULL, person_id {integer} NOT NULL,
          form_token {text} NOT NULL, way {text} NOT NULL, started_at {integer} NOT NULL, seen_at {integer} NOT NULL,
          ended_at {integer},
          PRIMARY KEY (tenant, session_hash)
        ) {strict}
        """,
        "CREATE INDEX login_session_by_person ON login_session (tenant, person_id)",
        """
        CREATE TABLE login_invitation (
          tenant {text} NOT NULL, invitation_hash {text} NOT NULL, person_id {integer} NOT NULL,
          expires_at {integer} NOT NULL, used_at {integer},
          PRIMARY KEY (tenant, invitation_hash)
        ) {strict}
        """,
        """
        CREATE TABLE login_failure (
          tenant {text} NOT NULL, bucket {text} NOT NULL, window_start {integer} NOT NULL, failures {integer} NOT NULL,
          PRIMARY KEY (tenant, bucket, window_start)
        ) {keyed}
        """,
      ]),
    Migration(
      capability: "login", number: 2, name: "identity providers",
      statements: [
        """
        CREATE TABLE login_start (
          tenant {text} NOT NULL, start_hash {text} NOT NULL, kept {text} NOT NULL, next_path {text} NOT NULL,
          invitation_hash {text}, started_at {integer} NOT NULL,
          PRIMARY KEY (tenant, start_hash)
        ) {strict}
        """,
        """
        CREATE TABLE login_identity (
          tenant {text} NOT NULL, issuer {text} NOT NULL, subject {text} NOT NULL, person_id {integer} NOT NULL,
          linked_at {integer} NOT NULL,
          PRIMARY KEY (tenant, issuer, subject)
        ) {keyed}
        """,
        """
        CREATE TABLE login_provider_session (
          tenant {text} NOT NULL, session_hash {text} NOT NULL, issuer {text} NOT NULL, subject {text} NOT NULL,
          provider_session {text}, id_token {text} NOT NULL,
          PRIMARY KEY (tenant, session_hash)
        ) {strict}
        """,
        "CREATE INDEX login_provider_session_by_subject ON login_provider_session (tenant, issuer, subject)",
        """
        CREATE TABLE login_granted (
          tenant {text} NOT NULL, holding_id {integer} NOT NULL, issuer {text} NOT NULL,
          PRIMARY KEY (tenant, holding_id)
        ) {keyed}
        """,
      ]),
  ]
}
