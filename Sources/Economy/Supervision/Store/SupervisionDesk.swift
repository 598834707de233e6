import Database
import Ledger
import Organisation
import RuleKit
import SteeringCore

/// What came of signing a month.
enum SignOutcome: Sendable {
  /// It is signed.
  case signed(SignOff)
  /// Something must be put right first.
  case faults([SupervisionFault], UnitMonth)
  /// Somebody else signed after the form was opened.
  case signedMeanwhile(SignOff)
  /// The month is frozen.
  case frozen
  /// The unit or the month is not there to be supervised.
  case nothing
}

/// Reads and signs months. What a form shows and what its answer is held against are made by the same reading.
struct SupervisionDesk: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64
  var shelf = YearShelf()

  private func today() -> CalendarDate { CalendarDate(inDenmarkAt: now()) }

  /// The day of the next month by which a month should be signed.
  static let dueDay = 15

  /// A unit's month; nil where no year is running, the unit is not in it, or nothing is posted in the month yet.
  func unitMonth(_ unit: UnitCode, _ month: SupervisionMonth?) async throws -> UnitMonth? {
    try await database.read(tenant) { try unitMonth($0, unit, month) }
  }

  private func unitMonth(
    _ connection: any DatabaseConnection, _ unit: UnitCode, _ wanted: SupervisionMonth?
  ) throws -> UnitMonth? {
    guard let (year, forecasts) = try shelf.forecasts(connection, on: today(), known: wanted?.month),
      let facts = year.units[unit],
      let newest = year.newest
    else { return nil }
    let month = wanted ?? newest
    guard month.year == year.year, month <= newest else { return nil }
    let store = SupervisionStore(connection: connection)
    let before = try SupervisionMonth(month.year, month.month - 1).flatMap { try store.signOff(unit, $0) }
    return UnitMonth(
      facts: facts, month: month, proposed: ProposedForecast(forecasts.forecast(unit)),
      signed: try store.signOff(unit, month), before: before,
      controls: try store.controls(), looks: try year.looks(connection, unit, month),
      isFrozen: try store.frozen(month.year).contains(month.month))
  }

  /// Signs a month once under the command's key. `version` is the newest that the form knew of; 0 for none.
  func sign(
    _ unit: UnitCode, _ month: SupervisionMonth, knowing version: Int, _ answers: SupervisionAnswers, _ command: Command
  ) async throws -> SignOutcome {
    let at = now()
    do {
      return try await database.write(tenant) { connection in
        let effect = try connection.once(command, record: { $0.recorded }) {
          let outcome = try sign(connection, unit, month, knowing: version, answers, at)
          guard case .signed = outcome else { throw NotSigned(outcome: outcome) }
          return outcome
        }
        switch effect {
        case .done(let outcome): return outcome
        case .doneBefore:
          return try SupervisionStore(connection: connection).signOff(unit, month).map { .signed($0) } ?? .nothing
        }
      }
    } catch let stop as NotSigned {
      return stop.outcome
    }
  }

  /// Carries an outcome out of a transaction that shall be rolled back.
  private struct NotSigned: Error {
    let outcome: SignOutcome
  }

  private func sign(
    _ connection: any DatabaseConnection, _ unit: UnitCode, _ month: SupervisionMonth, knowing version: Int,
    _ answers: SupervisionAnswers, _ at: Int64
  ) throws -> SignOutcome {
    guard let known = try unitMonth(connection, unit, month) else { return .nothing }
    if known.isFrozen { return .frozen }
    if let signed = known.signed, signed.version > version { return .signedMeanwhile(signed) }
    let faults = answers.faults(known)
    guard faults.isEmpty, let pay = answers.pay, let other = answers.other else { return .faults(faults, known) }
    let signOff = SignOff(
      unit: unit, month: month, version: (known.signed?.version ?? 0) + 1, signedAt: at, pay: pay, other: other,
      proposed: known.proposed?.expected, spent: known.spent, budget: known.budget, reason: answers.reason,
      assumptions: answers.assumptions, uncertainties: answers.uncertainties, attention: answers.attention,
      controls: known.controlsOfMonth.compactMap { control in
        answers.controls[control.id].map { .init(control: control.id, evidence: $0) }
      },
      looks: known.looks.compactMap { look in
        answers.looks[look.key].map { .init(posting: look.key, reason: look.reason, isRight: $0) }
      })
    try SupervisionStore(connection: connection).add(signOff, before: known.signed)
    return .signed(signOff)
  }

  /// Freezes a month once; false where it was frozen already.
  func freeze(_ month: SupervisionMonth, _ command: Command) async throws -> Bool {
    let at = now()
    return try await database.write(tenant) { connection in
      let effect = try connection.once(command, record: { $0 ? "frozen" : "before" }) {
        try SupervisionStore(connection: connection).freeze(month, at: at)
      }
      if case .done(let isNew) = effect { return isNew }
      return false
    }
  }
}

extension SignOutcome {
  fileprivate var recorded: String {
    if case .signed(let signOff) = self { "\(signOff.unit.text) \(signOff.month.text) \(signOff.version)" } else { "" }
  }
}
