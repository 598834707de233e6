extension CalendarDate {
  /// The day in Denmark at a moment in seconds since 1 January 1970 UTC: an hour ahead of UTC, two in summer time,
  /// which lasts from the last Sunday of March to the last of October, both at 1 o'clock UTC (directive 2000/84/EC).
  /// Years without summer time are reckoned by the same rule; moments outside the years 1 to 9999 count as the nearest.
  public init(inDenmarkAt seconds: Int64) {
    self.init(dayOfEras: Self.danishSeconds(seconds) / 86_400)
  }

  /// The time by a Danish clock in seconds since 1 March of year 0.
  fileprivate static func danishSeconds(_ seconds: Int64) -> Int64 {
    let moment = min(max(seconds, -62_135_596_800), 253_402_293_599) + dayZero * 86_400
    let hours: Int64 = isSummerTime(moment) ? 2 : 1
    return moment + hours * 3_600
  }

  /// 1 January 1970, counted in days from 1 March of year 0.
  private static let dayZero: Int64 = 719_468

  /// Whether it is summer time at a moment in seconds since 1 March of year 0 UTC.
  private static func isSummerTime(_ moment: Int64) -> Bool {
    let day = moment / 86_400
    let utc = CalendarDate(dayOfEras: day)
    guard utc.month == 3 || utc.month == 10 else { return (4...9).contains(utc.month) }
    // Both months have 31 days, and 1 March of year 0 was a Wednesday; Sunday counts as 0.
    let lastSunday = 31 - Int((day + Int64(31 - utc.day) + 3) % 7)
    let isBehind = utc.day > lastSunday || (utc.day == lastSunday && moment % 86_400 >= 3_600)
    return isBehind == (utc.month == 3)
  }

  /// The date so many days after 1 March of year 0, counted in eras of 400 years that begin in March, so that the leap
  /// day is the last of its year.
  private init(dayOfEras day: Int64) {
    let ofEra = day % 146_097
    let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let number = month < 10 ? month + 3 : month - 9
    self = CalendarDate(
      year: Int(day / 146_097 * 400 + year + (number <= 2 ? 1 : 0)), month: Int(number),
      day: Int(ofYear - (153 * month + 2) / 5 + 1))!
  }
}

/// A time of the day by the clock.
public struct TimeOfDay: Hashable, Sendable {
  /// 0...23.
  public let hour: Int
  /// 0...59.
  public let minute: Int

  /// The time in Denmark at a moment in seconds since 1 January 1970 UTC, by the same rules as
  /// `CalendarDate.init(inDenmarkAt:)`.
  public init(inDenmarkAt seconds: Int64) {
    let minutes = CalendarDate.danishSeconds(seconds) % 86_400 / 60
    hour = Int(minutes / 60)
    minute = Int(minutes % 60)
  }
}
