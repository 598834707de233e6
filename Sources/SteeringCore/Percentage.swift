/// A percentage in basis points (1 % = 100 basis points), so that 2,5 % is exact. Compared with amounts by
/// whole numbers, never by a rounded quotient.
public struct Percentage: Hashable, Comparable, Sendable {
  /// Hundredths of a percent.
  public let basisPoints: Int64

  /// A percentage of `basisPoints` hundredths of a percent.
  public init(basisPoints: Int64) { self.basisPoints = basisPoints }

  /// Orders by size.
  public static func < (left: Percentage, right: Percentage) -> Bool { left.basisPoints < right.basisPoints }

  /// How `part` compares with this percentage of `whole`, exactly: negative below, zero equal, positive above.
  /// `whole` must be positive; the question has no meaning otherwise.
  public func compare(_ part: Money, of whole: Money) -> Int {
    let left = Int128(part.ore) * 10_000
    let right = Int128(basisPoints) * Int128(whole.ore)
    return left < right ? -1 : (left == right ? 0 : 1)
  }

  /// The percentage with the sign turned.
  public static prefix func - (value: Percentage) -> Percentage { Percentage(basisPoints: -value.basisPoints) }

  /// 10.000 · part ÷ whole, rounded half away from zero, for showing only; nil when `whole` is not positive or
  /// the quotient does not fit.
  public static func basisPoints(_ part: Money, of whole: Money) -> Int64? {
    guard whole.ore > 0 else { return nil }
    let magnitude = Int128(part.ore.magnitude) * 10_000
    let rounded = (2 * magnitude + Int128(whole.ore)) / (2 * Int128(whole.ore))
    return Int64(exactly: part.ore < 0 ? -rounded : rounded)
  }

  /// As people read it: `5 %`, `-1,8 %`, `2,25 %`, trailing zeros dropped.
  public var text: String {
    let size = basisPoints.magnitude
    let whole = Money.grouped(size / 100)
    let rest = size % 100
    let sign = basisPoints < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole) %" }
    if rest % 10 == 0 { return "\(sign)\(whole),\(rest / 10) %" }
    return "\(sign)\(whole),\(rest < 10 ? "0" : "")\(rest) %"
  }

  /// Reads `5`, `2,5` or `2.25` (at most two decimals, no sign); nil for anything else.
  public init?(text: String) {
    var value: Int64 = 0
    var decimals: Int?
    guard !text.isEmpty, text.utf8.count <= 12 else { return nil }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let seen = decimals {
          guard seen < 2 else { return nil }
          decimals = seen + 1
        }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: ","), UInt8(ascii: "."):
        guard decimals == nil, text.utf8.first != byte else { return nil }
        decimals = 0
      default: return nil
      }
    }
    guard decimals != 0 else { return nil }
    for _ in (decimals ?? 0)..<2 { value *= 10 }
    self.basisPoints = value
  }
}
