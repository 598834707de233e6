public import Database

/// Who is there: local accounts, invitations, sessions. See docs/capabilities/login.md.
public enum LoginCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "login"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { LoginMigrations.all }
}
