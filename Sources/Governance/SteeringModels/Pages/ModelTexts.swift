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
  static let when = Words("Lyser, når", en: "Lit when")
  static let source = Words("Kilde", en: "Source")
  static let touched = Words("Lige nu", en: "Just now")
  static let notCounted = Words("ikke talt endnu", en: "not counted yet")
  static let basis = Words("Sådan måler vi", en: "How we measure")
  static let duties = Words("Krav", en: "Duties")
  static let reviews = Words("Konkrete vurderinger", en: "Reviews")
  static let reviewsLead = Words(
    "Her rejser systemet et spørgsmål om de økonomiske frihedsgrader. Mennesker afgør det.",
    en: "Here the system raises a question about the financial freedoms. People decide it.")
  static let others = Words("Andre modeller", en: "Other models")
  static let compareTitle = Words("To modeller side om side", en: "Two models side by side")
  static let chooseModels = Words("Vælg modeller", en: "Choose models")
  static let leftModel = Words("Den ene model", en: "One model")
  static let rightModel = Words("Den anden model", en: "The other model")
  static let what = Words("Hvad", en: "What")
  static let isDifferent = Words("Forskel", en: "Difference")
  static let differs = Words("≠ forskellig", en: "≠ different")
  static let same = Words("ens", en: "same")
  static let saysNothing = Words("siger intet", en: "says nothing")

  static func valid(_ model: ModelShowModel) -> Words {
    Format.words { format in
      let isDanish = format.language == .danish
      let from = (isDanish ? "fra " : "from ") + format.date(model.validFrom)
      let to = model.validTo.map { (isDanish ? " til " : " to ") + format.date($0) } ?? ""
      let now = model.isInForce ? (isDanish ? ", gælder i dag" : ", in force today") : ""
      return from + to + now
    }
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
