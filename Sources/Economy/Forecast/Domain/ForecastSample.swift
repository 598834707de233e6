import SteeringCore

/// What one category of one unit's year is reckoned from. Made from the budget, what had been spent after the known
/// periods, and other years; never from later periods of the year itself.
struct ForecastSample: Sendable {
  let spent: Int128
  let budget: Int128
  let known: Int
  let periods: Int
  /// The part of the year that the peers had spent by now, in millionths; always positive.
  let peers: Int128
  /// The same of the unit's own past years; nil where it has none that can teach a pattern.
  let own: Int128?
  let ownYears: Int
  /// A unit that no past year knows, and that has spent nothing yet.
  let hasNotBegun: Bool

  /// What the category's whole year comes to, by one of the methods that need nothing but the sample.
  func expected(_ method: ForecastMethod) -> Int128 {
    // It may begin late with a budget for what is left, or never: between the two, the part of the year that is left.
    if hasNotBegun { return rounded(budget * max(0, million - peers), by: million) }
    switch method {
    case .budget: return budget
    case .straightLine, .lastYearsPattern: return straightLine
    case .profile(let weights): return reckoned(weights)
    }
  }

  var straightLine: Int128 { rounded(spent * Int128(periods), by: Int128(known)) }

  /// The part of the year that had been spent by now in the profile of peers and own years.
  func profile(_ ownQuarters: Int) -> Int128 {
    guard let own else { return peers }
    let weight = Int128(ownQuarters * ownYears)
    return rounded(4 * peers + weight * own, by: 4 + weight)
  }

  /// The budget and what is carried of the deviation. What has been spent of a budget for expenses stays spent, unless
  /// the profile has money coming back before the year is over.
  private func reckoned(_ weights: ProfileWeights) -> Int128 {
    let profile = profile(weights.ownQuarters)
    let deviation = spent * million - profile * budget
    let expected = budget + rounded(deviation * Int128(weights.pacePercent), by: 100 * peers)
    return profile <= million && budget >= 0 ? max(expected, spent) : expected
  }
}

extension ForecastBooks {
  /// A row of the running year, or of a past one that is taken for the running one, to be reckoned from `past`.
  func sample(
    _ row: ForecastRow, _ category: ForecastCategory, known: Int, past: [FiscalYear]
  ) -> ForecastSample {
    let others = past.filter { $0 != row.year }
    let years = others.isEmpty ? past : others
    let without = others.isEmpty ? row.unit : nil
    let earlier = past.filter { $0 < row.year }
    let isNew = !earlier.isEmpty && !earlier.contains { self.row(row.unit, $0) != nil }
    let start = isNew ? min(row.quietStart, known) : 0
    func peers(_ place: Int) -> Int128 { share(category, place, years, without) }
    var peersNow = peers(known)
    if start > 0, start < known {
      let before = peers(start)
      peersNow = before < million ? max(1, rounded((peersNow - before) * million, by: million - before)) : peersNow
    }
    let own =
      isNew ? [] : others.compactMap { self.row(row.unit, $0) }.filter { $0.isPattern && $0[category].spent > 0 }
    let ownSpent = own.reduce(Int128(0)) { $0 + $1[category].cumulated[known] }
    let ownWhole = own.reduce(Int128(0)) { $0 + $1[category].spent }
    return ForecastSample(
      spent: row[category].cumulated[known], budget: row[category].budget, known: known, periods: periods,
      peers: peersNow, own: own.isEmpty ? nil : min(max(rounded(ownSpent * million, by: ownWhole), 0), 2 * million),
      ownYears: own.count, hasNotBegun: isNew && start == known)
  }

  /// The part of a year that peers have spent by a period, in millionths; even parts where they say nothing.
  private func share(
    _ category: ForecastCategory, _ place: Int, _ years: [FiscalYear], _ without: UnitCode?
  ) -> Int128 {
    let spent = pooled(category, after: place, in: years, without: without)
    let whole = pooled(category, after: periods, in: years, without: without)
    guard spent > 0, whole > 0 else { return max(1, million * Int128(place) / Int128(periods)) }
    return min(max(rounded(spent * million, by: whole), 1), 2 * million)
  }

  /// The plain way by last year's pattern; the straight line where the unit has no usable last year.
  func lastYearsPattern(
    _ row: ForecastRow, _ category: ForecastCategory, known: Int, past: [FiscalYear]
  ) -> Int128 {
    let spent = row[category].cumulated[known]
    let last = past.filter { $0 < row.year }.compactMap { self.row(row.unit, $0)?[category] }.last
    guard let last, last.cumulated[known] > 0, last.spent > 0 else {
      return rounded(spent * Int128(periods), by: Int128(known))
    }
    return rounded(spent * million, by: max(1, rounded(last.cumulated[known] * million, by: last.spent)))
  }
}
