import Ledger
import SteeringCore
import SurfaceKit

/// What the pages of the supervision say.
enum SupervisionTexts {
  static let title = Words("Ledelsestilsyn", en: "Supervision")
  static let lead = Words(
    "Hver måned ser lederen på enhedens økonomi, siger, hvad året ventes at ende med, og skriver under.",
    en: "Every month the leader looks at the unit's economy, says what the year is expected to come to, and signs.")
  static let nothingRunning = Words("Der er intet år at føre tilsyn med", en: "There is no year to supervise")
  static let loadFirst = Words(
    "Indlæs årets budget og bogføring først.", en: "Load the year's budget and ledger first.")
  static let noSuchMonth = Words(
    "Enheden har ikke noget tilsyn for den måned endnu.", en: "The unit has no supervision for that month yet.")
  static let where_ = Words("Sådan står det", en: "Where it stands")
  static let budget = Words("Budget", en: "Budget")
  static let spent = Words("Forbrug til og med måneden", en: "Spent to the end of the month")
  static let left = Words("Tilbage", en: "Left")
  static let pay = Words("Løn", en: "Pay")
  static let other = Words("Øvrig drift", en: "Other operations")
  static let total = Words("I alt", en: "Total")
  static let what = Words("Kr.", en: "DKK")
  static let forecast = Words("Hvad ender året med?", en: "What will the year come to?")
  static let payField = Words(
    "Forventet forbrug på løn i hele året, kr.", en: "Expected spending on pay, whole year, DKK")
  static let otherField = Words(
    "Forventet forbrug på øvrig drift i hele året, kr.", en: "Expected spending on other operations, whole year, DKK")
  static let reason = Words("Hvorfor venter du noget andet?", en: "Why do you expect something else?")
  static let reasonHint = Words(
    "Skal kun udfyldes, hvis du har rettet et beløb.", en: "Only needed where you have changed an amount.")
  static let sure = Words("Ja, beløbene er rigtige", en: "Yes, the amounts are right")
  static let controls = Words("Månedens kontroller", en: "The month's controls")
  static let evidence = Words("Hvor ligger dokumentationen?", en: "Where is the evidence?")
  static let evidenceHint = Words("For eksempel et sagsnummer", en: "Such as a case number")
  static let looks = Words("Posteringer, der fortjener et blik", en: "Postings that deserve a look")
  static let looksLead = Words(
    "De er valgt, fordi de skiller sig ud. Det betyder ikke, at de er forkerte.",
    en: "They are picked because they stand out. It does not mean that they are wrong.")
  static let isRight = Words("Den er rigtig", en: "It is right")
  static let isWrong = Words("Den skal rettes eller undersøges", en: "It must be corrected or examined")
  static let more = Words("Andet, som andre skal vide", en: "Anything else others should know")
  static let moreHint = Words(
    "Skriv kun, hvor noget afviger. Ingen personoplysninger.", en: "Only where something deviates. No personal data.")
  static let assumptions = Words("Forudsætninger", en: "Assumptions")
  static let uncertainties = Words("Usikkerheder", en: "Uncertainties")
  static let attention = Words("Opmærksomhedspunkter", en: "Points of attention")
  static let sign = Words("Skriv under", en: "Sign")
  static let signAgain = Words("Ret og skriv under igen", en: "Correct and sign again")
  static let frozen = Words("Måneden er lukket", en: "The month is closed")
  static let frozenText = Words(
    "Der kan ikke skrives under på en måned, der er lukket. Skriv det i den næste måneds tilsyn.",
    en: "A month that is closed cannot be signed. Write it in the next month's supervision.")
  static let signedMeanwhile = Words("En anden har skrevet under imens", en: "Somebody else has signed meanwhile")
  static let lookAgain = Words(
    "Intet af det, du skrev, er gemt oven i. Se det, der er underskrevet, og ret det, hvis det er nødvendigt.",
    en: "Nothing of what you wrote was stored on top. Look at what is signed, and correct it where needed.")
  static let moved = Words(
    "Noget har flyttet sig, siden der blev skrevet under", en: "Something has moved since it was signed")
  static let byUnit = Words("Enhederne", en: "The units")
  static let signedOnly = Words(
    "Det forventede resultat er lagt sammen for de enheder, der har skrevet under. Minus betyder underskud.",
    en: "The expected result is that of the units that have signed. Minus means deficit.")
  static let byDirectorate = Words("Forvaltningerne", en: "The directorates")
  static let directorate = Words("Forvaltning", en: "Directorate")
  static let unit = Words("Aftaleenhed", en: "Agreement unit")
  static let state = Words("Tilsyn", en: "Supervision")
  static let expected = Words("Forventet resultat, kr.", en: "Expected result, DKK")
  static let budgetKroner = Words("Budget, kr.", en: "Budget, DKK")
  static let spentKroner = Words("Forbrug, kr.", en: "Spent, DKK")
  static let signedCount = Words("Underskrevet", en: "Signed")
  static let overdueCount = Words("Over fristen", en: "Overdue")
  static let missingCount = Words("Mangler", en: "Missing")
  static let freeze = Words("Luk måneden", en: "Close the month")
  static let freezeHelp = Words(
    "Når måneden er lukket, kan ingen skrive under på den mere.", en: "Once closed, nobody can sign the month any more."
  )
  static let burden = Words("Hvor meget vi beder om", en: "How much we ask for")
  static let controlsTitle = Words("Kontroller i tilsynet", en: "Controls of the supervision")
  static let controlsLead = Words(
    "Listen gælder for alle enheder. Det, der ændres, gælder fra næste underskrift.",
    en: "The list applies to all units. What is changed applies from the next signature on.")
  static let controlName = Words("Kontrol", en: "Control")
  static let controlTask = Words("Hvad skal gøres?", en: "What is to be done?")
  static let controlMonths = Words("Måneder", en: "Months")
  static let controlMonthsHint = Words(
    "Månedernes numre med mellemrum, for eksempel 2 4 6", en: "The numbers of the months with spaces, such as 2 4 6")
  static let asksForEvidence = Words(
    "Der skal stå, hvor dokumentationen ligger", en: "It must say where the evidence is")
  static let addControl = Words("Tilføj kontrollen", en: "Add the control")
  static let withdraw = Words("Tag af listen", en: "Take off the list")
  static let noControls = Words("Der er ingen kontroller på listen.", en: "There are no controls on the list.")
  static let seeControls = Words("Se listen over kontroller", en: "See the list of controls")
  static let notSigned = Words("mangler", en: "missing")
  static let nobodySigned = Words("Der er ikke skrevet under endnu.", en: "It is not signed yet.")
  static let proposal = Words("Styrehus venter", en: "Styrehus expects")

  static func heading(_ month: SupervisionMonth) -> Words {
    Format.words { "\($0.month(month.month)) \(month.year)" }
  }

  static func title(_ name: String, _ month: SupervisionMonth) -> Words {
    let month = heading(month)
    return Words("Ledelsestilsyn for \(name), \(month.danish)", en: "Supervision of \(name), \(month.english)")
  }

  static func due(_ day: CalendarDate, isOver: Bool) -> Words {
    Format.words { format in
      isOver
        ? Words("Fristen var \(format.date(day)).", en: "It was due on \(format.date(day)).")(format.language)
        : Words("Fristen er \(format.date(day)).", en: "It is due on \(format.date(day)).")(format.language)
    }
  }

  static func signed(at seconds: Int64, by name: String?) -> Words {
    Format.words { format in
      let moment = format.moment(seconds)
      let by = name.map { Words(" af \($0)", en: " by \($0)") } ?? Words(same: "")
      return Words("Underskrevet \(moment)\(by.danish).", en: "Signed on \(moment)\(by.english).")(format.language)
    }
  }

  static func signedOn(_ seconds: Int64) -> Words {
    let day = CalendarDate(inDenmarkAt: seconds)
    return Format.words { Words("underskrevet \($0.date(day))", en: "signed \($0.date(day))")($0.language) }
  }

  static func spentMoved(_ amount: Money) -> Words {
    Format.words { format in
      Words(
        "Forbruget er \(format.exact(amount)) anderledes, end da der blev skrevet under. Bogføringen er kommet senere "
          + "eller er rettet.",
        en:
          "Spending differs by \(format.exact(amount)) from when it was signed. The ledger came later or was corrected."
      )(format.language)
    }
  }

  static func budgetMoved(_ amount: Money) -> Words {
    Format.words { format in
      Words(
        "Budgettet er \(format.exact(amount)) anderledes, end da der blev skrevet under.",
        en: "The budget differs by \(format.exact(amount)) from when it was signed.")(format.language)
    }
  }

  /// `Året ender med 12.480 kr. i underskud. Saldoen bliver …: gul.`
  static func ends(result: Money, balance: Money, light: LightSign) -> Words {
    Format.words { format in
      Words(
        "Året ventes at ende med \(format.result(result)). Med det, der er overført, bliver saldoen "
          + "\(format.result(balance)): \(light.name.danish).",
        en: "The year is expected to end with \(format.result(result)). With what is carried in, the balance becomes "
          + "\(format.result(balance)): \(light.name.english).")(format.language)
    }
  }

  static func interval(_ low: Money, _ high: Money) -> Words {
    Format.words { format in
      Words(
        "I fire år af fem ville resultatet ligge mellem \(format.result(low)) og \(format.result(high)).",
        en: "In four years of five the result would lie between \(format.result(low)) and \(format.result(high)).")(
          format.language)
    }
  }

  /// A posting that is not among those of today any more.
  static func earlierPosting(_ reason: LookReason) -> Words {
    let why = why(reason, count: 3)
    return Words("En postering, der siden er rettet (\(why.danish))", en: "A posting corrected since (\(why.english))")
  }

  static func why(_ look: PostingLook) -> Words { why(look.reason, count: look.count) }

  private static func why(_ reason: LookReason, count: Int) -> Words {
    switch reason {
    case .underLimit:
      Words(
        "\(count) posteringer med samme tekst ligger lige under en grænse",
        en: "\(count) postings of the same text lie just under a limit")
    case .otherAccount:
      Words("Teksten plejer at være på en anden konto", en: "The text is usually on another account")
    case .unusualAmount:
      Words(
        "Mere end tre gange så stor som noget før på kontoen",
        en: "More than three times anything before on the account")
    case .newAccount: Words("Kontoen er ny for enheden", en: "The account is new to the unit")
    case .newText: Words("Teksten er ny, og beløbet er stort", en: "The text is new, and the amount is large")
    }
  }

  static func look(_ look: PostingLook) -> Words {
    let posting = look.posting
    return Format.words { format in
      "\(posting.day). \(posting.text) · \(posting.function) / \(posting.kind) · "
        + format.exact(Money(ore: posting.ore))
    }
  }

  static func fault(_ fault: SupervisionFault, _ month: UnitMonth) -> Words {
    switch fault {
    case .noAmount:
      Words("Skriv et beløb i kroner, for eksempel 1.250.000", en: "Write an amount in kroner, such as 1.250.000")
    case .moved:
      Words(
        "Tallene har flyttet sig, mens du skrev. Se dem igen, og skriv under.",
        en: "The figures moved while you wrote. Look at them again, and sign.")
    case .tooLong:
      Words("Teksten er for lang til at blive gemt", en: "The text is too long to be kept")
    case .tooLarge: Words("Beløbene er for store", en: "The amounts are too large")
    case .strange:
      Words(
        "Du venter nul kroner eller mere end ti gange budgettet. Sig ja, hvis det er rigtigt.",
        en: "You expect nothing, or more than ten times the budget. Say yes if that is right.")
    case .noReason:
      Words("Skriv kort, hvorfor du venter noget andet", en: "Say briefly why you expect something else")
    case .controlNotDone(let id):
      Words("Sæt kryds ved »\(name(id, month))«, når den er lavet", en: "Tick '\(name(id, month))' when it is done")
    case .noEvidence(let id):
      Words("Skriv, hvor »\(name(id, month))« er dokumenteret", en: "Say where the evidence of '\(name(id, month))' is")
    case .notLooked: Words("Svar på, om posteringen er rigtig", en: "Say whether the posting is right")
    }
  }

  private static func name(_ control: Int64, _ month: UnitMonth) -> String {
    month.controls.first { $0.id == control }?.name ?? ""
  }

  static func burden(_ burden: ReportingBurden) -> Words {
    Format.words { format in
      let (all, each) = (format.number(burden.fields), format.number(burden.fieldsInYear))
      return Words(
        "Tilsynet beder højst om \(all) felter om året: \(each) felter fra hver af \(burden.units) enheder.",
        en: "The supervision asks for at most \(all) fields a year: \(each) from each of \(burden.units) units.")(
          format.language)
    }
  }

}
