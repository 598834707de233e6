internal import Synchronization

/// A job that this process holds. Whoever does the job says how far it is, and seals its end in the transaction that
/// holds its effects.
public final class JobClaim: Sendable {
  private struct Standing {
    var done = 0
    var total = 0
    var isLost = false
    var isSealed = false
  }

  /// The job as it was when it was taken.
  public let job: Job
  /// What only the holder knows: a server that was believed dead and wakes up again has an old one.
  let token: String
  private let standing = Mutex(Standing())

  init(_ job: Job, token: String) {
    self.job = job
    self.token = token
  }

  /// Says how far the work is. Cheap, so it may be called often. Throws `ClaimLost` where another server has the job by
  /// now, and the work is in vain.
  public func reached(_ done: Int, of total: Int) throws {
    try standing.withLock { standing in
      if standing.isLost { throw ClaimLost() }
      standing.done = done
      standing.total = total
    }
  }

  /// Ends the job inside the transaction that holds its effects, so that both are kept or neither. Throws `ClaimLost`
  /// where the job is no longer held under this claim; the transaction must then be rolled back, which letting the
  /// error out brings about.
  public func seal(_ connection: any DatabaseConnection, result: String) throws {
    // Before the row is locked, since the next beat of the heart waits for that lock and finds the job ended.
    standing.withLock { $0.isSealed = true }
    guard try JobStore(connection).end(job.id, token: token, .done, result: result) == 1 else {
      throw ClaimLost()
    }
  }

  var progress: (done: Int, total: Int) { standing.withLock { ($0.done, $0.total) } }
  var isSealed: Bool { standing.withLock { $0.isSealed } }
  var isLost: Bool { standing.withLock { $0.isLost } }

  /// From now on the work ends with `ClaimLost` at the next word about its progress.
  func lose() { standing.withLock { $0.isLost = true } }
}

/// Another server has taken the job over, or it has ended: what was done since is not kept.
public struct ClaimLost: Error, Hashable, Sendable {}

/// The jobs that this process holds, of whatever database.
///
/// On a database that several servers share, a lease in the row says whether a job is still held. On one that a single
/// process writes to, this list says so: every job that is marked as running and is not on it belongs to a process that
/// is no more.
final class LiveClaims: Sendable {
  static let ofThisProcess = LiveClaims()
  private let claims = Mutex<[String: JobClaim]>([:])

  func add(_ claim: JobClaim) { claims.withLock { $0[claim.token] = claim } }
  func remove(_ token: String) { claims.withLock { $0[token] = nil } }
  func claim(_ token: String) -> JobClaim? { claims.withLock { $0[token] } }
}
