internal import Database
internal import Synchronization

/// Lets a bounded number through at a time, in the order in which they came, without keeping a thread waiting. Whoever
/// waits too long, or whose task is cancelled, leaves the line.
final class Turnstile: Sendable {
  private struct Waiter {
    let number: UInt64
    let entered: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var free: Int
    var line: [Waiter] = []
    var lastNumber: UInt64 = 0
    var isClosed = false
    var emptied: [CheckedContinuation<Void, Never>] = []
  }

  private let places: Int
  private let state: Mutex<State>

  /// A turnstile with so many places behind it.
  init(places: Int) {
    self.places = places
    state = Mutex(State(free: places))
  }

  /// Goes in, or waits for a place. Throws `CancellationError`, or `DatabaseError`: `busy` where none came free in
  /// time, `unavailable` where the turnstile is closed. What went in must `leave`.
  func enter(patience: Duration) async throws {
    let number = try state.withLock { state -> UInt64? in
      guard !state.isClosed else { throw PostgresErrors.closed }
      guard state.free == 0 else {
        state.free -= 1
        return nil
      }
      state.lastNumber += 1
      return state.lastNumber
    }
    guard let number else { return }
    let deadline = ContinuousClock.now + patience
    let clock = Task {
      try await Task.sleep(until: deadline)
      leaveLine(number, PostgresErrors.noTurn)
    }
    defer { clock.cancel() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait(number, until: deadline, $0) }
    } onCancel: {
      leaveLine(number, CancellationError())
    }
  }

  private func wait(
    _ number: UInt64, until deadline: ContinuousClock.Instant, _ entered: CheckedContinuation<Void, any Error>
  ) {
    let outcome = state.withLock { state -> Result<Void, any Error>? in
      if state.isClosed { return .failure(PostgresErrors.closed) }
      // A cancellation before this moment, or the clock, found nobody in the line.
      if Task.isCancelled { return .failure(CancellationError()) }
      if ContinuousClock.now >= deadline { return .failure(PostgresErrors.noTurn) }
      guard state.free == 0 else {
        state.free -= 1
        return .success(())
      }
      state.line.append(Waiter(number: number, entered: entered))
      return nil
    }
    if let outcome { entered.resume(with: outcome) }
  }

  private func leaveLine(_ number: UInt64, _ reason: any Error) {
    let waiter = state.withLock { state in
      state.line.firstIndex { $0.number == number }.map { state.line.remove(at: $0) }
    }
    waiter?.entered.resume(throwing: reason)
  }

  /// Gives the place to the first in the line.
  func leave() {
    let (next, emptied) = state.withLock { state -> (Waiter?, [CheckedContinuation<Void, Never>]) in
      if !state.line.isEmpty { return (state.line.removeFirst(), []) }
      state.free += 1
      guard state.free == places else { return (nil, []) }
      defer { state.emptied = [] }
      return (nil, state.emptied)
    }
    next?.entered.resume()
    for continuation in emptied { continuation.resume() }
  }

  /// Lets nobody in any longer, and waits until everybody has left.
  func close() async {
    let line = state.withLock { state in
      state.isClosed = true
      defer { state.line = [] }
      return state.line
    }
    for waiter in line { waiter.entered.resume(throwing: PostgresErrors.closed) }
    await withCheckedContinuation { emptied in
      let isEmpty = state.withLock { state in
        if state.free < places { state.emptied.append(emptied) }
        return state.free == places
      }
      if isEmpty { emptied.resume() }
    }
  }
}
