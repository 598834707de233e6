public import SteeringCore

/// A forecast that somebody made, and what the year came to.
public struct EarlierForecast: Hashable, Sendable {
  /// After how many periods it was made.
  public let known: Int
  /// The result that was forecast, positive = surplus.
  public let forecast: Money
  /// The result that the year came to.
  public let actual: Money
  /// The unit's adjusted budget.
  public let budget: Money

  /// An earlier forecast.
  public init(known: Int, forecast: Money, actual: Money, budget: Money) {
    self.known = known
    self.forecast = forecast
    self.actual = actual
    self.budget = budget
  }
}

/// How a leader's earlier forecasts have met what came: shown to that leader, to learn from, and never compared with
/// another's. Everything is forecast less actual, so that positive means that it was too bright.
public struct ForecastMemory: Hashable, Sendable {
  /// A mean error and how far the single ones lie from it.
  public struct Figures<Number: Hashable & Sendable>: Hashable, Sendable {
    /// How many forecasts they are made of.
    public let count: Int
    /// The mean error, rounded half away from zero.
    public let bias: Number
    /// The mean distance of the errors from the bias, rounded half away from zero.
    public let spread: Number
  }

  /// In øre.
  public let ore: Figures<Int64>
  /// In basis points of each year's own budget; nil where no forecast had a budget above zero.
  public let basisPoints: Figures<Int64>?

  /// The memory of some forecasts; nil where there are none, or where a figure does not fit in 64 bits.
  public init?(_ forecasts: [EarlierForecast]) {
    let errors = forecasts.map { Int128($0.forecast.ore) - Int128($0.actual.ore) }
    guard let ore = Self.figures(errors, unit: 1) else { return nil }
    self.ore = ore
    let shares = zip(errors, forecasts).filter { $1.budget.ore > 0 }.map { relative($0, to: Int128($1.budget.ore)) }
    basisPoints = Self.figures(shares, unit: 100)
  }

  /// `unit` is how many of the errors' own units one of the answer's is.
  private static func figures(_ errors: [Int128], unit: Int128) -> Figures<Int64>? {
    guard !errors.isEmpty else { return nil }
    let count = Int128(errors.count)
    let sum = errors.reduce(0, +)
    // Distances are taken from the exact mean: each error is counted as often as there are errors.
    let distance = errors.reduce(Int128(0)) { $0 + Int128(($1 * count - sum).magnitude) }
    guard let bias = Int64(exactly: rounded(sum, by: count * unit)),
      let spread = Int64(exactly: rounded(distance, by: count * count * unit))
    else { return nil }
    return Figures(count: errors.count, bias: bias, spread: spread)
  }
}
