import Database
import Foundation
import Synchronization

/// Two threads at one piece of work: one makes pieces, the other takes them in order. One piece is being taken and the
/// next one being made, and no more, so that memory stays bounded.
enum Handover {
  /// The memory for the calls of the thread that makes, in bytes.
  private static let stack = 4 << 20

  /// Lets `make` hand over pieces on a thread of its own while this one takes them; gives what `make` gives. Where
  /// either throws, the other ends as well and the error comes out.
  static func run<Piece: Sendable, Result: Sendable>(
    make: @escaping @Sendable (_ hand: (Piece) throws -> Void) throws -> Result, take: (Piece) throws -> Void
  ) throws -> Result {
    let conveyor = Conveyor<Load<Piece, Result>>(places: 1)
    let ended = DispatchSemaphore(value: 0)
    // A thread of its own: it may wait for long, and must not keep one from those who never wait.
    let maker = Thread {
      do {
        try conveyor.send(.end(try make { try conveyor.send(.piece($0)) }))
      } catch {
        conveyor.stop(error)
      }
      ended.signal()
    }
    maker.stackSize = stack
    maker.start()
    defer { ended.wait() }
    do {
      var result: Result?
      while result == nil {
        try conveyor.receive { load in
          switch load {
          case .piece(let piece): try take(piece)
          case .end(let made): result = made
          }
        }
      }
      guard let result else { throw CancellationError() }
      return result
    } catch {
      conveyor.stop(error)
      throw error
    }
  }

  private enum Load<Piece: Sendable, Result: Sendable>: Sendable {
    case piece(Piece)
    case end(Result)
  }
}
