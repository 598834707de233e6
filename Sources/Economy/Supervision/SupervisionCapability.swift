public import Database

/// Monthly supervision (ledelsestilsyn): each unit's leader looks at the month, says what the year comes to, and signs.
/// See docs/capabilities/supervision.md.
public enum SupervisionCapability {
  /// Its name.
  public static let name = "supervision"
  /// Its tables.
  public static var migrations: [Migration] { SupervisionMigrations.all }
}
