internal import CLibpq
internal import Foundation
internal import Synchronization

/// Asks servers to stop statements whose connections were given up. The library asks on a connection of its own and
/// waits for an answer, which a frozen server never gives; so each request has a thread of its own, and there are few
/// of them at a time. One that is left out does no harm: the server notices the closed connection by itself.
enum StopRequests {
  private static let underWay = Atomic<Int>(0)
  private static let limit = 8

  /// A right to stop what a connection does; it is a copy and outlives the connection.
  private struct Right: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// Sends a request for what runs on a connection, and does not wait for it.
  static func send(for connection: OpaquePointer) {
    guard underWay.load(ordering: .relaxed) < limit, let pointer = PQgetCancel(connection) else { return }
    underWay.add(1, ordering: .relaxed)
    let right = Right(pointer: pointer)
    Thread.detachNewThread {
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(right.pointer, &message, Int32(message.count))
      PQfreeCancel(right.pointer)
      underWay.subtract(1, ordering: .relaxed)
    }
  }
}
