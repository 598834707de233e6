import Synchronization
import Testing

@testable import Economy

@Suite("Two threads at one piece of work")
struct HandoverTests {
  private struct Fault: Error, Equatable {
    let of: String
  }

  @Test("pieces come in order, and what the maker gives comes out")
  func order() throws {
    var taken: [Int] = []
    let sum = try Handover.run { (hand: (Int) throws -> Void) in
      for number in 1...200 { try hand(number) }
      return 20_100
    } take: {
      taken.append($0)
    }
    #expect(taken == Array(1...200) && sum == 20_100)
  }

  @Test("a taker that gives up ends the maker, at whatever piece and however many more there were", arguments: 1...6)
  func takerGivesUp(_ piece: Int) throws {
    for _ in 0..<200 {
      let made = Mutex(0)
      #expect(throws: Fault(of: "taker")) {
        try Handover.run { (hand: (Int) throws -> Void) in
          for number in 1...5 {
            made.withLock { $0 = number }
            try hand(number)
          }
        } take: {
          if $0 == piece || piece == 6 { throw Fault(of: "taker") }
        }
      }
      // What is left of the work is nobody's: the maker is at its end.
      #expect(made.withLock { $0 } <= 5)
    }
  }

  @Test("a maker that gives up ends the taker, before, between and after the pieces", arguments: 0...4)
  func makerGivesUp(_ piece: Int) throws {
    for _ in 0..<200 {
      #expect(throws: Fault(of: "maker")) {
        try Handover.run { (hand: (Int) throws -> Void) in
          for number in 0..<4 {
            if number == piece { throw Fault(of: "maker") }
            try hand(number)
          }
          throw Fault(of: "maker")
        } take: { _ in
        }
      }
    }
  }
}
