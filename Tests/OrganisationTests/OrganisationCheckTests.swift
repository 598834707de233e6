import Organisation
import SteeringCore
import Testing

@Suite("The check of an organisation")
struct OrganisationCheckTests {
  @Test("tells everything at once, in the order of the lines, at the column of the field")
  func everythingAtOnce() {
    let rows = [
      row(2, "", "Uden kode", "enhed", nil), row(3, "a", "", "enhed", nil), row(4, "b", "Uden type", "", nil),
      row(5, "c", "Vild", "enhed", "findes-ikke"), row(6, "d", "Baglæns", "enhed", nil, to: "2021-12-31"),
      row(7, "a", "To gange", "enhed", nil), row(8, "e", "Sig selv", "enhed", "e"),
    ]
    let (history, findings) = OrganisationHistory.build(rows, file: "org.csv") { field in
      field == .parent ? 4 : (field == .validTo ? 8 : 1)
    }
    #expect(history == nil)
    #expect(
      findings.map { $0.text(.english) } == [
        "org.csv:2:1: the code is missing, write the unit's code",
        "org.csv:3:1: the name is missing, write the unit's name",
        "org.csv:4:1: the kind is missing, write for instance chefområde or aftaleenhed",
        "org.csv:5:4: the parent »findes-ikke« is not in the file, mend the code, or add the unit",
        "org.csv:6:8: the last day 2021-12-31 is before the first day 2022-01-01, mend one of them, "
          + "or leave the last day empty",
        "org.csv:7:1: the code »a« is valid at the same time already (line 3), give the unit a code of its own, "
          + "or let one end before the other begins",
        "org.csv:8:4: the unit lies under itself: e › e, mend one of the parents",
      ])
  }

  private func row(
    _ line: Int, _ code: String, _ name: String, _ kind: String, _ parent: String?, to: String? = nil
  ) -> OrganisationRow {
    OrganisationRow(
      line: line, code: UnitCode(code), name: name, kind: kind, parent: parent.map { UnitCode($0) },
      isCitizenFacing: false, requiresAgreement: false, validFrom: day("2022-01-01"), validTo: to.map(day))
  }

  @Test("a code may come again when its time is over, even the next day, but not the same day")
  func overlap() {
    #expect(findings("a - enhed 2022-01-01 2022-12-31\na - enhed 2023-01-01 -").isEmpty)
    let twice = findings("a - enhed 2022-12-31 -\na - enhed 2022-01-01 2022-12-31\na - enhed 2021-01-01 2021-12-31")
    #expect(twice.count == 1)
    #expect(twice.first?.hasPrefix("org.csv:3:0: the code »a« is valid at the same time already (line 2)") == true)
  }

  @Test("a long period is compared with every one that begins inside it")
  func longPeriod() {
    let found = findings("a - enhed 2020-01-01 -\na - enhed 2021-01-01 2021-12-31\na - enhed 2023-01-01 2023-12-31")
    #expect(found.count == 2)
  }

  @Test("a circle is told once, at its first line, with the way around")
  func circle() {
    let found = findings("a c x 2022-01-01 -\nb a x 2022-01-01 -\nc b x 2022-01-01 -\nd a x 2022-01-01 -")
    #expect(found == ["org.csv:2:0: the unit lies under itself: a › c › b › a, mend one of the parents"])
  }

  @Test("what would be a circle only at different times is none")
  func circleInTime() {
    #expect(
      findings(
        """
        a b x 2020-01-01 2020-12-31
        b - x 2020-01-01 2020-12-31
        a - x 2021-01-01 -
        b a x 2021-01-01 -
        """
      ).isEmpty)
  }

  @Test("rows whose times meet in a ring, but never all on one day, are no circle")
  func ringWithoutACommonDay() {
    let found = findings(
      """
      a b x 2020-01-01 2020-03-31
      b c x 2020-03-01 2020-06-30
      c d x 2020-06-01 2020-09-30
      d a x 2020-02-01 2020-08-31
      """)
    #expect(found.allSatisfy { $0.contains("is not valid for all of the unit's time") })
    #expect(found.count == 4)
  }

  @Test("a circle that only holds for some days is found")
  func circleForSomeDays() {
    let found = findings("a b x 2020-01-01 -\nb - x 2020-01-01 2020-12-31\nb a x 2021-01-01 -")
    #expect(found.count == 1 && found[0].contains("a › b › a"))
  }

  @Test("a parent that is not there all the time is a remark, and the organisation stands")
  func gap() throws {
    let table = "a - område 2022-01-01 2022-12-31\na - område 2024-01-01 -\nb a skole 2022-01-01 -"
    #expect(findings(table).count == 1)
    #expect(try history(table).units.count == 3)
    #expect(findings("a - område 2022-01-01 2022-12-31\na - område 2023-01-01 -\nb a skole 2022-06-01 -").isEmpty)
  }

  @Test("a row that could not be read is known as a parent, but makes no organisation")
  func unreadRow() {
    let unread = OrganisationRow(
      line: 2, code: UnitCode("a"), name: "A", kind: "område", parent: nil, isCitizenFacing: nil,
      requiresAgreement: true, validFrom: day("2022-01-01"), validTo: nil)
    let (history, findings) = OrganisationHistory.build([unread] + rows("b a skole 2022-01-01 -"), file: "f")
    #expect(findings.isEmpty)
    #expect(history == nil)
  }

  @Test("leap days and year ends count as the days they are")
  func nextDay() {
    #expect(findings("a - x 2022-01-01 2024-02-28\na - x 2024-02-29 -\nb a y 2022-01-01 -").isEmpty)
    #expect(findings("a - x 2022-01-01 2024-02-28\na - x 2024-03-01 -\nb a y 2022-01-01 -").count == 1)
  }
}
