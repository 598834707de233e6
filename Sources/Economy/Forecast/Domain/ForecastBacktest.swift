public import SteeringCore

/// How well forecasts would have met the past years: every year but the first is forecast after each period from the
/// years before it alone, by the chosen methods and by the plain ones, and held against what it came to.
public struct ForecastBacktest: Sendable {
  /// What is compared.
  public enum Contender: String, CaseIterable, Sendable {
    /// The straight line.
    case straightLine
    /// The pattern of the unit's last year.
    case lastYearsPattern
    /// The budget.
    case budget
    /// The methods chosen by back-test on still earlier years.
    case chosen
  }

  /// A line of the table. Errors are forecast result less actual result, so that a positive bias is a forecast that was
  /// too bright; all in basis points of the unit's budget, rounded half away from zero.
  public struct Line: Hashable, Sendable {
    /// After how many periods; nil for all of them together.
    public let known: Int?
    /// What is measured.
    public let contender: Contender
    /// The mean size of the errors.
    public let meanAbsolute: Int64
    /// The median size; of an even number the lower of the two in the middle.
    public let median: Int64
    /// The mean error.
    public let bias: Int64
    /// How many of the intervals held the result, in basis points; nil for the plain methods, which have none, and
    /// where there were no intervals.
    public let coverage: Int64?
    /// How many forecasts were made.
    public let count: Int
  }

  /// The lines: for each number of known periods each contender, then all together.
  public let lines: [Line]
  /// The years that were forecast.
  public let years: [FiscalYear]
  /// How many periods a year has.
  public let periods: Int

  /// Runs the back-test. Every year of the books must be whole. No lines where there are fewer than two years with a
  /// budget.
  public init(_ books: ForecastBooks) {
    let usable = books.years.filter { !books.rows(of: $0).isEmpty }
    var all: [Contender: Tally] = [:]
    var lines: [Line] = []
    for known in usable.count > 1 ? Array(1..<books.periods) : [] {
      var tallies: [Contender: Tally] = [:]
      for year in usable.dropFirst() { Self.forecast(books, year, known, &tallies) }
      for contender in Contender.allCases {
        let tally = tallies[contender] ?? Tally()
        all[contender, default: Tally()].add(tally)
        lines.append(tally.line(known, contender))
      }
    }
    if !lines.isEmpty { lines += Contender.allCases.map { (all[$0] ?? Tally()).line(nil, $0) } }
    self.lines = lines
    years = Array(usable.dropFirst())
    periods = books.periods
  }

  private static func forecast(
    _ books: ForecastBooks, _ year: FiscalYear, _ known: Int, _ tallies: inout [Contender: Tally]
  ) {
    let choice = ForecastChoice(books, before: year, known: known)
    for row in books.rows(of: year) {
      let chosen = ForecastCategory.allCases.reduce(Int128(0)) { sum, category in
        sum + books.sample(row, category, known: known, past: choice.past).expected(choice[category])
      }
      let last = ForecastCategory.allCases.reduce(Int128(0)) {
        $0 + books.lastYearsPattern(row, $1, known: known, past: choice.past)
      }
      let line = ForecastCategory.allCases.reduce(Int128(0)) {
        $0 + rounded(row[$1].cumulated[known] * Int128(books.periods), by: Int128(known))
      }
      for (contender, expected) in [
        (Contender.straightLine, line), (.lastYearsPattern, last), (.budget, row.budget), (.chosen, chosen),
      ] {
        tallies[contender, default: Tally()].errors.append(relative(row.spent - expected, to: row.budget))
      }
      if let ends = Forecaster.ends(row.budget - chosen, choice.errors, row.budget) {
        let actual = row.budget - row.spent
        tallies[.chosen, default: Tally()].intervals += 1
        if ends.0 <= actual, actual <= ends.1 { tallies[.chosen, default: Tally()].hits += 1 }
      }
    }
  }

  private struct Tally {
    /// In millionths of the budgets.
    var errors: [Int128] = []
    var intervals = 0
    var hits = 0

    mutating func add(_ other: Tally) {
      errors += other.errors
      intervals += other.intervals
      hits += other.hits
    }

    func line(_ known: Int?, _ contender: Contender) -> Line {
      let sizes = errors.map { $0 < 0 ? -$0 : $0 }.sorted()
      let count = Int128(max(1, errors.count))
      func basisPoints(_ sum: Int128, _ count: Int128) -> Int64 { Int64(clamping: rounded(sum, by: 100 * count)) }
      return Line(
        known: known, contender: contender, meanAbsolute: basisPoints(sizes.reduce(0, +), count),
        median: sizes.isEmpty ? 0 : basisPoints(sizes[(sizes.count - 1) / 2], 1),
        bias: basisPoints(errors.reduce(0, +), count),
        coverage: intervals == 0 ? nil : Int64(rounded(Int128(hits) * 10_000, by: Int128(intervals))),
        count: errors.count)
    }
  }
}
