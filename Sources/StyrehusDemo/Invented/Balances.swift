import SteeringCore

/// A balance that a unit's story asks for at the end of a year.
struct Story {
  let unit: UnitCode
  let year: Int
  /// Hundredths of a percent of the base.
  let basisPoints: Int64
  /// Øre on top, or the whole balance where there is no positive base.
  let ore: Int64

  /// The balance of a unit with this base, in øre.
  func balance(base: Int64) -> Int64 { base * basisPoints / 10_000 + ore }

  /// The stories of the data file.
  static func all() throws(DemoDataError) -> [Story] {
    var stories: [Story] = []
    for row in try DataTable("stories.csv", PackageResources.stories_csv).rows {
      stories.append(
        Story(
          unit: UnitCode(try row.text("Aftaleenhed")), year: Int(try row.number("År")),
          basisPoints: try row.number("Hundrededele"), ore: try row.number("Øre")))
    }
    return stories
  }
}

/// The lights of the model, exact to the øre.
enum Light {
  case green, yellow, red

  /// The light of a balance; nil where there is no positive base.
  init?(balance: Int64, base: Int64) {
    guard base > 0 else { return nil }
    self = balance >= 0 ? .green : 100 * balance < -5 * base ? .red : .yellow
  }
}

/// A unit on its way into a year.
struct UnitYear {
  let unit: InventedUnit
  let months: ClosedRange<Int>
  let budget: UnitBudget
  /// The balance carried in, in øre.
  let carriedIn: Int64
}

/// Decides with which balance each unit leaves a year: its story where it has one; otherwise what follows from last
/// year's balance and some luck, so that the year has as many red and yellow units as the year's plan says.
struct BalanceChooser {
  let stories: [Story]

  /// The balance carried into the first year, in øre.
  func opening(_ unit: InventedUnit, base: Int64, first: FiscalYear) -> Int64 {
    if let story = story(unit, first.number - 1) { return story.balance(base: base) }
    guard base > 0 else { return 0 }
    var numbers = unit.numbers("opening", first)
    let points = numbers.draw(0...99) < 14 ? -numbers.draw(20...430) : numbers.draw(5...520)
    return balance(points, base: base, &numbers)
  }

  /// The balances the units leave the year with, in øre and in the order given.
  func balances(_ units: [UnitYear], plan: YearPlan) -> [Int64] {
    var chosen = units.map { story($0.unit, plan.year.number)?.balance(base: $0.budget.base) }
    let rated = units.indices.filter { units[$0].budget.base > 0 }
    var red = Int64(rated.count) * plan.red / 1_000
    var yellow = Int64(rated.count) * plan.yellow / 1_000
    for index in rated {
      switch chosen[index].flatMap({ Light(balance: $0, base: units[index].budget.base) }) {
      case .red: red -= 1
      case .yellow: yellow -= 1
      case .green, nil: break
      }
    }
    let free = rated.filter { chosen[$0] == nil }
      .map { (index: $0, strain: strain(units[$0], plan.year)) }
      .sorted { ($0.strain, $0.index) < ($1.strain, $1.index) }
    for (rank, place) in free.enumerated() {
      let light = rank < red ? Light.red : Int64(rank) < red + yellow ? .yellow : .green
      chosen[place.index] = balance(light, units[place.index], plan.year)
    }
    return chosen.map { $0 ?? 0 }
  }

  private func story(_ unit: InventedUnit, _ year: Int) -> Story? {
    stories.first { $0.unit == unit.code && $0.year == year }
  }

  /// How well a unit stands before the year: low is strained. A unit with a debt works to be rid of it.
  private func strain(_ unit: UnitYear, _ year: FiscalYear) -> Int64 {
    var numbers = unit.unit.numbers("luck", year)
    let before = points(unit)
    return before + (before < 0 ? 300 : 0) + numbers.draw(-420...420)
  }

  private func points(_ unit: UnitYear) -> Int64 {
    Percentage.basisPoints(Money(ore: unit.carriedIn), of: Money(ore: unit.budget.base)) ?? 0
  }

  private func balance(_ light: Light, _ unit: UnitYear, _ year: FiscalYear) -> Int64 {
    var numbers = unit.unit.numbers("balance", year)
    let before = points(unit)
    let target: Int64
    switch light {
    case .red:
      target = max(-840 - numbers.draw(0...150), min(before - numbers.draw(300...620), -510 - numbers.draw(0...150)))
    case .yellow:
      target = max(-420 - numbers.draw(0...65), min(before - numbers.draw(20...360), -15 - numbers.draw(0...140)))
    case .green:
      target = min(940, max(before * 8 / 10 + numbers.draw(-180...270), 12 + numbers.draw(0...120)))
    }
    return balance(target, base: unit.budget.base, &numbers)
  }

  /// So many basis points of the base and some øre more, less than one basis point.
  private func balance(_ points: Int64, base: Int64, _ numbers: inout SeededNumbers) -> Int64 {
    base / 10_000 * points + numbers.draw(1...(base / 10_000 - 1))
  }
}
