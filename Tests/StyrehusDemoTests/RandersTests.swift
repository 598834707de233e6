import SteeringCore
import StyrehusDemo
import Testing

@Suite("Randers as stated")
struct RandersTests {
  let dataset: DemoDataset
  let staffing: [StatedStaffing]

  init() throws {
    dataset = try Demo.randersAsStated()
    staffing = try Demo.randersStaffing()
  }

  @Test("states 24 totals of directorates and service areas, and each ties with its parts")
  func totals() {
    let stated = dataset.statedTotals.filter { $0.statedTenths != nil }
    #expect(stated.count == 24)
    for total in stated { #expect(total.ties == true, "\(total.name)") }
  }

  @Test("prints no grand total; the computed one is 1.326,9")
  func grandTotal() throws {
    let open = dataset.statedTotals.filter { $0.statedTenths == nil }
    let grand = try #require(open.first)
    #expect(open.count == 1)
    #expect(grand.code == UnitCode("randers"))
    #expect(grand.computedTenths == 13_269)
    #expect(grand.ties == nil && grand.sourceLine == nil)
  }

  @Test(
    "has the five directorates' totals as printed",
    arguments: [
      ("umt", 1_682), ("sko", 752), ("bs", 859), ("sa", 8_529), ("stab", 1_447),
    ])
  func directorates(code: String, tenths: Int) throws {
    let total = try #require(dataset.statedTotals.first { $0.code == UnitCode(code) })
    #expect(total.statedTenths == tenths)
  }

  @Test("says that Borgerservice is printed outside its table and that two centres are only partly on the account")
  func remarks() throws {
    let service = try #require(dataset.statedTotals.first { $0.name == "Borgerservice" })
    #expect(service.computedTenths == 323)
    #expect(service.remark.danish.contains("uden for tabellen"))
    let centres = staffing.filter { $0.remark.english.contains("Only staff with authority tasks") }
    #expect(centres.compactMap(\.tenths) == [2_608, 1_955])
  }

  @Test("follows the document line by line, with a source for each figure and remarks in both languages")
  func sources() {
    let lines = staffing.compactMap(\.sourceLine)
    #expect(lines == lines.sorted() && Set(lines).count == lines.count)
    for line in staffing {
      #expect((line.tenths == nil) == (line.sourceLine == nil), "\(line.name)")
      #expect(line.remark.danish.isEmpty == line.remark.english.isEmpty, "\(line.name)")
    }
    #expect(staffing.filter { $0.level == .leadership }.count == 22)
  }

  @Test("is an organisation of readable codes and nothing else: no economy, nothing invented")
  func organisation() throws {
    #expect(dataset.files.map(\.kind) == [.organisation])
    #expect(dataset.years.isEmpty && !dataset.isInvented)
    let rows = NativeReader(dataset.files[0]).rows
    let codes = Set(rows.compactMap { $0["Kode"] })
    #expect(codes.count == rows.count)
    #expect(rows.filter { $0["Type"] == "forvaltning" }.count == 5)
    #expect(rows.filter { $0["Type"] == "chefområde" }.count == 19)
    #expect(rows.count == staffing.filter { $0.level != .leadership }.count)
    for row in rows {
      #expect(row["Type"] == "kommune" || codes.contains(row["Overordnet"] ?? ""))
      #expect(row["Borgervendt"] == "nej" && row["Kræver aftale"] == "nej")
      #expect(row.count == 11)
    }
  }
}
