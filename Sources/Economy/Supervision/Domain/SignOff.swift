import Ledger
import SteeringCore

/// What a leader says about a month, signed: a fact. A correction is another one of a higher version.
struct SignOff: Hashable, Sendable {
  /// The unit.
  let unit: UnitCode
  /// The month.
  let month: SupervisionMonth
  /// From 1; the highest counts.
  let version: Int
  /// When, in seconds since 1 January 1970 UTC.
  let signedAt: Int64
  /// What the leader expects the year's pay to come to, expenses positive.
  let pay: Money
  /// The same of other operations.
  let other: Money
  /// What Styrehus expected then; nil where it could say nothing.
  let proposed: Money?
  /// What was spent to the end of the month as the ledger stood then.
  let spent: Money
  /// The budget as it stood then.
  let budget: Money
  /// Why the leader expects something else than was proposed.
  let reason: String
  /// What the forecast takes for granted.
  let assumptions: String
  /// What may turn out otherwise.
  let uncertainties: String
  /// What those above should know.
  let attention: String
  /// The controls that were done, with where the evidence is.
  let controls: [ControlDone]
  /// What was said about the postings that deserved a look.
  let looks: [LookAnswer]

  /// A control that was done.
  struct ControlDone: Hashable, Sendable {
    /// The control's number.
    let control: Int64
    /// Where the evidence is; empty where none is asked for.
    let evidence: String
  }

  /// What was said about a posting.
  struct LookAnswer: Hashable, Sendable {
    /// Which posting: `file:line`.
    let posting: String
    /// Why it was picked.
    let reason: LookReason
    /// Whether it is right as it is.
    let isRight: Bool
  }

  /// What the leader expects the year to come to.
  var expected: Money { pay.adding(other) ?? .zero }
  /// The result that the leader expects, positive = surplus.
  var result: Money { budget.subtracting(expected) ?? .zero }
}
