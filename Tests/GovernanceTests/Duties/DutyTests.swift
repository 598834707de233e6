import Organisation
import SteeringCore
import SurfaceKit
import Testing

@testable import Governance

@Suite("The inbox of duties")
struct DutyTests {
  private static func duty(
    _ what: String, _ kind: PositionKind = .unitLeader, _ place: String = "1001", due: String? = nil
  ) -> InboxDuty {
    InboxDuty(
      kind: kind, place: place, what: Words(same: what), why: Words("fordi; ja, da", en: "because"),
      citation: Citation(rule: "R-1", source: "test"), due: due.flatMap { CalendarDate(iso: $0) },
      address: "/units/1001?month=2026-09")
  }

  private static func position(_ kind: PositionKind, _ place: String) -> Position {
    Position(id: 1, kind: kind, place: place, period: ValidPeriod(from: CalendarDate(iso: "2020-01-01")!)!)
  }

  @Test("holds what one's own positions have to do, the most urgent first and what has no day last")
  func mine() {
    let all = [
      Self.duty("uden dag"), Self.duty("sen", due: "2026-10-15"), Self.duty("anden enhed", .unitLeader, "1002"),
      Self.duty("økonomi", .financeDepartment, ""), Self.duty("tidlig", due: "2026-01-31"),
    ]
    let leader = Self.position(.unitLeader, "1001")
    #expect(all.of([leader]).map(\.what.danish) == ["tidlig", "sen", "uden dag"])
    #expect(all.of([leader, Self.position(.financeDepartment, "")]).count == 4)
    #expect(all.of([]).isEmpty)
    #expect(all.of([Self.position(.controller, "1001")]).isEmpty, "the same place in another position")
  }

  @Test("asks the secretariat for the plan once a term, and for a look at empty positions")
  func house() throws {
    let day = CalendarDate(iso: "2026-11-22")!
    let shipped = PlanInForce(plan: ShippedPlan.plan, adoption: nil)
    let duties = HouseDuties.duties(shipped, vacancies: 2, on: day)
    #expect(duties.map(\.kind) == [.councilSecretariat, .administrator])
    #expect(duties[0].citation.rule == "R-13" && duties[1].about.danish == "2")
    #expect(HouseDuties.duties(shipped, vacancies: 0, on: day).count == 1)
  }

  @Test("is a calendar of whole days that other programs can read, with nobody's name in it")
  func calendar() {
    let long = "Skriv under på " + String(repeating: "æøå", count: 30)
    let calendar = DutyCalendar(
      duties: [Self.duty(long, due: "2026-10-15"), Self.duty("uden dag")], origin: "https://styrehus.example.dk",
      at: 1_795_305_600)
    let lines = calendar.text(.danish).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.dropLast().last == "END:VCALENDAR" && lines.last == "")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == 1, "what has no day is not in a calendar")
    #expect(lines.contains("DTSTART;VALUE=DATE:20261015") && lines.contains("DESCRIPTION:fordi\\; ja\\, da"))
    let unfolded = calendar.text(.danish).replacing("\r\n ", with: "")
    #expect(unfolded.contains("SUMMARY:\(long)\r\n"))
    #expect(unfolded.contains("URL:https://styrehus.example.dk/units/1001?month=2026-09"))
    #expect(unfolded.contains("UID:20261015--units-1001-month-2026-09@styrehus"))
    #expect(unfolded.contains("DTSTAMP:20261122T"))
    #expect(DutyCalendar.escaped("a\r\nb\\c") == "a\\nb\\\\c")
  }
}
