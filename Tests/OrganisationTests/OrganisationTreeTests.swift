import Organisation
import SteeringCore
import Testing

@Suite("The organisation on a day")
struct OrganisationTreeTests {
  /// Written in a muddled order: children before parents, siblings apart.
  static let municipality = """
    1.2 1 chefområde 2022-01-01 -
    1 0 forvaltning 2022-01-01 -
    0 - kommune 2022-01-01 -
    1.1 1 chefområde 2022-01-01 -
    1.1.b 1.1 aftaleenhed 2022-01-01 -
    1.1.a 1.1 aftaleenhed 2022-01-01 2023-12-31
    2 0 forvaltning 2022-01-01 -
    2.a 2 aftaleenhed 2024-01-01 -
    1.1.b.x 1.1.b hold 2022-01-01 -
    """
  let tree: OrganisationTree

  init() throws { tree = try history(Self.municipality).at(day("2023-06-01")) }

  @Test("comes depth first, siblings in the order of the file, each unit before those under it")
  func order() {
    #expect(codes(tree.units) == "0 1 1.2 1.1 1.1.b 1.1.b.x 1.1.a 2")
    #expect(codes(tree.roots) == "0")
  }

  @Test("knows children, parents, ancestors, paths, depths and what lies below")
  func ways() {
    #expect(codes(tree.children(of: UnitCode("1"))) == "1.2 1.1")
    #expect(tree.parent(of: UnitCode("1.1.b"))?.code == UnitCode("1.1"))
    #expect(tree.parent(of: UnitCode("0")) == nil)
    #expect(codes(tree.ancestors(of: UnitCode("1.1.b"))) == "1.1 1 0")
    #expect(codes(tree.path(to: UnitCode("1.1.b"))) == "0 1 1.1 1.1.b")
    #expect(tree.depth(of: UnitCode("1.1.b")) == 3)
    #expect(codes(tree.descendants(of: UnitCode("1.1"))) == "1.1.b 1.1.b.x 1.1.a")
    #expect(tree.isLeaf(UnitCode("1.1.a")) && !tree.isLeaf(UnitCode("1.1.b")))
  }

  @Test("says nothing of a unit that does not exist on the day")
  func absentUnit() {
    let absent = UnitCode("2.a")
    #expect(tree.unit(absent) == nil && tree.depth(of: absent) == nil && tree.directorate(of: absent) == nil)
    #expect(tree.path(to: absent).isEmpty && tree.children(of: absent).isEmpty && tree.descendants(of: absent).isEmpty)
    #expect(!tree.isLeaf(absent))
  }

  @Test("a unit is there from its first day through its last")
  func lastDayIncluded() throws {
    let history = try history(Self.municipality)
    let leaving = UnitCode("1.1.a")
    #expect(history.at(day("2023-12-31")).unit(leaving) != nil)
    #expect(history.at(day("2024-01-01")).unit(leaving) == nil)
    #expect(history.at(day("2022-01-01")).unit(leaving) != nil)
    #expect(history.at(day("2021-12-31")).units.isEmpty)
  }

  @Test("a directorate is what lies directly under the municipality, and belongs to itself")
  func directorates() {
    #expect(tree.municipality?.code == UnitCode("0"))
    #expect(codes(tree.directorates) == "1 2")
    #expect(tree.directorate(of: UnitCode("1.1.b.x"))?.code == UnitCode("1"))
    #expect(tree.directorate(of: UnitCode("2"))?.code == UnitCode("2"))
    #expect(tree.directorate(of: UnitCode("0")) == nil)
  }

  @Test("agreement units are those of the kind, also with teams under them")
  func agreementUnits() {
    #expect(codes(tree.agreementUnits) == "1.1.b 1.1.a")
    #expect(codes(tree.agreementUnits(under: UnitCode("1.1.b"))) == "1.1.b")
    #expect(codes(tree.agreementUnits(under: UnitCode("2"))) == "")
  }

  @Test("without that kind every leaf is an agreement unit; with a nested one only the lowest is")
  func agreementUnitsByPlace() throws {
    let plain = try history(
      "0 - kommune 2022-01-01 -\na 0 skole 2022-01-01 -\nb 0 område 2022-01-01 -\nc b skole 2022-01-01 -")
    #expect(codes(plain.at(day("2022-01-01")).agreementUnits) == "a c")
    let nested = try history("0 - Aftaleenhed 2022-01-01 -\na 0 AFTALEENHED 2022-01-01 -\nb 0 hold 2022-01-01 -")
    #expect(codes(nested.at(day("2022-01-01")).agreementUnits) == "a")
  }

  @Test("adds up each unit with all those under it")
  func rollUp() {
    let sums = tree.rollUp(tree.units.map { _ in 1 }, +)
    #expect(sums == [8, 6, 1, 4, 2, 1, 1, 1])
  }

  @Test("a forest of directorates has no municipality, and its roots are the directorates")
  func forest() throws {
    let tree = try history(
      """
      1 - forvaltning 2022-01-01 -
      1.1 1 skole 2022-01-01 -
      1.2 1 skole 2022-01-01 -
      2 - forvaltning 2022-01-01 -
      """
    ).at(day("2022-01-01"))
    #expect(tree.municipality == nil)
    #expect(codes(tree.directorates) == "1 2")
    #expect(tree.directorate(of: UnitCode("1.2"))?.code == UnitCode("1"))
  }

  @Test("an institution beside the municipality is a directorate of its own")
  func besideTheMunicipality() throws {
    let tree = try history(
      """
      x - selvejende 2022-01-01 -
      0 - kommune 2022-01-01 -
      1 0 forvaltning 2022-01-01 -
      2 0 forvaltning 2022-01-01 -
      """
    ).at(day("2022-01-01"))
    #expect(tree.municipality?.code == UnitCode("0"))
    #expect(codes(tree.directorates) == "x 1 2")
  }

  @Test("a unit whose parent is gone hangs under the nearest unit above that is there, and says so")
  func bridgedGap() throws {
    let history = try history(
      """
      0 - kommune 2022-01-01 -
      1 0 forvaltning 2022-01-01 -
      1.1 1 chefområde 2022-01-01 2023-12-31
      1.1.a 1.1 skole 2022-01-01 -
      1.2 1 chefområde 2025-01-01 -
      1.2.a 1.2 skole 2024-01-01 -
      """)
    let during = history.at(day("2024-06-01"))
    #expect(during.parent(of: UnitCode("1.1.a"))?.code == UnitCode("1"))
    #expect(during.parent(of: UnitCode("1.2.a"))?.code == UnitCode("1"))
    #expect(during.isBridged(UnitCode("1.1.a")) && !during.isBridged(UnitCode("1")))
    #expect(!history.at(day("2023-06-01")).isBridged(UnitCode("1.1.a")))
  }

  @Test("stepping over gaps never makes a circle: where only a circle is left, the unit becomes a root")
  func bridgedCircle() throws {
    let history = try history(
      """
      a b skole 2019-01-01 -
      b c område 2019-01-01 2020-12-31
      c - område 2019-01-01 2020-12-31
      c a område 2021-01-01 -
      """)
    #expect(codes(history.at(day("2020-06-01")).units) == "c b a")
    let tree = history.at(day("2021-06-01"))
    #expect(codes(tree.units) == "a c")
    #expect(tree.isBridged(UnitCode("a")))
  }

  @Test("a unit that changes name and parent is each in its own time")
  func successor() throws {
    let history = try history(
      """
      1 - område 2022-01-01 -
      2 - område 2022-01-01 -
      a 1 skole 2022-01-01 2022-12-31 Gammel
      a 2 skole 2023-01-01 - Ny
      """)
    #expect(history.at(day("2022-12-31")).unit(UnitCode("a"))?.name == "Gammel")
    #expect(history.at(day("2023-01-01")).parent(of: UnitCode("a"))?.code == UnitCode("2"))
  }

  @Test("ten thousand units, wide or in one deep chain, are built and rolled up in a moment")
  func large() throws {
    let from = day("2022-01-01")
    func row(_ number: Int, under parent: Int?) -> OrganisationRow {
      OrganisationRow(
        line: number + 2, code: UnitCode("\(number)"), name: "Enhed", kind: "enhed",
        parent: parent.map { UnitCode("\($0)") }, isCitizenFacing: false, requiresAgreement: false, validFrom: from,
        validTo: nil)
    }
    let clock = ContinuousClock()
    for parent in [{ $0 - 1 }, { $0 / 10 }] as [(Int) -> Int] {
      let rows = (0..<10_000).map { row($0, under: $0 == 0 ? nil : parent($0)) }
      let time = try clock.measure {
        let tree = try #require(OrganisationHistory.build(rows, file: "f").history).at(from)
        #expect(tree.rollUp(tree.units.map { _ in 1 }, +).first == 10_000)
        #expect(tree.units.count == 10_000)
      }
      // A tenth of this is usual in a build for debugging; quadratic work would take minutes.
      #expect(time < .seconds(10))
    }
  }
}
