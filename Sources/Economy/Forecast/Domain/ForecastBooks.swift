public import SteeringCore

/// The two halves of a unit's bag of money, forecast apart.
public enum ForecastCategory: String, CaseIterable, Sendable {
  /// Pay (løn).
  case pay
  /// Other operations (øvrig drift).
  case other
}

/// One category of a unit's year.
public struct CategoryYear: Hashable, Sendable {
  /// The adjusted budget of the whole year in øre, expenses positive.
  public let budgetOre: Int64
  /// What was spent in each period in øre, expenses positive; as many numbers as the year has periods.
  public let spentOre: [Int64]

  /// A category's year.
  public init(budgetOre: Int64, spentOre: [Int64]) {
    self.budgetOre = budgetOre
    self.spentOre = spentOre
  }
}

/// One unit's year inside the decentral economy.
public struct UnitYear: Hashable, Sendable {
  /// The unit.
  public let unit: UnitCode
  /// The year.
  public let year: FiscalYear
  /// Pay.
  public let pay: CategoryYear
  /// Other operations.
  public let other: CategoryYear

  /// A unit's year.
  public init(unit: UnitCode, year: FiscalYear, pay: CategoryYear, other: CategoryYear) {
    self.unit = unit
    self.year = year
    self.pay = pay
    self.other = other
  }

  /// One of the two.
  public subscript(category: ForecastCategory) -> CategoryYear { category == .pay ? pay : other }
}

/// Why unit years cannot stand together.
public enum ForecastBooksFault: Error, Hashable, Sendable {
  /// A year has from 2 to 12 periods; 12 are months, 4 are quarters.
  case periods(Int)
  /// A category has another number of periods than the year.
  case length(UnitCode, FiscalYear)
  /// The unit has the year twice.
  case twice(UnitCode, FiscalYear)
}

/// The years of all units that forecasts are made from. The running year stands among them: what is known of it is
/// said when a forecast is asked for, and later periods are never looked at.
public struct ForecastBooks: Sendable {
  /// How many periods a year has: 12 are months, 4 are quarters.
  public let periods: Int
  /// The years, ascending.
  public let years: [FiscalYear]
  let byYear: [FiscalYear: [UnitCode: ForecastRow]]
  private let pooled: [PoolKey: [Int128]]

  private struct PoolKey: Hashable {
    let year: FiscalYear
    let category: ForecastCategory
  }

  /// Books of these unit years, in any order. Throws `ForecastBooksFault`.
  public init(periods: Int, _ unitYears: [UnitYear]) throws {
    guard (2...12).contains(periods) else { throw ForecastBooksFault.periods(periods) }
    var byYear: [FiscalYear: [UnitCode: ForecastRow]] = [:]
    for unitYear in unitYears {
      guard ForecastCategory.allCases.allSatisfy({ unitYear[$0].spentOre.count == periods }) else {
        throw ForecastBooksFault.length(unitYear.unit, unitYear.year)
      }
      let row = ForecastRow(unitYear)
      guard byYear[unitYear.year, default: [:]].updateValue(row, forKey: unitYear.unit) == nil else {
        throw ForecastBooksFault.twice(unitYear.unit, unitYear.year)
      }
    }
    var pooled: [PoolKey: [Int128]] = [:]
    for (year, rows) in byYear {
      for category in ForecastCategory.allCases {
        var sums = [Int128](repeating: 0, count: periods + 1)
        for row in rows.values where row.isPattern {
          for place in 0...periods { sums[place] += row[category].cumulated[place] }
        }
        pooled[PoolKey(year: year, category: category)] = sums
      }
    }
    self.periods = periods
    self.byYear = byYear
    self.pooled = pooled
    years = byYear.keys.sorted()
  }

  func row(_ unit: UnitCode, _ year: FiscalYear) -> ForecastRow? { byYear[year]?[unit] }

  /// The rows of a year that have a budget, by unit.
  func rows(of year: FiscalYear) -> [ForecastRow] {
    (byYear[year] ?? [:]).values.filter { $0.budget > 0 }.sorted { $0.unit < $1.unit }
  }

  /// What all units together had spent of the years after so many periods, less one unit's part.
  func pooled(
    _ category: ForecastCategory, after place: Int, in years: [FiscalYear], without unit: UnitCode?
  ) -> Int128 {
    years.reduce(0) { sum, year in
      let own = unit.flatMap { row($0, year) }.flatMap { $0.isPattern ? $0[category].cumulated[place] : nil }
      return sum + (pooled[PoolKey(year: year, category: category)]?[place] ?? 0) - (own ?? 0)
    }
  }
}

/// A unit's year with its sums; 128 bits, so that sums of any amounts fit.
struct ForecastRow: Sendable {
  struct Category: Sendable {
    let budget: Int128
    /// What had been spent after 0, 1, … periods.
    let cumulated: [Int128]
    var spent: Int128 { cumulated[cumulated.count - 1] }
  }

  let unit: UnitCode
  let year: FiscalYear
  private let pay: Category
  private let other: Category
  let budget: Int128
  /// How many periods passed before anything was posted.
  let quietStart: Int
  /// Whether the year can teach a pattern: it has a budget, and something was posted in its first and last period, so
  /// that the unit was there from one end to the other.
  let isPattern: Bool

  init(_ unitYear: UnitYear) {
    func category(_ year: CategoryYear) -> Category {
      var sums: [Int128] = [0]
      for ore in year.spentOre { sums.append(sums[sums.count - 1] + Int128(ore)) }
      return Category(budget: Int128(year.budgetOre), cumulated: sums)
    }
    unit = unitYear.unit
    year = unitYear.year
    pay = category(unitYear.pay)
    other = category(unitYear.other)
    budget = pay.budget + other.budget
    let active = zip(unitYear.pay.spentOre, unitYear.other.spentOre).map { $0 != 0 || $1 != 0 }
    quietStart = active.firstIndex(of: true) ?? active.count
    isPattern = budget > 0 && active.first == true && active.last == true
  }

  subscript(category: ForecastCategory) -> Category { category == .pay ? pay : other }

  var spent: Int128 { pay.spent + other.spent }
}
