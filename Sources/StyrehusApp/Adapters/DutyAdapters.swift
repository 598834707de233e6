import Database
import Economy
import Governance
import SteeringCore
import SurfaceKit

/// The duties that follow from the economy, in the words of the inbox.
struct EconomyDuties: Sendable {
  let reader: ClosingReader
  let database: any MunicipalDatabase
  let tenant: Tenant
  let today: @Sendable () -> CalendarDate

  func duties() async throws -> [InboxDuty] {
    let (reader, day) = (reader, today())
    let (months, unclosed) = try await database.read(tenant) { connection in
      (
        try SupervisionCapability.openMonths(connection, reader, on: day),
        try SupervisionCapability.unclosedYear(connection, on: day)
      )
    }
    return try await reader.openDemands().map(Self.duty) + months.map(Self.duty) + Self.overdue(months, day)
      + (unclosed.map { [Self.closing($0)] } ?? [])
  }

  /// A review is the executive board's, recorded by the chief executive; what needs the finance department is theirs;
  /// the rest is the unit's leader's.
  private static func duty(_ demand: OpenDemand) -> InboxDuty {
    let kind: PositionKind =
      demand.isReview ? .chiefExecutive : demand.id == "financeInvolved" ? .financeDepartment : .unitLeader
    return InboxDuty(
      kind: kind, place: kind == .unitLeader ? demand.unit.text : "", what: demand.title,
      about: Words(same: demand.name), why: demand.explanation, citation: demand.citation, due: nil,
      address: ClosingAddress.unit(demand.unit.text))
  }

  private static let supervision = Citation(rule: "R-65", source: "seeds/003, Økonomi")

  private static func duty(_ open: OpenMonth) -> InboxDuty {
    InboxDuty(
      kind: .unitLeader, place: open.unit.text,
      what: Words(
        "Skriv under på ledelsestilsynet for \(open.month.danish)",
        en: "Sign the supervision of \(open.month.english)"),
      about: Words(same: open.name),
      why: Words(
        "Så vi i tide ved, hvad året ender med.", en: "So that we know in time what the year comes to."),
      citation: supervision, due: open.due, address: open.address)
  }

  /// Those who are late, once, for the finance department.
  private static func overdue(_ months: [OpenMonth], _ day: CalendarDate) -> [InboxDuty] {
    Dictionary(grouping: months.filter { $0.due < day }, by: \.due).sorted { $0.key < $1.key }.map { due, late in
      let month = late[0].month
      return InboxDuty(
        kind: .financeDepartment, place: "",
        what: Words("Følg op på ledelsestilsyn, der mangler", en: "Follow up on supervision that is missing"),
        about: Format.words { format in
          format.count(late.count, Words("enhed", en: "unit"), Words("enheder", en: "units")) + ", "
            + month(format.language)
        },
        why: Words(
          "Økonomiafdelingen ser efter, at alle enheder har gjort det.",
          en: "The finance department sees to it that every unit has done it."),
        citation: supervision, due: due, address: SupervisionAddress.overview)
    }
  }

  private static func closing(_ year: FiscalYear) -> InboxDuty {
    InboxDuty(
      kind: .financeDirector, place: "", what: Words("Gør \(year) op", en: "Close \(year)"),
      why: Words(
        "Årets resultat ventes kendt ved udgangen af januar.",
        en: "The year's result is expected to be known by the end of January."),
      citation: Citation(rule: "R-100", source: "seeds/004, annex 2, Procedurer ved gæld større end 5 %"),
      due: CalendarDate(year: year.number + 1, month: 1, day: 31), address: ClosingAddress.makeRound)
  }
}
