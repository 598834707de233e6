import SteeringCore

/// Where a posting counts: the two halves of the one bag of money, or outside the decentral economy (R-66, R-68,
/// R-70; seeds/004, annex 2, Økonomisk decentralisering).
public enum AccountCategory: UInt8, CaseIterable, Sendable {
  /// Pay (løn).
  case pay = 0
  /// Other operations (øvrig drift).
  case other = 1
  /// Outside the decentral economy (udenfor).
  case outside = 2

  /// The word in an account file.
  public var fileWord: String {
    switch self {
    case .pay: "løn"
    case .other: "øvrig"
    case .outside: "udenfor"
    }
  }
}

/// Says for an account, seen from a unit, where it counts. Patterns match by whole dotted components, `*` matches
/// all, and the most specific wins: components of unit, of function, of kind, compared in that order. What no
/// pattern matches: kind `1` is pay, the rest other.
public struct AccountMapping: Sendable {
  /// One row of the account file.
  public struct Row: Hashable, Sendable {
    /// Pattern of the unit's code; empty matches all (`*` in the file).
    public let unit: String
    /// Pattern of the account's function.
    public let function: String
    /// Pattern of the account's kind.
    public let kind: String
    /// Where it counts.
    public let category: AccountCategory

    /// A row; an empty pattern matches all.
    public init(unit: String, function: String, kind: String, category: AccountCategory) {
      self.unit = unit
      self.function = function
      self.kind = kind
      self.category = category
    }
  }

  private struct Key: Hashable {
    let unit: CodeBytes
    let function: CodeBytes
    let kind: CodeBytes

    init(_ unit: Substring, _ function: Substring, _ kind: Substring) {
      self.unit = CodeBytes(unit)
      self.function = CodeBytes(function)
      self.kind = CodeBytes(kind)
    }
  }

  private var rows: [Key: AccountCategory] = [:]

  /// Whether there are no rows, so that the kind alone decides.
  public var isEmpty: Bool { rows.isEmpty }

  /// No rows: kind `1` is pay, the rest other.
  public init() {}

  /// Adds a row; false where the same three patterns stand already.
  public mutating func add(_ row: Row) -> Bool {
    rows.updateValue(row.category, forKey: Key(row.unit[...], row.function[...], row.kind[...])) == nil
  }

  /// Where the account counts for the unit. Goes through at most (components + 1)³ patterns; callers remember.
  public func category(unit: String, function: String, kind: String) -> AccountCategory {
    if !rows.isEmpty {
      let kinds = Self.prefixes(kind)
      let functions = Self.prefixes(function)
      for unit in Self.prefixes(unit) {
        for function in functions {
          for kind in kinds {
            if let category = rows[Key(unit, function, kind)] { return category }
          }
        }
      }
    }
    return kind == "1" || kind.hasPrefix("1.") ? .pay : .other
  }

  /// How many components a pattern may have; longer beginnings of a code need not be looked for.
  static let mostComponents = 16

  /// The code and its ever shorter beginnings by whole components, the empty one last: `6.45.51`, `6.45`, `6`, ``.
  /// Those of more than `mostComponents` are left out.
  static func prefixes(_ code: String) -> [Substring] {
    if code.isEmpty { return [""] }
    var found: [Substring] = [""]
    var at = code.startIndex
    while found.count <= mostComponents {
      let dot = code[at...].firstIndex(of: ".")
      let beginning = code[..<(dot ?? code.endIndex)]
      if !beginning.isEmpty { found.append(beginning) }
      guard let dot else { break }
      at = code.index(after: dot)
    }
    return found.reversed()
  }
}

extension AccountMapping {
  /// Reads an account file. Findings stand in the reader; rows that are wrong are left out. `row` is called with
  /// each row and its line.
  public static func read(_ reader: TableReader, row: ((Row, Int) -> Void)? = nil) throws -> AccountMapping {
    var mapping = AccountMapping()
    guard try reader.open() else { return mapping }
    var lines: [Key: Int] = [:]
    while try reader.next() {
      let patterns = (pattern(reader, .unit), pattern(reader, .function), pattern(reader, .kind))
      let word = category(reader)
      guard let unit = patterns.0, let function = patterns.1, let kind = patterns.2, let category = word
      else { continue }
      let read = Row(unit: unit, function: function, kind: kind, category: category)
      if mapping.add(read) {
        row?(read, reader.line)
        lines[Key(unit[...], function[...], kind[...])] = reader.line
      } else {
        let first = lines[Key(unit[...], function[...], kind[...])] ?? 0
        reader.complain(
          at: .unit,
          Words(
            "de samme tre mønstre står allerede i linje \(first)",
            en: "the same three patterns stand in line \(first)"),
          Words("slet den ene række", en: "delete one of the rows"))
      }
    }
    return mapping
  }

  private static func pattern(_ reader: TableReader, _ column: FileColumn) -> String? {
    let text = reader.text(column)
    if text == "*" { return "" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > mostComponents {
      reader.complain(
        at: column,
        Words("kontomønstret har \(parts.count) led", en: "the account pattern has \(parts.count) components"),
        Words("skriv højst \(mostComponents) led", en: "write at most \(mostComponents) components"))
      return nil
    }
    if parts.allSatisfy({ !$0.isEmpty && !$0.contains("*") }) { return text }
    reader.complain(
      at: column,
      Words("\(Complaint.quoted(text)) er ikke et kontomønster", en: "\(Complaint.quoted(text)) is no account pattern"),
      Words("skriv hele led som 6.45, eller * for alle", en: "write whole components such as 6.45, or * for all"))
    return nil
  }

  private static func category(_ reader: TableReader) -> AccountCategory? {
    let text = reader.text(.category)
    if let category = AccountCategory.allCases.first(where: { $0.fileWord == text.lowercased() }) { return category }
    reader.complain(
      at: .category,
      Words("\(Complaint.quoted(text)) er ikke en kategori", en: "\(Complaint.quoted(text)) is no category"),
      Words("skriv løn, øvrig eller udenfor", en: "write løn, øvrig or udenfor"))
    return nil
  }
}
