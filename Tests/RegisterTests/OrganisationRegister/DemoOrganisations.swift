import Ledger
import Organisation
import SteeringCore
import StyrehusDemo
import Testing

@testable import Register

/// A day written in a test.
func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }

/// Where a version of a test comes from.
func source(_ name: String = "organisation.csv", at time: Int64 = 1_750_000_000) -> OrganisationSource {
  OrganisationSource(
    fileName: name, contentHash: String(repeating: "a1", count: 32), profile: "organisation", importedAt: time)
}

/// The organisation of a text in the native format.
func organisation(_ text: String) throws -> OrganisationFile {
  try OrganisationFile.read(BytesInMemory(text), name: "organisation.csv", profile: .organisation)
}

/// The header of the native format.
let header = "Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til\n"

/// A small organisation in the native format.
let smallOrganisation =
  header + """
    0;Egelund Kommune;kommune;;nej;nej;2022-01-01;
    1;Børn og Unge;forvaltning;0;nej;nej;2022-01-01;
    1.1;Birkeskolen;aftaleenhed;1;ja;ja;2022-01-01;2023-12-31
    1.2;Egeskolen;aftaleenhed;1;ja;ja;2022-01-01;
    2;Økonomi;forvaltning;0;nej;nej;2022-01-01;

    """

extension DemoDataset {
  /// The text of the organisation file.
  var organisationText: String { files.first { $0.kind == .organisation }?.text ?? "" }
}

/// Randers as its documents state it: the organisation file, and the staffing with the leadership.
func randers() throws -> OrganisationContent {
  let content = try #require(try organisation(Demo.randersAsStated().organisationText).content)
  let staffing = try Demo.randersStaffing().map { line in
    StaffingLine(
      code: line.code, parent: line.parent, level: line.level.rawValue, name: line.name, tenths: line.tenths,
      remark: line.remark,
      source: line.sourceLine.map { Words("seeds/003, linje \($0)", en: "seeds/003, line \($0)") } ?? Words(same: ""))
  }
  return OrganisationContent(history: content.history, staffing: staffing)
}

/// The page model of some content.
func pageModel(
  _ content: OrganisationContent, on date: CalendarDate, branch: UnitCode? = nil, rowLimit: Int = 300
) -> OrganisationShowModel {
  let version = OrganisationVersion(number: 1, source: source())
  return OrganisationShowModel(
    version: version, versions: [version], content: content, on: date, branch: branch, rowLimit: rowLimit)
}
