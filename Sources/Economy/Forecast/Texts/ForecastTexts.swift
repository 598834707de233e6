public import SteeringCore

extension NothingToSay {
  /// Why nothing is said, and what would change it.
  public var words: Words {
    switch self {
    case .notInYear:
      Words("Enheden er ikke med i året.", en: "The unit is not in the year.")
    case .noKnownPeriod:
      Words(
        "Ingen periode af året er bogført færdig endnu, så der er intet at regne frem fra.",
        en: "No period of the year is fully posted yet, so there is nothing to reckon from.")
    case .noPast:
      Words(
        "Der er intet tidligere år at lære af; indlæs mindst ét helt år.",
        en: "There is no earlier year to learn from; import at least one whole year.")
    case .noBudget:
      Words(
        "Årets budget er nul eller derunder, så der er intet at holde forbruget op imod.",
        en: "The year's budget is zero or below, so there is nothing to hold the spending against.")
    case .tooLarge:
      Words(
        "Beløbene er for store til at regne med; se efter et beløb med for mange cifre.",
        en: "The amounts are too large to reckon with; look for an amount with too many digits.")
    }
  }
}

extension ForecastMethod {
  /// The method in plain words.
  public var words: Words {
    switch self {
    case .straightLine:
      Words("forbruget hidtil, fortsat i samme takt", en: "spending so far, going on at the same pace")
    case .lastYearsPattern:
      Words("forbruget hidtil, fordelt som sidste år", en: "spending so far, spread as last year")
    case .budget: Words("budgettet", en: "the budget")
    case .profile(let weights):
      Words(
        "budgettet, og \(weights.pacePercent) % af den fremskrevne afvigelse fra årsprofilen",
        en: "the budget, and \(weights.pacePercent) % of the projected deviation from the year's profile")
    }
  }
}

extension ForecastGrounds {
  /// What the forecast rests on, in a few sentences.
  public var words: Words {
    Words(sentences(.danish), en: sentences(.english))
  }

  private func sentences(_ language: Language) -> String {
    let whole = known == periods
    let after = Words(
      "Bygger på \(known) af \(periods) \(periodName(.danish))",
      en: "Rests on \(known) of \(periods) \(periodName(.english))")(
        language)
    let left = Words(
      "; \(lag) er udeladt som ikke færdigbogført", en: "; \(lag) left out as not fully posted")(language)
    let first = after + (lag > 0 ? left : "") + "."
    if whole { return first + " " + Words("Året er helt.", en: "The year is whole.")(language) }
    let years = past.map(\.description).joined(separator: ", ")
    let own = Words(
      "Lært af \(years): \(pastUnitYears) enhedsår, heraf \(ownYears) af enhedens egne.",
      en: "Learned from \(years): \(pastUnitYears) unit years, of them \(ownYears) of the unit's own.")(language)
    let methods = Words(
      "Løn: \(pay.words.danish). Øvrig drift: \(other.words.danish).",
      en: "Pay: \(pay.words.english). Other operations: \(other.words.english).")(language)
    let waiting = Words(
      "Enheden er ny og er ikke begyndt, så der regnes med den del af budgettet, der svarer til resten af året.",
      en: "The unit is new and has not begun, so the part of the budget is expected that is left of the year.")(
        language)
    let unlearned = Words(
      "Der er for få tidligere år til at efterprøve metoden, så den faste er brugt.",
      en: "There are too few past years to test the method on, so the stated default is used.")(language)
    return ([first, own, hasNotBegun ? waiting : methods] + (isLearned ? [] : [unlearned])).joined(separator: " ")
  }

  private func periodName(_ language: Language) -> String {
    switch periods {
    case 12: Words("måneder", en: "months")(language)
    case 4: Words("kvartaler", en: "quarters")(language)
    default: Words("perioder", en: "periods")(language)
    }
  }
}
