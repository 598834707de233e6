/// Something wrong, or worth saying, about a place in a file: what was read and what to do. Findings are
/// gathered, never thrown one by one, so that a person can mend a whole file at once.
public struct Finding: Hashable, Sendable {
  /// Whether the finding stops the work.
  public enum Severity: String, Sendable {
    /// Nothing is written as long as one of these stands.
    case error
    /// Said, and stops nothing.
    case remark
  }

  /// Stops the work, or only says something.
  public let severity: Severity
  /// The file's name as the person gave it.
  public let file: String
  /// Physical line from 1, the first line of its record; 0 where the whole file is meant.
  public let line: Int
  /// The field's number from 1; 0 where the whole record is meant.
  public let column: Int
  /// What was read.
  public let read: Words
  /// What to do about it.
  public let remedy: Words

  /// A finding at a place.
  public init(
    _ severity: Severity, file: String, line: Int, column: Int = 0, read: Words, remedy: Words
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.read = read
    self.remedy = remedy
  }

  /// `FILE:LINE:COLUMN: what was read, what to do`, always one line.
  public func text(_ language: Language) -> String {
    "\(file):\(line):\(column): \(read(language)), \(remedy(language))".onOneLine
  }

  /// Whether it stands before another of the same file; what means a whole file or record comes first.
  fileprivate func stands(before other: Finding) -> Bool {
    file == other.file && (line, column) < (other.line, other.column)
  }
}

extension String {
  /// The text as findings quote it: `»1.23x«`, on one line and cut to 40 characters, however long the field was.
  public var quoted: String {
    let short = index(startIndex, offsetBy: 41, limitedBy: endIndex) == nil ? self[...] : prefix(37) + "…"
    return "»\(String(short).onOneLine)«"
  }

  /// The text without anything that could break a line or steer a terminal: tabs and line ends become blanks, other
  /// control characters the replacement character.
  public var onOneLine: String {
    guard unicodeScalars.contains(where: Self.steers) else { return self }
    var plain = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if !Self.steers(scalar) {
        plain.append(scalar)
      } else {
        plain.append(scalar.properties.isWhitespace ? " " : "\u{FFFD}")
      }
    }
    return String(plain)
  }

  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
  }
}

/// The findings of one file in the order of the file: the first 1,000 are kept, the rest counted, so that ten
/// million wrong lines need no more memory than a thousand.
public struct Findings: Sendable {
  /// How many findings of one file are kept.
  public static let limit = 1_000

  /// The kept ones, in file order.
  public private(set) var kept: [Finding] = []
  /// How many errors there are in all, kept or not.
  public private(set) var errorCount = 0
  /// How many findings were not kept.
  public private(set) var leftOut = 0

  /// No findings yet.
  public init() {}

  /// Adds a finding at its place in the file, behind those of the same place.
  public mutating func add(_ finding: Finding) {
    if finding.severity == .error { errorCount += 1 }
    var place = kept.count
    while place > 0, finding.stands(before: kept[place - 1]) { place -= 1 }
    if place < Self.limit { kept.insert(finding, at: place) }
    if place == Self.limit || kept.count > Self.limit { leftOut += 1 }
    if kept.count > Self.limit { kept.removeLast() }
  }

  /// Counts an error that is not kept because the list is full; call it only when `isFull`.
  public mutating func countError() {
    errorCount += 1
    leftOut += 1
  }

  /// Whether further findings are only counted.
  public var isFull: Bool { kept.count >= Self.limit }
  /// Whether something stops the work.
  public var hasErrors: Bool { errorCount > 0 }

  /// The lines to print: each finding, then the count of the rest.
  public func lines(_ language: Language) -> [String] {
    var lines = kept.map { $0.text(language) }
    if leftOut > 0, let file = kept.last?.file {
      let more = leftOut == 1 ? "finding" : "findings"
      let rest = Words("og \(leftOut) fund mere i filen", en: "and \(leftOut) more \(more) in this file")
      lines.append("\(file): \(rest(language))".onOneLine)
    }
    return lines
  }
}
