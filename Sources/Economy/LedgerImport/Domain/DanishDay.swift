import SteeringCore

/// The day in Denmark at a moment, for pages that say when something was imported.
enum DanishDay {
  /// The day at so many seconds since 1 January 1970 UTC: an hour ahead of UTC, two in summer time, which lasts from
  /// the last Sunday of March to the last of October, both at 1 o'clock UTC. Nil before 1970.
  static func at(_ seconds: Int64) -> CalendarDate? {
    guard seconds >= 0, let utc = date(Int(seconds / 86_400)) else { return nil }
    let hour = Int(seconds % 86_400) / 3_600
    let ahead: Int64 = isSummer(utc, dayNumber: Int(seconds / 86_400), hour: hour) ? 7_200 : 3_600
    return date(Int((seconds + ahead) / 86_400))
  }

  private static func isSummer(_ utc: CalendarDate, dayNumber: Int, hour: Int) -> Bool {
    guard utc.month == 3 || utc.month == 10 else { return (4...9).contains(utc.month) }
    // Both months have 31 days; day 0 was a Thursday, and Sunday counts as 0.
    let lastSunday = 31 - (dayNumber + 31 - utc.day + 4) % 7
    let isBehind = utc.day > lastSunday || (utc.day == lastSunday && hour >= 1)
    return isBehind == (utc.month == 3)
  }

  /// The date so many days after 1 January 1970, counted in years that begin in March so that the leap day is last.
  private static func date(_ days: Int) -> CalendarDate? {
    let day = days + 719_468
    let era = day / 146_097
    let ofEra = day % 146_097
    let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let number = month < 10 ? month + 3 : month - 9
    return CalendarDate(
      year: era * 400 + year + (number <= 2 ? 1 : 0), month: number, day: ofYear - (153 * month + 2) / 5 + 1)
  }
}
