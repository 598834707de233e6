/// Reads amounts in the common form, `1.234.567,89` with a minus on either side, eight bytes at a time. Where an
/// amount is not surely of that form it says so, and `AmountFormat` decides.
struct QuickAmount {
  /// Not an amount of the common form.
  static let unknown = Int64.min

  private let tail: UInt64
  private let head: UInt64

  /// The reader for a format with two signs and no unit, or nil.
  init?(_ format: AmountFormat) {
    guard format.unitPower == 0, format.signStyle == .any else { return nil }
    tail = Self.template(format.thousandsSign, format.decimalSign)
    head = Self.template(format.thousandsSign, format.thousandsSign)
  }

  /// What eight bytes look like from behind: a digit, a sign, three digits, a sign, two digits; digits as nought.
  private static func template(_ second: UInt8?, _ sixth: UInt8?) -> UInt64 {
    let zeros = 0x3030_0030_3030_0030 as UInt64
    return zeros | UInt64(second ?? 0) << 8 | UInt64(sixth ?? 0) << 40  // no text holds a 0
  }

  /// The amount in øre, or `unknown`. Sixteen bytes in front of the field can be read.
  @inline(__always)
  func read(_ field: FieldBytes) -> Int64 {
    guard field.count >= 4, field.count <= 17 else { return Self.unknown }
    let behind = field[field.count &- 1] == Byte.minus
    let before = field[0] == Byte.minus
    let count = field.count &- (behind ? 1 : 0) &- (before ? 1 : 0)
    guard count >= 4, count <= 16, count & 3 != 3, !(behind && before) else { return Self.unknown }
    let end = UnsafeRawPointer(field.start + (field.count &- (behind ? 1 : 0)))
    var wrong: UInt64 = 0
    let low = (end - 8).loadUnaligned(as: UInt64.self)
    var value = Self.digits(low, tail, min(8, count), &wrong)
    if count > 8 {
      let high = (end - 16).loadUnaligned(as: UInt64.self)
      value &+= Self.digits(high, head, count &- 8, &wrong) &* 1_000_000
    }
    if wrong != 0 { return Self.unknown }
    return behind || before ? 0 &- value : value
  }

  /// The number of the six digits in the last `kept` bytes of a word that looks like the template.
  @inline(__always)
  private static func digits(_ word: UInt64, _ template: UInt64, _ kept: Int, _ wrong: inout UInt64) -> Int64 {
    let digits = (word ^ template) & (~0 &<< UInt64((8 &- kept) &* 8))
    wrong |= (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
    wrong |= digits & 0x0000_FF00_0000_FF00
    let thousands = (digits & 0xFF) &* 100 &+ (digits &>> 16 & 0xFF) &* 10 &+ (digits &>> 24 & 0xFF)
    let ones = (digits &>> 32 & 0xFF) &* 100 &+ (digits &>> 48 & 0xFF) &* 10 &+ (digits &>> 56)
    return Int64(bitPattern: thousands &* 1000 &+ ones)
  }
}
