import SteeringCore
import SurfaceKit
import Testing

@Suite("Numbers and dates as people read them")
struct FormatTests {
  let danish = Format(.danish)
  let english = Format(.english)

  @Test("amounts in Danish and English")
  func amounts() {
    let amount = Money(ore: 123_456_789)
    #expect(danish.kroner(amount) == "1.234.568 kr.")
    #expect(english.kroner(amount) == "DKK 1,234,568")
    #expect(danish.exact(amount) == "1.234.567,89 kr.")
    #expect(english.exact(amount) == "DKK 1,234,567.89")
    #expect(danish.millions(amount) == "1,2 mio. kr.")
    #expect(english.millions(amount) == "DKK 1.2 million")
    #expect(danish.wholeKroner(Money(ore: -1_248_000)) == "-12.480")
    #expect(english.exactNumber(Money(ore: -5)) == "-0.05")
  }

  @Test("the sign of a result is said in words")
  func signs() {
    #expect(danish.result(Money(kroner: -12_480)) == "12.480 kr. i underskud")
    #expect(english.result(Money(kroner: 3)) == "DKK 3 in surplus")
    #expect(danish.result(.zero) == "i nul")
    #expect(danish.result(Money(ore: -1)) == "0,01 kr. i underskud")
    #expect(danish.result(Money(ore: -50)) == "1 kr. i underskud")
    #expect(danish.side(Money(ore: 1)) == "overskud")
    #expect(danish.share(basisPoints: -180) == "1,8 % i underskud")
    #expect(english.share(basisPoints: 501) == "5.0% in surplus")
    #expect(danish.share(basisPoints: 0) == "i nul")
  }

  @Test("shares with one and two decimals, rounded half away from zero")
  func shares() {
    #expect(danish.percent(basisPoints: -180) == "-1,8 %")
    #expect(danish.percent(basisPoints: 185) == "1,9 %")
    #expect(danish.percent(basisPoints: -185) == "-1,9 %")
    #expect(danish.percent(basisPoints: -4) == "0,0 %")
    #expect(danish.limit(Percentage(basisPoints: 250)) == "2,5 %")
    #expect(english.limit(Percentage(basisPoints: 250)) == "2.5%")
    #expect(danish.percent(basisPoints: .min).hasPrefix("-92.233.720.368.547.758,1"))
  }

  @Test("counts, dates, months and sizes")
  func counts() {
    #expect(danish.number(1_004_210) == "1.004.210")
    #expect(english.number(-1_000) == "-1,000")
    #expect(danish.count(1, Words("enhed", en: "unit"), Words("enheder", en: "units")) == "1 enhed")
    #expect(english.count(2_000, Words("enhed", en: "unit"), Words("enheder", en: "units")) == "2,000 units")
    let day = CalendarDate(year: 2025, month: 12, day: 31)!
    #expect(danish.date(day) == "31.12.2025")
    #expect(english.date(day) == "31 December 2025")
    #expect(danish.month(1) == "januar")
    #expect(danish.shortMonth(5) == "maj")
    #expect(english.shortMonth(5) == "May")
    #expect(danish.month(13) == "")
    #expect([danish.size(bytes: 812), danish.size(bytes: 42_100)] == ["812 B", "42 kB"])
    #expect([danish.size(bytes: 1_240_000), danish.size(bytes: 50_000_000)] == ["1,2 MB", "50 MB"])
  }
}
