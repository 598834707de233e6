import Ledger
import SteeringCore
import Testing

@testable import Economy
@testable import Ledger

/// Counts what a file of payments holds.
private struct Payments: PostingSink {
  var negative = 0
  var units: Set<String> = []
  var months: Set<Int> = []
  var ore: Int64 = 0

  mutating func take(_ posting: RawPosting) -> PostingRefusal? {
    if posting.ore < 0 { negative += 1 }
    units.insert(posting.unit.text)
    months.insert(posting.year * 100 + posting.month)
    ore += posting.ore
    return nil
  }
}

@Suite("A city's raw payments", .enabled(if: RealData.isThere, "STYREHUS_REAL_DATA is not set"))
struct LeedsTests {
  private func read(_ bytes: [UInt8], _ profile: String, _ year: Int) throws -> (Payments, LedgerReading) {
    var payments = Payments()
    let profile = try #require(ShippedProfiles.named(profile))
    let reading = try LedgerFile(name: "leeds", source: BytesInMemory(bytes), profile: profile)
      .read(year: FiscalYear(year)!, into: &payments)
    return (payments, reading)
  }

  @Test("December 2013: every payment is read, and the file's own total is found and agrees as printed")
  func controlTotal() throws {
    let (payments, reading) = try read(RealData.bytes("leeds/2013-12.csv"), "leeds-2013", 2013)
    #expect(reading.findings.lines(.english) == [])
    #expect(reading.postings == 9_574)
    #expect(reading.sumOre == 10_475_847_089)
    #expect(payments.ore == 10_475_847_089)
    #expect(payments.negative == 115)
    #expect(payments.units.count == 16)
    #expect(payments.months == [201_311, 201_312])
    let total = try #require(reading.controlTotal)
    #expect(total.printed == "104758470.9")
    #expect(total.line == 9_576)
    #expect(total.agrees)
  }

  @Test("a record lost on the way is found by the total")
  func lostRecord() throws {
    let bytes = try RealData.bytes("leeds/2013-12.csv")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let fewer = Array(lines[..<100] + lines[101...]).joined(separator: [UInt8(ascii: "\n")])
    let (_, reading) = try read(Array(fewer), "leeds-2013", 2013)
    #expect(reading.postings == 9_573)
    #expect(reading.controlTotal?.agrees == false)
    #expect(reading.findings.kept.map { [$0.line, $0.column] } == [[9_575, 10]])
  }

  @Test("September 2011: 55,936 blank records are no postings")
  func blankRecords() throws {
    let (payments, reading) = try read(RealData.bytes("leeds/2011-09.csv"), "leeds-2011", 2011)
    #expect(reading.findings.lines(.english) == [])
    #expect(reading.postings == 9_569)
    #expect(reading.sumOre == 8_563_664_606)
    #expect(payments.negative == 106)
    #expect(payments.units.count == 13)
    #expect(payments.months == [201_108, 201_109])
    #expect(reading.controlTotal == nil)
  }

  @Test("one month's profile refuses the other month's file by its header, all columns at once")
  func wrongProfile() throws {
    let (_, reading) = try read(RealData.bytes("leeds/2011-09.csv"), "leeds-2013", 2011)
    #expect(reading.postings == 0)
    #expect(reading.findings.errorCount == 7)
  }
}
