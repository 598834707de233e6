import SteeringCore

/// A month that is supervised.
struct SupervisionMonth: Hashable, Comparable, Sendable {
  /// The fiscal year.
  let year: FiscalYear
  /// 1...12.
  let month: Int

  /// A month; nil where the number is none.
  init?(_ year: FiscalYear, _ month: Int) {
    guard (1...12).contains(month) else { return nil }
    self.year = year
    self.month = month
  }

  /// Reads `2026-09`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = Int(parts[0]).flatMap(FiscalYear.init), let month = Int(parts[1]),
      (1...12).contains(month)
    else { return nil }
    self.year = year
    self.month = month
    guard text == self.text else { return nil }
  }

  /// `2026-09`, as addresses write it.
  var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

  /// Orders by time.
  static func < (left: Self, right: Self) -> Bool { (left.year, left.month) < (right.year, right.month) }

  /// The day by which it should be signed: a day of the month after.
  func due(onDay day: Int) -> CalendarDate {
    let (year, next) = month == 12 ? (year.number + 1, 1) : (year.number, month + 1)
    let last = CalendarDate.days(in: next, of: year)
    return CalendarDate(year: year, month: next, day: min(max(1, day), last)) ?? self.year.lastDay
  }
}
