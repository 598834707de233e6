import HTTPTypes
import Ledger
import SteeringCore
import SurfaceKit

/// What the pages call the kinds of file, and what they say about a form that cannot be used.
extension ImportTexts {
  static func name(of kind: FileKind) -> Words {
    let heading = heading(of: kind)
    return Words(heading.danish.lowercased(), en: heading.english.lowercased())
  }

  static func heading(of kind: FileKind) -> Words {
    switch kind {
    case .ledger: Words("Bogføring", en: "Ledger")
    case .budget: Words("Budget", en: "Budget")
    case .plans: Words("Planer", en: "Plans")
    case .accounts: Words("Kontoplan", en: "Accounts")
    case .organisation: Words("Organisation", en: "Organisation")
    case .carryOver: Words("Overførsler", en: "Carry-over")
    }
  }

  static func hint(of kind: FileKind) -> Words {
    switch kind {
    case .ledger: Words("Årets posteringer", en: "The postings of the year")
    case .budget:
      Words(
        "Enhedernes budgetter og det, der er overført fra tidligere år",
        en: "The budgets of the units, and what is carried in")
    case .plans: Words("Handleplaner og genopretningsplaner", en: "Action plans and recovery plans")
    case .accounts:
      Words("Hvilke konti der er løn, øvrig drift eller udenfor", en: "Which accounts are pay, other or outside")
    case .organisation: Words("Enhederne, og hvem de hører under", en: "The units, and what they belong to")
    case .carryOver:
      Words(
        "Overført fra tidligere år, hvis det ikke står i budgettet", en: "Carried in, where the budget does not say")
    }
  }

  static let nativeProfile = Words("Styrehus' egen opbygning", en: "Styrehus' own form")
  static let chooseKind = Words("Vælg, hvad der er i filen", en: "Choose what the file holds")
  static let chooseFile = Words("Vælg en fil", en: "Choose a file")
  static let writeYear = Words(
    "Skriv et årstal med fire cifre, for eksempel 2025", en: "Write a year of four digits, such as 2025")
  static let chooseProfile = Words("Vælg en opbygning fra listen", en: "Choose a form from the list")
  static let lookAgain = Words(
    "Databasen svarer ikke lige nu, så siden kan ikke vises. Det, du har bedt om, bliver gjort alligevel. "
      + "Se igen om lidt.",
    en: "The database does not answer right now, so the page cannot be shown. What you have asked for is done all the "
      + "same. Look again in a moment.")
  static let databaseTrouble = Words("Databasen kan ikke bruges lige nu", en: "The database cannot be used right now")
  static let outcomeUnknown = Words("Blev det gemt?", en: "Was it saved?")
  static let noSuchImport = Words("Vi kender ikke den indlæsning.", en: "We do not know that load.")
  static let noSuchJob = Words("Vi kender ikke det arbejde.", en: "We do not know that work.")
  static let reused = Words("Formularen er brugt", en: "The form has been used")

  /// The form carries a key, so that it may be sent again.
  static func sendAgain(_ message: Words) -> Words {
    Words(
      "\(message.danish) Vi ved ikke, om den er gemt. Gå tilbage, og send formularen igen: Det er sikkert, for den "
        + "samme formular får kun virkning én gang.",
      en:
        "\(message.english) We do not know whether it was saved. Go back and send the form again: that is safe, as "
        + "the same form takes effect only once.")
  }

  static let outsideYear = Words("uden for året", en: "outside the year")
  static let beginWithBudget = Words(
    "Begynd med budgettet, så vi kender enhederne.", en: "Begin with the budget, so that the units are known.")

  static func civilNumbers(_ heading: String, in file: String) -> Finding {
    Finding(
      .error, file: file, line: 0,
      read: Words(
        "kolonnen »\(heading)« kan rumme CPR-numre, og siden vil ikke gemme dem",
        en: "the column »\(heading)« may hold civil numbers, which this page will not keep"),
      remedy: Words(
        "fjern kolonnen fra filen, og send den igen", en: "remove the column from the file, and send it again"))
  }

  /// What is said where the numbers are taken out and the rest is stored.
  static func civilNumbersMasked(_ found: (count: Int, firstLine: Int), in file: String) -> Finding {
    Finding(
      .remark, file: file, line: found.firstLine,
      read: Words(
        "CPR-numre i posteringernes tekster: \(found.count), det første her",
        en: "civil numbers in the texts of postings: \(found.count), the first one here"),
      remedy: Words("de er erstattet af x'er og gemmes ikke", en: "they are replaced by x's and not stored"))
  }

  /// What is said where the file itself would be kept while it waits.
  static func civilNumbersInTexts(_ found: (count: Int, firstLine: Int), in file: String) -> Finding {
    Finding(
      .error, file: file, line: found.firstLine,
      read: Words(
        "der står CPR-numre i teksterne (\(found.count)), og siden vil ikke gemme dem, mens filen venter",
        en: "there are civil numbers in the texts (\(found.count)), which the page does not keep while the file waits"),
      remedy: Words(
        "fjern dem fra filen, eller indlæs den med kommandolinjen, som erstatter dem af x'er",
        en: "remove them from the file, or import it by the command line, which replaces them by x's"))
  }

  static let draftGone = Trouble(
    .gone, Words("Filen venter ikke længere", en: "The file is no longer waiting"),
    Words(
      "Vi gemmer en fil i et døgn, mens den venter på et ja. Intet er ændret. Vælg filen igen.",
      en: "A file waits a day for a yes. Nothing has been changed. Choose the file again."))

  static func goOnWithLedger(_ year: FiscalYear) -> Words {
    Words("Indlæs bogføringen for \(year).", en: "Load the ledger of \(year).")
  }

  static func choice(of profile: ImportProfile) -> Words {
    let kind = name(of: profile.kind)
    return Words("\(profile.name) (\(kind.danish))", en: "\(profile.name) (\(kind.english))")
  }

  static func wrongProfile(_ profile: ImportProfile, _ kind: FileKind) -> Words {
    let (has, wants) = (name(of: profile.kind), name(of: kind))
    return Words(
      "»\(profile.name)« læser \(has.danish), ikke \(wants.danish)",
      en: "“\(profile.name)” reads \(has.english), not \(wants.english)")
  }

  static func already(_ earlier: String) -> Words {
    Words(
      "Filen er indlæst før som \(earlier). Indlæses den igen, ændres intet.",
      en: "The file has been loaded before as \(earlier). Loading it again changes nothing.")
  }

  static func otherUnits(_ count: Int) -> Words {
    Format.words { format in
      let number = format.number(count)
      return format.language == .danish ? "\(number) andre enheder" : "\(number) other units"
    }
  }

  static func missing(_ kind: FileKind, _ year: FiscalYear?) -> Words {
    let isBudget = kind == .budget
    guard let year else {
      return isBudget ? Words("et budget", en: "a budget") : Words("en bogføring", en: "a ledger")
    }
    return isBudget
      ? Words("budgettet for \(year)", en: "the budget of \(year)")
      : Words("bogføringen for \(year)", en: "the ledger of \(year)")
  }
}
