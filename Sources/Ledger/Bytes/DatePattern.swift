public import SteeringCore

/// How a file writes dates, such as `dd.MM.yyyy`, `yyyy-MM-dd`, `dd-MMM-yy` (English month names).
/// `dd` and `MM` are two digits, `d` and `M` one or two, `yyyy` four, `yy` two in the years 2000–2099.
public struct DatePattern: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case day(strict: Bool)
    case month(strict: Bool)
    case monthName
    case year
    case shortYear
    case literal(UInt8)
  }

  /// The pattern as the profile writes it.
  public let text: String
  let parts: [Part]

  /// A pattern, or nil where the text is none, or lacks day, month or year.
  public init?(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    let words: [(String, Part)] = [
      ("dd", .day(strict: true)), ("MMM", .monthName), ("MM", .month(strict: true)), ("yyyy", .year),
      ("yy", .shortYear), ("d", .day(strict: false)), ("M", .month(strict: false)),
    ]
    while let first = rest.utf8.first {
      if let (word, part) = words.first(where: { rest.hasPrefix($0.0) }) {
        parts.append(part)
        rest = rest.dropFirst(word.count)
      } else if [".", "-", "/", " "].contains(rest.first!) {
        parts.append(.literal(first))
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    func count(_ isWanted: (Part) -> Bool) -> Int { parts.filter(isWanted).count }
    let days = count { if case .day = $0 { true } else { false } }
    let months = count { if case .month = $0 { true } else { $0 == .monthName } }
    let years = count { $0 == .year || $0 == .shortYear }
    guard days == 1, months == 1, years == 1 else { return nil }
    self.text = text
    self.parts = parts
  }

  /// `dd.MM.yyyy`, the native pattern of ledgers.
  public static let native = DatePattern("dd.MM.yyyy")!
  /// `yyyy-MM-dd`, the pattern of plans and organisation files.
  public static let iso = DatePattern("yyyy-MM-dd")!

  var isNative: Bool { text == "dd.MM.yyyy" }

  /// Reads a trimmed field; nil where it does not follow the pattern or no such day exists.
  public func read(_ field: FieldBytes) -> CalendarDate? {
    var at = 0
    var year = 0
    var month = 0
    var day = 0
    for part in parts {
      switch part {
      case .literal(let byte):
        guard at < field.count, field[at] == byte else { return nil }
        at += 1
      case .day(let strict):
        guard let value = number(field, &at, strict ? 2...2 : 1...2) else { return nil }
        day = value
      case .month(let strict):
        guard let value = number(field, &at, strict ? 2...2 : 1...2) else { return nil }
        month = value
      case .monthName:
        guard let value = monthName(field, &at) else { return nil }
        month = value
      case .year:
        guard let value = number(field, &at, 4...4) else { return nil }
        year = value
      case .shortYear:
        guard let value = number(field, &at, 2...2) else { return nil }
        year = 2000 + value
      }
    }
    guard at == field.count else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private func number(_ field: FieldBytes, _ at: inout Int, _ width: ClosedRange<Int>) -> Int? {
    var value = 0
    var seen = 0
    while at < field.count, seen < width.upperBound, Byte.isDigit(field[at]) {
      value = value * 10 + Int(field[at] &- Byte.zero)
      at += 1
      seen += 1
    }
    return width.contains(seen) ? value : nil
  }

  private func monthName(_ field: FieldBytes, _ at: inout Int) -> Int? {
    guard at + 3 <= field.count else { return nil }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let word = String(decoding: (0..<3).map { field[at + $0] | 0x20 }, as: UTF8.self)
    guard let index = names.firstIndex(of: word) else { return nil }
    at += 3
    return index + 1
  }
}
