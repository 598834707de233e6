import SteeringCore

/// The words of what is kept for how long.
enum RetentionTexts {
  static let title = Words("Hvad vi gemmer, og hvor længe", en: "What we keep, and for how long")
  static let lead = Words(
    "Det, en myndighed har lavet, må ikke slettes, før det er afgjort, om det skal bevares. Derfor er nogle slags "
      + "spærret, til afgørelsen er skrevet ind her.",
    en: "What an authority has made may not be deleted before it is decided whether it shall be preserved. So some "
      + "classes are blocked until the decision is entered here.")
  static let caption = Words("Slags oplysninger", en: "Classes of data")
  static let kind = Words("Hvad", en: "What")
  static let why = Words("Hvorfor", en: "Why")
  static let state = Words("Hvor længe", en: "How long")
  static let due = Words("Forfaldent", en: "Due")
  static let sweep = Words("Slet det, der er forfaldent", en: "Delete what is due")
  static let sweepHelp = Words(
    "Det kan ikke fortrydes. Revisionssporet siger, hvor meget der blev slettet af hver slags.",
    en: "It cannot be undone. The audit trail says how much of each class was deleted.")
  static let nothingDue = Words("Intet er forfaldent i dag.", en: "Nothing is due today.")
  static let done = Words("Det er gjort.", en: "It is done.")
  static let decide = Words("Skriv en afgørelse ind", en: "Enter a decision")
  static let decideHelp = Words(
    "Afgørelsen træffes efter arkivloven, af den, der afgør det i kommunen. Her skrives den ind.",
    en: "The decision is made under the archives act, by whoever decides that in the municipality. Here it is entered.")
  static let dataClass = Words("Slags", en: "Class")
  static let verdict = Words("Afgørelse", en: "Decision")
  static let keepDays = Words("Antal dage, den gemmes", en: "Days that it is kept")
  static let reference = Words("Journalnummer", en: "Journal number")
  static let decidedOn = Words("Afgjort den", en: "Decided on")
  static let days = Words("Skriv et helt antal dage, 30 til 36.500.", en: "Write a whole number of days, 30 to 36,500.")
  static let blocked = Words("Spærret", en: "Blocked")
  static let blockedHelp = Words(
    "Det er ikke afgjort, om personers oplysninger skal bevares. Intet er ændret. Afgørelsen skrives ind på siden "
      + "»Hvad vi gemmer, og hvor længe«.",
    en: "It is not decided whether people's data shall be preserved. Nothing was changed. The decision is entered on "
      + "the page “What we keep, and for how long”.")

  static func name(_ verdict: PreservationDecision.Verdict) -> Words {
    switch verdict {
    case .destroy: Words("Må slettes, når tiden er gået", en: "May be deleted when its time is over")
    case .preserve: Words("Skal bevares", en: "Shall be preserved")
    }
  }

  static func name(_ dataClass: DataClass) -> Words {
    switch dataClass {
    case .signIns: Words("Hvem der loggede ind og hvornår", en: "Who signed in and when")
    case .keys: Words("Formularers nøgler og afsluttede opgaver", en: "Keys of forms and ended jobs")
    case .waitingFiles: Words("Filer, der venter på et ja", en: "Files that wait for a yes")
    case .people: Words("Navne på folk uden stilling", en: "Names of people without a position")
    case .trailWords: Words("Navne i revisionssporet", en: "Names in the audit trail")
    case .postings: Words("Posteringer og deres tekster", en: "Postings and their texts")
    case .trail: Words("Revisionssporet selv", en: "The audit trail itself")
    }
  }

  static func reason(_ dataClass: DataClass) -> Words {
    switch dataClass {
    case .signIns: Words("Sikkerhed: at se, om nogen var inde, der ikke burde.", en: "Security: to see who was in.")
    case .keys: Words("At det samme ikke sker to gange.", en: "So that nothing happens twice.")
    case .waitingFiles: Words("Indlæsningen er ikke afgjort.", en: "The import is not decided.")
    case .people: Words("At vise, hvem der havde en stilling.", en: "To show who held a position.")
    case .trailWords: Words("At vise, hvad der blev rettet.", en: "To show what was changed.")
    case .postings:
      Words("Regnskabet, og forklaringen på hver afslutning.", en: "The accounts, and every closing's reasons.")
    case .trail: Words("At intet kan ændres, uden at det ses.", en: "So that nothing is changed unseen.")
    }
  }

  static func standing(_ standing: ClassStanding) -> Words {
    switch standing.state {
    case .free(let days): Words("slettes efter \(days) dage", en: "deleted after \(days) days")
    case .blocked:
      Words(
        "spærret, til en afgørelse om bevaring er skrevet ind",
        en: "blocked until a preservation decision is stored")
    case .preserved: Words("skal bevares; slettes ikke her", en: "shall be preserved; not deleted here")
    case .kept: Words("slettes ikke af Styrehus", en: "not deleted by Styrehus")
    }
  }
}
