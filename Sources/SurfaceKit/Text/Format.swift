public import SteeringCore

/// Numbers and dates as people read them, in one language. Amounts keep a minus in front; where a result or a
/// balance is told in a sentence, `result` says the sign in words instead.
public struct Format: Sendable {
  /// The language of the reader.
  public let language: Language

  /// Numbers and dates in a language.
  public init(_ language: Language) { self.language = language }

  /// Words made of formatted parts: the closure is asked once per language.
  public static func words(_ text: (Format) -> String) -> Words {
    Words(text(Format(.danish)), en: text(Format(.english)))
  }

  private var isDanish: Bool { language == .danish }

  /// Danish digits in the reader's own manner: comma and dot change places in English.
  private func localised(_ danish: String) -> String {
    if isDanish { return danish }
    let comma = UInt8(ascii: ",")
    let dot = UInt8(ascii: ".")
    return String(decoding: danish.utf8.map { $0 == dot ? comma : ($0 == comma ? dot : $0) }, as: UTF8.self)
  }

  private func withCurrency(_ number: String) -> String { isDanish ? number + " kr." : "DKK " + number }

  /// Whole kroner without unit, for columns that name the unit in their heading: `12.480`, `-3`.
  public func wholeKroner(_ amount: Money) -> String { localised(amount.inKroner) }

  /// Whole kroner with unit: `12.480 kr.`, in English `DKK 12,480`.
  public func kroner(_ amount: Money) -> String { withCurrency(wholeKroner(amount)) }

  /// To the øre, with unit: `1.234,56 kr.`
  public func exact(_ amount: Money) -> String { withCurrency(localised(amount.withOre)) }

  /// To the øre, without unit: `1.234,56`.
  public func exactNumber(_ amount: Money) -> String { localised(amount.withOre) }

  /// Millions of kroner with one decimal and unit: `12,4 mio. kr.`
  public func millions(_ amount: Money) -> String {
    let number = localised(amount.inMillions)
    return isDanish ? number + " mio. kr." : "DKK " + number + " million"
  }

  /// Millions of kroner with one decimal, without unit: `12,4`.
  public func inMillions(_ amount: Money) -> String { localised(amount.inMillions) }

  /// Whether an amount is a surplus or a deficit, in a word; exactly nothing is `i nul`.
  public func side(_ amount: Money) -> String {
    if amount == .zero { return isDanish ? "i nul" : "exactly nil" }
    if amount.isNegative { return isDanish ? "underskud" : "deficit" }
    return isDanish ? "overskud" : "surplus"
  }

  /// A result or a balance with its sign in words: `12.480 kr. i underskud`, `3 kr. i overskud`, `i nul`. An amount
  /// below half a krone is told to the øre, since it still has a side.
  public func result(_ amount: Money) -> String {
    if amount == .zero { return side(amount) }
    return withoutSign(amount.magnitude < 50 ? exact(amount) : kroner(amount)) + (isDanish ? " i " : " in ")
      + side(amount)
  }

  /// A share with its sign in words: `1,8 % i underskud`; nothing is `i nul`.
  public func share(basisPoints: Int64) -> String {
    if basisPoints == 0 { return side(.zero) }
    return withoutSign(percent(basisPoints: basisPoints)) + (isDanish ? " i " : " in ")
      + side(Money(ore: basisPoints))
  }

  /// A share with one decimal, rounded half away from zero: `1,8 %`, `-5,0 %`.
  public func percent(basisPoints: Int64) -> String {
    let tenths = (basisPoints.magnitude + 5) / 10
    let number = grouped(tenths / 10) + (isDanish ? "," : ".") + String(tenths % 10)
    return (basisPoints < 0 && tenths > 0 ? "-" : "") + number + (isDanish ? " %" : "%")
  }

  /// A limit as a model states it: `5 %`, `2,5 %`.
  public func limit(_ percentage: Percentage) -> String {
    isDanish ? percentage.text : String(localised(percentage.text).filter { $0 != " " })
  }

  /// A count with thousands marks: `1.234.567`.
  public func number(_ count: Int) -> String { (count < 0 ? "-" : "") + grouped(UInt64(count.magnitude)) }

  /// A count with its noun: `1 enhed`, `3 enheder`.
  public func count(_ count: Int, _ one: Words, _ many: Words) -> String {
    number(count) + " " + (count == 1 ? one : many)(language)
  }

  /// A day: `31.12.2025`, in English `31 December 2025`.
  public func date(_ date: CalendarDate) -> String {
    isDanish ? date.danish : "\(date.day) \(month(date.month)) \(date.year)"
  }

  /// A moment in seconds since 1 January 1970 UTC, by a Danish clock: `31.12.2025 kl. 14.05`, in English
  /// `31 December 2025 at 14:05`.
  public func moment(_ seconds: Int64) -> String {
    let (day, time) = (CalendarDate(inDenmarkAt: seconds), TimeOfDay(inDenmarkAt: seconds))
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let (hour, minute) = (digits(time.hour), digits(time.minute))
    return isDanish ? "\(date(day)) kl. \(hour).\(minute)" : "\(date(day)) at \(hour):\(minute)"
  }

  /// The name of a month, 1...12: `januar`. Empty for any other number.
  public func month(_ number: Int) -> String {
    guard (1...12).contains(number) else { return "" }
    return (isDanish ? Self.danishMonths : Self.englishMonths)[number - 1]
  }

  /// The first three letters of a month: `jan`. Empty for a number outside 1...12.
  public func shortMonth(_ number: Int) -> String { String(month(number).prefix(3)) }

  /// The size of a file: `812 B`, `42 kB`, `1,2 MB`, `50 MB`.
  public func size(bytes: Int) -> String {
    if bytes < 1_000 { return "\(bytes) B" }
    if bytes < 1_000_000 { return "\(bytes / 1_000) kB" }
    let tenths = UInt64(bytes / 100_000)
    let rest = tenths % 10 == 0 ? "" : (isDanish ? "," : ".") + String(tenths % 10)
    return grouped(tenths / 10) + rest + " MB"
  }

  /// A text without the minus in it, for sentences that tell the sign in words.
  private func withoutSign(_ text: String) -> String { String(text.filter { $0 != "-" }) }

  private func grouped(_ number: UInt64) -> String {
    if number < 1_000 { return String(number) }
    let rest = String(number % 1_000)
    let mark = isDanish ? "." : ","
    return grouped(number / 1_000) + mark + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private static let danishMonths = [
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
  ]
  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
