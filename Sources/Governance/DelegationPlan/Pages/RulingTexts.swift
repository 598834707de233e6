import Organisation
import SteeringCore
import SurfaceKit

/// What a ruling says to people.
enum RulingTexts {
  /// A sentence or two: whether, why, and who decides.
  static func sentence(_ ruling: Ruling) -> Words {
    let source = ruling.decision.map {
      Words(" (\($0.citation.rule), \($0.citation.source).)", en: " (\($0.citation.rule), \($0.citation.source).)")
    }
    let reason = reason(ruling)
    return Words(reason.danish + (source?.danish ?? ""), en: reason.english + (source?.english ?? ""))
  }

  private static func reason(_ ruling: Ruling) -> Words {
    let deciders = deciders(ruling.decision)
    switch ruling.reason {
    case .held(let position):
      return Words("Ja, som \(inner(position).danish).", en: "Yes, as \(inner(position).english).")
    case .delegated(let position):
      return Words(
        "Ja, fordi \(inner(position).danish) har givet dig den del af sin kompetence.",
        en: "Yes, since \(inner(position).english) has delegated that part of the competence to you.")
    case .everybody: return Words("Ja, det må alle.", en: "Yes, everybody may.")
    case .signInFirst:
      return Words(
        "Log ind først. Det bestemmer: \(deciders.danish).", en: "Sign in first. It is decided by: \(deciders.english)."
      )
    case .othersDecide:
      return Words("Nej. Det bestemmer: \(deciders.danish).", en: "No. It is decided by: \(deciders.english).")
    case .outsideScope:
      return Words(
        "Nej, den enhed ligger uden for din kompetence. Det bestemmer: \(deciders.danish).",
        en: "No, that unit lies outside your competence. It is decided by: \(deciders.english).")
    case .overLimit(let limit):
      let most = text(limit)
      return Words(
        "Nej, det er over din grænse på \(most.danish).", en: "No, it is over your limit of \(most.english).")
    case .unknown:
      return Words(
        "Nej. Kompetenceplanen siger ikke, hvem der bestemmer det.",
        en: "No. The delegation plan does not say who decides it.")
    }
  }

  private static func inner(_ position: Position) -> Words {
    let place = position.place.isEmpty ? "" : " (\(position.place))"
    return Words(
      position.kind.name.danish.lowercasedFirst + place, en: position.kind.name.english.lowercasedFirst + place)
  }

  /// Who decides, level by level.
  static func deciders(_ decision: DelegationPlan.Decision?) -> Words {
    guard let decision else { return Words("ingen", en: "nobody") }
    func list(_ language: Language) -> String {
      decision.holders.map { "\($0.level.name(language).lowercasedFirst) (\($0.scope.name(language)))" }
        .joined(separator: ", ")
    }
    return Words(list(.danish), en: list(.english))
  }

  /// A limit in words.
  static func text(_ limit: DelegationPlan.Limit) -> Words {
    switch limit {
    case .amount(let money):
      Words(Format(.danish).exact(money), en: Format(.english).exact(money))
    case .share(let percentage):
      Words("\(percentage.basisPoints / 100) %", en: "\(percentage.basisPoints / 100) %")
    }
  }
}

extension String {
  /// The text with a small first letter, as within a sentence; abbreviations keep theirs.
  var lowercasedFirst: String {
    guard let first, dropFirst().first?.isLowercase ?? false else { return self }
    return first.lowercased() + dropFirst()
  }
}
