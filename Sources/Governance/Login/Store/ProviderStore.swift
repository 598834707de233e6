import Database

/// What is kept of sign-ins at an identity provider, inside one transaction.
struct ProviderStore {
  let connection: any DatabaseConnection
  let now: Int64

  /// A sign-in that was begun.
  struct Start: Sendable {
    let kept: String
    let next: String
    /// The invitation that it answers.
    let invitationHash: String?
  }

  /// How long a person may take at the provider, in seconds.
  static let patience: Int64 = 600

  init(_ connection: any DatabaseConnection, now: Int64) {
    self.connection = connection
    self.now = now
  }

  /// Keeps a sign-in that is begun, and forgets those that nobody came back from.
  func begin(_ secret: Secret, _ start: Start) throws {
    try connection.run(
      "DELETE FROM login_start WHERE tenant = :tenant AND started_at < :old", ["old": .integer(now - Self.patience)])
    try connection.run(
      """
      INSERT INTO login_start (tenant, start_hash, kept, next_path, invitation_hash, started_at)
      VALUES (:tenant, :hash, :kept, :next, :invitation, :now)
      """,
      [
        "hash": .text(secret.hash), "kept": .text(start.kept), "next": .text(start.next),
        "invitation": start.invitationHash.map { .text($0) } ?? .null, "now": .integer(now),
      ])
  }

  /// Takes a sign-in away, so that it counts once; nil where there is none, or somebody else was quicker.
  func take(_ secret: Secret) throws -> Start? {
    let id: [String: DatabaseValue] = ["hash": .text(secret.hash)]
    let start = try connection.row(
      """
      SELECT kept, next_path, invitation_hash FROM login_start
      WHERE tenant = :tenant AND start_hash = :hash AND started_at >= :old
      """, id.merging(["old": .integer(now - Self.patience)]) { $1 }
    ).map { row in
      Start(
        kept: try row.text("kept"), next: try row.text("next_path"),
        invitationHash: try row.optionalText("invitation_hash"))
    }
    let taken = try connection.run("DELETE FROM login_start WHERE tenant = :tenant AND start_hash = :hash", id)
    return taken == 1 ? start : nil
  }

  /// The person of an identity; nil where it is nobody's.
  func person(_ identity: ProviderIdentity) throws -> Int64? {
    try connection.row(
      "SELECT person_id FROM login_identity WHERE tenant = :tenant AND issuer = :issuer AND subject = :subject",
      ["issuer": .text(identity.issuer), "subject": .text(identity.subject)]
    )?.integer("person_id")
  }

  /// Says whose an identity is from now on.
  func link(_ identity: ProviderIdentity, to person: Int64) throws {
    try connection.run(
      """
      INSERT INTO login_identity (tenant, issuer, subject, person_id, linked_at)
      VALUES (:tenant, :issuer, :subject, :person, :now)
      """,
      [
        "issuer": .text(identity.issuer), "subject": .text(identity.subject), "person": .integer(person),
        "now": .integer(now),
      ])
    try connection.tell(
      Act(
        "login.link", object: "person \(person)",
        personal: .init(
          person: "\(person)", after: FieldText.text(["issuer": identity.issuer, "subject": identity.subject]))))
  }

  /// The holdings that a provider's groups gave.
  func granted(by issuer: String) throws -> Set<Int64> {
    Set(
      try connection.rows(
        "SELECT holding_id FROM login_granted WHERE tenant = :tenant AND issuer = :issuer", ["issuer": .text(issuer)]
      ).map { try $0.integer("holding_id") })
  }

  /// The holdings of a person that any provider's groups gave.
  func granted(to person: Int64) throws -> Set<Int64> {
    Set(
      try connection.rows(
        """
        SELECT g.holding_id FROM login_granted g
        WHERE g.tenant = :tenant AND g.holding_id IN (
          SELECT h.holding_id FROM people_holding h WHERE h.tenant = :tenant AND h.person_id = :person)
        """, ["person": .integer(person)]
      ).map { try $0.integer("holding_id") })
  }

  /// Notes that a provider's groups gave a holding.
  func grant(_ holding: Int64, by issuer: String) throws {
    try connection.run(
      "INSERT INTO login_granted (tenant, holding_id, issuer) VALUES (:tenant, :holding, :issuer)",
      ["holding": .integer(holding), "issuer": .text(issuer)])
  }

  /// Ties a session of the house to that of the provider, and forgets what was told of sessions that are over.
  func tie(_ secret: Secret, to identity: ProviderIdentity) throws {
    try untieEnded()
    try connection.run(
      """
      INSERT INTO login_provider_session (tenant, session_hash, issuer, subject, provider_session, id_token)
      VALUES (:tenant, :hash, :issuer, :subject, :session, :token)
      """,
      [
        "hash": .text(secret.hash), "issuer": .text(identity.issuer), "subject": .text(identity.subject),
        "session": identity.session.map { .text($0) } ?? .null, "token": .text(identity.token),
      ])
  }

  /// Unties a session; gives what the provider is shown when the person signs out.
  func untie(_ secret: Secret) throws -> String? {
    let id: [String: DatabaseValue] = ["hash": .text(secret.hash)]
    let token = try connection.row(
      "SELECT id_token FROM login_provider_session WHERE tenant = :tenant AND session_hash = :hash", id
    )?.text("id_token")
    try connection.run("DELETE FROM login_provider_session WHERE tenant = :tenant AND session_hash = :hash", id)
    return token
  }

  /// Ends the sessions that ended at the provider; gives how many.
  func end(_ signOut: ProviderSignOut) throws -> Int {
    var ended = 0
    var (conditions, values) = ("issuer = :issuer", ["issuer": DatabaseValue.text(signOut.issuer)])
    for (column, value) in [("subject", signOut.subject), ("provider_session", signOut.session)] {
      guard let value else { continue }
      conditions += " AND \(column) = :\(column)"
      values[column] = .text(value)
    }
    let tied = try connection.rows(
      "SELECT session_hash FROM login_provider_session WHERE tenant = :tenant AND \(conditions)", values)
    for row in tied {
      let hash: [String: DatabaseValue] = ["hash": .text(try row.text("session_hash"))]
      ended += try connection.run(
        "UPDATE login_session SET ended_at = :now WHERE tenant = :tenant AND session_hash = :hash AND ended_at IS NULL",
        hash.merging(["now": .integer(now)]) { $1 })
      try connection.run("DELETE FROM login_provider_session WHERE tenant = :tenant AND session_hash = :hash", hash)
    }
    if !tied.isEmpty { try connection.tell(Act("login.signedOutByProvider", object: "session", after: "\(ended)")) }
    return ended
  }

  /// Forgets what the provider told of sessions that are over.
  func untieEnded() throws {
    try connection.run(
      """
      DELETE FROM login_provider_session WHERE tenant = :tenant AND session_hash NOT IN (
        SELECT session_hash FROM login_session
        WHERE tenant = :tenant AND ended_at IS NULL AND started_at > :longest AND seen_at > :pause)
      """, ["longest": .integer(now - Session.longest), "pause": .integer(now - Session.longestPause)])
  }

  /// Unties every session of a person.
  func untieSessions(of person: Int64) throws {
    try connection.run(
      """
      DELETE FROM login_provider_session WHERE tenant = :tenant AND session_hash IN (
        SELECT session_hash FROM login_session WHERE tenant = :tenant AND person_id = :person)
      """, ["person": .integer(person)])
  }
}
