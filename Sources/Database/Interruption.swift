internal import Synchronization

/// Tells the thread that works on a database for a task that the task was cancelled.
public final class Interruption: Sendable {
  private let raised = Atomic<Bool>(false)

  private init() {}

  /// Whether the task was cancelled.
  public var isRaised: Bool { raised.load(ordering: .relaxed) }

  /// Does the work with an interruption that is raised when the calling task is cancelled.
  public static func watching<T: Sendable>(
    _ work: @Sendable (Interruption) async throws -> T
  ) async throws -> T {
    let interruption = Interruption()
    return try await withTaskCancellationHandler {
      try await work(interruption)
    } onCancel: {
      interruption.raised.store(true, ordering: .relaxed)
    }
  }
}
