import SteeringCore

/// The day of the last record: most records share theirs with the one before, and then nothing is worked out again.
struct LastDay {
  private var low: UInt64 = 0
  private var high: UInt16 = 0
  private(set) var year = 0
  private(set) var month = 0
  private(set) var day = 0

  /// Begins with the day that is the same for all records, or with none.
  init(_ fixed: (year: Int, month: Int, day: Int)?) {
    if let fixed { (year, month, day) = fixed }
  }

  /// Reads the ten bytes of a day written `dd.MM.yyyy`. False where that is no day.
  @inline(__always)
  mutating func read(_ p: UnsafePointer<UInt8>) -> Bool {
    let low = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self)
    let high = UnsafeRawPointer(p + 8).loadUnaligned(as: UInt16.self)
    return low == self.low && high == self.high || readAnew(low, high)
  }

  @inline(never)
  private mutating func readAnew(_ low: UInt64, _ high: UInt16) -> Bool {
    let first = low ^ 0x3030_2E30_302E_3030  // digits as their numbers, the dots as nought
    let rest = high ^ 0x3030
    let wrong = (first | (first &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
    guard wrong == 0, first & 0x0000_FF00_00FF_0000 == 0, (rest | (rest &+ 0x0606)) & 0xF0F0 == 0 else { return false }
    func digit(_ place: UInt64) -> Int { Int(first >> (place * 8) & 0xFF) }
    let year = digit(6) * 1000 + digit(7) * 100 + Int(rest & 0xFF) * 10 + Int(rest >> 8)
    guard let date = CalendarDate(year: year, month: digit(3) * 10 + digit(4), day: digit(0) * 10 + digit(1)) else {
      return false
    }
    self.low = low
    self.high = high
    (self.year, month, day) = (date.year, date.month, date.day)
    return true
  }
}
