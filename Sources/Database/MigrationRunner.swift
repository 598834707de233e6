import SteeringCore

/// Brings a database's tables up to what the program's capabilities need, step by step, and refuses a database whose
/// steps do not fit the program. A step that has run is recorded with the digest of its text and never runs again.
public struct MigrationRunner: Sendable {
  private let migrations: [Migration]

  /// A runner for the steps of all capabilities, in the order in which they shall run. Throws a programming error
  /// where the numbers of a capability do not run 1, 2, 3 …
  public init(_ migrations: [Migration]) throws {
    var last: [String: Int] = [:]
    for step in migrations {
      let expected = last[step.capability, default: 0] + 1
      guard step.number == expected else {
        throw DatabaseError.misuse("migration \(step) stands where number \(expected) of its capability is due")
      }
      last[step.capability] = step.number
    }
    self.migrations = migrations
  }

  /// The steps that `run` would run, in order; none where the database is up to date. Changes nothing. Throws
  /// `DatabaseError` of kind `migrationRefused` where the database has been through a step that the program does not
  /// know, or knows with another text.
  public func plan(on database: some MunicipalDatabase) async throws -> [Migration] {
    let migrations = self.migrations
    return try await database.readAcrossTenants { try Self.pending(of: migrations, $0) }
  }

  /// Runs the steps that are missing, each in a transaction of its own, and returns them. Where one fails, it leaves
  /// nothing behind, those before it stay, and the next call goes on from there. Throws as `plan`. Servers that start
  /// at the same time run each step once: a step that another one has run meanwhile is left out.
  ///
  /// `now` gives the time to record, in whole seconds since 1 January 1970 UTC.
  public func run(on database: some MunicipalDatabase, now: @Sendable () -> Int64) async throws -> [Migration] {
    var done: [Migration] = []
    do {
      try await run(on: database, now: now, &done)
    } catch let error as DatabaseError where !done.isEmpty {
      // What the error says is about the step that failed; those before it stay.
      throw error.after(done.count)
    }
    return done
  }

  private func run(
    on database: some MunicipalDatabase, now: @Sendable () -> Int64, _ done: inout [Migration]
  ) async throws {
    for step in try await plan(on: database) {
      let time = now()
      let migrations = self.migrations
      let isDone = try await database.writeAcrossTenants { connection in
        // Nobody else writes now, so what is still pending is pending for good.
        guard try Self.pending(of: migrations, connection).contains(step) else { return false }
        try Self.carryOut(step, at: time, connection)
        return true
      }
      if isDone { done.append(step) }
    }
    try await Self.guardTables(of: database)
  }

  /// Makes the database keep the municipalities apart where a table lacks what that takes: one from before, or one
  /// that somebody has changed by hand.
  private static func guardTables(of database: some MunicipalDatabase) async throws {
    let isLacking = try await database.readAcrossTenants { try !$0.lacksOfGuard().isEmpty }
    if isLacking { try await database.writeAcrossTenants { try guardTables($0) } }
  }

  private static func guardTables(_ connection: any DatabaseConnection) throws {
    for lack in try connection.lacksOfGuard() { try connection.run(lack.statement) }
  }

  private static func carryOut(_ step: Migration, at time: Int64, _ connection: any DatabaseConnection) throws {
    try connection.run(connection.dialect.render(createRecord))
    for statement in step.statements { try connection.run(connection.dialect.render(statement)) }
    try connection.run(
      """
      INSERT INTO styrehus_migration (capability, number, name, digest, applied_at)
      VALUES (:capability, :number, :name, :digest, :time)
      """,
      [
        "capability": .text(step.capability), "number": DatabaseValue(step.number), "name": .text(step.name),
        "digest": .text(step.digest), "time": .integer(time),
      ])
    if let keepingBytes = connection.dialect.keepingBytes {
      for row in try connection.rows(keepingBytes) { try connection.run(try row.text("statement")) }
    }
    // In the same transaction, so that no row is ever in a table that is not guarded.
    try guardTables(connection)
  }

  private static func pending(
    of migrations: [Migration], _ connection: any DatabaseConnection
  ) throws -> [Migration] {
    let recorded = try record(connection)
    let known = Dictionary(uniqueKeysWithValues: migrations.map { (Key($0), $0) })
    for (key, digest) in recorded {
      guard let step = known[key] else { throw unknown(key) }
      guard step.digest == digest else { throw changed(step) }
    }
    let pending = migrations.filter { recorded[Key($0)] == nil }
    if let gap = pending.first(where: { recorded[Key(capability: $0.capability, number: $0.number + 1)] != nil }) {
      throw missing(gap)
    }
    return pending
  }

  private static func record(_ connection: any DatabaseConnection) throws -> [Key: String] {
    guard try connection.row(connection.dialect.findTable, ["name": .text(recordTable)]) != nil else { return [:] }
    var recorded: [Key: String] = [:]
    for row in try connection.rows("SELECT capability, number, digest FROM styrehus_migration") {
      let key = Key(capability: try row.text("capability"), number: Int(try row.integer("number")))
      recorded[key] = try row.text("digest")
    }
    return recorded
  }

  private struct Key: Hashable {
    let capability: String
    let number: Int
    init(_ step: Migration) { self.init(capability: step.capability, number: step.number) }
    init(capability: String, number: Int) {
      self.capability = capability
      self.number = number
    }
  }

  /// The table that records the steps a database has been through.
  static let recordTable = "styrehus_migration"

  private static let createRecord = """
    CREATE TABLE IF NOT EXISTS styrehus_migration (
      capability {text} NOT NULL,
      number {integer} NOT NULL CHECK (number > 0),
      name {text} NOT NULL,
      digest {text} NOT NULL CHECK (length(digest) = 64),
      applied_at {integer} NOT NULL,
      PRIMARY KEY (capability, number)
    ) {keyed}
    """
}

extension MigrationRunner {
  private static let restore = Words(
    "Intet er ændret. Start den udgave af Styrehus, som sidst brugte databasen, eller læg en sikkerhedskopi ind.",
    en: "Nothing was changed. Start the version of Styrehus that last used the database, or restore a backup.")

  private static func unknown(_ key: Key) -> DatabaseError {
    DatabaseError(
      .migrationRefused,
      Words(
        "Databasen har været gennem trin \(key.number) af »\(key.capability)«, som dette program ikke kender.",
        en: "The database has been through step \(key.number) of “\(key.capability)”, unknown to this program."),
      remedy: restore, detail: "unknown migration \(key.capability) \(key.number)")
  }

  private static func changed(_ step: Migration) -> DatabaseError {
    DatabaseError(
      .migrationRefused,
      Words(
        "Trin \(step.number) af »\(step.capability)« lyder anderledes nu, end da databasen kom gennem det.",
        en: "Step \(step.number) of “\(step.capability)” reads differently now than when the database took it."),
      remedy: restore, detail: "changed migration \(step)")
  }

  private static func missing(_ step: Migration) -> DatabaseError {
    DatabaseError(
      .migrationRefused,
      Words(
        "Databasen mangler trin \(step.number) af »\(step.capability)«, men har været gennem senere trin.",
        en: "The database lacks step \(step.number) of “\(step.capability)” but has been through later ones."),
      remedy: restore, detail: "missing migration \(step)")
  }
}

extension DatabaseConnection {
  /// What the tables lack for the database itself to keep the municipalities apart, and the statements that mend it.
  fileprivate func lacksOfGuard() throws -> [(table: String, statement: String)] {
    guard let guarding = dialect.guarding else { return [] }
    return try rows(guarding).map { (try $0.text("table_name"), try $0.text("statement")) }
  }
}

extension DatabaseError {
  /// The error of a step that failed after others had been run: those stay, whatever the error says of its own step.
  fileprivate func after(_ count: Int) -> DatabaseError {
    DatabaseError(
      kind,
      Words(
        "Databasen er bragt \(count) trin videre, og så gik det galt: \(message.danish)",
        en: "The database was brought \(count) step(s) further, and then it went wrong: \(message.english)"),
      remedy: Words(
        "De trin bliver stående. Ret det, og prøv igen: næste forsøg går videre derfra.",
        en: "Those steps stay. Put it right and try again: the next attempt goes on from there."),
      detail: detail)
  }
}
