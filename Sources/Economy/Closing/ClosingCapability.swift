public import Database

/// The closing of a year: from imported facts and a steering model to frozen rounds.
public enum ClosingCapability {
  /// Its name.
  public static let name = "closing"
  /// Its tables.
  public static var migrations: [Migration] { ClosingMigrations.all }
}
