import SteeringCore
import SurfaceKit

/// What the front page says.
enum FrontPageTexts {
  static let title = Words("Huset", en: "The house")
  static let emptyHeading = Words("Huset er ikke tændt endnu", en: "The house is not lit yet")
  static let noUnits = Words("Vi mangler organisationen", en: "The organisation is missing")
  static let noRound = Words("Der er ingen opgørelse endnu", en: "There is no closing yet")
  static let law = Words(
    "Lovgivning og bekendtgørelser står uden om huset", en: "Legislation stands outside the house")
  static let vision = Words("Vision", en: "Vision")
  static let policies = Words("Politikker", en: "Policies")
  static let strategies = Words("Strategier", en: "Strategies")
  static let delegationPlan = Words("Kompetenceplan", en: "Delegation plan")
  static let steeringPrinciples = Words("Styringsprincipper", en: "Steering principles")
  static let organisation = Words("Organisering", en: "Organisation")
  static let values = Words("Værdigrundlag", en: "Values")
  static let citizens = Words("Borgeren i centrum", en: "The citizen at the centre")
  static let lights = Words("Indikatorerne", en: "The lights")
  static let demands = Words("Krav og vurderinger", en: "Duties and reviews")
  static let noDemands = Words(
    "Modellen stiller ingen krav i denne opgørelse.", en: "The model asks nothing in this closing.")
  static let forPeople = Words(" Afgøres af mennesker.", en: " For people to decide.")
  static let showTable = Words("Se huset som tabel", en: "Show the house as a table")
  static let showChanges = Words("Se hvilke enheder", en: "Show which units")
  static let changesCaption = Words("Enheder, der har skiftet indikator", en: "Units that have changed light")
  static let throughTime = Words("Huset gennem tiden", en: "The house through time")
  static let unit = Words("Aftaleenhed", en: "Agreement unit")
  static let directorate = Words("Forvaltning", en: "Directorate")
  static let light = Words("Indikator", en: "Light")
  static let balance = Words("Saldo, kr.", en: "Balance, DKK")
  static let share = Words("Andel af budget", en: "Share of budget")
  static let before = Words("Før", en: "Before")
  static let now = Words("Nu", en: "Now")

  static var firstOrganisation: Node {
    a(.href(Section.imports.address)) {
      Words("Indlæs organisationen først, så får huset vinduer.", en: "Load the organisation first.")
    }
  }

  static var firstRound: Node {
    a(.href(Section.rounds.address)) {
      Words(
        "Indlæs budget og bogføring, og lav så den første opgørelse.",
        en: "Load budget and ledger, and make the first closing.")
    }
  }

  static func heading(_ year: Int) -> Words {
    Words("Sådan står huset ved udgangen af \(year)", en: "How the house stands at the end of \(year)")
  }

  static func lead(units: Int) -> Words {
    Words(
      "Hvert vindue er en af vores \(units) aftaleenheder. Lyset viser, hvordan enhedens økonomi endte.",
      en: "Each window is one of our \(units) agreement units. The light shows how its economy ended.")
  }

  static let ownDuties = Words("Dine opgaver", en: "Your duties")

  static func due(_ day: CalendarDate) -> Words {
    Format.words { Words("frist ", en: "due on ")($0.language) + $0.date(day) }
  }

  static func allDuties(_ count: Int) -> Words {
    Words(count == 1 ? "Se den" : "Se alle \(count)", en: count == 1 ? "See it" : "See all \(count)")
  }

  /// `gul, 1,8 % i underskud`.
  static func state(_ unit: FrontPageModel.Unit) -> Words {
    Format.words { format in
      let light = unit.light.name(format.language)
      guard let share = unit.balanceBasisPoints else { return light + ", " + format.result(unit.balance) }
      let told = format.share(basisPoints: share)
      // A balance so small that its share rounds to nothing still has a side.
      return light + ", " + (share == 0 && unit.balance != .zero ? format.result(unit.balance) : told)
    }
  }

  static func floorSummary(units: Int, lights: [(Int, Words)]) -> Words {
    Format.words { format in
      let all = format.count(units, Words("enhed", en: "unit"), Words("enheder", en: "units"))
      if lights.isEmpty { return all }
      return all + ": " + lights.map { "\($0.0) \($0.1(format.language))" }.joined(separator: ", ")
    }
  }

  static func change(from before: Int, to now: Int) -> Words {
    if before == now { return Words("uændret", en: "unchanged") }
    let difference = abs(now - before)
    return now > before
      ? Words("\(difference) flere end sidst", en: "\(difference) more than last")
      : Words("\(difference) færre end sidst", en: "\(difference) fewer than last")
  }

  static func compared(with round: Words, changed: Int) -> Words {
    Words(
      "Sammenlignet med \(lowerFirst(round.danish)) har \(changed) \(changed == 1 ? "enhed" : "enheder") skiftet "
        + "indikator.",
      en: "Compared with \(lowerFirst(round.english)), \(changed) \(changed == 1 ? "unit has" : "units have") "
        + "changed light.")
  }

  static func tableCaption(_ year: Int) -> Words {
    Words("Aftaleenhederne ved udgangen af \(year)", en: "The agreement units at the end of \(year)")
  }

  private static func lowerFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
