import Dispatch
import Synchronization

/// Two threads at one piece of work: one makes pieces, the other takes them in order. At most one piece waits, so that
/// memory stays bounded whichever of the two is slower.
final class Handover<Piece: Sendable>: Sendable {
  private struct Desk {
    var pieces: [Piece] = []
    var isMade = false
    var isAbandoned = false
  }

  /// The taker has given up; the maker stops.
  private struct Abandoned: Error {}

  private let desk = Mutex(Desk())
  private let filled = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: 1)

  private init() {}

  /// Lets `make` hand over pieces on a thread of its own while this one takes them; gives what `make` gives. Where either
  /// throws, the other ends as well and the error comes out, the taker's first.
  static func run<Result: Sendable>(
    make: @escaping @Sendable (_ hand: (Piece) throws -> Void) throws -> Result, take: (Piece) throws -> Void
  ) throws -> Result {
    let handover = Handover()
    let result = Mutex<Swift.Result<Result, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      let made = Swift.Result { try make(handover.hand) }
      result.withLock { $0 = made }
      handover.end()
      ended.signal()
    }
    let taken = Swift.Result { try handover.takeAll(take) }
    if case .failure = taken { handover.abandon() }
    ended.wait()
    try taken.get()
    guard let made = result.withLock({ $0 }) else { throw Abandoned() }
    return try made.get()
  }

  private func hand(_ piece: Piece) throws {
    room.wait()
    let isAbandoned = desk.withLock {
      if !$0.isAbandoned { $0.pieces.append(piece) }
      return $0.isAbandoned
    }
    if isAbandoned { throw Abandoned() }
    filled.signal()
  }

  private func end() {
    desk.withLock { $0.isMade = true }
    filled.signal()
  }

  private func abandon() {
    desk.withLock {
      $0.isAbandoned = true
      $0.pieces = []
    }
    room.signal()
  }

  private func takeAll(_ take: (Piece) throws -> Void) throws {
    while true {
      filled.wait()
      guard let piece = desk.withLock({ $0.pieces.isEmpty ? nil : $0.pieces.removeFirst() }) else { return }
      room.signal()
      try take(piece)
    }
  }
}
