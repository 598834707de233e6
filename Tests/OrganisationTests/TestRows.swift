import Organisation
import SteeringCore

/// A day written in a test.
func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }

/// Rows from a small table, a line each: `code parent kind from to name`, `-` for nothing.
func rows(_ table: String) -> [OrganisationRow] {
  table.split(separator: "\n").enumerated().map { index, line in
    let words = line.split(separator: " ").map { $0 == "-" ? "" : String($0) }
    return OrganisationRow(
      line: index + 2, code: UnitCode(words[0]), name: words.count > 5 ? words[5] : "Enhed " + words[0],
      kind: words[2], parent: words[1].isEmpty ? nil : UnitCode(words[1]), isCitizenFacing: true,
      requiresAgreement: true, validFrom: CalendarDate(iso: words[3]),
      validTo: CalendarDate(iso: words[4]))
  }
}

/// The findings on the rows of a table, as people read them in English.
func findings(_ table: String) -> [String] {
  OrganisationHistory.build(rows(table), file: "org.csv").findings.map { $0.text(.english) }
}

/// The organisation of a table without errors.
func history(_ table: String) throws -> OrganisationHistory {
  let (history, findings) = OrganisationHistory.build(rows(table), file: "org.csv")
  guard let history else { throw BrokenTable(lines: findings.map { $0.text(.english) }) }
  return history
}

/// A table that was meant to have no errors.
struct BrokenTable: Error { let lines: [String] }

/// The codes of some units, joined by blanks.
func codes(_ units: some Sequence<OrganisationUnit>) -> String { units.map(\.code.text).joined(separator: " ") }
