/// An amount in whole øre. Inside the product **positive means surplus** for results and balances, and
/// expenses are positive in budgets and ledgers. Never a floating-point number.
public struct Money: Hashable, Sendable {
  /// The amount in øre (1 kr. = 100 øre).
  public let ore: Int64

  /// An amount of `ore` øre.
  public init(ore: Int64) { self.ore = ore }

  /// An amount of whole kroner. Traps when the øre do not fit in 64 bits; meant for amounts written in code.
  public init(kroner: Int64) { self.ore = kroner * 100 }

  /// Nothing.
  public static let zero = Money(ore: 0)

  /// The sum, or nil where it does not fit in 64 bits. Use it where the amounts come from outside.
  public func adding(_ other: Money) -> Money? {
    let (sum, overflow) = ore.addingReportingOverflow(other.ore)
    return overflow ? nil : Money(ore: sum)
  }

  /// The difference, or nil where it does not fit in 64 bits. Use it where the amounts come from outside.
  public func subtracting(_ other: Money) -> Money? {
    let (difference, overflow) = ore.subtractingReportingOverflow(other.ore)
    return overflow ? nil : Money(ore: difference)
  }

  /// The exact sum of many amounts, or nil where it does not fit in 64 bits. Parts may pass the limit on the way.
  public static func sum(_ amounts: some Sequence<Money>) -> Money? {
    var total: Int128 = 0
    for amount in amounts { total += Int128(amount.ore) }
    return Int64(exactly: total).map(Money.init(ore:))
  }

  /// The amount with its sign dropped, as an unsigned number of øre; exact also for the smallest `Int64`.
  public var magnitude: UInt64 { ore.magnitude }

  /// Whether the amount is below zero.
  public var isNegative: Bool { ore < 0 }
}

extension Money: Comparable {
  /// Orders by amount.
  public static func < (left: Money, right: Money) -> Bool { left.ore < right.ore }
}

extension Money {
  /// The sum. Traps on overflow: use it only on amounts whose total has already been checked (`Money.sum`).
  public static func + (left: Money, right: Money) -> Money { Money(ore: left.ore + right.ore) }
  /// The difference. Traps on overflow, as `+` does.
  public static func - (left: Money, right: Money) -> Money { Money(ore: left.ore - right.ore) }
  /// The opposite amount. Traps on the smallest `Int64`.
  public static prefix func - (amount: Money) -> Money { Money(ore: -amount.ore) }
}

extension Money {
  /// The amount as people in Denmark write it, with øre: `1.234,56`, `-0,05`.
  public var withOre: String {
    let whole = Self.grouped(magnitude / 100)
    let rest = magnitude % 100
    return (isNegative ? "-" : "") + whole + "," + (rest < 10 ? "0" : "") + String(rest)
  }

  /// The amount in whole kroner, rounded half away from zero, with thousands dots: `12.480`, `-3`, `0`.
  public var inKroner: String {
    let rounded = magnitude / 100 + (magnitude % 100 >= 50 ? 1 : 0)
    return (isNegative && rounded > 0 ? "-" : "") + Self.grouped(rounded)
  }

  /// The amount in millions of kroner with one decimal, rounded half away from zero: `12,4`, `-0,1`.
  public var inMillions: String {
    let tenths = (magnitude + 5_000_000) / 10_000_000
    return (isNegative && tenths > 0 ? "-" : "") + Self.grouped(tenths / 10) + "," + String(tenths % 10)
  }

  /// The amount for files: decimal comma, no thousands dots: `1234,56`, `-0,05`.
  public var forFile: String {
    let rest = magnitude % 100
    return (isNegative ? "-" : "") + String(magnitude / 100) + "," + (rest < 10 ? "0" : "") + String(rest)
  }

  static func grouped(_ number: UInt64) -> String {
    let digits = Array(String(number).utf8)
    var out: [UInt8] = []
    out.reserveCapacity(digits.count + digits.count / 3)
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { out.append(UInt8(ascii: ".")) }
      out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
