import Database
import Foundation

/// Everything that is stored about a person, for the person (GDPR article 15): own data, positions, delegations,
/// sessions, and what the audit trail says of the person. Figures of a unit are not the leader's own data.
struct StoredAboutPerson: Sendable {
  /// The data in groups, each with its rows of fields.
  let groups: [(name: String, rows: [[(field: String, value: String)]])]

  /// What is read of one kind of thing: its fields, where they stand, and by what they are sorted.
  private struct Part {
    let name: String
    let fields: [String]
    let source: String
    let order: String
  }

  private static let parts = [
    Part(
      name: "person", fields: ["person_name", "email"],
      source: "people_person WHERE tenant = :tenant AND person_id = :person", order: "person_id"),
    Part(
      name: "positions", fields: ["p.kind", "p.place", "h.valid_from", "h.valid_through", "h.withdrawn_on"],
      source: """
        people_holding h
        JOIN people_position p ON p.tenant = h.tenant AND p.position_id = h.position_id AND p.version = 1
        WHERE h.tenant = :tenant AND p.tenant = :tenant AND h.person_id = :person
        """, order: "h.holding_id, h.version"),
    Part(
      name: "delegations", fields: ["decisions", "valid_from", "valid_through", "withdrawn_on"],
      source: "people_delegation WHERE tenant = :tenant AND person_id = :person", order: "delegation_id, version"),
    Part(
      name: "account", fields: ["user_name", "changed_at"],
      source: "login_account WHERE tenant = :tenant AND person_id = :person", order: "user_name"),
    Part(
      name: "identities", fields: ["issuer", "subject", "linked_at"],
      source: "login_identity WHERE tenant = :tenant AND person_id = :person", order: "issuer, subject"),
    Part(
      name: "invitations", fields: ["expires_at", "used_at"],
      source: "login_invitation WHERE tenant = :tenant AND person_id = :person", order: "expires_at"),
    Part(
      name: "told by the provider", fields: ["p.issuer", "p.subject", "p.id_token"],
      source: """
        login_provider_session p
        JOIN login_session s ON s.tenant = p.tenant AND s.session_hash = p.session_hash
        WHERE p.tenant = :tenant AND s.tenant = :tenant AND s.person_id = :person
        """, order: "s.started_at"),
    Part(
      name: "sessions", fields: ["way", "started_at", "seen_at", "ended_at"],
      source: "login_session WHERE tenant = :tenant AND person_id = :person", order: "started_at"),
  ]

  /// All parts in one question, since each has its price where the database is on another machine.
  private static let question: String = {
    let most = parts.map(\.fields.count).max() ?? 0
    let questions = parts.enumerated().map { index, part in
      let values = (0..<most).map { field in
        part.fields.indices.contains(field) ? "COALESCE(CAST(\(part.fields[field]) AS TEXT), '')" : "''"
      }
      let named = values.enumerated().map { "\($1) AS field_\($0)" }.joined(separator: ", ")
      let place = "ROW_NUMBER() OVER (ORDER BY \(part.order)) AS place"
      return "SELECT \(index) AS part, \(place), \(named) FROM \(part.source)"
    }
    return questions.joined(separator: " UNION ALL ") + " ORDER BY part, place"
  }()

  /// Reads it, with at most so many entries of the trail, the newest. Throws `DatabaseError`.
  init(_ connection: any DatabaseConnection, _ person: Int64, trail: Int = Self.mostEntries) throws {
    var found = Self.parts.map { part in (name: part.name, rows: [[(field: String, value: String)]]()) }
    // Few rows, so they are fetched at once.
    for row in try connection.rows(Self.question, ["person": .integer(person)]) {
      let index = Int(try row.integer("part"))
      let fields = try Self.parts[index].fields.enumerated().map { place, field in
        (field: field.split(separator: ".").last.map(String.init) ?? field, value: try row.text("field_\(place)"))
      }
      found[index].rows.append(fields)
    }
    groups = found + [("trail", try Self.trail(connection, person, most: trail))]
  }

  /// What the person did, and what was done about the person. The words about other people are theirs, and stay out.
  private static func trail(
    _ connection: any DatabaseConnection, _ person: Int64, most: Int
  ) throws -> [[(field: String, value: String)]] {
    try AuditTrail(connection).latest(most, filter: .init(person: String(person), isAboutToo: true)).map {
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
