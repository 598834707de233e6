import RuleKit
import SteeringCore
import SurfaceKit

/// What the pages of the steering models say.
enum ModelTexts {
  static let lead = Words(
    "Spillereglerne for aftaleenhedernes økonomi i almindelige ord: hvad der gælder, hvor det står, og hvem det "
      + "rammer lige nu.",
    en: "The rules of the game for the units' economy in plain words: what applies, where it is written, and whom "
      + "it touches just now.")
  static let validity = Words("Gælder", en: "In force")
  static let countsFrom = Words("Antal er fra", en: "Counts are from")
  static let lights = Words("Indikatorerne", en: "The lights")
  static let lightsCaption = Words("Modellens indikatorer", en: "The lights of the model")
  static let light = Words("Indikator", en: "Light")
  static let lightsLead = Words(
    "Vi prøver indikatorerne oppefra. Den første, der passer, gælder.",
    en: "The lights are tried from the top. The first that fits is given.")
  static let litWhen = Words("Lyser, når", en: "Lit when")
  static let demand = Words("Det betyder", en: "It means")
  static let followsWhen = Words("Følger, når", en: "Follows when")
  static let source = Words("Kilde", en: "Source")
  static let touched = Words("Lige nu", en: "Just now")
  static let notCounted = Words("ikke talt", en: "not counted")
  static let basis = Words("Sådan måler vi", en: "How we measure")
  static let baseHeading = Words("Budgettet, vi måler mod", en: "The budget we measure against")
  static let baseText = Words(
    "Hver aftaleenhed måles mod sit eget nettobudget. Det, der er overført fra tidligere år, tæller ikke med i "
      + "budgettet.",
    en: "Each agreement unit is measured against its own net budget. What is carried in from earlier years is not "
      + "part of the budget.")
  static let signHeading = Words("Plus er overskud", en: "Plus is a surplus")
  static let signText = Words(
    "Saldoen er det, der er overført fra tidligere år, lagt sammen med årets eget resultat. Et overskud er plus, et "
      + "underskud minus.",
    en: "The balance is what was carried in from earlier years together with the year's own result. A surplus is "
      + "plus, a deficit minus.")
  static let limitHeading = Words("Præcis på grænsen", en: "Exactly at the limit")
  static let limitMild = Words(
    "Præcis på grænsen er ikke over den: krav og konkrete vurderinger begynder først på den anden side. Vi regner i "
      + "hele øre og runder ikke af.",
    en: "Exactly at the limit is not over it: duties and reviews begin only on the other side. We count in whole øre "
      + "and do not round.")
  static let limitIncluded = Words(
    "Nogle krav eller konkrete vurderinger begynder allerede præcis på grænsen. "
      + "Vi regner i hele øre og runder ikke af.",
    en: "Some duties or reviews begin already exactly at the limit. We count in whole øre and do not round.")
  static let chosenInModel = Words("valgt i modellens fil", en: "chosen in the model's file")
  static let followsFromModel = Words("følger af modellens egne regler", en: "follows from the model's own rules")
  static let alikeEverywhere = Words("ens i alle modeller", en: "the same in all models")
  static let noPositiveBudget = Words("der ikke er et positivt budget", en: "there is no positive budget")
  static let noLight = Words(
    "Procenter siger ikke noget her, så enheden får ingen indikator.",
    en: "Percentages say nothing here, so the unit gets no light.")
  static let duties = Words("Krav", en: "Duties")
  static let reviews = Words("Konkrete vurderinger", en: "Reviews")
  static let reviewsLead = Words(
    "Her rejser systemet et spørgsmål om de økonomiske frihedsgrader. Mennesker afgør det.",
    en: "Here the system raises a question about the financial freedoms. People decide it.")
  static let parameters = Words("Tal og valg", en: "Numbers and choices")
  static let tryOthers = Words(
    "Prøv andre tal på de år, der er gjort op", en: "Try other numbers on the closed years")
  static let parametersLead = Words(
    "Hver grænse har sit eget tal, så én kan ændres uden de andre.",
    en: "Each limit has a number of its own, so that one can change without the others.")
  static let number = Words("Tal", en: "Number")
  static let budget = Words("Budget", en: "Budget")
  static let value = Words("Værdi", en: "Value")
  static let usedBy = Words("Bruges af", en: "Used by")
  static let unused = Words("ingen regel endnu", en: "no rule yet")
  static let others = Words("Andre modeller", en: "Other models")
  static let compareTitle = Words("To modeller side om side", en: "Two models side by side")
  static let chooseModels = Words("Vælg modeller", en: "Choose models")
  static let leftModel = Words("Den ene model", en: "One model")
  static let rightModel = Words("Den anden model", en: "The other model")
  static let what = Words("Hvad", en: "What")
  static let isDifferent = Words("Forskel", en: "Difference")
  static let differs = Words("≠\u{A0}forskellig", en: "≠\u{A0}different")
  static let same = Words("ens", en: "same")
  static let percentagesOf = Words("Procenter er af", en: "Percentages are of")
  static let lightOrder = Words(
    "Rækkefølgen af de indikatorer, som begge har", en: "The order of the lights that both have")
  static let nameOf = Words("navn", en: "name")
  static let look = Words("farve og form", en: "colour and shape")
  static let saysNothing = Words("siger intet", en: "says nothing")

  static func valid(_ model: ModelShowModel) -> Words {
    Format.words { format in
      let isDanish = format.language == .danish
      let from = (isDanish ? "fra " : "from ") + format.date(model.validFrom)
      let to = model.validTo.map { (isDanish ? " til " : " to ") + format.date($0) } ?? ""
      let used = isDanish ? ". Det er den model, vi bruger." : ". It is the model we use."
      let unused = isDanish ? ". Det er ikke den model, vi bruger." : ". It is not the model we use."
      return from + to + (model.isInForce ? used : unused)
    }
  }

  static let noRound = Words(
    "Der er ingen opgørelse endnu, så vi har ikke talt.", en: "There is no closing yet, so nothing has been counted.")

  static func otherModel(_ round: Words, _ model: Words) -> Words {
    Words(
      "\(round.danish) brugte \(model.danish), så vi har ingen antal her.",
      en: "\(round.english) used \(model.english), so there are no counts here.")
  }

  static func when(_ condition: Words) -> Words {
    Words("Når \(condition.danish)", en: "When \(condition.english)")
  }

  /// One side of a part of a model: `Grøn – det betyder`.
  static func aspect(_ what: Words, of name: Words) -> Words {
    Words(
      "\(name.danish) – \(what.danish.lowercased())", en: "\(name.english) – \(what.english.lowercased())")
  }

  static func exactly(_ limit: Condition.Limit) -> Words {
    switch limit {
    case .zero: Words("Ved 0 kr.", en: "At DKK 0")
    case .share(let percentage, let negative, _):
      Format.words { format in
        let share = format.limit(negative ? -percentage : percentage)
        return format.language == .danish ? "Ved \(share)" : "At \(share)"
      }
    }
  }

  /// The colour and the shape of a light, for those who hold two models against each other.
  static func look(_ tone: LightTone, _ shape: LightShape) -> Words {
    let colour =
      switch tone {
      case .green: Words("grøn", en: "green")
      case .yellow: Words("gul", en: "yellow")
      case .red: Words("rød", en: "red")
      case .blue: Words("blå", en: "blue")
      case .orange: Words("orange", en: "orange")
      }
    let form =
      switch shape {
      case .full: Words("fyldt", en: "full")
      case .half: Words("halv", en: "half")
      case .crossed: Words("kryds", en: "crossed")
      case .ring: Words("ring", en: "ring")
      case .striped: Words("stribet", en: "striped")
      }
    return Words("\(colour.danish), \(form.danish)", en: "\(colour.english), \(form.english)")
  }

  static func unitsWith(_ what: Words) -> Words {
    Words(" med \(what.danish)", en: " with \(what.english)")
  }

  static func compare(_ name: Words) -> Words {
    Words("sammenlign med \(name.danish)", en: "compare with \(name.english)")
  }

  static func differences(_ count: Int) -> Words {
    switch count {
    case 0: Words("De to modeller siger det samme.", en: "The two models say the same.")
    case 1: Words("De to modeller er forskellige på 1 punkt.", en: "The two models differ in 1 point.")
    default:
      Words("De to modeller er forskellige på \(count) punkter.", en: "The two models differ in \(count) points.")
    }
  }
}
