import SteeringCore
import SurfaceKit

/// What the page of a unit says.
enum UnitShowTexts {
  static let money = Words("Økonomien", en: "The money")
  static let asked = Words("Det beder modellen om", en: "What the model asks")
  static let nothingAsked = Words(
    "Modellen beder ikke om noget i denne opgørelse.", en: "The model asks nothing in this closing.")
  static let course = Words("Året måned for måned", en: "The year month by month")
  static let years = Words("Saldoen gennem årene", en: "The balance over the years")
  static let plans = Words("Planer", en: "Plans")
  static let noPlans = Words("Enheden har ingen planer.", en: "The unit has no plans.")
  static let budget = Words("Budget", en: "Budget")
  static let spent = Words("Forbrug", en: "Spent")
  static let result = Words("Årets resultat", en: "Result of the year")
  static let carriedIn = Words("Overført fra tidligere år", en: "Carried in from earlier years")
  static let balance = Words("Saldo", en: "Balance")
  static let why = Words("Hvorfor", en: "Why")
  static let forPeople = Words(" Det afgøres af mennesker, ikke af systemet.", en: " People decide, not the system.")
  static let evenCourse = Words("budgettets jævne gang", en: "the budget's even course")
  static let month = Words("Måned", en: "Month")
  static let year = Words("År", en: "Year")
  static let spendingTitle = Words("Forbrug fra årets start", en: "Spending since the start of the year")
  static let balancesTitle = Words("Saldo ved årets slutning", en: "Balance at the end of the year")
  static let yearsCaption = Words("Saldo og indikator år for år", en: "Balance and light year by year")
  static let plansCaption = Words("Enhedens planer", en: "The unit's plans")
  static let planKind = Words("Plan", en: "Plan")
  static let approved = Words("Godkendt", en: "Approved")
  static let notApproved = Words("ikke godkendt", en: "not approved")
  static let repaidBy = Words("Afviklet senest", en: "Repaid by")
  static let notStated = Words("ikke angivet", en: "not stated")
  static let kept = Words("Overholdt", en: "Kept")
  static let whyHeading = Words("Hvorfor", en: "Why")
  static let outcome = Words("Det giver", en: "Outcome")
  static let source = Words("Kilde", en: "Source")
  static let yes = Words("ja", en: "yes")
  static let no = Words("nej", en: "no")
  static let seeRows = Words("Se posteringerne bag forbruget", en: "See the postings behind the spending")
  static let rowsHeading = Words("Posteringerne bag", en: "The postings behind")
  static let noRows = Words("Enheden har ingen posteringer i året.", en: "The unit has no postings in the year.")
  static let rowsLead = Words(
    "Vælg en måned eller en konto for at se hver postering med den fil og linje, den kommer fra.",
    en: "Choose a month or an account to see each posting with the file and the line that it comes from.")
  static let monthsCaption = Words("Forbrug måned for måned", en: "Spending month by month")
  static let wholeYear = Words("Hele året", en: "The whole year")
  static let allAccounts = Words("Alle konti", en: "All accounts")
  static let noFunction = Words("uden funktion", en: "no function")
  static let pay = Words("Løn, kr.", en: "Pay, DKK")
  static let other = Words("Øvrig drift, kr.", en: "Other operations, DKK")
  static let spentHeading = Words("Forbrug, kr.", en: "Spent, DKK")
  static let rulesHeading = Words("Derfor beder modellen om det", en: "Why the model asks this")
  static let sumsHeading = Words("Sådan er tallene regnet ud", en: "How the figures are reckoned")
  static let triedBefore = Words("Det blev prøvet først", en: "What was tried first")
  static let sourcesCaption = Words("Filer, som tallene kommer fra", en: "Files that the figures come from")
  static let partsCaption = Words("Forbrug efter funktion og art", en: "Spending by function and kind")
  static let file = Words("Fil", en: "File")
  static let hash = Words("Fingeraftryk", en: "Fingerprint")
  static let rows = Words("Posteringer", en: "Postings")
  static let sum = Words("Sum, kr.", en: "Sum, DKK")
  static let function = Words("Funktion", en: "Function")
  static let accountKind = Words("Art", en: "Kind")
  static let category = Words("Hører til", en: "Belongs to")

  static func code(_ code: UnitCode) -> Words { Words("Kode \(code)", en: "Code \(code)") }

  /// `12.480 kr. i underskud, 1,8 % af budgettet: gul. ` and then what is asked.
  static func headline(_ model: UnitShowModel) -> Words {
    Format.words { format in
      let language = format.language
      var text = format.result(model.balance)
      if let share = model.balanceBasisPoints, share != 0 {
        let size = format.percent(basisPoints: share).filter { $0 != "-" }
        text += language == .danish ? ", \(size) af budgettet" : ", \(size) of the budget"
      }
      text = text.prefix(1).uppercased() + text.dropFirst() + ": " + model.light.name(language) + "."
      let asked = model.lightDemand.map { [$0] } ?? model.duties.map(\.text)
      return ([text] + asked.map { $0(language) }).joined(separator: " ")
    }
  }

  static func ladder(_ year: Int) -> Words {
    Words("Fra budget til saldo i \(year)", en: "From budget to balance in \(year)")
  }

  static func parts(pay: Money, other: Money) -> Words {
    Format.words { format in
      format.language == .danish
        ? "løn \(format.wholeKroner(pay)), øvrig drift \(format.wholeKroner(other))"
        : "pay \(format.wholeKroner(pay)), other \(format.wholeKroner(other))"
    }
  }

  static func spendingDescription(_ model: UnitShowModel) -> Words {
    // The result is the budget less what was spent; its sign is told in words.
    let over = model.result.isNegative
    return Format.words { format in
      let gap = format.kroner(model.result).filter { $0 != "-" }
      return format.language == .danish
        ? "Ved årets slutning er forbruget \(gap) \(over ? "over" : "under") budgettet."
        : "At year end the spending is \(gap) \(over ? "above" : "below") the budget."
    }
  }

  static func balancesDescription(_ model: UnitShowModel) -> Words {
    Format.words { format in
      model.years.map { "\($0.year): \(format.result($0.balance))" }.joined(separator: ", ") + "."
    }
  }

  static func share(_ basisPoints: Int64?) -> Words {
    basisPoints.map { share in Format.words { $0.percent(basisPoints: share) } } ?? notMeasured
  }

  /// The rules that ask nothing of the unit now.
  static func notFired(_ count: Int) -> Words {
    count == 1
      ? Words("En regel, der ikke gælder enheden nu", en: "One rule that does not apply now")
      : Words("\(count) regler, der ikke gælder enheden nu", en: "\(count) rules that do not apply now")
  }

  /// There is no such unit.
  static func missing(_ code: UnitCode) -> Trouble {
    Trouble.notFound(
      Words(
        "Vi har ingen aftaleenhed med koden \(code) i den opgørelse.",
        en: "We have no unit with code \(code) in that closing."))
  }

  static func keptWord(_ isKept: Bool?) -> Words {
    switch isKept {
    case true: yes
    case false: no
    case nil: Words("ikke vurderet", en: "not judged")
    }
  }

  static func parameter(_ name: Words) -> Words {
    Words("Modellens grænse: \(name.danish)", en: "The model's limit: \(name.english)")
  }

  static func whyLead(_ modelName: Words) -> Words {
    Words(
      "Først den regel i \(modelName.danish), der afgjorde det, så hvordan hvert tal er regnet ud.",
      en: "First the rule of \(modelName.english) that decided, then how each figure is reckoned.")
  }

  private static let notMeasured = Words("kan ikke måles", en: "cannot be measured")
}
