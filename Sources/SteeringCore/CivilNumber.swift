/// Civil registration numbers (CPR-numre) in free text. They have no business in a steering system, so they are taken
/// out wherever text comes in: `010190-1234` and `010190 1234`, and ten digits in a row where the day exists and the
/// old control digit fits, which one in three hundred other numbers does.
public enum CivilNumber {
  /// Takes the numbers out of the text that stands in bytes from a place on: every digit becomes an `x`. Gives how
  /// many there were.
  public static func mask(_ bytes: inout [UInt8], from start: Int) -> Int {
    var found = 0
    var at = start
    while at < bytes.count {
      guard isDigit(bytes[at]) else {
        at += 1
        continue
      }
      var end = at + 1
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      if end - at == 6, isDay(bytes, at), let tail = tail(bytes, end) {
        for place in Array(at..<end) + Array(tail) { bytes[place] = mark }
        found += 1
        end = tail.upperBound
      } else if end - at == 10, isDay(bytes, at), fits(bytes, at) {
        for place in at..<end { bytes[place] = mark }
        found += 1
      }
      at = end
    }
    return found
  }

  /// A text without such numbers.
  public static func masked(_ text: String) -> String {
    var bytes = Array(text.utf8)
    return mask(&bytes, from: 0) == 0 ? text : String(decoding: bytes, as: UTF8.self)
  }

  private static let mark = UInt8(ascii: "x")

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  private static func number(_ bytes: [UInt8], _ at: Int) -> Int { Int(bytes[at] - 48) * 10 + Int(bytes[at + 1] - 48) }

  /// Whether six digits begin with a day and a month.
  private static func isDay(_ bytes: [UInt8], _ at: Int) -> Bool {
    let (day, month) = (number(bytes, at), number(bytes, at + 2))
    return (1...31).contains(day) && (1...12).contains(month)
  }

  /// The four digits behind a hyphen or a blank, and no fifth.
  private static func tail(_ bytes: [UInt8], _ end: Int) -> Range<Int>? {
    guard end + 5 <= bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: " "),
      (end + 1..<end + 5).allSatisfy({ isDigit(bytes[$0]) }), end + 5 == bytes.count || !isDigit(bytes[end + 5])
    else { return nil }
    return end + 1..<end + 5
  }

  private static func fits(_ bytes: [UInt8], _ at: Int) -> Bool {
    let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
    let sum = weights.indices.reduce(0) { $0 + weights[$1] * Int(bytes[at + $1] - 48) }
    return sum % 11 == 0
  }
}
