/// The jobs of one municipality, inside one transaction. Times are those of the database's clock, so that servers whose
/// clocks differ agree on when a lease has run out.
struct JobStore {
  let connection: any DatabaseConnection

  init(_ connection: any DatabaseConnection) { self.connection = connection }

  private var clock: String { connection.dialect.clock }

  private static let columns = """
    job_id, kind, about, digest, state, claimed_by, claim_token, attempts, progress_done, progress_total, result,
    asked_by, enqueued_at, started_at, ended_at
    """

  /// Adds a job unless its key is there. Throws `CommandReused` where it is there with another content.
  func add(_ command: Command, about: String) throws {
    let digest = try command.digest()
    let added = try connection.run(
      """
      INSERT INTO database_job (tenant, job_id, kind, about, digest, state, claimed_by, claim_token, lease_until,
        attempts, progress_done, progress_total, result, asked_by, enqueued_at)
      VALUES (:tenant, :id, :kind, :about, :digest, 'waiting', '', '', 0, 0, 0, 0, '', :deed, \(clock))
      ON CONFLICT (tenant, job_id) DO NOTHING
      """,
      [
        "id": .text(command.key.text), "kind": .text(command.kind), "about": .text(about), "digest": .text(digest),
        "deed": .text(connection.deed.text),
      ])
    if added == 1 { return }
    let known = try connection.row(
      "SELECT digest FROM database_job WHERE tenant = :tenant AND job_id = :id", ["id": .text(command.key.text)])
    guard try known?.text("digest") == digest else { throw CommandReused(key: command.key) }
  }

  /// A job; nil where there is none of that name.
  func job(_ id: CommandKey) throws -> Job? {
    try connection.row(
      "SELECT \(Self.columns) FROM database_job WHERE tenant = :tenant AND job_id = :id", ["id": .text(id.text)]
    ).map(Job.init)
  }

  /// The jobs of a kind that have not ended, the oldest first; of every kind without one.
  func unfinished(_ kind: String = "") throws -> [Job] {
    try connection.rows(
      """
      SELECT \(Self.columns) FROM database_job
      WHERE tenant = :tenant AND state IN ('waiting', 'running') AND (:kind = '' OR kind = :kind)
      ORDER BY enqueued_at, job_id
      """, ["kind": .text(kind)]
    ).map(Job.init)
  }

  /// The names of the jobs that are marked as running and whose lease has run out.
  func overdue() throws -> Set<CommandKey> {
    Set(
      try connection.rows(
        """
        SELECT job_id FROM database_job WHERE tenant = :tenant AND state = 'running' AND lease_until <= \(clock)
        """
      ).compactMap { CommandKey(try $0.text("job_id")) })
  }

  /// Takes a job as it was seen: 1 where it still stood so, 0 where somebody else was quicker, or where its holder has
  /// given a sign of life since, on a database that is shared.
  func claim(_ job: Job, by server: String, token: String, lease: Int64, isShared: Bool) throws -> Int {
    try connection.run(
      """
      UPDATE database_job SET state = 'running', claimed_by = :server, claim_token = :token,
        lease_until = \(clock) + :lease, attempts = attempts + 1, started_at = \(clock), progress_done = 0,
        progress_total = 0
      WHERE tenant = :tenant AND job_id = :id AND state = :state AND claim_token = :seen
        AND (:alone = 1 OR state = 'waiting' OR lease_until <= \(clock))
      """,
      [
        "server": .text(server), "token": .text(token), "lease": .integer(lease), "id": .text(job.id.text),
        "state": .text(job.state.rawValue), "seen": .text(job.token), "alone": .integer(isShared ? 0 : 1),
      ])
  }

  /// Makes the lease of a claim run on, and says how far the work is: 0 where the claim no longer holds.
  func extend(_ id: CommandKey, token: String, lease: Int64, done: Int, total: Int) throws -> Int {
    try connection.run(
      """
      UPDATE database_job SET lease_until = \(clock) + :lease, progress_done = :done, progress_total = :total
      WHERE tenant = :tenant AND job_id = :id AND state = 'running' AND claim_token = :token
      """,
      [
        "lease": .integer(lease), "done": DatabaseValue(done), "total": DatabaseValue(total), "id": .text(id.text),
        "token": .text(token),
      ])
  }

  /// Ends a job: 0 where the claim no longer holds.
  func end(_ id: CommandKey, token: String, _ state: Job.State, result: String) throws -> Int {
    try connection.run(
      """
      UPDATE database_job SET state = :state, result = :result, ended_at = \(clock)
      WHERE tenant = :tenant AND job_id = :id AND state = 'running' AND claim_token = :token
      """,
      ["state": .text(state.rawValue), "result": .text(result), "id": .text(id.text), "token": .text(token)])
  }

  /// Puts a job back among those that wait; the attempt does not count. 0 where the claim no longer holds.
  func giveBack(_ id: CommandKey, token: String) throws -> Int {
    try connection.run(
      """
      UPDATE database_job SET state = 'waiting', claim_token = '', attempts = attempts - 1
      WHERE tenant = :tenant AND job_id = :id AND state = 'running' AND claim_token = :token
      """, ["id": .text(id.text), "token": .text(token)])
  }
}

extension Job {
  fileprivate init(_ row: DatabaseRow) throws {
    guard let id = CommandKey(try row.text("job_id")), let state = State(rawValue: try row.text("state")) else {
      throw DatabaseError.misuse("a job of no key or no state")
    }
    self.init(
      id: id, kind: try row.text("kind"), about: try row.text("about"), state: state,
      claimedBy: try row.text("claimed_by"), attempts: Int(try row.integer("attempts")),
      done: Int(try row.integer("progress_done")), total: Int(try row.integer("progress_total")),
      result: try row.text("result"), askedBy: Deed(text: try row.optionalText("asked_by")),
      enqueuedAt: try row.integer("enqueued_at") / 1000,
      startedAt: try row.optionalInteger("started_at").map { $0 / 1000 },
      endedAt: try row.optionalInteger("ended_at").map { $0 / 1000 }, token: try row.text("claim_token"))
  }
}
