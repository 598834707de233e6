import SteeringCore
import Testing

@testable import Ledger

@Suite("Amounts are read strictly")
struct AmountTests {
  @Test(
    "the native format reads what it allows",
    arguments: [
      ("0", 0), ("5", 500), ("5,5", 550), ("12,", 1_200), ("1.234", 123_400), ("1.234,56", 123_456),
      ("1234,56", 123_456), ("1.234,56-", -123_456), ("-1.234,56", -123_456), ("(1.234,56)", -123_456),
      ("\u{2212}5", -500), ("5\u{2212}", -500), ("  7,05 ", 705), ("1.234.567.890,12", 123_456_789_012),
      ("92.233.720.368.547.758,07", Int64.max), ("-0,01", -1), ("0,00-", 0), ("007,10", 710),
      ("\u{A0}3,00\u{A0}", 300),
    ])
  func reads(text: String, ore: Int64) throws {
    #expect(try AmountFormat.native.read(text).get().ore == ore)
  }

  @Test(
    "and refuses the rest, saying why",
    arguments: [
      ("", AmountFault.empty), ("   ", .empty), ("--5", .twoSigns), ("-5-", .twoSigns), ("(5)-", .twoSigns),
      ("(-5)", .twoSigns), ("((5))", .twoSigns), ("(5", .notANumber), ("5)", .notANumber), ("1.2.3", .grouping),
      ("1.23", .grouping), ("1.2345", .grouping), ("1234.567", .grouping), ("1.234.56", .grouping),
      ("1,234", .tooManyDecimals), ("1,000", .tooManyDecimals), (",50", .notANumber), (".5", .notANumber),
      ("5,5,5", .notANumber), ("5,5.000", .notANumber), ("abc", .notANumber), ("5 kr.", .notANumber),
      ("1e5", .notANumber), ("NaN", .notANumber), ("-", .notANumber), ("()", .notANumber), ("- 5", .notANumber),
      ("+5", .notANumber), ("12,-", .priceDash), ("1 234", .notANumber), ("92.233.720.368.547.758,08", .tooLarge),
      ("99999999999999999999999999", .tooLarge), ("٥", .notANumber), ("５", .notANumber),
    ])
  func refuses(text: String, fault: AmountFault) {
    #expect(AmountFormat.native.read(text) == .failure(fault))
  }

  @Test("a profile decides what 1.234 and 1,234 mean")
  func lonePoint() throws {
    let point = AmountFormat(decimalSign: UInt8(ascii: "."), thousandsSign: UInt8(ascii: ","))
    #expect(point.read("1.234") == .failure(.tooManyDecimals))
    #expect(try point.read("1,234").get().ore == 123_400)
    #expect(try point.read("2,142.73").get().ore == 214_273)
    let plain = AmountFormat(decimalSign: UInt8(ascii: "."), thousandsSign: nil)
    #expect(plain.read("1,234") == .failure(.notANumber))
  }

  @Test("a profile may round row by row, half away from zero, and read an empty amount as nothing")
  func rounding() throws {
    let format = AmountFormat(
      decimalSign: UInt8(ascii: "."), thousandsSign: nil, decimals: .round, empty: .zero)
    #expect(try format.read("0.005").get().ore == 1)
    #expect(try format.read("-0.005").get().ore == -1)
    #expect(try format.read("0.00499999999999").get().ore == 0)
    #expect(try format.read("1090309.9200001").get().ore == 109_030_992)
    #expect(try format.read("").get().ore == 0)
  }

  @Test("amounts in thousands and millions become whole øre")
  func units() throws {
    #expect(try AmountFormat(unitPower: 3).read("1,5").get().ore == 150_000)
    #expect(try AmountFormat(unitPower: 3).read("1,23456").get().ore == 123_456)
    #expect(AmountFormat(unitPower: 3).read("1,234567") == .failure(.tooManyDecimals))
    #expect(try AmountFormat(unitPower: 6).read("-12,4").get().ore == -1_240_000_000)
  }

  @Test("a sign stands where the profile allows it")
  func signStyles() throws {
    #expect(AmountFormat(signStyle: .trailing).read("-5") == .failure(.signPlace))
    #expect(try AmountFormat(signStyle: .trailing).read("5-").get().ore == -500)
    #expect(AmountFormat(signStyle: .leading).read("(5)") == .failure(.signPlace))
    #expect(try AmountFormat(signStyle: .parentheses).read("(5)").get().ore == -500)
  }

  @Test("dates follow their pattern and exist")
  func dates() throws {
    func read(_ pattern: String, _ text: String) -> String? {
      var text = text
      return text.withUTF8 { DatePattern(pattern)?.read(FieldBytes($0.baseAddress!, $0.count))?.iso }
    }
    #expect(read("dd.MM.yyyy", "29.02.2024") == "2024-02-29")
    #expect(read("dd.MM.yyyy", "29.02.2025") == nil)
    #expect(read("dd.MM.yyyy", "1.2.2025") == nil)
    #expect(read("dd.MM.yyyy", "31.04.2025") == nil)
    #expect(read("dd.MM.yyyy", "01.01.20255") == nil)
    #expect(read("yyyy-MM-dd", "2025-12-31") == "2025-12-31")
    #expect(read("dd-MMM-yy", "20-Dec-13") == "2013-12-20")
    #expect(read("d/M/yyyy", "1/12/2011") == "2011-12-01")
    #expect(read("yyyyMMdd", "20250228") == "2025-02-28")
    #expect(DatePattern("dd.MM") == nil)
    #expect(DatePattern("dd.MM.yyyy hh") == nil)
  }
}
