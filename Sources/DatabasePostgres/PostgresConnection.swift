internal import Database

/// A connection while it is lent out for one transaction. One thread uses it.
final class PostgresConnection: DatabaseConnection {
  let dialect = Dialect.postgres
  private let pool: SessionPool
  private let work: Work
  private let interruption: Interruption
  private var session: Session
  /// The error that ended the transaction.
  private var failure: (any Error)?
  /// Whether the body has seen anything of the transaction. Before that, it can move to another connection unnoticed.
  private var hasAnswered = false
  private var hasMoved = false
  /// How many walks over rows are under way, one inside the other.
  private var walks = 0
  /// The names under which the server keeps a place in a query, also after the walk has ended.
  private var knownWalks: Set<String> = []

  private init(_ pool: SessionPool, _ work: Work, _ interruption: Interruption) throws {
    self.pool = pool
    self.work = work
    self.interruption = interruption
    session = try pool.take(interruption)
  }

  /// Runs a body in a transaction. Throws where a statement failed, whether or not the body let the error out.
  static func lend<T>(
    from pool: SessionPool, for work: Work, _ interruption: Interruption, to body: (any DatabaseConnection) throws -> T
  ) throws -> T {
    let connection: PostgresConnection
    do {
      connection = try PostgresConnection(pool, work, interruption)
    } catch {
      throw PostgresErrors.translate(error, writes: work.writes)
    }
    defer {
      connection.failure = DatabaseError.misuse("a connection is used after its transaction")
      pool.giveBack(connection.session)
    }
    do {
      try connection.begin()
      let result = try body(connection)
      if let failure = connection.failure { throw failure }
      try connection.commit()
      return result
    } catch {
      connection.rollBack()
      throw error
    }
  }
}

// Statements.
extension PostgresConnection {
  func rows(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> [DatabaseRow] {
    try attempt { session in try self.rows(try SQLStatement(sql), bindings, session) }
  }

  func run(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> Int {
    try attempt { session in
      let statement = try SQLStatement(sql)
      try refuseUnlessWriting(statement)
      return try answer(to: statement, bindings, session).changedRows
    }
  }

  func runMany(_ sql: String, _ columns: [String: DatabaseColumn]) throws -> Int {
    try attempt { session in
      let statement = try SQLStatement(sql)
      try refuseUnlessWriting(statement)
      let (columns, rowCount) = try statement.columns(columns, tenant: work.tenant)
      return try session.runMany(statement, columns, rowCount: rowCount)
    }
  }

  private func rows(
    _ statement: SQLStatement, _ bindings: [String: DatabaseValue], _ session: Session
  ) throws -> [DatabaseRow] {
    try answer(to: statement, bindings, session).rows(table: statement.table)
  }

  private func answer(
    to statement: SQLStatement, _ bindings: [String: DatabaseValue], _ session: Session
  ) throws -> Answer {
    let values = try statement.values(bindings, tenant: work.tenant)
    if Self.comesAgain.contains(statement.verb) {
      return try session.exchange(.often(statement.numbered, values.map { WireValue($0) }))
    }
    // What defines tables comes once and never again, and needs tables that no walk keeps a place in.
    if walks == 0, !knownWalks.isEmpty {
      knownWalks = []
      _ = try session.exchange(.once("CLOSE ALL"))
    }
    return try session.exchange(.once(statement.numbered, values))
  }

  private static let comesAgain: Set<String> = ["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE"]

  private func refuseUnlessWriting(_ statement: SQLStatement) throws {
    guard work.writes else { throw DatabaseError.misuse("a change inside a read: \(statement.text)") }
  }
}

// Walking over rows. The server keeps the query's place under a name and hands over portions, so that memory does not
// grow with the result, other statements may run meanwhile, and a body that takes long is no slow statement.
extension PostgresConnection {
  /// A walk's rows that have come, and how many to ask for next; nil at the walk's end.
  private struct Portion {
    let rows: [DatabaseRow]
    let next: Int?

    /// How much a portion should weigh, in bytes, and how many rows it has at most.
    private static let weight = 1 << 20
    private static let mostRows = 4_096
    /// How many rows the first portion has.
    static let first = 128

    /// All there is.
    init(all rows: [DatabaseRow]) {
      self.rows = rows
      next = nil
    }

    init(_ answer: Answer, asked: Int, table: String) throws {
      rows = try answer.rows(table: table)
      let most = Self.weight * max(rows.count, 1) / max(answer.byteCount, 1)
      next = rows.count < asked ? nil : min(max(most, 1), Self.mostRows)
    }
  }

  func forEachRow(
    _ sql: String, _ bindings: [String: DatabaseValue], _ body: (DatabaseRow) throws -> Void
  ) throws {
    walks += 1
    defer { walks -= 1 }
    // By depth, so that the statements are always the same ones.
    let name = "walk_\(walks)"
    var table = ""
    var portion = try attempt { session in
      let statement = try SQLStatement(sql)
      table = statement.table
      guard Self.walkable.contains(statement.verb), !statement.changesRows else {
        return Portion(all: try rows(statement, bindings, session))
      }
      return try begin(name, statement, bindings, session)
    }
    while true {
      for row in portion.rows { try body(row) }
      guard let count = portion.next else { return }
      portion = try attempt { try Portion($0.exchange(Self.fetch(count, name)), asked: count, table: table) }
    }
  }

  private static let walkable: Set<String> = ["SELECT", "WITH", "VALUES"]

  private func begin(
    _ name: String, _ statement: SQLStatement, _ bindings: [String: DatabaseValue], _ session: Session
  ) throws -> Portion {
    let values = try statement.values(bindings, tenant: work.tenant).map { WireValue($0) }
    // An earlier walk of this depth is only ended here, which saves a journey to the server.
    var messages = knownWalks.contains(name) ? [Message.once("CLOSE \(name)")] : []
    messages.append(.often("DECLARE \(name) NO SCROLL CURSOR FOR \(statement.numbered)", values))
    messages.append(Self.fetch(Portion.first, name))
    let answers = try session.exchange(messages)
    knownWalks.insert(name)
    return try Portion(answers[answers.count - 1], asked: Portion.first, table: statement.table)
  }

  private static func fetch(_ count: Int, _ name: String) -> Message { .once("FETCH FORWARD \(count) FROM \(name)") }
}

// Beginning and ending.
extension PostgresConnection {
  private func begin() throws {
    do {
      do {
        try open()
      } catch let lost as ConnectionLost where lost.kind == .broken {
        try move()
      }
    } catch {
      throw PostgresErrors.translate(error, writes: work.writes)
    }
  }

  private func open() throws {
    let limits = pool.limits
    session.statementLimit = work.statementLimit(limits)
    // A frozen server is noticed here; only after it has answered is it waited for long.
    let answers = try session.exchange(try work.opening(limits), within: limits.statement + limits.grace)
    if work.hasTurn(answers) { return }
    _ = try session.exchange(work.waiting(limits), within: work.turnLimit(limits) + limits.grace * 2)
  }

  /// Begins again on a new connection.
  private func move() throws {
    hasMoved = true
    session = try pool.connect(interruption)
    try open()
  }

  /// Does a step of the transaction. Its first error ends it. A connection that is lost before the body has seen
  /// anything of the transaction is replaced once: nothing was kept, since nothing is before the commit.
  private func attempt<T>(_ step: (Session) throws -> T) throws -> T {
    if let failure { throw failure }
    do {
      if interruption.isRaised { throw CancellationError() }
      defer { hasAnswered = true }
      do {
        return try step(session)
      } catch let lost as ConnectionLost where lost.kind == .broken && !hasAnswered && !hasMoved {
        try move()
        return try step(session)
      }
    } catch {
      let translated = PostgresErrors.translate(error, writes: work.writes)
      failure = translated
      throw translated
    }
  }

  /// Keeps what was done. Where the answer is lost, so is the knowledge whether it was kept.
  private func commit() throws {
    if interruption.isRaised { throw CancellationError() }
    session.interruption = nil
    let warnings = session.warningCount
    do {
      let answer = try session.exchange(.often("COMMIT", []))
      guard answer.tag == "COMMIT" else { throw DatabaseError.of(.other, detail: "the server rolled back") }
    } catch let lost as ConnectionLost {
      // What a reader has read is good however its transaction ends.
      if work.writes { throw DatabaseError.of(.outcomeUnknown, detail: lost.reason) }
    } catch {
      throw PostgresErrors.translate(error, writes: work.writes)
    }
    // The server warns where a standby that should have the data as well did not say so.
    guard session.warningCount == warnings else {
      throw DatabaseError.of(.outcomeUnknown, detail: "kept on the primary, but perhaps not on its standby")
    }
  }

  private func rollBack() {
    guard session.link != nil else { return }
    session.interruption = nil
    do { _ = try session.exchange(.once("ROLLBACK"), within: pool.limits.grace) } catch { session.close() }
  }
}
