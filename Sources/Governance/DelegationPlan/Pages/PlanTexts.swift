import SteeringCore

/// The words of the delegation plan's pages.
enum PlanTexts {
  static let title = Words("Kompetenceplan", en: "Delegation plan")
  static let lead = Words(
    "Hvem bestemmer hvad. Den samme plan åbner og lukker for, hvad man kan gøre i Styrehus.",
    en: "Who decides what. The same plan opens and closes what can be done in Styrehus.")
  static let notAdopted = Words(
    "Byrådet har ikke vedtaget en plan endnu", en: "The council has not adopted a plan yet")
  static let notAdoptedHelp = Words(
    "Indtil da gælder den, der følger med Styrehus. Planen skal vedtages i starten af hver byrådsperiode (R-13).",
    en: "Until then the one that comes with Styrehus applies. The plan is to be adopted at the start of every council "
      + "term (R-13).")
  static let dueAgain = Words(
    "Planen skal vedtages igen i denne byrådsperiode", en: "The plan is to be adopted again in this council term")
  static let dueAgainHelp = Words(
    "Den er fra en tidligere periode, og den gælder, til byrådet har vedtaget den igen (R-13).",
    en: "It is from an earlier term, and applies until the council has adopted it again (R-13).")
  static let ask = Words("Må jeg bestemme det?", en: "May I decide this?")
  static let decision = Words("Beslutning", en: "Decision")
  static let who = Words("Hvem", en: "Who")
  static let condition = Words("Grænse og betingelse", en: "Limit and condition")
  static let source = Words("Kilde", en: "Source")
  static let unit = Words("Enhed (kan være tom)", en: "Unit (may be empty)")
  static let unitHint = Words("Enhedens kode, for eksempel 1001.", en: "The code of the unit, such as 1001.")
  static let amount = Words("Beløb i kroner (kan være tomt)", en: "Amount in kroner (may be empty)")
  static let share = Words("Andel i procent (kan være tom)", en: "Share in percent (may be empty)")
  static let badAmount = Words(
    "Skriv et beløb i kroner, for eksempel 250.000 eller 250.000,50.",
    en: "Write an amount in kroner, such as 250.000 or 250.000,50.")
  static let badShare = Words(
    "Skriv en procent, for eksempel 5 eller 4,5.", en: "Write a percentage, such as 5 or 4,5.")
  static let tooLong = Words(
    "Den sidste dag ligger mere end et år efter den første. Giv den for et år, og forny den.",
    en: "The last day is more than a year after the first. Give it for a year and renew it.")
  static func tooEarly(_ first: CalendarDate) -> Words {
    Words("Planen kan tidligst gælde fra \(first.iso).", en: "The plan can count from \(first.iso) at the earliest.")
  }
  static let answer = Words("Svar", en: "Answer")
  static let recordedBy = Words("skrives ned af", en: "recorded by")
  static let compare = Words("Sammenlign to udgaver", en: "Compare two versions")
  static let before = Words("Før", en: "Before")
  static let after = Words("Efter", en: "After")
  static let same = Words("Planerne siger det samme.", en: "The plans say the same.")
  static let adopt = Words("Skriv byrådets beslutning ind", en: "Record the council's decision")
  static let adoptLead = Words(
    "Kun byrådets sekretariat skriver en ny plan ind, når byrådet har vedtaget den.",
    en: "Only the council's secretariat records a new plan, when the council has adopted it.")
  static let file = Words("Planen som fil", en: "The plan as a file")
  static let fileHint = Words(
    "En YAML-fil. Prøv den først: styrehus plan check FIL.", en: "A YAML file. Try it first: styrehus plan check FILE.")
  static let decidedOn = Words("Byrådets møde", en: "The council's meeting")
  static let validFrom = Words("Gælder fra", en: "Counts from")
  static let reference = Words("Punkt på dagsordenen", en: "Item of the agenda")
  static let delegate = Words("Giv en del af din kompetence videre", en: "Delegate part of your competence")
  static let delegateLead = Words(
    "En leder kan lade en kvalificeret medarbejder bruge en del af kompetencen for en tid (R-61). "
      + "Ansvaret bliver hos lederen.",
    en: "A leader can let a qualified employee use part of the competence for a time (R-61). The leader stays "
      + "responsible.")
  static let withdraw = Words("Tag den tilbage", en: "Withdraw it")
}
