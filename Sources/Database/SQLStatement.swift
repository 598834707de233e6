/// A statement's text as far as the rules of the house need to know it: its verb, its parameters, the table it names
/// first. Drivers read every statement through this, so that the rules are the same for all of them.
public struct SQLStatement: Sendable {
  /// The statement as it was written.
  public let text: String
  /// The first word, in upper case.
  public let verb: String
  /// The names of the parameters, without colon, each once, in the order in which they first stand.
  public let parameters: [String]
  /// The table that the statement names first after `FROM`, `INTO`, `UPDATE` or `TABLE`, for error messages.
  public let table: String
  /// Whether the statement says `INSERT`, `UPDATE`, `DELETE` or `MERGE` anywhere, also behind `WITH`.
  public let changesRows: Bool
  /// The words that reach past a table's name to the database file itself, in SQLite: the names of schemas, of its own
  /// tables and settings, and what replaces rows without asking.
  private let reaching: [String]
  /// Whether it names PostgreSQL's function that changes a setting, also in a text that another function could run.
  private let touchesSettings: Bool
  /// Where the tables that the statement changes are named in the text's UTF-8 form.
  private let targets: [Int]
  /// Where each parameter stands in the text's UTF-8 form, with its colon, and which of `parameters` it is.
  private let mentions: [(place: Range<Int>, parameter: Int)]

  /// Reads a statement. Throws a programming error for more than one statement, or for a parameter without a name.
  /// Grows with the length of the text.
  public init(_ text: String) throws {
    var scanner = SQLScanner(text)
    try scanner.scan()
    self.text = text
    verb = scanner.words.first?.uppercased() ?? ""
    parameters = scanner.parameters
    table = scanner.table ?? "(no table)"
    changesRows = scanner.changesRows
    mentions = scanner.mentions
    reaching = scanner.reaching
    touchesSettings = scanner.touchesSettings
    targets = scanner.targets
  }

  /// The statement for SQLite where views of the same names hide the tables: it reads through the views, and what it
  /// changes is named behind them. Throws a programming error where it would reach past them by itself.
  public var behindFence: String {
    get throws {
      guard reaching.isEmpty else {
        throw DatabaseError.misuse("\(reaching.joined(separator: ", ")) is not for capabilities: \(text)")
      }
      guard !targets.isEmpty else { return text }
      let bytes = Array(text.utf8)
      var qualified: [UInt8] = []
      var copied = 0
      for target in targets {
        qualified += bytes[copied..<target] + Array("main.".utf8)
        copied = target
      }
      return String(decoding: qualified + bytes[copied...], as: UTF8.self)
    }
  }

  /// The statement with its parameters written `$1`, `$2` …, which count `parameters` from 1.
  public var numbered: String {
    let bytes = Array(text.utf8)
    var numbered: [UInt8] = []
    var copied = 0
    for (place, parameter) in mentions {
      numbered += bytes[copied..<place.lowerBound]
      numbered += Array("$\(parameter + 1)".utf8)
      copied = place.upperBound
    }
    return String(decoding: numbered + bytes[copied...], as: UTF8.self)
  }

  /// The values to bind, in the order of `parameters`. With a tenant, the statement must be one that reads or changes
  /// rows and must mention `:tenant`. Throws a programming error where a parameter or a value is missing.
  public func values(_ bindings: [String: DatabaseValue], tenant: Tenant?) throws -> [DatabaseValue] {
    try check(Set(bindings.keys), tenant: tenant)
    return parameters.map { bindings[$0] ?? .text(tenant?.key ?? "") }
  }

  /// The columns to bind row by row, in the order of `parameters`, and how many rows there are; else as `values`.
  public func columns(
    _ columns: [String: DatabaseColumn], tenant: Tenant?
  ) throws -> (columns: [DatabaseColumn], rowCount: Int) {
    try check(Set(columns.keys), tenant: tenant)
    let counts = Set(columns.values.compactMap(\.count))
    guard counts.count == 1, let rowCount = counts.first else {
      throw DatabaseError.misuse("the columns for \(table) are not equally long, or none says how many rows there are")
    }
    return (parameters.map { columns[$0] ?? .same(.text(tenant?.key ?? "")) }, rowCount)
  }

  private func check(_ names: Set<String>, tenant: Tenant?) throws {
    guard !Self.transactionVerbs.contains(verb) else {
      throw DatabaseError.misuse("a transaction begins and ends with the body it is given to, not with \(verb)")
    }
    var needed = Set(parameters)
    if tenant != nil {
      guard Self.rowVerbs.contains(verb) else {
        throw DatabaseError.misuse("\(verb) is not for capabilities; tables are defined by migrations: \(text)")
      }
      guard needed.remove("tenant") != nil else {
        throw DatabaseError.misuse("a statement on \(table) does not mention :tenant: \(text)")
      }
      // Whose transaction it is stands in a setting where the database itself keeps the municipalities apart.
      guard !touchesSettings else {
        throw DatabaseError.misuse("settings are not for capabilities: \(text)")
      }
      guard !names.contains("tenant") else {
        throw DatabaseError.misuse("the connection binds :tenant itself; leave it out of the values: \(text)")
      }
    }
    guard names == needed else {
      let missing = needed.subtracting(names).sorted()
      let surplus = names.subtracting(needed).sorted()
      throw DatabaseError.misuse("values missing: \(missing), values without a parameter: \(surplus), in: \(text)")
    }
  }

  private static let rowVerbs: Set<String> = ["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE"]
  private static let transactionVerbs: Set<String> = [
    "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
  ]
}

/// Walks over a statement once and steps over what is quoted or commented out.
private struct SQLScanner {
  private let bytes: [UInt8]
  private var at = 0
  private var ended = false
  private var previous = ""
  private(set) var words: [String] = []
  private(set) var parameters: [String] = []
  private(set) var mentions: [(place: Range<Int>, parameter: Int)] = []
  private(set) var table: String?
  private(set) var changesRows = false
  private(set) var reaching: [String] = []
  private(set) var touchesSettings = false
  private(set) var targets: [Int] = []
  /// The words before `previous`, the nearest last.
  private var earlier = ["", "", ""]

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func scan() throws {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), 9, 10, 13: at += 1
      case UInt8(ascii: "-") where next == UInt8(ascii: "-"): skip { $0 == 10 }
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipBlockComment()
      default: try readToken()
      }
    }
  }

  private var next: UInt8? { at + 1 < bytes.count ? bytes[at + 1] : nil }

  private mutating func readToken() throws {
    guard !ended else { throw DatabaseError.misuse("one statement a call: \(String(decoding: bytes, as: UTF8.self))") }
    let byte = bytes[at]
    switch byte {
    case UInt8(ascii: "'"):
      // SQLite takes even this for a name where it stands before a point.
      note(quoted(byte))
    case UInt8(ascii: "\""):
      let start = at
      meet(quoted(byte), at: start)
    case UInt8(ascii: ";"):
      ended = true
      at += 1
    case UInt8(ascii: ":") where next == UInt8(ascii: ":"):
      at += 2
    case UInt8(ascii: ":"):
      let start = at
      at += 1
      let name = word()
      guard !name.isEmpty else { throw nameless }
      let known = parameters.firstIndex(of: name)
      if known == nil { parameters.append(name) }
      mentions.append((start..<at, known ?? parameters.count - 1))
    case UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "$"):
      throw nameless
    case _ where Self.isWord(byte):
      let start = at
      meet(word(), at: start)
      if Self.changing.contains(previous) { changesRows = true }
    default:
      at += 1
    }
  }

  private var nameless: DatabaseError {
    .misuse("parameters are written :name: \(String(decoding: bytes, as: UTF8.self))")
  }

  /// Keeps a word, and takes it for the table where it follows one of the words that announce a table.
  private mutating func meet(_ word: String, at start: Int) {
    if words.isEmpty { words.append(word) }
    if table == nil, ["FROM", "INTO", "UPDATE", "TABLE"].contains(previous) { table = word }
    note(word)
    let upper = word.uppercased()
    if isTarget(upper) { targets.append(start) }
    earlier = [earlier[1], earlier[2], previous]
    previous = upper
  }

  /// Whether a word is the table of an `INSERT INTO`, `UPDATE` or `DELETE FROM`, after what has been met.
  private func isTarget(_ word: String) -> Bool {
    switch previous {
    case "INTO": true
    case "FROM": earlier[2] == "DELETE"
    // `DO UPDATE SET` names no table, and `UPDATE OR IGNORE` not yet.
    case "UPDATE": word != "SET" && word != "OR"
    default: earlier[2] == "OR" && earlier[1] == "UPDATE"
    }
  }

  /// Keeps a word that reaches past the tables' names.
  private mutating func note(_ word: String) {
    let lower = word.lowercased()
    if lower.utf8.count >= 10, lower.contains("set_config") { touchesSettings = true }
    let isReplacing = lower == "replace" && previous == "OR" && ["INSERT", "UPDATE"].contains(earlier[2])
    guard isReplacing || lower == "main" || lower == "temp" || lower.hasPrefix("sqlite_") || lower.hasPrefix("pragma_")
    else { return }
    reaching.append(word)
  }

  private static let changing: Set<String> = ["INSERT", "UPDATE", "DELETE", "MERGE"]

  private mutating func word() -> String {
    let start = at
    skip { !Self.isWord($0) }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// What stands between two quotation marks; a doubled mark stands for itself.
  private mutating func quoted(_ mark: UInt8) -> String {
    let start = at + 1
    repeat {
      at += 1
      skip { $0 == mark }
      at += 1
    } while at < bytes.count && bytes[at] == mark
    at = min(at, bytes.count)
    return String(decoding: bytes[start..<max(start, at - 1)], as: UTF8.self)
  }

  private mutating func skipBlockComment() {
    at += 2
    while at < bytes.count, !(bytes[at] == UInt8(ascii: "*") && next == UInt8(ascii: "/")) { at += 1 }
    at = min(at + 2, bytes.count)
  }

  private mutating func skip(until stop: (UInt8) -> Bool) {
    while at < bytes.count, !stop(bytes[at]) { at += 1 }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }
}
