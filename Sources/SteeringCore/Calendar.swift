/// A day in the proleptic Gregorian calendar, without time or zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Year, 1...9999.
  public let year: Int
  /// Month, 1...12.
  public let month: Int
  /// Day of the month, 1...31.
  public let day: Int

  /// The day, or nil where no such day exists.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads an ISO date, `2025-12-31`; nil for anything else, also for days that do not exist.
  public init?(iso: some StringProtocol) {
    let bytes = Array(iso.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
        value = value * 10 + Int(bytes[index] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// How many days a month has.
  public static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Orders by time.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The day before. The first day that can be told has none, and is its own.
  public var previous: CalendarDate {
    if day > 1 { return CalendarDate(year: year, month: month, day: day - 1) ?? self }
    let (year, month) = month > 1 ? (year, month - 1) : (year - 1, 12)
    return CalendarDate(year: year, month: month, day: Self.days(in: month, of: year)) ?? self
  }

  /// The ISO form, `2025-12-31`.
  public var iso: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

  /// The Danish form, `31.12.2025`.
  public var danish: String { "\(Self.padded(day, 2)).\(Self.padded(month, 2)).\(Self.padded(year, 4))" }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// A fiscal year (regnskabsår): the calendar year 1 January to 31 December.
public struct FiscalYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The calendar year, 1900...2199.
  public let number: Int

  /// The year, or nil outside 1900...2199.
  public init?(_ number: Int) {
    guard (1900...2199).contains(number) else { return nil }
    self.number = number
  }

  /// Orders by time.
  public static func < (left: FiscalYear, right: FiscalYear) -> Bool { left.number < right.number }
  /// The year as digits.
  public var description: String { String(number) }
  /// Its first day.
  public var firstDay: CalendarDate { CalendarDate(year: number, month: 1, day: 1)! }
  /// Its last day.
  public var lastDay: CalendarDate { CalendarDate(year: number, month: 12, day: 31)! }
}
