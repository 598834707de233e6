import Organisation
import SteeringCore

/// The words of the page of people and positions.
enum PeopleTexts {
  static let title = Words("Folk og stillinger", en: "People and positions")
  static let lead = Words(
    "Det, der ejes, ejes af en stilling. Så går det videre til efterfølgeren og aldrig til ingen.",
    en: "What is owned is owned by a position. So it passes on to the successor, and never to nobody.")
  static let findings = Words("Det skal nogen se på", en: "Somebody must look at this")
  static let noFindings = Words("Alle stillinger er besat.", en: "Every position is held.")
  static let position = Words("Stilling", en: "Position")
  static let place = Words("Hvor", en: "Where")
  static let placeHint = Words(
    "Enhedens eller forvaltningens kode, eller navnet på et udvalg. Tom for hele kommunen.",
    en: "The code of the unit or the directorate, or the name of a committee. Empty for the whole municipality.")
  static let holders = Words("Hvem", en: "Who")
  static let vacant = Words("ingen", en: "nobody")
  static let period = Words("Periode", en: "Period")
  static let caption = Words("Stillinger i dag", en: "Positions today")
  static let enter = Words("Skriv en person ind", en: "Enter a person")
  static let name = Words("Navn", en: "Name")
  static let email = Words("E-mail", en: "E-mail")
  static let make = Words("Opret en stilling", en: "Make a position")
  static let kind = Words("Hvilken slags stilling", en: "What kind of position")
  static let appoint = Words("Sæt nogen i en stilling", en: "Put somebody into a position")
  static let person = Words("Person", en: "Person")
  static let from = Words("Fra og med", en: "From")
  static let through = Words("Til og med (kan være tom)", en: "Through (may be empty)")
  static let lastDay = Words("Sidste dag", en: "Last day")
  static let dateHint = Words("Skriv datoen som 2026-01-31.", en: "Write the date as 2026-01-31.")
  static let leave = Words("Nogen forlader en stilling", en: "Somebody leaves a position")
  static let invite = Words("Giv et link til at vælge adgangskode", en: "Give a link to choose a password")
  static let endSessions = Words("Log en person ud overalt", en: "Sign a person out everywhere")
  static let remove = Words("Fjern en persons oplysninger", en: "Remove a person's data")
  static let removeHelp = Words(
    "Navn og e-mail slettes, også i revisionssporet. Det kan ikke fortrydes. Det, personen har gjort, står tilbage "
      + "under et nummer.",
    en: "Name and e-mail are deleted, in the audit trail too. It cannot be undone. What the person has done stays, "
      + "under a number.")
  static let closeSignIn = Words("Luk en persons adgang", en: "Close a person's way in")
  static let closeSignInHelp = Words(
    "Adgangskoden og kendskabet hos loginudbyderen slettes, og alle besøg slutter nu. Personen kan inviteres igen.",
    en: "The password and the identity at the provider are deleted, and every session ends now. The person can be "
      + "invited again.")
  static let done = Words("Det er gjort.", en: "It is done.")
  static let link = Words(
    "Giv personen dette link. Det virker én gang og i et døgn, og det vises kun her.",
    en: "Give the person this link. It works once, for a day, and is shown only here.")
  static let bad = Words("Det kunne ikke bruges", en: "It could not be used")

  static func more(_ count: Int) -> Words { Words("og \(count) mere", en: "and \(count) more") }

  static func told(_ finding: PeopleRegister.Finding) -> Words {
    switch finding {
    case .vacant(let position):
      let name = PositionTexts.name(position)
      return Words("Ingen er i stillingen: \(name.danish)", en: "Nobody holds the position: \(name.english)")
    case .noSuchUnit(let position):
      let name = PositionTexts.name(position)
      return Words(
        "Stillingen hører til en enhed, der ikke findes i dag: \(name.danish)",
        en: "The position belongs to a unit that does not exist today: \(name.english)")
    case .ended(let position):
      let name = PositionTexts.name(position)
      return Words(
        "Stillingen er nedlagt, men nogen har den endnu: \(name.danish)",
        en: "The position has ended, and somebody still holds it: \(name.english)")
    case .leaderless(let unit):
      return Words("Aftaleenheden har ingen leder: \(unit)", en: "The agreement unit has no leader: \(unit)")
    }
  }
}
