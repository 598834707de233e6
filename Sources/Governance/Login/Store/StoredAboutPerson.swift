import Database
import Foundation

/// Everything that is stored about a person, for the person (GDPR article 15): own data, positions, delegations,
/// sessions, and what the audit trail says of the person. Figures of a unit are not the leader's own data.
struct StoredAboutPerson: Sendable {
  /// The data in groups, each with its rows of fields.
  let groups: [(name: String, rows: [[(field: String, value: String)]])]

  /// Reads it. Throws `DatabaseError`.
  init(_ connection: any DatabaseConnection, _ person: Int64) throws {
    let id: [String: DatabaseValue] = ["person": .integer(person)]
    func group(_ name: String, _ sql: String, _ columns: [String]) throws
      -> (name: String, rows: [[(field: String, value: String)]])
    {
      let rows = try connection.rows(sql, id).map { row in
        try columns.map { column in
          switch try row.value(column) {
          case .text(let text): (field: column, value: text)
          case .integer(let number): (field: column, value: String(number))
          default: (field: column, value: "")
          }
        }
      }
      return (name, rows)
    }
    groups = [
      try group(
        "person", "SELECT person_name, email FROM people_person WHERE tenant = :tenant AND person_id = :person",
        ["person_name", "email"]),
      try group(
        "positions",
        """
        SELECT p.kind, p.place, h.valid_from, h.valid_through, h.withdrawn_on FROM people_holding h
        JOIN people_position p ON p.tenant = h.tenant AND p.position_id = h.position_id AND p.version = 1
        WHERE h.tenant = :tenant AND p.tenant = :tenant AND h.person_id = :person ORDER BY h.holding_id, h.version
        """, ["kind", "place", "valid_from", "valid_through", "withdrawn_on"]),
      try group(
        "delegations",
        """
        SELECT decisions, valid_from, valid_through, withdrawn_on FROM people_delegation
        WHERE tenant = :tenant AND person_id = :person ORDER BY delegation_id, version
        """, ["decisions", "valid_from", "valid_through", "withdrawn_on"]),
      try group(
        "account", "SELECT user_name, changed_at FROM login_account WHERE tenant = :tenant AND person_id = :person",
        ["user_name", "changed_at"]),
      try group(
        "identities",
        """
        SELECT issuer, subject, linked_at FROM login_identity
        WHERE tenant = :tenant AND person_id = :person ORDER BY issuer, subject
        """, ["issuer", "subject", "linked_at"]),
      try group(
        "invitations",
        """
        SELECT expires_at, used_at FROM login_invitation
        WHERE tenant = :tenant AND person_id = :person ORDER BY expires_at
        """, ["expires_at", "used_at"]),
      try group(
        "told by the provider",
        """
        SELECT p.issuer, p.subject, p.id_token FROM login_provider_session p
        JOIN login_session s ON s.tenant = p.tenant AND s.session_hash = p.session_hash
        WHERE p.tenant = :tenant AND s.tenant = :tenant AND s.person_id = :person ORDER BY s.started_at
        """, ["issuer", "subject", "id_token"]),
      try group(
        "sessions",
        """
        SELECT way, started_at, seen_at, ended_at FROM login_session
        WHERE tenant = :tenant AND person_id = :person ORDER BY started_at
        """, ["way", "started_at", "seen_at", "ended_at"]),
      ("trail", try Self.trail(connection, person)),
    ]
  }

  /// What the person did, and what was done about the person. The words about other people are theirs, and stay out.
  private static func trail(
    _ connection: any DatabaseConnection, _ person: Int64
  ) throws -> [[(field: String, value: String)]] {
    try AuditTrail(connection).latest(mostEntries, filter: .init(person: String(person), isAboutToo: true)).map {
      entry in
      let own = entry.act.personal.map { $0.person == String(person) } ?? true
      return [
        ("number", "\(entry.number)"), ("at", "\(entry.at)"), ("action", entry.act.action),
        ("object", entry.act.object), ("before", own ? entry.act.personal?.before ?? entry.act.before : ""),
        ("after", own ? entry.act.personal?.after ?? entry.act.after : ""), ("reason", entry.deed.reason),
        ("request", entry.deed.request),
      ]
    }
  }

  /// More entries than a person comes to.
  private static let mostEntries = 1_000_000

  /// The whole of it for a program to read.
  var json: String {
    get throws {
      let plain = Dictionary(
        uniqueKeysWithValues: groups.map { group in
          (group.name, group.rows.map { Dictionary($0.map { ($0.field, $0.value) }) { first, _ in first } })
        })
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return String(decoding: try encoder.encode(plain), as: UTF8.self)
    }
  }
}
