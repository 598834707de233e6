public import Database
import Foundation
import SurfaceKit

/// Accounts, sessions and invitations of one municipality, inside one transaction.
public struct LoginStore {
  let connection: any DatabaseConnection
  let now: Int64

  /// The store on a connection; `now` is in seconds since 1 January 1970 UTC.
  public init(_ connection: any DatabaseConnection, now: Int64) {
    self.connection = connection
    self.now = now
  }

  /// Whether anybody can sign in, with a password of the house or at an identity provider. Throws `DatabaseError`.
  public func isAnybodyKnown() throws -> Bool {
    try ["login_account", "login_identity"].contains { table in
      try connection.row("SELECT 1 AS found FROM \(table) WHERE tenant = :tenant LIMIT 1") != nil
    }
  }

  /// What is kept of a person's password; nil without an account. Throws `DatabaseError`.
  func password(of person: Int64) throws -> KeptPassword? {
    try connection.row(
      "SELECT password FROM login_account WHERE tenant = :tenant AND person_id = :person", ["person": .integer(person)]
    ).map { KeptPassword(text: try $0.text("password")) }
  }

  /// The account of a name; nil where nobody has it. Throws `DatabaseError`.
  func account(_ userName: String) throws -> (person: Int64, password: KeptPassword)? {
    try connection.row(
      "SELECT person_id, password FROM login_account WHERE tenant = :tenant AND user_name = :name",
      ["name": .text(Self.canonical(userName))]
    ).map { (try $0.integer("person_id"), KeptPassword(text: try $0.text("password"))) }
  }

  /// The name that a person signs in with; nil without an account. Throws `DatabaseError`.
  public func userName(of person: Int64) throws -> String? {
    try connection.row(
      "SELECT user_name FROM login_account WHERE tenant = :tenant AND person_id = :person", ["person": .integer(person)]
    )?.text("user_name")
  }

  /// Gives a person a password; false where somebody else has the name. Every session of the person ends. Throws
  /// `DatabaseError`.
  func set(_ password: KeptPassword, for person: Int64, userName: String) throws -> Bool {
    let name = Self.canonical(userName)
    if let other = try account(name), other.person != person { return false }
    try connection.run(
      "DELETE FROM login_account WHERE tenant = :tenant AND person_id = :person", ["person": .integer(person)])
    try connection.run(
      """
      INSERT INTO login_account (tenant, user_name, person_id, password, changed_at)
      VALUES (:tenant, :name, :person, :password, :now)
      """,
      [
        "name": .text(name), "person": .integer(person), "password": .text(password.text), "now": .integer(now),
      ])
    try connection.tell(Act("login.setPassword", object: "person \(person)"))
    _ = try endSessions(of: person)
    return true
  }

  /// Forgets how a person signs in: the password, the identity at a provider, open invitations; and ends every session.
  /// Throws `DatabaseError`.
  public func forget(_ person: Int64) throws {
    _ = try endSessions(of: person)
    for table in ["login_account", "login_invitation", "login_identity"] {
      try connection.run(
        "DELETE FROM \(table) WHERE tenant = :tenant AND person_id = :person", ["person": .integer(person)])
    }
  }

  /// Small letters, in one form, without blanks around.
  static func canonical(_ userName: String) -> String {
    userName.withoutBlanksAround.lowercased().precomposedStringWithCanonicalMapping
  }
}

// Sessions.
extension LoginStore {
  /// Begins a session; the secret is the browser's. Throws `DatabaseError`.
  public func begin(_ secret: Secret, for person: Int64, by way: Session.Way, formToken: String) throws {
    try connection.run(
      """
      INSERT INTO login_session (tenant, session_hash, person_id, form_token, way, started_at, seen_at)
      VALUES (:tenant, :hash, :person, :token, :way, :now, :now)
      """,
      [
        "hash": .text(secret.hash), "person": .integer(person), "token": .text(formToken), "way": .text(way.rawValue),
        "now": .integer(now),
      ])
    try connection.tell(Act("login.signIn", object: "person \(person)", after: way.rawValue))
  }

  /// The session of a secret; nil where there is none, or it has ended or run out. Throws `DatabaseError`.
  public func session(_ secret: Secret) throws -> Session? {
    try connection.row(
      """
      SELECT person_id, form_token, way, started_at, seen_at FROM login_session
      WHERE tenant = :tenant AND session_hash = :hash AND ended_at IS NULL AND started_at > :longest
        AND seen_at > :pause
      """,
      [
        "hash": .text(secret.hash), "longest": .integer(now - Session.longest),
        "pause": .integer(now - Session.longestPause),
      ]
    ).map { row in
      Session(
        person: try row.integer("person_id"), formToken: try row.text("form_token"),
        way: Session.Way(rawValue: try row.text("way")) ?? .password, startedAt: try row.integer("started_at"),
        seenAt: try row.integer("seen_at"))
    }
  }

  /// Notes that a session is alive. Written beside what others write. Throws `DatabaseError`.
  public func see(_ secret: Secret) throws {
    try connection.run(
      "UPDATE login_session SET seen_at = :now WHERE tenant = :tenant AND session_hash = :hash AND ended_at IS NULL",
      ["now": .integer(now), "hash": .text(secret.hash)])
  }

  /// Ends a session. Throws `DatabaseError`.
  public func end(_ secret: Secret) throws {
    let ended = try connection.run(
      "UPDATE login_session SET ended_at = :now WHERE tenant = :tenant AND session_hash = :hash AND ended_at IS NULL",
      ["now": .integer(now), "hash": .text(secret.hash)])
    if ended == 1 { try connection.tell(Act("login.signOut", object: "session")) }
  }

  /// Ends every session of a person; gives how many. Throws `DatabaseError`.
  public func endSessions(of person: Int64) throws -> Int {
    let ended = try connection.run(
      "UPDATE login_session SET ended_at = :now WHERE tenant = :tenant AND person_id = :person AND ended_at IS NULL",
      ["now": .integer(now), "person": .integer(person)])
    try ProviderStore(connection, now: now).untieSessions(of: person)
    if ended > 0 { try connection.tell(Act("login.signOutEverywhere", object: "person \(person)", after: "\(ended)")) }
    return ended
  }
}

// Invitations.
extension LoginStore {
  /// Invites a person to choose a password, by a link that works once and for a day. Earlier ones end. Throws
  /// `DatabaseError`.
  public func invite(_ person: Int64, _ secret: Secret) throws {
    try connection.run(
      """
      UPDATE login_invitation SET used_at = :now WHERE tenant = :tenant AND person_id = :person AND used_at IS NULL
      """, ["now": .integer(now), "person": .integer(person)])
    try connection.run(
      """
      INSERT INTO login_invitation (tenant, invitation_hash, person_id, expires_at)
      VALUES (:tenant, :hash, :person, :expires)
      """,
      ["hash": .text(secret.hash), "person": .integer(person), "expires": .integer(now + 86_400)])
    try connection.tell(Act("people.signIn", object: "person \(person)", after: "invited"))
  }

  /// Whom an invitation is for; nil where it is none, or was used, or has run out. Throws `DatabaseError`.
  public func invited(_ secret: Secret) throws -> Int64? { try invited(hash: secret.hash) }

  /// Whom an invitation is for, by its hash. Throws `DatabaseError`.
  func invited(hash: String) throws -> Int64? {
    try connection.row(
      """
      SELECT person_id FROM login_invitation
      WHERE tenant = :tenant AND invitation_hash = :hash AND used_at IS NULL AND expires_at > :now
      """, ["hash": .text(hash), "now": .integer(now)]
    )?.integer("person_id")
  }

  /// Uses an invitation up; false where somebody else was quicker. Throws `DatabaseError`.
  func use(_ secret: Secret) throws -> Bool { try use(hash: secret.hash) }

  /// Uses an invitation up, by its hash. Throws `DatabaseError`.
  func use(hash: String) throws -> Bool {
    try connection.run(
      """
      UPDATE login_invitation SET used_at = :now
      WHERE tenant = :tenant AND invitation_hash = :hash AND used_at IS NULL AND expires_at > :now
      """, ["hash": .text(hash), "now": .integer(now)]) == 1
  }
}

// Failures.
extension LoginStore {
  /// How long failures are counted together, in seconds: a quarter of an hour.
  static let window: Int64 = 900

  private var windowStart: Int64 { now - now % Self.window }

  /// How many failures a bucket has in this window and the one before. Throws `DatabaseError`.
  func failures(_ bucket: String) throws -> Int {
    let row = try connection.row(
      """
      SELECT COALESCE(SUM(failures), 0) AS n FROM login_failure
      WHERE tenant = :tenant AND bucket = :bucket AND window_start >= :since
      """, ["bucket": .text(bucket), "since": .integer(windowStart - Self.window)])
    return Int(try row?.integer("n") ?? 0)
  }

  /// Takes an attempt back that was counted and did not fail. Throws `DatabaseError`.
  func takeBack(_ buckets: [String]) throws {
    for bucket in buckets {
      try connection.run(
        """
        UPDATE login_failure SET failures = failures - 1
        WHERE tenant = :tenant AND bucket = :bucket AND window_start = :start AND failures > 0
        """, ["bucket": .text(bucket), "start": .integer(windowStart)])
    }
  }

  /// Counts a failure in each bucket, and forgets old ones. Written beside what others write. Throws `DatabaseError`.
  func fail(_ buckets: [String]) throws {
    for bucket in buckets {
      try connection.run(
        """
        INSERT INTO login_failure (tenant, bucket, window_start, failures) VALUES (:tenant, :bucket, :start, 1)
        ON CONFLICT (tenant, bucket, window_start) DO UPDATE SET failures = login_failure.failures + 1
        """, ["bucket": .text(bucket), "start": .integer(windowStart)])
    }
    try connection.run(
      "DELETE FROM login_failure WHERE tenant = :tenant AND window_start < :old",
      ["old": .integer(windowStart - Self.window * 8)])
  }
}

// What is over.
extension LoginStore {
  /// Counts, or deletes, what is over since before `now`: sessions, invitations and failures. Throws `DatabaseError`.
  func sweep(isCarriedOut: Bool) throws -> Int {
    if isCarriedOut { try ProviderStore(connection, now: now).untieEnded() }
    return try connection.sweep(
      [
        ("login_session", "COALESCE(ended_at, seen_at) < :now"), ("login_invitation", "expires_at < :now"),
        ("login_failure", "window_start < :now"),
      ], ["now": .integer(now)], isCarriedOut: isCarriedOut)
  }
}
