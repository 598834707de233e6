public import Ledger
public import RuleKit
public import SteeringCore

/// Reads plan files: the action plans that closings have led to (R-85, R-99, R-101; seeds/004, annex 2).
public struct PlanFile: Sendable {
  /// A plan and its unit.
  public struct Row: Sendable {
    /// The agreement unit.
    public let unit: UnitCode
    /// The plan.
    public let plan: PlanFact
    /// The row's line.
    public let line: Int
    /// The number of the column with the unit, from 1.
    public let column: Int
  }

  /// The plans, in file order.
  public var rows: [Row] = []
  /// What is wrong or worth saying.
  public var findings = Findings()

  /// Reads a plan file.
  public static func read(_ source: any ByteSource, name: String, profile: ImportProfile) throws -> PlanFile {
    let reader = TableReader(source: source, fileName: name, profile: profile)
    var file = PlanFile()
    if try reader.open() {
      while try reader.next() {
        let unit = UnitCode(reader.text(.unit))
        if unit.text.isEmpty { reader.complainEmptyUnit() }
        let year = year(reader, .planYear)
        let kind = kind(reader)
        let approved = reader.text(.approved).isEmpty ? nil : reader.date(.approved)
        let repaidBy = reader.text(.repaidBy).isEmpty ? nil : Self.year(reader, .repaidBy)
        let kept = kept(reader)
        guard let year, let kind else { continue }
        let plan = PlanFact(
          kind: kind, year: year, approvedOn: approved, repaidBy: repaidBy, kept: kept,
          origin: .init(file: name, line: reader.line))
        file.rows.append(Row(unit: unit, plan: plan, line: reader.line, column: reader.number(.unit)))
      }
    }
    file.findings = reader.findings
    return file
  }

  private static func year(_ reader: TableReader, _ column: FileColumn) -> Int? {
    let text = reader.text(column)
    if text.utf8.count == 4, let number = Int(text), FiscalYear(number) != nil { return number }
    reader.complain(
      at: column, Words("\(text.quoted) er ikke et år", en: "\(text.quoted) is no year"),
      Words("skriv fire cifre, for eksempel 2025", en: "write four digits, for instance 2025"))
    return nil
  }

  /// The words of a plan file for the kinds of plan.
  static let kinds: [(word: String, kind: PlanKind)] = [
    ("administrativ", .administrative), ("handleplan", .actionPlan), ("genopretning", .recovery),
  ]

  private static func kind(_ reader: TableReader) -> PlanKind? {
    let text = reader.text(.planKind)
    if let kind = kinds.first(where: { $0.word == text.lowercased() }) { return kind.kind }
    reader.complain(
      at: .planKind, Words("\(text.quoted) er ikke en slags plan", en: "\(text.quoted) is no kind of plan"),
      Words(
        "skriv administrativ, handleplan eller genopretning", en: "write administrativ, handleplan or genopretning"))
    return nil
  }

  private static func kept(_ reader: TableReader) -> Bool? {
    let text = reader.text(.kept).lowercased()
    switch text {
    case "ja": return true
    case "nej": return false
    case "": return nil
    default:
      reader.complain(
        at: .kept, Words("\(text.quoted) er hverken ja eller nej", en: "\(text.quoted) is neither ja nor nej"),
        Words("skriv ja, nej eller ingenting", en: "write ja, nej or nothing"))
      return nil
    }
  }
}
