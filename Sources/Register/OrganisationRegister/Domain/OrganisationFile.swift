public import Ledger
import Organisation
public import SteeringCore

/// Reads organisation files (`Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til`, and where
/// the file has them `Årsværk;Bemærkning;Kilde`).
public struct OrganisationFile: Sendable {
  /// What the file holds; nil where something in it is wrong.
  public private(set) var content: OrganisationContent?
  /// Everything that is wrong or worth saying, in the order of the file.
  public private(set) var findings = Findings()

  /// Reads a file. Throws only what the source throws. Where a unit's staffing is stated in several of its periods,
  /// all of it is kept, in the order of the file.
  public static func read(
    _ source: any ByteSource, name: String, profile: ImportProfile
  ) throws -> OrganisationFile {
    let reader = TableReader(source: source, fileName: name, profile: profile)
    var rows: [OrganisationRow] = []
    var staffing: [StaffingLine] = []
    let isOpen = try reader.open()
    while isOpen, try reader.next() {
      let row = row(reader)
      rows.append(row)
      if let line = staffingLine(reader, row) { staffing.append(line) }
    }
    let built = OrganisationHistory.build(rows, file: name) { reader.number($0.column) }
    var file = OrganisationFile()
    file.findings = merged(reader.findings, built.findings)
    if let history = built.history, !file.findings.hasErrors {
      file.content = OrganisationContent(history: history, staffing: staffing)
    }
    return file
  }

  private static func row(_ reader: TableReader) -> OrganisationRow {
    let parent = reader.text(.parent)
    let hasEnd = !reader.text(.validTo).isEmpty
    let isCitizenFacing = isYes(reader, .citizenFacing)
    let requiresAgreement = isYes(reader, .requiresAgreement)
    let from = reader.date(.validFrom)
    let to = hasEnd ? reader.date(.validTo) : nil
    return OrganisationRow(
      line: reader.line, code: UnitCode(reader.text(.unit)), name: reader.text(.name), kind: reader.text(.type),
      parent: parent.isEmpty ? nil : UnitCode(parent), isCitizenFacing: isCitizenFacing,
      requiresAgreement: requiresAgreement,
      // A last day that cannot be read makes the whole period unknown.
      validFrom: hasEnd && to == nil ? nil : from, validTo: to)
  }

  private static func isYes(_ reader: TableReader, _ column: FileColumn) -> Bool? {
    let text = reader.text(column)
    switch text.lowercased() {
    case "ja": return true
    case "nej": return false
    default:
      reader.complain(
        at: column, Words("\(text.quoted) er hverken ja eller nej", en: "\(text.quoted) is neither ja nor nej"),
        Words("skriv ja eller nej", en: "write ja or nej"))
      return nil
    }
  }

  /// What the row states about staffing; nil where it states nothing.
  private static func staffingLine(_ reader: TableReader, _ row: OrganisationRow) -> StaffingLine? {
    let remark = reader.text(.remark)
    let source = reader.text(.source)
    let tenths = reader.text(.staffing).isEmpty ? nil : tenths(reader)
    if tenths == nil, remark.isEmpty, source.isEmpty { return nil }
    return StaffingLine(
      code: row.code, parent: row.parent, level: row.kind, name: row.name, tenths: tenths,
      remark: Words(same: remark), source: Words(same: source))
  }

  /// The largest staffing that is believed, in tenths: a million full-time equivalents.
  private static let limit: Int64 = 10_000_000

  private static func tenths(_ reader: TableReader) -> Int? {
    let text = reader.text(.staffing)
    // The format counts hundredths, as of a krone.
    if case .success(let number) = reader.profile.amounts.read(text), number.ore >= 0, number.ore % 10 == 0,
      number.ore / 10 <= limit
    {
      return Int(number.ore / 10)
    }
    reader.complain(
      at: .staffing,
      Words("\(text.quoted) er ikke et antal årsværk", en: "\(text.quoted) is no number of full-time equivalents"),
      Words("skriv det med højst én decimal, for eksempel 168,2", en: "write it with at most one decimal, as 168,2"))
    return nil
  }

  /// Both lists as one, in the order of the lines; counts of what was left out are kept.
  private static func merged(_ read: Findings, _ built: [Finding]) -> Findings {
    var all = Findings()
    var rest = built[...]
    for finding in read.kept {
      while let next = rest.first, next.line < finding.line {
        all.add(next)
        rest.removeFirst()
      }
      all.add(finding)
    }
    for finding in rest { all.add(finding) }
    for _ in 0..<read.leftOut { all.countError() }
    return all
  }
}

extension OrganisationField {
  /// The column that holds the field.
  fileprivate var column: FileColumn {
    switch self {
    case .code: .unit
    case .name: .name
    case .kind: .type
    case .parent: .parent
    case .validFrom: .validFrom
    case .validTo: .validTo
    }
  }
}
