import Database
public import Hummingbird
import SteeringCore
public import SurfaceKit

/// The page of what somebody has to do.
public struct DutiesRoutes: Sendable {
  private let premises: Premises
  private let desk: DutiesDesk

  /// The routes of a municipality.
  public init(_ premises: Premises, _ desk: DutiesDesk) {
    self.premises = premises
    self.desk = desk
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("duties") { request, context in
      guard let person = context.visitor.person.flatMap({ Int64($0) }) else { throw Trouble.signInFirst }
      let duties = try await desk.duties(of: person)
      return DutiesView(duties: duties, positions: context.visitor.positions, today: premises.today)
        .page.response(request, context)
    }
    router.get("duties.ics") { request, context in
      guard let person = context.visitor.person.flatMap({ Int64($0) }) else { throw Trouble.signInFirst }
      let calendar = DutyCalendar(
        duties: try await desk.duties(of: person), origin: context.origin + context.prefix, at: premises.now())
      return Response.download(
        Array(calendar.text(context.language).utf8), type: "text/calendar; charset=utf-8", name: "opgaver.ics")
    }
  }
}

/// Derives duties, from every room that has some.
public struct DutiesDesk: Sendable {
  private let premises: Premises
  private let elsewhere: @Sendable () async throws -> [InboxDuty]

  /// A desk. `elsewhere` gives the duties of the rooms that this one does not know.
  public init(_ premises: Premises, elsewhere: @escaping @Sendable () async throws -> [InboxDuty]) {
    self.premises = premises
    self.elsewhere = elsewhere
  }

  /// What a person has to do, in all positions, the most urgent first.
  public func duties(of person: Int64) async throws -> [InboxDuty] {
    let (now, day) = (premises.now(), premises.today)
    async let others = elsewhere()
    let (register, plan) = try await premises.database.read(premises.tenant) { connection in
      (try PeopleStore(connection, now: now).register(), try PlanStore(connection).inForce(on: day))
    }
    let positions = register.positions(of: person, on: day)
    // Looking for empty positions goes through the whole organisation, so it is done for those alone who see to them.
    let seesToPositions = positions.contains { $0.kind == .administrator }
    let vacancies = seesToPositions ? register.findings(on: day, try await premises.tree(day)).count : 0
    let own = HouseDuties.duties(plan, vacancies: vacancies, on: day)
    return try await (own + others).of(positions)
  }
}

/// What somebody has to do: what, why, when, and the way there.
struct DutiesView: Sendable {
  let duties: [InboxDuty]
  let positions: [Words]
  let today: CalendarDate

  private static let title = Words("Mine opgaver", en: "My duties")

  var page: Page {
    Page(title: Self.title, lead: lead, section: nil) {
      if duties.isEmpty {
        Notice(
          .empty,
          positions.isEmpty
            ? Words(
              "Du har ingen stilling, så der er ingen opgaver", en: "You hold no position, so there are no duties")
            : Words("Der er ikke noget at gøre lige nu", en: "There is nothing to do right now"))
      } else {
        ul(.class("cards")) {
          for duty in duties { card(duty) }
        }
        p {
          a(.href("/duties.ics"), .download) {
            Words("Hent fristerne til kalenderen", en: "Fetch the days for a calendar")
          }
        }
      }
    }
  }

  private var lead: Words {
    Words(
      "Det, dine stillinger skal gøre nu. Det, der følger af en opgørelse, står her, til det er gjort, eller til den "
        + "næste er lavet.",
      en: "What your positions have to do now. What follows from a closing stands here until it is done, or the next "
        + "closing is made.")
  }

  private func card(_ duty: InboxDuty) -> Node {
    li(.class("card")) {
      h2 {
        a(.href(duty.address)) {
          duty.what
          if !duty.about.danish.isEmpty {
            ": "
            duty.about
          }
        }
      }
      if let due = duty.due {
        p {
          if due < today {
            strong { Format.words { Words("Fristen var ", en: "It was due on ")($0.language) + $0.date(due) } }
          } else {
            Format.words { Words("Frist ", en: "Due on ")($0.language) + $0.date(due) }
          }
        }
      }
      p { duty.why }
      p(.class("muted")) { small { "\(duty.citation.rule) · \(duty.citation.source)" } }
    }
  }
}

/// Duties that have a day, as a calendar (RFC 5545): a whole day each, with what and where, and no names of people.
struct DutyCalendar {
  let duties: [InboxDuty]
  /// How the house is reached from elsewhere; empty where that is not known.
  let origin: String
  /// Seconds since 1 January 1970 UTC.
  let at: Int64

  func text(_ language: Language) -> String {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Styrehus//Duties//DA", "CALSCALE:GREGORIAN"]
    let stamp = UniversalTime.text(at).filter { $0 != "-" && $0 != ":" }
    for duty in duties {
      guard let due = duty.due else { continue }
      let day = due.iso.filter { $0 != "-" }
      let about = duty.about(language)
      let what = duty.what(language) + (about.isEmpty ? "" : ": " + about)
      lines += [
        "BEGIN:VEVENT", "UID:\(day)-\(Self.plain(duty.address.text))@styrehus", "DTSTAMP:\(stamp)",
        "DTSTART;VALUE=DATE:\(day)", "SUMMARY:\(Self.escaped(what))", "DESCRIPTION:\(Self.escaped(duty.why(language)))",
      ]
      if !origin.isEmpty { lines.append("URL:\(origin)\(duty.address.text)") }
      lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    }
    lines.append("END:VCALENDAR")
    return lines.flatMap(Self.folded).map { $0 + "\r\n" }.joined()
  }

  private static func plain(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\r": continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A line in parts of at most 75 bytes, each but the first with a blank in front; no letter is cut in two.
  static func folded(_ line: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for letter in line {
      if part.utf8.count + letter.utf8.count > 75 {
        parts.append(part)
        part = " "
      }
      part.append(letter)
    }
    return parts + [part]
  }
}
