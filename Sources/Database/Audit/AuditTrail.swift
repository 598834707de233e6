/// The audit trail of one municipality, inside one transaction: entries are added and read, never changed.
public struct AuditTrail {
  private let connection: any DatabaseConnection

  /// The trail on a connection.
  public init(_ connection: any DatabaseConnection) { self.connection = connection }

  /// Adds an act by whoever the connection works for. Those who write at the same moment wait here for each other, so
  /// it stands last in a long transaction. Throws `DatabaseError`.
  public func add(_ act: Act) throws {
    let start: [String: DatabaseValue] = ["start": .text(AuditEntry.start)]
    try connection.run(
      """
      INSERT INTO database_audit_head (tenant, trail, number, hash) VALUES (:tenant, 'all', 0, :start)
      ON CONFLICT (tenant, trail) DO NOTHING
      """, start)
    // The row is locked until the end of the transaction: nobody else can come in between.
    try connection.run("UPDATE database_audit_head SET number = number + 1 WHERE tenant = :tenant")
    let head = try connection.row(
      "SELECT number, hash, \(connection.dialect.clock) AS now FROM database_audit_head WHERE tenant = :tenant")
    guard let head else { throw DatabaseError.misuse("the audit trail has no head") }
    let number = try head.integer("number")
    let salt = act.personal == nil ? "" : RandomText.fresh()
    let personalHash = act.personal.map { Fingerprint.of([salt, $0.before, $0.after]) } ?? ""
    let at = try head.integer("now")
    let bare = AuditEntry(
      number: number, at: at, deed: connection.deed, act: act, salt: salt, personalHash: personalHash, hash: "")
    let hash = bare.expectedHash(after: try head.text("hash"))
    try insert(bare, hash: hash)
    if let personal = act.personal {
      try connection.run(
        """
        INSERT INTO database_audit_personal (tenant, number, person, salt, before_text, after_text)
        VALUES (:tenant, :number, :person, :salt, :before, :after)
        """,
        [
          "number": .integer(number), "person": .text(personal.person), "salt": .text(salt),
          "before": .text(personal.before), "after": .text(personal.after),
        ])
    }
    try connection.run("UPDATE database_audit_head SET hash = :hash WHERE tenant = :tenant", ["hash": .text(hash)])
  }

  private func insert(_ entry: AuditEntry, hash: String) throws {
    try connection.run(
      """
      INSERT INTO database_audit (tenant, number, at_ms, person, position, reason, request, action, object,
        before_text, after_text, about_person, personal_hash, hash)
      VALUES (:tenant, :number, :at, :person, :position, :reason, :request, :action, :object, :before, :after, :about,
        :personal, :hash)
      """,
      [
        "number": .integer(entry.number), "at": .integer(entry.at), "person": .text(entry.deed.person),
        "position": .text(entry.deed.position), "reason": .text(entry.deed.reason),
        "request": .text(entry.deed.request), "action": .text(entry.act.action), "object": .text(entry.act.object),
        "before": .text(entry.act.before), "after": .text(entry.act.after),
        "about": .text(entry.act.personal?.person ?? ""), "personal": .text(entry.personalHash), "hash": .text(hash),
      ])
  }

  /// Takes out what the trail says about a person in words; that something was said, by whom and when, stays. Gives
  /// how many entries lost their words. Throws `DatabaseError`.
  public func forget(person: String) throws -> Int {
    try connection.run(
      "DELETE FROM database_audit_personal WHERE tenant = :tenant AND person = :person", ["person": .text(person)])
  }

  /// Takes out the words about people in entries from before a moment, in seconds since 1 January 1970 UTC; or only
  /// counts them. Throws `DatabaseError`.
  public func forget(before moment: Int64, isCarriedOut: Bool) throws -> Int {
    let condition = "number IN (SELECT number FROM database_audit WHERE tenant = :tenant AND at_ms < :moment)"
    return try connection.sweep(
      [("database_audit_personal", condition)], ["moment": .integer(moment * 1_000)], isCarriedOut: isCarriedOut)
  }
}

extension AuditTrail {
  private static let columns = """
    a.number, a.at_ms, a.person, a.position, a.reason, a.request, a.action, a.object, a.before_text, a.after_text,
    a.about_person, a.personal_hash, a.hash, p.salt, p.before_text AS personal_before, p.after_text AS personal_after
    """
  private static let tables = """
    database_audit a LEFT JOIN database_audit_personal p ON p.tenant = a.tenant AND p.number = a.number
    """

  /// The newest entries before a number, newest first. Throws `DatabaseError`.
  public func latest(_ limit: Int, before number: Int64? = nil, filter: Filter = Filter()) throws -> [AuditEntry] {
    try connection.rows(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE a.tenant = :tenant AND a.number < :before
        AND (:person = '' OR a.person = :person OR a.about_person = :person
          OR (:object <> '' AND (a.object = :object OR (:line || a.after_text || :line) LIKE :mention)))
        AND (:action = '' OR a.action = :action)
      ORDER BY a.number DESC LIMIT :limit
      """,
      [
        "before": .integer(number ?? .max), "limit": DatabaseValue(limit), "person": .text(filter.person),
        "object": .text(filter.isAboutToo ? "person \(filter.person)" : ""),
        "line": .text("\n"), "mention": .text("%\nperson=\(filter.person)\n%"),
        "action": .text(filter.action),
      ]
    ).map(Self.entry)
  }

  /// Which entries are asked for; empty texts ask for all.
  public struct Filter: Hashable, Sendable {
    /// Those that a person did, or that are about the person.
    public let person: String
    /// Those of one kind.
    public let action: String
    /// Whether also those whose object is the person, or that name the person among what was written.
    public let isAboutToo: Bool

    /// A filter.
    public init(person: String = "", action: String = "", isAboutToo: Bool = false) {
      self.person = person
      self.action = action
      self.isAboutToo = isAboutToo
    }
  }

  /// Every entry in order, one by one. Throws `DatabaseError`, and what the body throws.
  public func eachEntry(_ body: (AuditEntry) throws -> Void) throws {
    try connection.forEachRow(
      "SELECT \(Self.columns) FROM \(Self.tables) WHERE a.tenant = :tenant ORDER BY a.number", [:]
    ) { try body(Self.entry($0)) }
  }

  /// In whose name something came to be: the first entry about an object of acts with a name such as `closing.…`; nil
  /// where the trail does not say. Throws `DatabaseError`.
  public func doer(of object: String, in acts: String) throws -> Deed? {
    try connection.row(
      """
      SELECT person, position, reason, request FROM database_audit
      WHERE tenant = :tenant AND object = :object AND action LIKE :acts ORDER BY number LIMIT 1
      """, ["object": .text(object), "acts": .text(acts + ".%")]
    ).map { row in
      Deed(
        person: try row.text("person"), position: try row.text("position"), reason: try row.text("reason"),
        request: try row.text("request"))
    }
  }

  /// The kinds of acts in the trail, by name.
  public func actions() throws -> [String] {
    try connection.rows("SELECT DISTINCT action FROM database_audit WHERE tenant = :tenant ORDER BY action").map {
      try $0.text("action")
    }
  }

  /// Number and hash of the newest entry: whoever keeps them elsewhere finds a trail that was cut or written anew. Nil
  /// where the trail is empty.
  public func anchor() throws -> AuditAnchor? {
    try connection.row("SELECT number, hash FROM database_audit_head WHERE tenant = :tenant").map {
      AuditAnchor(number: try $0.integer("number"), hash: try $0.text("hash"))
    }
  }

  private static func entry(_ row: DatabaseRow) throws -> AuditEntry {
    let about = try row.text("about_person")
    let personal: Act.Personal? =
      about.isEmpty
      ? nil
      : Act.Personal(
        person: about, before: try row.optionalText("personal_before") ?? "",
        after: try row.optionalText("personal_after") ?? "")
    return AuditEntry(
      number: try row.integer("number"), at: try row.integer("at_ms"),
      deed: Deed(
        person: try row.text("person"), position: try row.text("position"), reason: try row.text("reason"),
        request: try row.text("request")),
      act: Act(
        try row.text("action"), object: try row.text("object"), before: try row.text("before_text"),
        after: try row.text("after_text"), personal: personal),
      salt: personal == nil ? "" : try row.optionalText("salt"), personalHash: try row.text("personal_hash"),
      hash: try row.text("hash"))
  }
}

extension DatabaseConnection {
  /// Says in the audit trail what the transaction does. Throws `DatabaseError`.
  public func tell(_ act: Act) throws { try AuditTrail(self).add(act) }
}
