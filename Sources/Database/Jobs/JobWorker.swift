internal import Synchronization

/// A kind of job, and how it is done.
public struct JobKind: Sendable {
  /// What jobs of this kind are called, as in their commands.
  public let name: String
  let carryOut: @Sendable (JobClaim) async throws -> JobEnding

  /// A kind. `carryOut` does a job: it seals the claim in the transaction that holds its effects, or says that there
  /// are none. It may be called again for the same job, on this server or another, as long as no claim was sealed.
  public init(_ name: String, carryOut: @escaping @Sendable (JobClaim) async throws -> JobEnding) {
    self.name = name
    self.carryOut = carryOut
  }
}

/// How a job ended that did not fail.
public enum JobEnding: Hashable, Sendable {
  /// Its effects are kept, and its end with them (`JobClaim.seal`).
  case sealed
  /// It was refused; nothing was changed. The text says why, in the words of whoever did it.
  case refused(String)
}

/// Does the jobs of a board, one at a time, on this server. Each server has one.
public final class JobWorker: Sendable {
  private struct State {
    var work: Task<Void, Never>?
    /// Somebody rang while work was going on.
    var rangAgain = false
    /// How often a job was put back since the database could not do it.
    var setbacks: [CommandKey: Int] = [:]
    var isStopping = false
  }

  private let board: JobBoard
  private let kinds: [String: JobKind]
  private let report: @Sendable (_ what: String, _ job: Job?, _ error: (any Error)?) -> Void
  private let state = Mutex(State())

  /// A worker for these kinds of jobs. It begins whenever a job is asked for at this board. `report` gets a line for
  /// the log about what goes otherwise than it should.
  public init(
    _ board: JobBoard, _ kinds: [JobKind],
    report: @escaping @Sendable (_ what: String, _ job: Job?, _ error: (any Error)?) -> Void = { _, _, _ in }
  ) {
    self.board = board
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }) { first, _ in first }
    self.report = report
    board.whenAskedFor { [weak self] in self?.begin() }
  }

  /// Looks for jobs now, unless it is at work already.
  public func begin() {
    state.withLock { state in
      guard !state.isStopping else { return }
      guard state.work == nil else {
        state.rangAgain = true
        return
      }
      state.work = Task { await self.workOff() }
    }
  }

  /// Takes no more jobs, and waits for the end of the one under way. Where the calling task is cancelled, that one is
  /// broken off and given back, so that another server, or this one after its next start, does it from the beginning.
  public func stop() async {
    let work = state.withLock { state in
      state.isStopping = true
      return state.work
    }
    await withTaskCancellationHandler {
      await work?.value
    } onCancel: {
      work?.cancel()
    }
  }

  private func workOff() async {
    while true {
      await takeJobs()
      let isDone = state.withLock { state in
        if state.rangAgain, !state.isStopping {
          state.rangAgain = false
          return false
        }
        state.work = nil
        return true
      }
      if isDone { return }
    }
  }

  /// Does what waits, until nothing does or the database does not let it for some seconds.
  private func takeJobs() async {
    var pause = Self.shortPause
    while !Task.isCancelled, !state.withLock({ $0.isStopping }) {
      switch await claim() {
      case .nothing: return
      case .taken(let claim) where await settleAfterDoing(claim): pause = Self.shortPause
      case .givenUp(let job):
        report("a job is given up: every server that took it has disappeared", job, nil)
        pause = Self.shortPause
      case .taken, .othersFirst, nil:
        // The database or another server needs a moment.
        if pause > Self.longPause { return }
        try? await Task.sleep(for: pause)
        pause *= 2
      }
    }
  }

  /// How often one server puts a job back because the database could not do it, before it is called failed and the
  /// next one comes to its turn.
  private static let mostSetbacks = 50

  private func claim() async -> JobBoard.Taking? {
    do {
      return try await board.claim(Set(kinds.keys))
    } catch {
      report("the jobs could not be looked at; it is tried again", nil, error)
      return nil
    }
  }

  private static let shortPause = Duration.milliseconds(20)
  /// After pauses up to this one the work is left to the next time that somebody looks for jobs.
  private static let longPause = Duration.seconds(1)

  /// Does a job and writes down what came of it; false where it is better to wait before taking the next one.
  private func settleAfterDoing(_ claim: JobClaim) async -> Bool {
    defer { LiveClaims.ofThisProcess.remove(claim.token) }
    guard let kind = kinds[claim.job.kind] else { return false }
    let outcome = await carryOut(kind, claim)
    // What has to be written now is written even where this task was cancelled meanwhile.
    return await Task { await self.settle(claim, outcome) }.value
  }

  private enum Step: Sendable {
    case ended(Result<JobEnding, any Error>)
    case lost
    case quiet
  }

  /// Does a job while its heart beats.
  private func carryOut(_ kind: JobKind, _ claim: JobClaim) async -> Result<JobEnding, any Error> {
    await withTaskGroup(of: Step.self) { group in
      group.addTask {
        await Deed.$current.withValue(claim.job.askedBy) {
          do { return .ended(.success(try await kind.carryOut(claim))) } catch { return .ended(.failure(error)) }
        }
      }
      group.addTask { await self.beat(claim) }
      var outcome = Result<JobEnding, any Error>.failure(CancellationError())
      for await step in group {
        switch step {
        case .ended(let ending): outcome = ending
        case .lost: claim.lose()
        // The heart has stopped because the end is being written, which nothing may break off.
        case .quiet: continue
        }
        group.cancelAll()
      }
      return outcome
    }
  }

  private func beat(_ claim: JobClaim) async -> Step {
    while !Task.isCancelled {
      try? await Task.sleep(for: board.heartbeat)
      if Task.isCancelled || claim.isSealed { return .quiet }
      // A beat that cannot be written is no reason to end: the seal decides.
      guard let isHeld = try? await board.extend(claim), !isHeld else { continue }
      return claim.isSealed ? .quiet : .lost
    }
    return .quiet
  }

  /// Writes down what came of a job; false where it is better to wait before taking the next one.
  private func settle(_ claim: JobClaim, _ outcome: Result<JobEnding, any Error>) async -> Bool {
    do {
      switch outcome {
      case .success(.sealed):
        state.withLock { $0.setbacks[claim.job.id] = nil }
        return true
      case .success(.refused(let why)):
        try await board.end(claim, .refused, result: why)
        return true
      case .failure(let error): return try await settle(claim, error)
      }
    } catch {
      report("the end of a job could not be written; its lease will run out", claim.job, error)
      return false
    }
  }

  private func settle(_ claim: JobClaim, _ error: any Error) async throws -> Bool {
    switch error {
    case is ClaimLost:
      report("a job was taken over while it was being done; nothing of the work was kept", claim.job, nil)
      return true
    case is CancellationError where claim.isLost:
      report("a job was taken over while it was being done; nothing of the work was kept", claim.job, nil)
      return true
    case is CancellationError:
      try await board.giveBack(claim)
      return false
    case let error as DatabaseError where [.busy, .unavailable, .outcomeUnknown].contains(error.kind):
      // Where the outcome is not known, the row tells it: a job whose end was kept is no longer held and cannot be
      // given back.
      let setbacks = state.withLock { state in
        state.setbacks[claim.job.id, default: 0] += 1
        return state.setbacks[claim.job.id, default: 0]
      }
      guard setbacks < Self.mostSetbacks else {
        state.withLock { $0.setbacks[claim.job.id] = nil }
        report("a job failed, since the database could not do it in \(setbacks) tries", claim.job, error)
        try await board.end(claim, .failed, result: Job.Failure.fault.rawValue)
        return true
      }
      report("a job is tried again later", claim.job, error)
      try await board.giveBack(claim)
      return false
    case let error as DatabaseError where error.kind == .diskFull:
      report("a job failed", claim.job, error)
      try await board.end(claim, .failed, result: Job.Failure.diskFull.rawValue)
      return true
    default:
      report("a job failed", claim.job, error)
      try await board.end(claim, .failed, result: Job.Failure.fault.rawValue)
      return true
    }
  }
}
