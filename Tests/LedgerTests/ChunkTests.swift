import SteeringCore
import Testing

@testable import Ledger

@Suite("Postings are kept as chunks")
struct ChunkTests {
  private let header = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
  private let year = FiscalYear(2025)!

  private struct Packed {
    var gathered: PostingGatherer
    var packer: ChunkPacker
    var chunks: [PostingChunk]
  }

  private func pack(
    _ text: String, careful: Bool, knownUnits: Set<UnitCode>? = nil, earlierVouchers: [UInt64: Int64] = [:],
    room: Int = 16 << 20
  ) throws -> Packed {
    let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: .ledger)
    var known = ChunkPacker.EarlierVouchers()
    for (mark, id) in earlierVouchers { known.add(mark, in: id) }
    var packed = Packed(
      gathered: PostingGatherer(year: year, knownUnits: knownUnits, roomBytes: room),
      packer: ChunkPacker(earlierVouchers: known), chunks: [])
    func pause(_ gatherer: inout PostingGatherer, _ bytes: Int) {
      if gatherer.isFull { packed.chunks += packed.packer.pack(gatherer.cut()) }
    }
    var gatherer = packed.gathered
    if careful {
      #expect(try gatherer.read(file, year: year, pause: pause).findings.errorCount == 0)
    } else {
      #expect(try gatherer.stride(file, year: year, pause: pause) != nil)
    }
    packed.chunks += packed.packer.pack(gatherer.cut())
    packed.gathered = gatherer
    return packed
  }

  @Test("what is packed comes out again, in order, with lines, texts and sums; both readers pack alike")
  func roundTrip() throws {
    let text =
      header + """
        A1;02.01.2025;10;3.22.01;1.1;Løn;100,00
        A1;28.02.2025;10;3.22.01;2.2;"Bøger; ""nye"" og
        gamle";1.234,56-
        A2;03.01.2025;10;3.22.02;1.1;;92.233.720.368.547,00
        7;31.12.2024;10;3.22.01;2.2;Sidste år;7,00

        """
    let chunks = try pack(text, careful: true).chunks
    var fast = try pack(text, careful: false)
    #expect(chunks == fast.chunks)
    #expect(chunks.map(\.month) == [0, 1, 2])
    #expect(chunks.map(\.count) == [1, 2, 1])
    let january = try chunks[1].postings()
    #expect(january.map(\.line) == [2, 5])
    #expect(january.map(\.voucher) == ["A1", "A2"])
    #expect(january.map(\.ore) == [10_000, 9_223_372_036_854_700])
    let february = try #require(try chunks[2].postings().first)
    #expect(february.text == "Bøger; \"nye\" og\ngamle")
    #expect(february.day == 28 && february.function == "3.22.01" && february.kind == "2.2")
    #expect(try #require(fast.packer.unitSums()).flatMap { try $0.sums() }.reduce(0) { $0 + $1.count } == 4)
    #expect(fast.gathered.outsideYear.count == 1)
    #expect(fast.packer.pack(fast.gathered.cut()).isEmpty)
  }

  @Test("vouchers are kept as they are, also two that a hash takes for one, and known again in quotes")
  func vouchers() throws {
    let pair = ["8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ"]
    #expect(ChunkPacker.voucherMark(pair[0]) == ChunkPacker.voucherMark(pair[1]))
    let rows = pair + ["\"a\"\"b\"", "\"a\"\"b\"", "a"]
    let text = header + rows.map { "\($0);02.01.2025;10;3;1;t;1,00\n" }.joined()
    for careful in [true, false] {
      let chunks = try pack(text, careful: careful).chunks
      #expect(try chunks[0].postings().map(\.voucher) == pair + ["a\"b", "a\"b", "a"])
    }
    let second = try pack(text, careful: false, earlierVouchers: [ChunkPacker.voucherMark("a\"b"): 7]).packer
    #expect(second.shared.count == 2 && second.sharedWith == [7])
  }

  @Test("sums that pass 64 bits and come back are exact; those that stay there are refused")
  func largeSums() throws {
    func row(_ amount: String) -> String { "1;02.01.2025;10;3;1;t;\(amount)\n" }
    let large = "60.000.000.000.000.000,00"
    let back = try pack(header + row(large) + row(large) + row(large + "-") + row(large + "-"), careful: false).packer
    #expect(try #require(back.unitSums()).flatMap { try $0.sums() }.map(\.sumOre) == [0])
    #expect(try pack(header + row(large) + row(large), careful: false).packer.unitSums() == nil)
  }

  @Test("codes are told apart by their bytes, and a posting without a unit is never taken")
  func codes() throws {
    let text = header + "1;02.01.2025;\u{C5};3;1;t;1,00\n1;02.01.2025;A\u{30A};3;1;t;2,00\n"
    let known = try pack(text, careful: true, knownUnits: [UnitCode("\u{C5}"), UnitCode("A\u{30A}")]).packer
    #expect(known.unitSums()?.map(\.sumOre) == [200, 100])
    let empty = LedgerFile(
      name: "L", source: BytesInMemory(header + "1;02.01.2025;;3;1;t;1,00\n"), profile: .ledger)
    var any = PostingGatherer(year: year, knownUnits: nil)
    #expect(try any.read(empty, year: year).findings.errorCount == 1)
  }

  @Test("packed sums that are damaged are told, never believed")
  func damagedSums() throws {
    let packer = try pack(header + "A;02.01.2025;10;3;1;t;100,00\nB;03.02.2025;10;4;2;t;2,00\n", careful: true).packer
    let sums = try #require(packer.unitSums()?.first)
    let right = try sums.sums()
    for index in sums.bytes.indices {
      let cut = UnitSums(unit: "10", count: 2, sumOre: sums.sumOre, bytes: Array(sums.bytes[..<index]))
      #expect(throws: DamagedChunk.self) { try cut.sums() }
      var changed = sums.bytes
      changed[index] ^= 0x40
      let other = UnitSums(unit: "10", count: 2, sumOre: sums.sumOre, bytes: changed)
      if let read = try? other.sums() { #expect(read.map(\.sumOre) == right.map(\.sumOre)) }
    }
  }

  @Test("a damaged chunk is told, never believed: every byte changed, every length cut")
  func damage() throws {
    let text = header + "A;02.01.2025;10;3;1;tekst;100,00\nB;03.01.2025;10;3;1;t;2,00\n"
    let chunk = try #require(try pack(text, careful: true).chunks.first)
    let right = try chunk.postings()
    for index in chunk.bytes.indices {
      let cut = PostingChunk(
        unit: "10", month: 1, count: 2, sumOre: chunk.sumOre, bytes: Array(chunk.bytes[..<index]))
      #expect(throws: DamagedChunk.self) { try cut.postings() }
      var bytes = chunk.bytes
      bytes[index] ^= 0x81
      let changed = PostingChunk(unit: "10", month: 1, count: 2, sumOre: chunk.sumOre, bytes: bytes)
      if let read = try? changed.postings() { #expect(read.map(\.ore).reduce(0, +) == right.map(\.ore).reduce(0, +)) }
    }
  }

  @Test("a piece is cut when it is full, also where every posting is long and the careful reader reads")
  func longTexts() throws {
    let long = String(repeating: "lang tekst ", count: 3_000)
    let rows = (0..<200).map { "\($0);02.01.2025;10;3;1;\($0 % 2 == 0 ? long : "");1,00\n" }
    let file = LedgerFile(name: "L", source: BytesInMemory(header + rows.joined()), profile: .ledger)
    var gatherer = PostingGatherer(year: year, knownUnits: nil, roomBytes: 100_000)
    var pieces: [PostingRows] = []
    _ = try gatherer.read(file, year: year) { gatherer, _ in if gatherer.isFull { pieces.append(gatherer.cut()) } }
    pieces.append(gatherer.cut())
    #expect(pieces.count > 20 && pieces.map(\.rows.count).reduce(0, +) == 200)
    #expect(pieces.allSatisfy { $0.bytes.count < 200_000 })
  }

  @Test("a unit that is refused takes no room, and one that is taken for another year is refused for this one")
  func refusedUnits() throws {
    let rows = (0..<500).map { "1;02.01.2025;U\($0);3;1;t;1,00\n" }.joined()
    let text = header + "1;02.01.2024;U7;3;1;t;1,00\n" + rows + "1;02.01.2025;10;3;1;t;1,00\n"
    let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: .ledger)
    var gatherer = PostingGatherer(year: year, knownUnits: [UnitCode("10")])
    #expect(try gatherer.read(file, year: year).findings.errorCount == 500)
    let piece = gatherer.cut()
    #expect(piece.units == ["U7", "10"] && piece.rows.count == 2 && gatherer.all.count == 502)
  }

  @Test("a line far behind the others keeps its number")
  func farLines() throws {
    // As many blank lines as fit are no way to test what lies beyond 32 bits; the gatherer takes what a reader says.
    var gatherer = PostingGatherer(year: year, knownUnits: nil)
    var bytes = Array("10;x".utf8)
    bytes.withUnsafeMutableBufferPointer { buffer in
      guard let start = UnsafePointer(buffer.baseAddress) else { return }
      for line in [2, 3, 6_000_000_000] {
        _ = gatherer.take(
          RawPosting(
            line: line, year: 2025, month: 1, day: 2, ore: 1, unit: FieldBytes(start, 2),
            function: FieldBytes(start, 1),
            kind: FieldBytes(start, 1), voucher: FieldBytes(start, 2), text: FieldBytes(start + 3, 1)))
      }
    }
    var packer = ChunkPacker()
    let chunk = try #require(packer.pack(gatherer.cut()).first)
    #expect(try chunk.postings().map(\.line) == [2, 3, 6_000_000_000])
  }

  @Test("vouchers that an earlier import has are counted")
  func sharedVouchers() throws {
    let text = header + "A;02.01.2025;10;3;1;t;1,00\nB;02.01.2025;10;3;1;t;2,00\n"
    let packer = try pack(text, careful: false, earlierVouchers: [ChunkPacker.voucherMark("B"): 7]).packer
    #expect(packer.sharedWith == [7])
    #expect(packer.shared.count == 1)
    #expect(packer.shared.ore == 200)
  }

  @Test("a ledger gathered in many pieces is the same ledger: every posting once, in order, and the same sums")
  func manyPieces() throws {
    let rows = (0..<120_000).map { index in
      let account = "\(index % 7);3.\(index % 5);\(index % 3)"
      return "V\(index / 3);\(10 + index % 19).0\(1 + index % 9).2025;\(account);t\(index);\(index),00\n"
    }
    let whole = try pack(header + rows.joined(), careful: false)
    for careful in [true, false] {
      let pieces = try pack(header + rows.joined(), careful: careful, room: 100_000)
      #expect(pieces.chunks.count > whole.chunks.count)
      #expect(pieces.packer.unitSums() == whole.packer.unitSums())
      func postings(_ packed: Packed) throws -> [[StoredPosting]] {
        let chunks = Dictionary(grouping: packed.chunks) { "\($0.unit)/\($0.month)" }
        return try chunks.sorted { $0.key < $1.key }.map { try $0.value.flatMap { try $0.postings() } }
      }
      #expect(try postings(pieces) == postings(whole))
    }
  }
}
