public import Foundation
import Synchronization

extension Process {
  private static let starting = Mutex(())

  /// Runs the process. One starts at a time: Foundation has been seen to read past the end of its own lists where
  /// several started at the same moment.
  public func start() throws { try Self.starting.withLock { _ in try run() } }
}
