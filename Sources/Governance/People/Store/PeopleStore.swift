public import Database
public import Organisation
import SteeringCore

/// The people and positions of one municipality, inside one transaction. Every change says in the audit trail what it
/// was; names stand there where they can be taken out again.
public struct PeopleStore {
  let connection: any DatabaseConnection
  private let now: Int64

  /// The store on a connection; `now` is in seconds since 1 January 1970 UTC.
  public init(_ connection: any DatabaseConnection, now: Int64) {
    self.connection = connection
    self.now = now
  }

  /// Everything that is known. Throws `DatabaseError`.
  public func register() throws -> PeopleRegister {
    PeopleRegister(
      people: try connection.rows(
        "SELECT person_id, person_name, email, is_removed FROM people_person WHERE tenant = :tenant ORDER BY person_id"
      ).map { row in
        Person(
          id: try row.integer("person_id"), name: try row.text("person_name"), email: try row.text("email"),
          isRemoved: try row.bool("is_removed"))
      }, positions: try positions(), holdings: try holdings(), delegations: try delegations())
  }

  /// What is known of one person: the person, the positions held, and what was delegated, with whether the positions
  /// that it comes from are held. The same as `register` says of the person, for a fraction of its rows. Throws
  /// `DatabaseError`.
  func register(about person: Int64) throws -> PeopleRegister {
    let id: [String: DatabaseValue] = ["person": .integer(person)]
    let known = try connection.row(
      """
      SELECT person_id, person_name, email, is_removed FROM people_person
      WHERE tenant = :tenant AND person_id = :person
      """, id
    ).map { row in
      Person(
        id: person, name: try row.text("person_name"), email: try row.text("email"),
        isRemoved: try row.bool("is_removed"))
    }
    let own = try holdings(where: "t.person_id = :person", id)
    let lent = try delegations(where: "t.person_id = :person", id)
    let others = try lent.flatMap {
      try holdings(where: "t.position_id = :position", ["position": .integer($0.position)])
    }
    let places = Set(own.map(\.position) + lent.map(\.position)).sorted().map(String.init).joined(separator: ", ")
    // The others are asked for nothing but that they are there.
    let holders = Set(others.map(\.person)).subtracting([person]).map { Person(id: $0, name: "", email: "") }
    return PeopleRegister(
      people: (known.map { [$0] } ?? []) + holders,
      positions: places.isEmpty ? [] : try positions(where: "t.position_id IN (\(places))"), holdings: own + others,
      delegations: lent)
  }

  /// The name of a person; nil where there is none, or it was removed. Throws `DatabaseError`.
  public func name(of person: Int64) throws -> String? {
    try register(about: person).person(person).flatMap { $0.isRemoved ? nil : $0.name }
  }

  private func positions(where condition: String = "1 = 1") throws -> [Position] {
    try versions("people_position", "position_id", "kind, place", condition).map { _, row in
      guard let kind = PositionKind(rawValue: try row.text("kind")) else {
        throw DatabaseError.of(.corrupt, detail: "a position of an unknown kind")
      }
      return Position(
        id: try row.integer("position_id"), kind: kind, place: try row.text("place"), period: try Self.period(row))
    }
  }

  private func holdings(
    where condition: String = "1 = 1", _ bindings: [String: DatabaseValue] = [:]
  ) throws -> [Holding] {
    let columns = "position_id, person_id, withdrawn_on"
    return try versions("people_holding", "holding_id", columns, condition, bindings).map { _, row in
      Holding(
        id: try row.integer("holding_id"), position: try row.integer("position_id"),
        person: try row.integer("person_id"), period: try Self.period(row),
        withdrawnOn: try row.optionalText("withdrawn_on").flatMap { CalendarDate(iso: $0) })
    }
  }

  private func delegations(
    where condition: String = "1 = 1", _ bindings: [String: DatabaseValue] = [:]
  ) throws -> [Delegation] {
    let columns = "position_id, person_id, decisions, withdrawn_on"
    return try versions("people_delegation", "delegation_id", columns, condition, bindings).map { first, row in
      Delegation(
        id: try row.integer("delegation_id"), position: try row.integer("position_id"),
        person: try row.integer("person_id"),
        decisions: Set(try row.text("decisions").split(separator: " ").map(String.init)), period: try Self.period(row),
        givenOn: CalendarDate(inDenmarkAt: try first.integer("recorded_at")),
        withdrawnOn: try row.optionalText("withdrawn_on").flatMap { CalendarDate(iso: $0) })
    }
  }

  /// The first and the last version of every row of a table, of those that fulfil a condition; no version of a row
  /// answers it otherwise than another.
  private func versions(
    _ table: String, _ key: String, _ columns: String, _ condition: String,
    _ bindings: [String: DatabaseValue] = [:]
  ) throws -> [(first: DatabaseRow, last: DatabaseRow)] {
    var versions: [(first: DatabaseRow, last: DatabaseRow)] = []
    var known: Int64?
    try connection.forEachRow(
      """
      SELECT \(key), \(columns), valid_from, valid_through, recorded_at FROM \(table) t
      WHERE tenant = :tenant AND \(condition) ORDER BY \(key), version
      """, bindings
    ) { row in
      let id = try row.integer(key)
      if id == known { versions[versions.count - 1].last = row } else { versions.append((row, row)) }
      known = id
    }
    return versions
  }

  private static func period(_ row: DatabaseRow) throws -> ValidPeriod {
    let through = try row.optionalText("valid_through")
    guard let from = CalendarDate(iso: try row.text("valid_from")),
      let period = ValidPeriod(from: from, through: through.flatMap { CalendarDate(iso: $0) })
    else { throw DatabaseError.of(.corrupt, detail: "a period that cannot be read") }
    return period
  }

  private func next(_ table: String, _ key: String) throws -> Int64 {
    let row = try connection.row("SELECT COALESCE(MAX(\(key)), 0) AS last FROM \(table) WHERE tenant = :tenant")
    return try (row?.integer("last") ?? 0) + 1
  }

  private static func bindings(_ period: ValidPeriod) -> [String: DatabaseValue] {
    ["from": .text(period.from.iso), "through": period.through.map { .text($0.iso) } ?? .null]
  }
}

// What can be done.
extension PeopleStore {
  /// Enters a person; gives the number. Throws `DatabaseError`.
  public func add(name: String, email: String) throws -> Int64 {
    let id = try next("people_person", "person_id")
    try connection.run(
      """
      INSERT INTO people_person (tenant, person_id, person_name, email, is_removed)
      VALUES (:tenant, :id, :name, :email, 0)
      """, ["id": .integer(id), "name": .text(name), "email": .text(email)])
    try connection.tell(
      Act(
        "people.enter", object: "person \(id)",
        personal: .init(person: "\(id)", after: FieldText.text(["name": name, "email": email]))))
    return id
  }

  /// Makes a position; gives its number. Throws `DatabaseError`.
  public func add(_ kind: PositionKind, place: String, _ period: ValidPeriod) throws -> Int64 {
    let id = try next("people_position", "position_id")
    try write(Position(id: id, kind: kind, place: place, period: period), version: 1)
    try connection.tell(
      Act(
        "people.makePosition", object: "position \(id)",
        after: FieldText.text(["kind": kind.rawValue, "place": place, "period": Self.text(period)])))
    return id
  }

  /// Gives a position another last day. Throws `DatabaseError`.
  public func change(_ position: Position, to period: ValidPeriod) throws {
    let changed = Position(id: position.id, kind: position.kind, place: position.place, period: period)
    try write(changed, version: try version("people_position", "position_id", position.id))
    try connection.tell(
      Act(
        "people.endPosition", object: "position \(position.id)", before: Self.text(position.period),
        after: Self.text(period)))
  }

  /// Puts a person into a position. Throws `DatabaseError`.
  public func appoint(_ person: Int64, to position: Int64, _ period: ValidPeriod) throws -> Int64 {
    let id = try next("people_holding", "holding_id")
    try write(Holding(id: id, position: position, person: person, period: period), version: 1)
    try connection.tell(
      Act(
        "people.appoint", object: "position \(position)",
        after: FieldText.text(["holding": "\(id)", "person": "\(person)", "period": Self.text(period)])))
    return id
  }

  /// Gives a holding another last day: the person leaves the position. Throws `DatabaseError`.
  public func change(_ holding: Holding, to period: ValidPeriod) throws {
    let changed = Holding(id: holding.id, position: holding.position, person: holding.person, period: period)
    try write(changed, version: try version("people_holding", "holding_id", holding.id))
    try connection.tell(
      Act(
        "people.leave", object: "position \(holding.position)", before: Self.text(holding.period),
        after: FieldText.text(["holding": "\(holding.id)", "person": "\(holding.person)", "period": Self.text(period)]))
    )
  }

  /// Takes a holding back at once: it counts on no day from `day` on. Throws `DatabaseError`.
  func withdraw(_ holding: Holding, on day: CalendarDate) throws {
    let changed = Holding(
      id: holding.id, position: holding.position, person: holding.person, period: holding.period, withdrawnOn: day)
    try write(changed, version: try version("people_holding", "holding_id", holding.id))
    try connection.tell(
      Act(
        "people.leave", object: "position \(holding.position)", before: Self.text(holding.period),
        after: FieldText.text([
          "holding": "\(holding.id)", "person": "\(holding.person)", "withdrawnOn": day.iso,
        ])))
  }

  /// Lets a person use part of a position's competence. Throws `DatabaseError`.
  public func delegate(_ decisions: Set<String>, of position: Int64, to person: Int64, _ period: ValidPeriod) throws
    -> Int64
  {
    let id = try next("people_delegation", "delegation_id")
    let delegation = Delegation(
      id: id, position: position, person: person, decisions: decisions, period: period,
      givenOn: CalendarDate(inDenmarkAt: now))
    try write(delegation, version: 1)
    try connection.tell(
      Act(
        "competence.delegate", object: "position \(position)",
        after: FieldText.text([
          "delegation": "\(id)", "person": "\(person)", "decisions": decisions.sorted().joined(separator: " "),
          "period": Self.text(period),
        ])))
    return id
  }

  /// Takes a delegation back at once: it counts on no day from `day` on. Throws `DatabaseError`.
  func withdraw(_ delegation: Delegation, on day: CalendarDate) throws {
    let changed = Delegation(
      id: delegation.id, position: delegation.position, person: delegation.person, decisions: delegation.decisions,
      period: delegation.period, givenOn: delegation.givenOn, withdrawnOn: day)
    try write(changed, version: try version("people_delegation", "delegation_id", delegation.id))
    try connection.tell(
      Act(
        "competence.withdraw", object: "position \(delegation.position)", before: Self.text(delegation.period),
        after: FieldText.text([
          "delegation": "\(delegation.id)", "person": "\(delegation.person)", "withdrawnOn": day.iso,
        ])))
  }

  /// Takes out what identifies a person, here and in the audit trail; what the person did stays, under the number. The
  /// person leaves every position, and what was delegated to the person ends. Gives how many entries of the trail lost
  /// their words. Throws `DatabaseError`.
  public func remove(_ person: Int64) throws -> Int {
    let day = CalendarDate(inDenmarkAt: now)
    let known = try register()
    for holding in known.holdings where holding.person == person && holding.isOpen(on: day) {
      try withdraw(holding, on: day)
    }
    for delegation in known.delegations where delegation.person == person && delegation.isOpen(on: day) {
      try withdraw(delegation, on: day)
    }
    try connection.run(
      """
      UPDATE people_person SET person_name = '', email = '', is_removed = 1
      WHERE tenant = :tenant AND person_id = :id
      """, ["id": .integer(person)])
    let words = try AuditTrail(connection).forget(person: "\(person)")
    try connection.tell(Act("privacy.remove", object: "person \(person)", after: "\(words)"))
    return words
  }

  private func version(_ table: String, _ key: String, _ id: Int64) throws -> Int64 {
    let row = try connection.row(
      "SELECT COALESCE(MAX(version), 0) AS last FROM \(table) WHERE tenant = :tenant AND \(key) = :id",
      ["id": .integer(id)])
    return try (row?.integer("last") ?? 0) + 1
  }

  private func write(_ position: Position, version: Int64) throws {
    try connection.run(
      """
      INSERT INTO people_position (tenant, position_id, version, kind, place, valid_from, valid_through, recorded_at)
      VALUES (:tenant, :id, :version, :kind, :place, :from, :through, :now)
      """,
      Self.bindings(position.period).merging([
        "id": .integer(position.id), "version": .integer(version), "kind": .text(position.kind.rawValue),
        "place": .text(position.place), "now": .integer(now),
      ]) { $1 })
  }

  private func write(_ holding: Holding, version: Int64) throws {
    try connection.run(
      """
      INSERT INTO people_holding
        (tenant, holding_id, version, position_id, person_id, valid_from, valid_through, withdrawn_on, recorded_at)
      VALUES (:tenant, :id, :version, :position, :person, :from, :through, :withdrawn, :now)
      """,
      Self.bindings(holding.period).merging([
        "id": .integer(holding.id), "version": .integer(version), "position": .integer(holding.position),
        "person": .integer(holding.person), "withdrawn": holding.withdrawnOn.map { .text($0.iso) } ?? .null,
        "now": .integer(now),
      ]) { $1 })
  }

  private func write(_ delegation: Delegation, version: Int64) throws {
    try connection.run(
      """
      INSERT INTO people_delegation
        (tenant, delegation_id, version, position_id, person_id, decisions, valid_from, valid_through, withdrawn_on,
         recorded_at)
      VALUES (:tenant, :id, :version, :position, :person, :decisions, :from, :through, :withdrawn, :now)
      """,
      Self.bindings(delegation.period).merging([
        "id": .integer(delegation.id), "version": .integer(version), "position": .integer(delegation.position),
        "person": .integer(delegation.person),
        "decisions": .text(delegation.decisions.sorted().joined(separator: " ")),
        "withdrawn": delegation.withdrawnOn.map { .text($0.iso) } ?? .null, "now": .integer(now),
      ]) { $1 })
  }

  private static func text(_ period: ValidPeriod) -> String {
    "\(period.from.iso)/\(period.through.map(\.iso) ?? "")"
  }
}
