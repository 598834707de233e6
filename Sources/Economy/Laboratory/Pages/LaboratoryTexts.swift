import RuleKit
import SteeringCore
import SurfaceKit

/// What the laboratory says.
enum LaboratoryTexts {
  static let title = Words("Prøv andre grænser", en: "Try other limits")
  static let lead = Words(
    "Se, hvad andre tal i modellen ville have sagt om de år, der er gjort op. Intet bliver ændret.",
    en: "See what other numbers in the model would have said about the closed years. Nothing is changed.")
  static let whatIf = Words("Hvad hvis", en: "What if")
  static let modelField = Words("Model", en: "Model")
  static let base = Words("Procenterne regnes af", en: "The percentages are taken of")
  static let nothingClosed = Words(
    "Der er ingen opgørelse at prøve på endnu", en: "There is no closing to try on yet")
  static let makeRound = Words("Se, hvad der skal til for at lave den første.", en: "See what the first one takes.")
  static let result = Words("Det ville have betydet", en: "It would have meant")
  static let asItIs = Words(
    "Tallene er, som modellen har dem. Ret et af dem, og tryk på Vis.",
    en: "The numbers are as the model has them. Change one of them and press Show.")
  static let nobody = Words(
    "Ingen enhed ville have fået noget andet at vide.", en: "No unit would have been told otherwise.")
  static let year = Words("År", en: "Year")
  static let told = Words("Får andet at vide", en: "Told otherwise")
  static let counts = Words(
    "Hvor mange enheder, nu og med de andre tal", en: "How many units, now and with the other numbers")
  static let what = Words("Hvad", en: "What")
  static let nobodyThatYear = Words("Ingen enhed det år.", en: "No unit that year.")
  static let unit = Words("Aftaleenhed", en: "Agreement unit")
  static let balance = Words("Saldo, kr.", en: "Balance, DKK")
  static let light = Words("Indikator", en: "Light")
  static let demands = Words("Krav og vurderinger", en: "Duties and reviews")
  static let export = Words("Hent alle årene som CSV", en: "Download all years as CSV")
  static let noModel = Words("Vi har ingen styringsmodel med det navn.", en: "We have no steering model of that name.")
  static let unknownBase = Words("Vælg et af de to budgetter", en: "Choose one of the two budgets")
  static let foreword = Words(
    "En prøve siger, hvad reglerne ville have foreslået. Den siger ikke, hvad folk ville have gjort, hvis de havde "
      + "kendt de andre grænser.",
    en:
      "A trial says what the rules would have proposed. It does not say what people would have done had they known the "
      + "other limits.")

  static func house(_ year: FiscalYear) -> Words {
    Words("Huset ved udgangen af \(year)", en: "The house at the end of \(year)")
  }

  static func changes(_ year: FiscalYear) -> Words {
    Words(
      "Enheder, der ville have fået andet at vide om \(year)",
      en: "Units that would have been told otherwise of \(year)")
  }

  static func wanted(_ parameter: Parameter, in model: SteeringModel) -> Words {
    switch parameter.value {
    case .percentage:
      Words(
        "skriv en procent fra 0 til 100 med højst to decimaler",
        en: "write a percentage from 0 to 100 with at most two decimals")
    default:
      Words(
        "skriv et helt antal år fra 1 til \(model.mostYears(of: parameter))",
        en: "write a whole number of years from 1 to \(model.mostYears(of: parameter))")
    }
  }

  static func hint(_ parameter: Parameter) -> Words {
    let value = parameter.value.words
    return Words("Modellen: \(value.danish)", en: "The model: \(value.english)")
  }

  static func summary(_ count: Int, years: Int) -> Words {
    Format.words { format in
      let over = format.count(years, Words("år", en: "year"), Words("år", en: "years"))
      let told = format.count(count, Words("enhed", en: "unit"), Words("enheder", en: "units"))
      return Words(
        "\(told) ville have fået noget andet at vide, regnet over \(over).",
        en: "\(told) would have been told otherwise, counted over \(over).")(format.language)
    }
  }

  /// `5 (før 3)`.
  static func now(_ count: (before: Int, now: Int)) -> Words {
    count.before == count.now
      ? Words(same: "\(count.now)")
      : Words("\(count.now) (før \(count.before))", en: "\(count.now) (was \(count.before))")
  }

  static func state(_ light: LightSign, before: LightSign) -> Words {
    light.id == before.id
      ? light.name
      : Words(
        "\(light.name.danish) i stedet for \(before.name.danish)",
        en: "\(light.name.english) instead of \(before.name.english)")
  }

  static func floor(_ units: Int, changed: Int) -> Words {
    Format.words { format in
      let all = format.count(units, Words("enhed", en: "unit"), Words("enheder", en: "units"))
      return changed == 0
        ? all
        : all + Words(", \(changed) med anden indikator", en: ", \(changed) with another light")(format.language)
    }
  }

  static func comes(_ name: Words) -> Words { Words("+ \(name.danish)", en: "+ \(name.english)") }
  static func goes(_ name: Words) -> Words { Words("− \(name.danish)", en: "− \(name.english)") }
}
