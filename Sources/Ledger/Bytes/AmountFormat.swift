/// How a file writes amounts, and the strict reading of them into whole øre. Nothing is guessed: what the format
/// does not allow is a fault, never 0.
public struct AmountFormat: Hashable, Sendable {
  /// Where a minus may stand.
  public enum SignStyle: String, CaseIterable, Sendable {
    /// Leading, trailing or parentheses, one of them.
    case any
    /// `-5`
    case leading
    /// `5-`
    case trailing
    /// `(5)`
    case parentheses
  }

  /// What to do with more decimals than whole øre need.
  public enum Decimals: String, CaseIterable, Sendable {
    /// More decimals are a fault.
    case exact
    /// Round half away from zero, row by row.
    case round
  }

  /// What an empty amount means.
  public enum Empty: String, CaseIterable, Sendable {
    /// A fault.
    case error
    /// Nothing spent.
    case zero
  }

  /// The decimal sign, one ASCII byte.
  public var decimalSign: UInt8
  /// The thousands sign, one ASCII byte; nil where the file groups no digits.
  public var thousandsSign: UInt8?
  /// Where a minus may stand.
  public var signStyle: SignStyle
  /// How many powers of ten a written unit is in kroner: 0 for kr., 3 for 1.000 kr., 6 for mio. kr.
  public var unitPower: Int
  /// More decimals than whole øre need.
  public var decimals: Decimals
  /// An empty amount.
  public var empty: Empty

  /// A format; the defaults are the native one: `1.234,56`, any one sign mark, whole øre, empty is a fault.
  public init(
    decimalSign: UInt8 = UInt8(ascii: ","), thousandsSign: UInt8? = UInt8(ascii: "."), signStyle: SignStyle = .any,
    unitPower: Int = 0, decimals: Decimals = .exact, empty: Empty = .error
  ) {
    self.decimalSign = decimalSign
    self.thousandsSign = thousandsSign
    self.signStyle = signStyle
    self.unitPower = unitPower
    self.decimals = decimals
    self.empty = empty
  }

  /// The native Danish format.
  public static let native = AmountFormat()
}

/// Why an amount could not be read.
public enum AmountFault: Error, Hashable, Sendable {
  /// Nothing stands there.
  case empty
  /// Something else than digits, signs of the format and one minus.
  case notANumber
  /// Two sign marks, such as `--5` or `(5)-`.
  case twoSigns
  /// A sign mark where the profile does not allow one.
  case signPlace
  /// A thousands sign that does not stand before exactly three digits.
  case grouping
  /// More decimals than whole øre.
  case tooManyDecimals
  /// `12,-`, which people read as a price and others as a minus.
  case priceDash
  /// The amount does not fit in 64 bits of øre.
  case tooLarge
}

/// An amount as read, with the precision it was written in.
public struct ReadAmount: Hashable, Sendable {
  /// The amount in øre.
  public let ore: Int64
  /// How many decimals were written (of the file's unit), for comparing a control total at its own precision.
  public let decimals: Int
}

extension AmountFormat {
  /// Reads a trimmed field.
  public func read(_ field: FieldBytes) -> Result<ReadAmount, AmountFault> {
    if field.count == 0 { return emptyAmount }
    var low = 0
    var high = field.count
    let sign = takeSigns(field, &low, &high)
    if let fault = sign.fault { return .failure(fault) }
    guard low < high, Byte.isDigit(field[low]) else { return .failure(.notANumber) }
    return digits(field, low, high, negative: sign.negative, trailing: sign.trailing)
  }

  /// Reads text, as `read(_:)` does with a field. Surrounding blanks are allowed.
  public func read(_ text: String) -> Result<ReadAmount, AmountFault> {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return emptyAmount }
      return read(FieldBytes(start, bytes.count).trimmed)
    }
  }

  private var emptyAmount: Result<ReadAmount, AmountFault> {
    empty == .zero ? .success(ReadAmount(ore: 0, decimals: 0)) : .failure(.empty)
  }

  /// Steps over the sign marks on both sides and says what they mean together.
  private func takeSigns(
    _ field: FieldBytes, _ low: inout Int, _ high: inout Int
  ) -> (negative: Bool, trailing: Bool, fault: AmountFault?) {
    var leading = 0
    var trailing = 0
    var opened = 0
    var closed = 0
    while low < high {
      if let width = minusWidth(field, low, high) {
        leading += 1
        low += width
      } else if field[low] == UInt8(ascii: "(") {
        opened += 1
        low += 1
      } else {
        break
      }
    }
    while high > low {
      if field[high - 1] == Byte.minus {
        trailing += 1
        high -= 1
      } else if high - low >= 3, minusWidth(field, high - 3, high) == 3 {
        trailing += 1
        high -= 3
      } else if field[high - 1] == UInt8(ascii: ")") {
        closed += 1
        high -= 1
      } else {
        break
      }
    }
    let marks = leading + trailing + max(opened, closed)
    if low == high { return (false, false, .notANumber) }
    if marks > 1 { return (false, false, .twoSigns) }
    if opened != closed { return (false, false, .notANumber) }
    let allowed =
      switch signStyle {
      case .any: true
      case .leading: trailing == 0 && opened == 0
      case .trailing: leading == 0 && opened == 0
      case .parentheses: leading == 0 && trailing == 0
      }
    return (marks == 1, trailing == 1, allowed ? nil : .signPlace)
  }

  /// 1 for `-`, 3 for the three bytes of U+2212, nil for anything else.
  private func minusWidth(_ field: FieldBytes, _ at: Int, _ high: Int) -> Int? {
    if field[at] == Byte.minus { return 1 }
    if high - at >= 3, field[at] == 0xE2, field[at + 1] == 0x88, field[at + 2] == 0x92 { return 3 }
    return nil
  }

  private func digits(
    _ field: FieldBytes, _ low: Int, _ high: Int, negative: Bool, trailing: Bool
  ) -> Result<ReadAmount, AmountFault> {
    var value = DecimalDigits(kept: 2 + unitPower)
    var group = 0
    var grouped = false
    for index in low..<high {
      let byte = field[index]
      if Byte.isDigit(byte) {
        group += 1
        value.append(byte &- Byte.zero)
      } else if byte == decimalSign {
        if value.decimals != nil { return .failure(.notANumber) }
        if grouped && group != 3 { return .failure(.grouping) }
        value.decimals = 0
        grouped = false
      } else if byte == thousandsSign {
        if value.decimals != nil || group == 0 { return .failure(.notANumber) }
        if grouped ? group != 3 : group > 3 { return .failure(.grouping) }
        grouped = true
        group = 0
      } else {
        return .failure(.notANumber)
      }
    }
    if grouped && group != 3 { return .failure(.grouping) }
    if value.decimals == 0 && trailing { return .failure(.priceDash) }
    let written = value.decimals ?? 0
    if written > 2 + unitPower && decimals == .exact { return .failure(.tooManyDecimals) }
    guard let ore = value.ore(negative: negative) else { return .failure(.tooLarge) }
    return .success(ReadAmount(ore: ore, decimals: written))
  }
}

/// Digits gathered into a whole number of øre; decimals beyond `kept` only decide the rounding.
private struct DecimalDigits {
  let kept: Int
  var value: UInt64 = 0
  var decimals: Int?
  private var firstDropped: UInt8?
  private var overflow = false

  init(kept: Int) { self.kept = kept }

  mutating func append(_ digit: UInt8) {
    if let seen = decimals {
      decimals = seen + 1
      if seen >= kept {
        if firstDropped == nil { firstDropped = digit }
        return
      }
    }
    let (tens, first) = value.multipliedReportingOverflow(by: 10)
    let (sum, second) = tens.addingReportingOverflow(UInt64(digit))
    value = sum
    overflow = overflow || first || second
  }

  func ore(negative: Bool) -> Int64? {
    var total = Int128(value)
    for _ in min(decimals ?? 0, kept)..<kept { total *= 10 }
    if let dropped = firstDropped, dropped >= 5 { total += 1 }
    guard !overflow, let size = Int64(exactly: total) else { return nil }
    return negative ? -size : size
  }
}
