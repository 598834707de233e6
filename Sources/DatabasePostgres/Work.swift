internal import Database

/// What a transaction is for: whose data, and whether it changes them.
///
/// **Readers** see one unchanging picture (`REPEATABLE READ READ ONLY`) and wait for nobody.
///
/// **Writers** of a municipality take turns, within the process by a turnstile and among servers by an advisory lock
/// that ends with the transaction. So a writer that reads, decides and inserts finds that nothing changed meanwhile, as
/// with SQLite's single writer. The other way to that guarantee, `SERIALIZABLE`, would break off transactions at their
/// end and run their bodies again; but a body may read a file of millions of lines and may tell others how far it has
/// come, so it is not safe, or at least not cheap, to repeat. The lock's price is one writer at a time for each
/// municipality, and municipalities do not wait for each other. Isolation is `READ COMMITTED`: a picture that was taken
/// before the lock was granted would be too old, and under the lock nobody else changes what the statements see.
///
/// **A word beside** a writer, about how far its work is, takes no lock at all, so it waits for nobody and stands
/// beside a transaction of the same municipality. Only the rows of jobs are written so, each by a statement with a
/// condition.
///
/// **Work across the municipalities**, such as migrations, takes the lock that every writer shares, and so runs alone.
struct Work: Sendable {
  /// The municipality; nil for work across all.
  let tenant: Tenant?
  /// Whether it may change anything.
  let writes: Bool
  /// Whether it takes its turn among the writers.
  var takesTurn = true

  /// How long a statement may take on the server.
  func statementLimit(_ limits: PostgresLimits) -> Duration {
    tenant == nil ? limits.longStatement : limits.statement
  }

  /// The statements that open the transaction. They say whose it is, for the policies of the tables (`RowGuard`). `SET`
  /// and not the function, since an engine that spreads tables over several servers passes only that on to them. Last,
  /// a writer tries to take its turn. Throws a programming error where the municipality's key is none.
  func opening(_ limits: PostgresLimits) throws -> [Message] {
    let begin =
      writes
      ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    var messages = [Message.often(begin, [])]
    if tenant == nil { messages.append(limit(limits)) }
    messages.append(.once("SET LOCAL styrehus.tenant = '\(try tenant?.checkedKey ?? RowGuard.everyTenant)'"))
    if writes, takesTurn { messages.append(locks { "pg_try_\($0)" }) }
    return messages
  }

  /// The statements with which a writer waits for its turn where somebody else has it.
  func waiting(_ limits: PostgresLimits) -> [Message] {
    [
      limit(statement: turnLimit(limits) + limits.grace, lock: turnLimit(limits)), locks { "pg_\($0)" },
      limit(limits),
    ]
  }

  /// Whether a writer has its turn after the opening.
  func hasTurn(_ answers: [Answer]) -> Bool {
    guard writes, takesTurn, let answer = answers.last else { return true }
    return (0..<answer.columnCount).allSatisfy { answer.text($0) == "true" }
  }

  /// How long a writer waits for its turn among servers.
  func turnLimit(_ limits: PostgresLimits) -> Duration { tenant == nil ? limits.longStatement : limits.turn }

  private var key: WireValue { WireValue(.text(tenant?.key ?? "")) }

  /// The first of the two numbers of the advisory locks: `STYR` in ASCII, and the next one.
  private static let lockClass = 0x5354_5952

  /// A lock for all writers together, which those of one municipality share, and one for each municipality. Both are
  /// those of the schema, since a database may hold several installations in schemas of their own.
  private func locks(_ function: (String) -> String) -> Message {
    let all = "\(Self.lockClass), hashtext(COALESCE(current_schema(), ''))"
    let own = "\(Self.lockClass + 1), hashtext(COALESCE(current_schema(), '') || '/' || $1)"
    guard tenant != nil else { return .often("SELECT \(function("advisory_xact_lock"))(\(all))::text", []) }
    return .often(
      """
      SELECT \(function("advisory_xact_lock_shared"))(\(all))::text, \(function("advisory_xact_lock"))(\(own))::text
      """, [key])
  }

  private func limit(_ limits: PostgresLimits) -> Message {
    limit(statement: statementLimit(limits), lock: limits.lock)
  }

  private func limit(statement: Duration, lock: Duration) -> Message {
    .often(
      "SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true)",
      [WireValue(.text(String(statement.milliseconds))), WireValue(.text(String(lock.milliseconds)))])
  }
}
