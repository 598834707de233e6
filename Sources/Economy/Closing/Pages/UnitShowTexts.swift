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
  static let applies = Words("Gælder enheden nu", en: "Applies to the unit now")
  static let source = Words("Kilde", en: "Source")
  static let yes = Words("ja", en: "yes")
  static let no = Words("nej", en: "no")
  static let seeRows = Words("Se posteringerne bag forbruget", en: "See the postings behind the spending")
  static let rowsHeading = Words("Posteringerne bag", en: "The postings behind")
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
        let size = format.percent(basisPoints: Int64(share.magnitude))
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

  static func deadline(_ day: CalendarDate) -> Words {
    Format.words { ($0.language == .danish ? " Senest " : " By ") + $0.date(day) + "." }
  }

  static func spendingDescription(_ model: UnitShowModel) -> Words {
    let over = model.spent > model.budget
    let gap = over ? model.spent - model.budget : model.budget - model.spent
    return Format.words { format in
      format.language == .danish
        ? "Ved årets slutning er forbruget \(format.kroner(gap)) \(over ? "over" : "under") budgettet."
        : "At year end the spending is \(format.kroner(gap)) \(over ? "above" : "below") the budget."
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
      "Her står, hvordan hvert tal er regnet ud, og hvilken regel i \(modelName.danish) der gælder.",
      en: "This is how each figure is reckoned, and which rule of \(modelName.english) applies.")
  }

  private static let notMeasured = Words("kan ikke måles", en: "cannot be measured")
}
