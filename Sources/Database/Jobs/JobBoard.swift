internal import Synchronization

/// Where the jobs of a municipality hang: they are asked for here, taken by servers, and looked at by everybody.
///
/// **Where several servers share the database**, a job is held under a lease that its holder makes run on, beside the
/// long transaction that the job itself is (`MunicipalDatabase.writeBeside`). When the lease has run out the holder is
/// taken for dead and another one may take the job. It may have been only slow: so its end is guarded by a token that
/// it no longer has, and nothing of its work is kept.
///
/// **Where one process writes to the database**, nothing can be written beside a long transaction. There the process
/// itself knows which jobs it holds and how far they are; every other job that is marked as running was left by a
/// process that is no more, and is taken at once. To ask for a job then waits for the transaction that is under way.
///
/// Jobs of one municipality are done one at a time: each is a transaction that no other writer may stand beside.
public final class JobBoard: Sendable {
  /// The database.
  public let database: any MunicipalDatabase
  /// The municipality.
  public let tenant: Tenant
  private let server: String
  private let lease: Duration
  private let bell = Mutex<(@Sendable () -> Void)?>(nil)

  /// The board of a municipality. `server` is what this server is called, for the log and for people; `lease` is how
  /// long a job is held without a word from its holder.
  public init(
    _ database: any MunicipalDatabase, _ tenant: Tenant, server: String? = nil, lease: Duration = .seconds(10)
  ) {
    self.database = database
    self.tenant = tenant
    self.server = server ?? RandomText.fresh()
    self.lease = lease
  }

  /// How often a holder makes its lease run on.
  var heartbeat: Duration { min(lease / 4, .seconds(1)) }

  /// Who is to be told when a job has been asked for here.
  func whenAskedFor(_ ring: @escaping @Sendable () -> Void) { bell.withLock { $0 = ring } }

  /// Asks for a job, unless it was asked for before under the same key. When this returns it will be done, whatever
  /// happens to this server. Throws `DatabaseError`, and `CommandReused` where the key was used for something else.
  public func enqueue(_ command: Command, about: String) async throws {
    // Also where the answer is lost: the job may be there.
    defer { bell.withLock { $0 }?() }
    try await database.writeBeside(tenant) { try JobStore($0).add(command, about: about) }
  }

  /// A job as it stands; nil where there is none of that name.
  public func job(_ id: CommandKey) async throws -> Job? {
    try await database.read(tenant) { try JobStore($0).job(id) }.map(overlaid)
  }

  /// The jobs of a kind that have not ended, the oldest first.
  public func unfinished(_ kind: String) async throws -> [Job] {
    try await database.read(tenant) { try JobStore($0).unfinished(kind) }.map(overlaid)
  }

  /// A job as it stands when it has ended, or when so much time has passed.
  public func job(_ id: CommandKey, endedWithin patience: Duration) async throws -> Job? {
    let deadline = ContinuousClock.now + patience
    var pause = Duration.milliseconds(5)
    while true {
      let job = try await job(id)
      guard let job, !job.isEnded, .now < deadline else { return job }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(100))
    }
  }

  /// As `job(_:endedWithin:)`, for one that has just been asked for: nil where the database does not say how it stands.
  /// It is there all the same, so nobody must be told that nothing has changed.
  public func asked(_ id: CommandKey, endedWithin patience: Duration) async -> Job? {
    (try? await job(id, endedWithin: patience)) ?? nil
  }

  /// What this process knows of its own jobs is fresher than what the database does.
  private func overlaid(_ job: Job) -> Job {
    guard job.state == .running, let claim = LiveClaims.ofThisProcess.claim(job.token) else { return job }
    var job = job
    (job.done, job.total) = claim.progress
    return job
  }
}

// What the worker does.
extension JobBoard {
  /// What came of looking for a job.
  enum Taking: Sendable {
    case taken(JobClaim)
    /// Nothing waits.
    case nothing
    /// One waits, and another one of the municipality is being done.
    case othersFirst
    /// One was given up: every server that took it disappeared.
    case givenUp(Job)
  }

  /// Takes the oldest job of these kinds that nobody holds. A job that was left by its holder for the third time is
  /// marked as failed instead.
  func claim(_ kinds: Set<String>) async throws -> Taking {
    let (isShared, server, lease) = (database.isShared, server, Self.milliseconds(lease))
    let waits = try await database.read(tenant) { !(try JobStore($0).unfinished().isEmpty) }
    guard waits else { return .nothing }
    let token = RandomText.fresh()
    do {
      return try await database.writeBeside(tenant) { connection in
        try Self.take(JobStore(connection), kinds, isShared, server, token, lease)
      }
    } catch {
      // An answer that was lost may have been a yes. Nobody else has this token, so the row tells; where it cannot be
      // read either, the lease runs out by itself.
      if (error as? DatabaseError)?.kind == .outcomeUnknown, let claim = LiveClaims.ofThisProcess.claim(token),
        try await holds(token)
      {
        return .taken(claim)
      }
      LiveClaims.ofThisProcess.remove(token)
      throw error
    }
  }

  private func holds(_ token: String) async throws -> Bool {
    do {
      return try await database.read(tenant) { connection in
        try JobStore(connection).unfinished().contains { $0.state == .running && $0.token == token }
      }
    } catch {
      LiveClaims.ofThisProcess.remove(token)
      throw error
    }
  }

  private static func take(
    _ store: JobStore, _ kinds: Set<String>, _ isShared: Bool, _ server: String, _ token: String, _ lease: Int64
  ) throws -> Taking {
    let overdue = isShared ? try store.overdue() : []
    func isLeft(_ job: Job) -> Bool {
      isShared ? overdue.contains(job.id) : LiveClaims.ofThisProcess.claim(job.token) == nil
    }
    let jobs = try store.unfinished()
    if jobs.contains(where: { $0.state == .running && !isLeft($0) }) {
      return jobs.contains { $0.state == .waiting && kinds.contains($0.kind) } ? .othersFirst : .nothing
    }
    for job in jobs where kinds.contains(job.kind) {
      if job.state == .running, job.attempts >= Job.mostAttempts {
        guard try store.end(job.id, token: job.token, .failed, result: Job.Failure.abandoned.rawValue) == 1 else {
          return .othersFirst
        }
        return .givenUp(job)
      }
      // Somebody else may have taken it since it was read: the row count says who did.
      guard try store.claim(job, by: server, token: token, lease: lease, isShared: isShared) == 1 else {
        return .othersFirst
      }
      let claim = JobClaim(job, token: token)
      // Before the row can be seen, so that nobody in this process takes it for one that was left.
      LiveClaims.ofThisProcess.add(claim)
      return .taken(claim)
    }
    return .nothing
  }

  /// Makes the lease run on and tells how far the work is; false where another server has the job by now. Where nobody
  /// else can take it, this does nothing.
  func extend(_ claim: JobClaim) async throws -> Bool {
    guard database.isShared else { return true }
    let (lease, progress) = (Self.milliseconds(lease), claim.progress)
    return try await database.writeBeside(tenant) { connection in
      try JobStore(connection).extend(
        claim.job.id, token: claim.token, lease: lease, done: progress.done, total: progress.total) == 1
    }
  }

  /// Ends a job that has no effects in the database; false where the claim no longer holds.
  @discardableResult
  func end(_ claim: JobClaim, _ state: Job.State, result: String) async throws -> Bool {
    try await database.writeBeside(tenant) {
      try JobStore($0).end(claim.job.id, token: claim.token, state, result: result) == 1
    }
  }

  /// Puts a job back for whoever comes next.
  func giveBack(_ claim: JobClaim) async throws {
    _ = try await database.writeBeside(tenant) { try JobStore($0).giveBack(claim.job.id, token: claim.token) }
  }

  /// The municipalities that have a job which has not ended. One reading, however many there are.
  public static func tenantsWithWork(in database: any MunicipalDatabase) async throws -> Set<Tenant> {
    let rows = try await database.readAcrossTenants {
      try $0.rows("SELECT DISTINCT tenant FROM database_job WHERE state IN ('waiting', 'running')")
    }
    return Set(try rows.map { Tenant(key: try $0.text("tenant")) })
  }

  private static func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
  }
}
