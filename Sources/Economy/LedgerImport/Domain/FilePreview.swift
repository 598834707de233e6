public import Ledger
public import SteeringCore

/// What a file holds, read as an import would read it and without storing anything.
public struct FilePreview: Sendable {
  /// The records of a unit or a month, and their sum.
  public struct Total: Hashable, Sendable {
    /// How many records.
    public var count: Int
    /// Their sum in øre: expenses positive in budgets and ledgers, surplus positive in balances carried in.
    public var ore: Int64

    /// A total.
    public init(count: Int = 0, ore: Int64 = 0) {
      self.count = count
      self.ore = ore
    }
  }

  /// A unit with its total.
  public struct Unit: Hashable, Sendable {
    /// The unit's code.
    public let code: String
    /// Its name, where the budget or the file itself tells it; else empty.
    public let name: String
    /// What the file holds for it.
    public let total: Total
  }

  /// A month with its total.
  public struct Month: Hashable, Sendable {
    /// 1...12; 0 for what falls outside the year.
    public let month: Int
    /// What the file holds for it.
    public let total: Total
  }

  /// The header's names, as read, without columns that are dropped.
  public var headings: [String] = []
  /// The columns that are dropped, as they may hold civil registration numbers.
  public var droppedHeadings: [String] = []
  /// Civil registration numbers in texts, and the first line that holds one.
  public var civilNumbers = (count: 0, firstLine: 0)
  /// The first records as read, at most `shownRows`.
  public var firstRows: [[String]] = []
  /// How many records there are that could be read.
  public var recordCount = 0
  /// Their sum in øre; nil where the kind of file has no amounts, or the sum is too large.
  public var sumOre: Int64?
  /// The totals of the units, by code; empty where the kind of file has no amounts.
  public var units: [Unit] = []
  /// The totals of the months of a ledger.
  public var months: [Month] = []
  /// The file's own total, where it has one.
  public var controlTotal: ControlTotal?
  /// What is wrong or worth saying.
  public var findings = Findings()
  /// The vouchers that earlier imports of the year have as well.
  public var shared: SharedVouchers?
  /// The import that holds the same bytes for the same kind and year; importing again would change nothing.
  public var already: ImportedFile?

  /// How many of the first records are shown.
  public static let shownRows = 10
  /// How much of a field is shown, in characters.
  static let shownCharacters = 80

  /// Nothing read yet.
  public init() {}

  /// Whether an import of the file would be stored, once a person has decided about shared vouchers.
  public var isUsable: Bool { !findings.hasErrors }

  /// Reads the header and the first records whose shape is right.
  mutating func readFirstRows(_ request: ImportRequest) throws {
    let reader = TableReader(source: request.source, fileName: request.fileName, profile: request.profile)
    func short(_ given: String) -> String {
      let text = CivilNumber.masked(given)
      return text.count > Self.shownCharacters ? text.prefix(Self.shownCharacters - 1) + "…" : text
    }
    let isOpen = try reader.open()
    headings = reader.headings.map(short)
    droppedHeadings = reader.droppedHeadings.map(short)
    while isOpen, firstRows.count < Self.shownRows, try reader.next() { firstRows.append(reader.fields.map(short)) }
  }
}

extension FilePreview {
  /// The header and first records of a file that another register reads, with what that register says about it.
  public init(headOf request: ImportRequest, recordCount: Int, findings: Findings) throws {
    self.init()
    try readFirstRows(request)
    self.recordCount = recordCount
    self.findings = findings
  }
}
