import SteeringCore
import Testing

@Suite("The day in Denmark")
struct DanishTimeTests {
  @Test(
    "turns at midnight in Denmark, an hour or two before it turns in UTC",
    arguments: [
      ("1970-01-01", 0), ("2025-12-31", 1_767_221_999), ("2026-01-01", 1_767_222_000),
      ("2026-06-30", 1_782_856_799), ("2026-07-01", 1_782_856_800), ("2028-02-29", 1_835_391_600),
      ("1969-12-31", -3_601), ("1970-01-01", -3_600),
    ] as [(String, Int64)])
  func turns(_ day: String, _ seconds: Int64) {
    #expect(CalendarDate(inDenmarkAt: seconds).iso == day)
  }

  @Test(
    "is in summer time from the last Sunday of March to the last of October",
    arguments: [
      ("2026-03-29", 1_774_738_800), ("2026-03-30", 1_774_821_600), ("2026-10-25", 1_792_879_200),
      ("2026-10-26", 1_792_969_200),
    ] as [(String, Int64)])
  func summerTime(_ day: String, _ midnight: Int64) {
    #expect(CalendarDate(inDenmarkAt: midnight).iso == day)
    #expect(CalendarDate(inDenmarkAt: midnight - 1) < CalendarDate(inDenmarkAt: midnight))
  }

  @Test("every day of four hundred years follows the one before")
  func follows() {
    var last = CalendarDate(inDenmarkAt: 43_200)
    for day in 1...146_097 {
      let next = CalendarDate(inDenmarkAt: Int64(day) * 86_400 + 43_200)
      let isNext =
        next.day == last.day + 1 && next.month == last.month
        || next.day == 1 && last.day == CalendarDate.days(in: last.month, of: last.year)
      guard isNext, last < next else {
        Issue.record("\(next.iso) follows \(last.iso)")
        return
      }
      last = next
    }
    #expect(last.iso == "2370-01-01")
  }

  @Test("moments that no calendar has are kept within it")
  func beyond() {
    #expect(CalendarDate(inDenmarkAt: .max).year == 9999)
    #expect(CalendarDate(inDenmarkAt: .min).year == 1)
  }

  @Test("the clock is an hour ahead of UTC in winter and two in summer")
  func clock() {
    func time(_ seconds: Int64) -> [Int] {
      let time = TimeOfDay(inDenmarkAt: seconds)
      return [time.hour, time.minute]
    }
    #expect(time(1_750_000_000) == [17, 6])
    #expect(time(1_735_689_540) == [0, 59])
    #expect(time(0) == [1, 0])
    // The last second of winter time in 2027, and the first of summer time.
    #expect(time(1_806_195_599) == [1, 59] && time(1_806_195_600) == [3, 0])
  }
}
