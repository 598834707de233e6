import Organisation
import SteeringCore
import StyrehusDemo
import Testing

@testable import Register

@Suite("Organisation files")
struct OrganisationFileTests {
  @Test("the invented municipality's file is read without a single finding")
  func inventedMunicipality() throws {
    let file = try organisation(Demo.inventedMunicipality().organisationText)
    #expect(file.findings.kept == [])
    let tree = try #require(file.content).history.at(day("2025-12-31"))
    #expect(tree.directorates.count == 5)
    #expect(tree.municipality?.name == "Rorsund Kommune")
    #expect(tree.agreementUnits.count > 200)
    #expect(file.content?.staffing.isEmpty == true)
  }

  @Test("Randers' file is read without a single finding, with its staffing, remarks and sources")
  func randersFile() throws {
    let file = try organisation(Demo.randersAsStated().organisationText)
    #expect(file.findings.kept == [])
    let content = try #require(file.content)
    #expect(content.history.at(day("2023-06-01")).directorates.count == 5)
    #expect(content.staffing.count == content.history.units.count)
    let line = try #require(content.staffing.first { $0.code == UnitCode("umt") })
    #expect(line.tenths == 1_682)
    #expect(line.source.danish == "seeds/003, linje 243")
  }

  @Test("yes, no, days and an empty last day are read for what they mean")
  func fields() throws {
    let content = try #require(try organisation(smallOrganisation).content)
    let units = content.history.units
    #expect(units.map(\.isCitizenFacing) == [false, false, true, true, false])
    #expect(units.map(\.requiresAgreement) == [false, false, true, true, false])
    #expect(units[2].period.through == day("2023-12-31") && units[3].period.through == nil)
    #expect(units[0].parent == nil && units[1].parent == UnitCode("0"))
  }

  @Test("errors of fields and of the tree are told together, in the order of the lines, and nothing is read")
  func findingsTogether() throws {
    let file = try organisation(
      header + """
        1;Skole;skole;9;ja;ja;2022-01-01;
        2;Skole;skole;;måske;ja;01.01.2022;
        3;;skole;2;ja;;2022-01-01;2021-01-01

        """)
    #expect(file.content == nil)
    #expect(
      file.findings.kept.map { "\($0.line):\($0.column) \($0.read.danish)" } == [
        "2:4 den overordnede »9« står ikke i filen", "3:5 »måske« er hverken ja eller nej",
        "3:7 »01.01.2022« er ikke en dato", "4:2 navnet mangler", "4:6 »« er hverken ja eller nej",
        "4:8 sidste dag 2021-01-01 er før første dag 2022-01-01",
      ])
  }

  @Test("a last day that cannot be read is one error, not an open end")
  func unreadableEnd() throws {
    let file = try organisation(header + "1;Skole;skole;;ja;ja;2022-01-01;snart\n")
    #expect(file.findings.kept.map(\.column) == [8])
    #expect(file.content == nil)
  }

  @Test(
    "staffing has at most one decimal and no minus",
    arguments: [("8,7", 87), ("12", 120), ("1.326,9", 13_269), ("0", 0), ("8,75", nil), ("-1,0", nil), ("otte", nil)])
  func staffing(text: String, tenths: Int?) throws {
    let file = try organisation(
      "Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til;Årsværk\n"
        + "1;Skole;skole;;ja;ja;2022-01-01;;\(text)\n")
    #expect(file.findings.kept.map(\.column) == (tenths == nil ? [9] : []))
    #expect(file.content?.staffing.map(\.tenths) == tenths.map { [$0] })
  }

  @Test("a header without rows is an organisation without units; an empty file is an error")
  func nothing() throws {
    #expect(try organisation(header).content?.history == .empty)
    #expect(try organisation("").findings.hasErrors)
    #expect(try organisation("").content == nil)
  }

  @Test("the findings that do not fit are counted, whoever found them")
  func manyFindings() throws {
    let rows = (0..<1_500).map { "\($0);;skole;;måske;ja;2022-01-01;\n" }.joined()
    let findings = try organisation(header + rows).findings
    #expect(findings.kept.count == 1_000)
    #expect(findings.errorCount == 3_000 && findings.leftOut == 2_000)
  }
}
