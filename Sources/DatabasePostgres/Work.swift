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
/// **Work across the municipalities**, such as migrations, takes the lock that every writer shares, and so runs alone.
struct Work: Sendable {
  /// The municipality; nil for work across all.
  let tenant: Tenant?
  /// Whether it may change anything.
  let writes: Bool

  /// How long a statement may take on the server.
  func statementLimit(_ limits: PostgresLimits) -> Duration {
    tenant == nil ? limits.longStatement : limits.statement
  }

  /// How long the answer to the opening may take: a writer may have to wait for its turn.
  func openingLimit(_ limits: PostgresLimits) -> Duration {
    (writes ? turnLimit(limits) : limits.statement) + limits.grace
  }

  private func turnLimit(_ limits: PostgresLimits) -> Duration {
    tenant == nil ? limits.longStatement : limits.turn + limits.grace
  }

  /// The first of the two numbers of the advisory locks: `STYR` in ASCII.
  static let lockClass: Int64 = 0x5354_5952

  /// The statements that open the transaction. They say whose it is for row-level security
  /// (`current_setting('styrehus.tenant')`), and take the writer's turn.
  func opening(_ limits: PostgresLimits) -> [Message] {
    let begin =
      writes
      ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    let key = WireValue(.text(tenant?.key ?? ""))
    let owner = Message.often("SELECT set_config('styrehus.tenant', $1, true)", [key])
    var messages = [Message.often(begin, [])]
    if writes {
      messages.append(Self.limit(statement: turnLimit(limits), lock: tenant == nil ? turnLimit(limits) : limits.turn))
      messages.append(turn(key))
    }
    if writes || tenant == nil { messages.append(Self.limit(statement: statementLimit(limits), lock: limits.turn)) }
    return messages + [owner]
  }

  /// A lock for all writers together, which those of one municipality share, and one for each municipality. Both are
  /// those of the schema, since a database may hold several installations in schemas of their own.
  private func turn(_ key: WireValue) -> Message {
    tenant == nil
      ? .often("SELECT pg_advisory_xact_lock(\(Self.lockClass), hashtext(COALESCE(current_schema(), '')))", [])
      : .often(
        """
        SELECT pg_advisory_xact_lock_shared(\(Self.lockClass), hashtext(COALESCE(current_schema(), ''))),
          pg_advisory_xact_lock(\(Self.lockClass + 1), hashtext(COALESCE(current_schema(), '') || '/' || $1))
        """, [key])
  }

  private static func limit(statement: Duration, lock: Duration) -> Message {
    .often(
      "SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true)",
      [
        WireValue(.text(String(statement.milliseconds))), WireValue(.text(String(lock.milliseconds))),
      ])
  }
}
