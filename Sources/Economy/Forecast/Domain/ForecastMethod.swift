/// How a category's year is reckoned from what has been spent. A closed set: the plain ways stand among the others, so
/// that a back-test can say whether anything beats them.
public enum ForecastMethod: Hashable, Sendable {
  /// Spent ÷ known periods × all periods.
  case straightLine
  /// Spent ÷ the part of last year's spending that had fallen by the same period; the straight line for a unit
  /// without a usable last year.
  case lastYearsPattern
  /// The year ends on its budget.
  case budget
  /// The budget, and so much of the deviation from the profile so far as the weights say.
  case profile(ProfileWeights)
}

/// How much of what is seen is believed.
public struct ProfileWeights: Hashable, Sendable {
  /// How much of the deviation so far is carried to the whole year, in percent: 0 ends on the budget, 100 goes on at
  /// the pace so far, seen against the profile; between them the two are weighed.
  public let pacePercent: Int
  /// How much one own past year counts beside all peers together, in quarters: 0 is the peers' profile only, 4 counts
  /// one own year as much as the peers, 64 is nearly the own profile only.
  public let ownQuarters: Int

  /// Weights.
  public init(pacePercent: Int, ownQuarters: Int) {
    self.pacePercent = pacePercent
    self.ownQuarters = ownQuarters
  }

  /// The weights that may be chosen for the pace.
  static let paces = Array(stride(from: 0, through: 120, by: 5))
  /// The weights that may be chosen for own years.
  static let owns = [0, 1, 2, 4, 8, 16, 64]
  /// What an own year counts where that cannot be learned, as only one past year is known: as much as the peers.
  static let ownUnlearned = 4

  /// The weights where there are too few past unit years to learn from: what has been spent, and the rest of the budget
  /// as the profile says.
  static func unlearned(known: Int, of periods: Int) -> ProfileWeights {
    ProfileWeights(pacePercent: 100 * known / periods, ownQuarters: ownUnlearned)
  }
}

/// Parts per million.
let million: Int128 = 1_000_000

/// Divides and rounds half away from zero. `divisor` is positive.
func rounded(_ number: Int128, by divisor: Int128) -> Int128 {
  let half = divisor / 2
  let size = number < 0 ? -number : number
  let (whole, rest) = size.quotientAndRemainder(dividingBy: divisor)
  let up: Int128 = rest > half || (rest == half && divisor % 2 == 0) ? 1 : 0
  return number < 0 ? -(whole + up) : whole + up
}
