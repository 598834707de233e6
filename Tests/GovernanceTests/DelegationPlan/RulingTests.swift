import Organisation
import SteeringCore
import Testing

@testable import Governance

@Suite("May I decide this?")
struct RulingTests {
  private static let day = CalendarDate(iso: "2026-03-01")!
  private static let always = ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!

  private static let tree: OrganisationTree = {
    let rows: [(String, String, String?)] = [
      ("0", "kommune", nil), ("1", "forvaltning", "0"), ("2", "forvaltning", "0"), ("11", "chefområde", "1"),
      ("111", "aftaleenhed", "11"), ("112", "aftaleenhed", "11"), ("211", "aftaleenhed", "2"),
    ]
    return OrganisationHistory.build(
      rows.enumerated().map { line, row in
        OrganisationRow(
          line: line + 2, code: UnitCode(row.0), name: row.0, kind: row.1, parent: row.2.map { UnitCode($0) },
          isCitizenFacing: false, requiresAgreement: row.1 == "aftaleenhed", validFrom: always.from, validTo: nil)
      }, file: "o"
    ).history!.at(day)
  }()

  private func actor(_ kind: PositionKind, _ place: String) -> Actor {
    Actor(person: 1, positions: [Position(id: 1, kind: kind, place: place, period: Self.always)])
  }

  private func ruling(_ decision: String, _ unit: String?, _ actor: Actor, share: Int64? = nil) -> Ruling {
    ShippedPlan.plan.ruling(
      on: Matter(
        decision, unit: unit.map { UnitCode($0) }, share: share.map { Percentage(basisPoints: $0) }),
      by: actor, Self.tree)
  }

  @Test(
    "a level's competence ends at its scope",
    arguments: [
      (PositionKind.unitLeader, "111", ["111"]), (.serviceAreaChief, "11", ["11", "111", "112"]),
      (.controller, "1", ["1", "11", "111", "112"]), (.director, "2", ["2", "211"]),
      (.financeDepartment, "", ["0", "1", "2", "11", "111", "112", "211"]),
      (.auditor, "", ["0", "1", "2", "11", "111", "112", "211"]), (.employee, "111", []), (.mayor, "", []),
    ])
  func scope(_ kind: PositionKind, _ place: String, _ reached: [String]) {
    for unit in ["0", "1", "2", "11", "111", "112", "211"] {
      let ruling = ruling("postings.read", unit, actor(kind, place))
      #expect(ruling.isAllowed == reached.contains(unit), "\(kind) of \(place): \(unit)")
      #expect(ruling.isAllowed == (ruling.position != nil))
    }
    #expect(!ruling("postings.read", "999", actor(.unitLeader, "111")).isAllowed, "a unit that is not there")
  }

  @Test("exactly the limit is within it", arguments: [(Int64(499), true), (500, true), (501, false)])
  func limit(_ share: Int64, _ isAllowed: Bool) {
    let found = ruling("economy.reallocateFromPay", "111", actor(.unitLeader, "111"), share: share)
    #expect(found.isAllowed == isAllowed)
    if !isAllowed { #expect(found.reason == .overLimit(.share(Percentage(basisPoints: 500)))) }
  }

  @Test("a body decides, and only those who record for it act")
  func bodies() {
    #expect(!ruling("agreement.approve", nil, actor(.councilMember, "")).isAllowed)
    #expect(!ruling("agreement.approve", nil, actor(.mayor, "")).isAllowed)
    #expect(ruling("agreement.approve", nil, actor(.councilSecretariat, "")).isAllowed)
    let told = RulingTexts.sentence(ruling("agreement.approve", nil, actor(.mayor, ""))).danish
    #expect(told.contains("byrådet") && told.contains("R-20"))
  }

  @Test("what was delegated counts for that decision, that unit, and as long as the position is held")
  func delegated() {
    let leader = Position(id: 5, kind: .unitLeader, place: "111", period: Self.always)
    let holder = Holding(id: 1, position: 5, person: 2, period: Self.always)
    let lent = Delegation(
      id: 1, position: 5, person: 1, decisions: ["postings.read"],
      period: ValidPeriod(from: Self.day, through: Self.day)!, givenOn: Self.day.previous)
    let desk = Position(id: 6, kind: .employee, place: "111", period: Self.always)
    let employed = Holding(id: 2, position: 6, person: 1, period: Self.always)
    func actor(_ holdings: [Holding], employed: Holding? = employed, on day: CalendarDate = Self.day) -> Actor {
      Actor(
        1,
        in: PeopleRegister(
          people: [Person(id: 1, name: "A", email: ""), Person(id: 2, name: "B", email: "")],
          positions: [leader, desk], holdings: holdings + [employed].compactMap { $0 }, delegations: [lent]), on: day)
    }
    let successor = Holding(id: 3, position: 5, person: 2, period: ValidPeriod(from: Self.day)!)
    #expect(!ruling("postings.read", "111", actor([successor])).isAllowed, "who gave it has left")
    #expect(!ruling("postings.read", "111", actor([holder], employed: nil)).isAllowed, "who got it holds nothing")
    let left = Holding(id: 1, position: 5, person: 2, period: Self.always, withdrawnOn: Self.day)
    #expect(!ruling("postings.read", "111", actor([left])).isAllowed, "the position was taken back today")
    #expect(ruling("postings.read", "111", actor([holder])).reason == .delegated(leader))
    #expect(!ruling("postings.read", "112", actor([holder])).isAllowed)
    #expect(!ruling("staff.hire", "111", actor([holder])).isAllowed)
    #expect(!ruling("postings.read", "111", actor([])).isAllowed, "the position is vacant")
    let next = CalendarDate(iso: "2026-03-02")!
    #expect(!ruling("postings.read", "111", actor([holder], on: next)).isAllowed, "it has ended")
    #expect(!ruling("postings.read", "111", actor([holder], on: Self.day.previous)).isAllowed, "it has not begun")
  }

  @Test("a stranger may what everybody may, and is asked to sign in for the rest")
  func stranger() {
    #expect(ruling("house.read", nil, .stranger).reason == .everybody)
    #expect(ruling("people.read", nil, .stranger).reason == .signInFirst)
    #expect(ruling("closing.make", nil, .stranger).reason == .signInFirst)
    #expect(ruling("nothing.known", nil, actor(.mayor, "")).reason == .unknown)
    #expect(!ruling("people.read", nil, Actor(person: 1, positions: [])).isAllowed, "a person without a position")
  }
}

@Suite("A plan's file")
struct DelegationPlanFileTests {
  private static let head = """
    id: p
    name: { da: P, en: P }
    validFrom: 2026-01-01
    documents:
      - id: d
        name: { da: D, en: D }
    decisions:

    """

  private func read(_ decisions: String, required: [String] = []) -> (DelegationPlan?, [String]) {
    let (plan, findings) = DelegationPlanFile.read(
      bytes: Array((Self.head + decisions).utf8), fileName: "p.yaml", demands: required.map { PlanDemand($0) })
    return (plan, findings.lines(.english))
  }

  private func row(_ id: String, _ holders: String, _ rest: String = "") -> String {
    """
      - id: \(id)
        name: { da: A, en: A }
        holders: \(holders)
        document: d
        rule: R-1
        source: s
        standing: stated
    \(rest)

    """
  }

  @Test("that is whole gives the plan")
  func whole() throws {
    let (plan, findings) = read(row("a", "[{ level: mayor, scope: all, limit: 100 kr }]"), required: ["a"])
    #expect(findings.isEmpty)
    #expect(try #require(plan).decision("a")?.holders.first?.limit == .amount(Money(kroner: 100)))
  }

  @Test(
    "that is broken is refused with the line and what to do",
    arguments: [
      ("[]", "nobody may decide this"), ("[{ level: kongen, scope: all }]", "kongen"),
      ("[{ level: mayor, scope: everywhere }]", "everywhere"), ("[{ level: mayor, scope: all, limit: 5 }]", "no limit"),
      ("[{ level: mayor, scope: all, limit: 101 % }]", "no limit"),
      ("[{ level: council, scope: all }]", "nobody records"),
      ("[{ level: mayor, scope: all, recordedBy: [auditor] }]", "only a body"),
      ("[{ level: council, scope: all, recordedBy: [committee] }]", "committee"),
    ])
  func broken(_ holders: String, _ told: String) {
    let (plan, findings) = read(row("a", holders))
    #expect(plan == nil)
    #expect(findings.contains { $0.contains(told) && $0.hasPrefix("p.yaml:") }, "\(findings)")
  }

  @Test("tells everything at once: decisions that are missing, and those that stand twice")
  func several() {
    let mayor = "[{ level: mayor, scope: all }]"
    let (plan, findings) = read(row("a", mayor) + row("a", mayor) + row("b", "[]"), required: ["c", "d"])
    #expect(plan == nil && findings.count >= 4, "\(findings)")
    #expect(findings.contains { $0.contains("'c'") } && findings.contains { $0.contains("'d'") })
  }

  @Test("a row that gives a decision to nobody who exists is named")
  func unheld() throws {
    let text =
      row("a", "[{ level: mayor, scope: all }]")
      + row("b", "[{ level: council, scope: all, recordedBy: [councilSecretariat] }]")
      + row("c", "[{ level: everyone, scope: all }]")
    let plan = try #require(read(text).0)
    #expect(plan.unheld(in: [.mayor, .councilSecretariat], fileName: "p").kept.isEmpty)
    let findings = plan.unheld(in: [.mayor], fileName: "p").lines(.english)
    #expect(findings.count == 1 && findings[0].contains("'b'"))
  }

  @Test("two plans differ where a level, a scope or a limit does, and nowhere else")
  func compared() throws {
    let mayor = "[{ level: mayor, scope: all }]"
    let before = try #require(read(row("a", mayor) + row("b", mayor)).0)
    let after = try #require(
      read("\n\n" + row("a", mayor) + row("b", "[{ level: auditor, scope: all }]") + row("c", mayor)).0)
    let comparison = PlanComparison(before, after)
    #expect(comparison.sameCount == 1 && comparison.differences.map(\.id) == ["b", "c"])
    #expect(PlanComparison(after, before).differences.map(\.id) == ["b", "c"])
    #expect(PlanComparison(after, after).differences.isEmpty)
  }
}
