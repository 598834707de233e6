internal import Dispatch
internal import Synchronization

/// Carries loads from a thread that makes them to a thread that uses them. The maker waits where the user does not keep
/// up, so that memory stays bounded whichever of the two is slower; `stop` wakes both.
public final class Conveyor<Load: Sendable>: Sendable {
  private struct State {
    var loads: [Load] = []
    var fault: (any Error)?
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  // A semaphore must not end below the number it began with, as it would where loads are left behind.
  private let free = DispatchSemaphore(value: 0)

  /// An empty conveyor. A load has its place until it has been used, so that with one place the maker makes the next
  /// load while the last one is being used, and no more.
  public init(places: Int) {
    for _ in 0..<places { free.signal() }
  }

  /// Waits for a place and puts a load there. Throws what the work was stopped with.
  public func send(_ load: Load) throws {
    free.wait()
    try state.withLock { state in
      if let fault = state.fault { throw fault }
      state.loads.append(load)
    }
    filled.signal()
  }

  /// Waits for the next load, uses it, and frees its place. Throws what the work was stopped with, and what the body
  /// throws.
  public func receive<T>(_ body: (Load) throws -> T) throws -> T {
    filled.wait()
    let load = try state.withLock { state in
      if let fault = state.fault { throw fault }
      return state.loads.removeFirst()
    }
    defer { free.signal() }
    return try body(load)
  }

  /// Ends the work of both sides. The first error counts.
  public func stop(_ fault: any Error) {
    state.withLock { state in
      state.fault = state.fault ?? fault
      state.loads = []
    }
    filled.signal()
    free.signal()
  }
}
