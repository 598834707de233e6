/// The forecast of each unit's year, and how well forecasts have met earlier years. See docs/capabilities/forecast.md.
public enum ForecastCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "forecast"
}
