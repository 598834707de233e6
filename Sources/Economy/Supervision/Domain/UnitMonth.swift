import Ledger
import RuleKit
import SteeringCore

/// What Styrehus expects of a unit's year, before anything is signed.
struct ProposedForecast: Hashable, Sendable {
  let pay: Money
  let other: Money
  /// Where the result lies with four chances of five, positive = surplus; nil where that cannot be told.
  let interval: ForecastInterval?
  /// What it rests on.
  let grounds: Words

  /// A forecast; nil where nothing can be said.
  init?(_ answer: ForecastAnswer) {
    guard case .forecast(let forecast) = answer else { return nil }
    pay = forecast.expectedPay
    other = forecast.expectedOther
    interval = forecast.interval
    grounds = forecast.grounds.words
  }

  var expected: Money { pay.adding(other) ?? .zero }
}

/// A unit's month as it stands: everything that the form of the supervision knows before the leader has written a word.
struct UnitMonth: Sendable {
  let facts: UnitFacts
  let month: SupervisionMonth
  /// What Styrehus expects; nil where it can say nothing.
  let proposed: ProposedForecast?
  /// What was signed for the month; nil where it is not.
  let signed: SignOff?
  /// What was signed for the month before.
  let before: SignOff?
  let controls: [SupervisionControl]
  let looks: [PostingLook]
  let isFrozen: Bool

  /// What the fields begin with: what was signed, else the leader's forecast of the month before, else the proposal,
  /// else the budget.
  var prefilled: (pay: Money, other: Money) {
    if let signed { return (signed.pay, signed.other) }
    if let before { return (before.pay, before.other) }
    if let proposed { return (proposed.pay.inWholeKroner, proposed.other.inWholeKroner) }
    return (facts.budget.pay, facts.budget.other)
  }

  var budget: Money { facts.budget.pay.adding(facts.budget.other) ?? .zero }
  var spent: Money { facts.actuals.spent(to: month.month) }

  /// What has moved since it was signed; nil where nothing has. What is posted late or corrected moves a month that
  /// was signed: the leader is told, and nothing is signed anew by itself.
  var movedSinceSigned: Money? {
    guard let signed, signed.spent != spent else { return nil }
    return spent.subtracting(signed.spent)
  }

  /// Whether the signed budget is another than today's.
  var budgetMovedSinceSigned: Money? {
    guard let signed, signed.budget != budget else { return nil }
    return budget.subtracting(signed.budget)
  }

  /// The figures that a form shows, so that its answer is held against no others.
  var seen: String {
    "\(spent.ore) \(budget.ore) \(prefilled.pay.ore) \(prefilled.other.ore) \(looks.map(\.key).joined(separator: " "))"
  }

  /// The controls of the month.
  var controlsOfMonth: [SupervisionControl] { controls.filter { $0.months.contains(month.month) } }

  /// The fields that must be filled in.
  var fieldCount: Int {
    ReportingBurden.forecastFields + looks.count
      + controlsOfMonth.reduce(0) { $0 + ($1.asksForEvidence ? 2 : 1) }
  }

  /// The closing balance that follows from expecting the year to come to this, positive = surplus.
  func balance(expecting expected: Money) -> Money? {
    budget.subtracting(expected).flatMap { $0.adding(facts.carriedIn) }
  }

  /// The light that the model gives such a balance.
  func verdict(expecting expected: Money, by model: SteeringModel) -> BriefVerdict? {
    balance(expecting: expected).flatMap { facts.verdict(leavingWith: $0, month.year, by: model) }
  }
}

extension Money {
  /// The nearest whole krone, half away from zero: nobody forecasts to the øre.
  var inWholeKroner: Money {
    let (whole, rest) = ore.quotientAndRemainder(dividingBy: 100)
    return Money(ore: (whole + (rest >= 50 ? 1 : rest <= -50 ? -1 : 0)) * 100)
  }
}

/// What a leader has written in the form of a month, and what has to be asked again.
struct SupervisionAnswers: Sendable {
  var pay: Money?
  var other: Money?
  var reason = ""
  var assumptions = ""
  var uncertainties = ""
  var attention = ""
  /// The evidence of each control that is ticked, by its number.
  var controls: [Int64: String] = [:]
  /// Whether each posting is right, by its key.
  var looks: [String: Bool] = [:]
  /// Whether the leader has said yes to an amount that looks strange.
  var isSure = false
  /// The figures that the form showed (`UnitMonth.seen`); empty where they are not known.
  var seen = ""

  private static let longest = 4_000

  /// What must be put right first, by field.
  func faults(_ month: UnitMonth) -> [SupervisionFault] {
    var faults: [SupervisionFault] = []
    if !seen.isEmpty, seen != month.seen { faults.append(.moved) }
    let texts = [
      ("reason", reason), ("assumptions", assumptions), ("uncertainties", uncertainties), ("attention", attention),
    ]
    faults += texts.filter { $0.1.utf8.count > Self.longest }.map { .tooLong($0.0) }
    faults += controls.filter { $0.value.utf8.count > Self.longest }.map { .tooLong("evidence-\($0.key)") }
    if pay == nil { faults.append(.noAmount("pay")) }
    if other == nil { faults.append(.noAmount("other")) }
    if let pay, let other {
      guard let expected = pay.adding(other), month.balance(expecting: expected) != nil else {
        return faults + [.tooLarge]
      }
      if !isSure, Self.isStrange(expected, month) { faults.append(.strange) }
      if reason.isEmpty, asksForReason(month, pay: pay, other: other) { faults.append(.noReason) }
    }
    for control in month.controlsOfMonth {
      guard let evidence = controls[control.id] else {
        faults.append(.controlNotDone(control.id))
        continue
      }
      if control.asksForEvidence, evidence.isEmpty { faults.append(.noEvidence(control.id)) }
    }
    for look in month.looks where looks[look.key] == nil { faults.append(.notLooked(look.key)) }
    return faults
  }

  /// Nothing or less, or ten times the budget: asked about, never refused.
  private static func isStrange(_ expected: Money, _ month: UnitMonth) -> Bool {
    let budget = Int128(month.budget.ore)
    guard budget > 0 else { return false }
    return expected.ore <= 0 || Int128(expected.ore) >= 10 * budget
  }

  /// Whether another forecast than the one that stood there needs a reason.
  func asksForReason(_ month: UnitMonth, pay: Money, other: Money) -> Bool {
    guard month.signed != nil || month.before != nil || month.proposed != nil else { return false }
    return (pay, other) != month.prefilled
  }
}

/// Something in the form that must be put right.
enum SupervisionFault: Hashable, Sendable {
  /// The field holds no amount.
  case noAmount(String)
  /// The figures are others than those that the form showed.
  case moved
  /// The text is too long to be kept.
  case tooLong(String)
  /// The amounts do not fit.
  case tooLarge
  /// The forecast is nothing, or ten times the budget: is it right?
  case strange
  /// Another forecast needs a reason.
  case noReason
  case controlNotDone(Int64)
  case noEvidence(Int64)
  case notLooked(String)

  /// The field it belongs to.
  var field: String {
    switch self {
    case .noAmount(let field), .tooLong(let field): field
    case .moved: "pay"
    case .tooLarge: "pay"
    case .strange: "sure"
    case .noReason: "reason"
    case .controlNotDone(let id): "control-\(id)"
    case .noEvidence(let id): "evidence-\(id)"
    case .notLooked(let key): "look-\(key)"
    }
  }
}
