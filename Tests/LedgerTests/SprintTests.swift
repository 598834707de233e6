import Testing

@testable import Ledger

/// Numbers that look random and are the same in every run (SplitMix64).
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("The sprint's parts agree with the plain way")
struct SprintTests {
  /// A field with room around it, as in a block.
  private func inBlock<Result>(_ text: [UInt8], _ body: (FieldBytes) -> Result) -> Result {
    let block = [UInt8](repeating: 0x39, count: RecordSprint.slack) + text + [UInt8](repeating: 0x39, count: 64)
    return block.withUnsafeBufferPointer { body(FieldBytes($0.baseAddress! + RecordSprint.slack, text.count)) }
  }

  @Test("an amount read quickly is what its format says, for any text of its characters")
  func amounts() throws {
    var dice = Dice(state: 1)
    let alphabet = Array("0123456789.,-; ".utf8)
    var quickly = 0
    for format in [
      AmountFormat(), AmountFormat(decimalSign: 0x2E, thousandsSign: 0x2C), AmountFormat(thousandsSign: nil),
    ] {
      let quick = try #require(QuickAmount(format))
      for _ in 0..<60_000 {
        let text = (0..<Int.random(in: 0...19, using: &dice)).map { _ in alphabet.randomElement(using: &dice)! }
        inBlock(text) { field in
          let ore = quick.read(field)
          guard ore != QuickAmount.unknown else { return }
          quickly += 1
          #expect((try? format.read(field).get().ore) == ore, "\(field.text)")
        }
      }
    }
    #expect(quickly > 300)
  }

  @Test(
    "amounts as ledgers write them are read quickly",
    arguments: [
      ("0,00", 0), ("7,50", 750), ("-7,50", -750), ("12,34-", -1_234), ("999,99", 99_999), ("1.000,00", 100_000),
      ("12.345,67", 1_234_567), ("123.456,78", 12_345_678), ("1.234.567,89-", -123_456_789),
      ("-123.456.789,01", -12_345_678_901), ("9.999.999.999,99", 999_999_999_999),
    ])
  func common(_ text: String, _ ore: Int64) throws {
    let quick = try #require(QuickAmount(AmountFormat()))
    #expect(inBlock(Array(text.utf8)) { quick.read($0) } == ore)
  }

  @Test(
    "what is not surely an amount is left to the format",
    arguments: [
      "", "1", ",00", ".234,56", "1.23,45", "12345,6", "1,2,3", "-1,00-", "1.234.56", "a,00", "1/,00", "1:,00",
    ])
  func doubtful(_ text: String) throws {
    let quick = try #require(QuickAmount(AmountFormat()))
    #expect(inBlock(Array(text.utf8)) { quick.read($0) } == QuickAmount.unknown)
  }

  @Test("the stops of a block are its separators, quotes and control bytes, wherever they fall")
  func stops() {
    var dice = Dice(state: 2)
    for round in 0..<400 {
      let count = Int.random(in: 0...300, using: &dice)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...127, using: &dice) }
      var wanted = bytes.indices.filter { bytes[$0] == 0x3B || bytes[$0] == 0x22 || bytes[$0] < 0x20 }
      if let last = bytes.last, last != Byte.lineFeed { wanted.append(count) }
      #expect(index(bytes).places == wanted, "round \(round)")
    }
  }

  @Test("bytes are well-formed UTF-8 to the index exactly when they are to Swift")
  func text() {
    var dice = Dice(state: 3)
    let pieces: [[UInt8]] = [
      Array("a".utf8), Array("æ".utf8), Array("€".utf8), Array("😀".utf8), Array("løn;".utf8), [0xC3], [0xA6],
      [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ]
    var right = 0
    for _ in 0..<4_000 {
      let broken = Bool.random(using: &dice)
      let bytes = (0..<Int.random(in: 1...90, using: &dice)).flatMap { _ in
        pieces[Int.random(in: 0..<(broken ? pieces.count : 5), using: &dice)]
      }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      right += isText ? 1 : 0
      #expect(index(bytes).isText == isText)
    }
    #expect(right > 1000)
  }

  private func index(_ bytes: [UInt8]) -> (places: [Int], isText: Bool) {
    var stops = StopIndex(room: bytes.count, separator: 0x3B)
    defer { stops.free() }
    let block = bytes + [Byte.lineFeed] + [UInt8](repeating: 0, count: RecordSprint.slack)
    return block.withUnsafeBufferPointer { block in
      stops.begin(at: block.baseAddress!, limit: block.baseAddress! + bytes.count, limitIsEnd: true)
      while stops.extend() {}
      return ((0..<stops.count).map { Int(stops.places[$0]) }, stops.isText)
    }
  }
}
