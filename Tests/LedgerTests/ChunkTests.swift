import SteeringCore
import Testing

@testable import Ledger

@Suite("Postings are kept as chunks")
struct ChunkTests {
  private let header = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
  private let year = FiscalYear(2025)!

  private func build(_ text: String, careful: Bool, room: Int = 1 << 20) throws -> (ChunkBuilder, [PostingChunk]) {
    let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: .ledger)
    var builder = ChunkBuilder(year: year, knownUnits: nil, roomBytes: room)
    if careful {
      #expect(try builder.read(file, year: year).findings.errorCount == 0)
    } else {
      #expect(try builder.stride(file, year: year) != nil)
    }
    let chunks = builder.drain()
    return (builder, chunks)
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
    let (_, chunks) = try build(text, careful: true)
    var (fast, fastChunks) = try build(text, careful: false)
    #expect(chunks == fastChunks)
    #expect(chunks.map(\.month) == [0, 1, 2])
    #expect(chunks.map(\.count) == [1, 2, 1])
    let january = try chunks[1].postings()
    #expect(january.map(\.line) == [2, 5])
    #expect(january.map(\.voucher) == ["A1", "A2"])
    #expect(january.map(\.ore) == [10_000, 9_223_372_036_854_700])
    let february = try #require(try chunks[2].postings().first)
    #expect(february.text == "Bøger; \"nye\" og\ngamle")
    #expect(february.day == 28 && february.function == "3.22.01" && february.kind == "2.2")
    #expect(try #require(fast.unitSums()).flatMap { try $0.sums() }.reduce(0) { $0 + $1.count } == 4)
    #expect(fast.outsideYear.count == 1)
    #expect(fast.drain().isEmpty)
  }

  @Test("vouchers are kept as they are, also two that a hash takes for one, and known again in quotes")
  func vouchers() throws {
    let pair = ["8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ"]
    #expect(ChunkBuilder.voucherMark(pair[0]) == ChunkBuilder.voucherMark(pair[1]))
    let rows = pair + ["\"a\"\"b\"", "\"a\"\"b\"", "a"]
    let text = header + rows.map { "\($0);02.01.2025;10;3;1;t;1,00\n" }.joined()
    for careful in [true, false] {
      let chunks = try build(text, careful: careful).1
      #expect(try chunks[0].postings().map(\.voucher) == pair + ["a\"b", "a\"b", "a"])
    }
    let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: .ledger)
    var second = ChunkBuilder(
      year: year, knownUnits: nil, earlierVouchers: [ChunkBuilder.voucherMark("a\"b"): 7])
    #expect(try second.stride(file, year: year) != nil)
    #expect(second.shared.count == 2 && second.sharedWith == [7])
  }

  @Test("sums that pass 64 bits and come back are exact; those that stay there are refused")
  func largeSums() throws {
    func row(_ amount: String) -> String { "1;02.01.2025;10;3;1;t;\(amount)\n" }
    let large = "60.000.000.000.000.000,00"
    let back = try build(header + row(large) + row(large) + row(large + "-") + row(large + "-"), careful: false).0
    #expect(try #require(back.unitSums()).flatMap { try $0.sums() }.map(\.sumOre) == [0])
    #expect(try build(header + row(large) + row(large), careful: false).0.unitSums() == nil)
  }

  @Test("codes are told apart by their bytes, and a posting without a unit is never taken")
  func codes() throws {
    let text = header + "1;02.01.2025;\u{C5};3;1;t;1,00\n1;02.01.2025;A\u{30A};3;1;t;2,00\n"
    let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: .ledger)
    var known = ChunkBuilder(year: year, knownUnits: [UnitCode("\u{C5}"), UnitCode("A\u{30A}")])
    #expect(try known.read(file, year: year).findings.errorCount == 0)
    #expect(known.unitSums()?.map(\.sumOre) == [200, 100])
    let empty = LedgerFile(
      name: "L", source: BytesInMemory(header + "1;02.01.2025;;3;1;t;1,00\n"), profile: .ledger)
    var any = ChunkBuilder(year: year, knownUnits: nil)
    #expect(try any.read(empty, year: year).findings.errorCount == 1)
  }

  @Test("packed sums that are damaged are told, never believed")
  func damagedSums() throws {
    let builder = try build(header + "A;02.01.2025;10;3;1;t;100,00\nB;03.02.2025;10;4;2;t;2,00\n", careful: true).0
    let sums = try #require(builder.unitSums()?.first)
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
    let (_, chunks) = try build(
      header + "A;02.01.2025;10;3;1;tekst;100,00\nB;03.01.2025;10;3;1;t;2,00\n", careful: true)
    let chunk = chunks[0]
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

  @Test("vouchers that an earlier import has are counted")
  func sharedVouchers() throws {
    let file = LedgerFile(
      name: "L", source: BytesInMemory(header + "A;02.01.2025;10;3;1;t;1,00\nB;02.01.2025;10;3;1;t;2,00\n"),
      profile: .ledger)
    var builder = ChunkBuilder(year: year, knownUnits: nil, earlierVouchers: [ChunkBuilder.voucherMark("B"): 7])
    _ = try builder.stride(file, year: year)
    #expect(builder.sharedWith == [7])
    #expect(builder.shared.count == 1)
    #expect(builder.shared.ore == 200)
  }
}
