public import Database

/// How long what is kept: classes of data, the decisions about preserving them, and the deleting of what is due. See
/// docs/capabilities/retention.md.
public enum RetentionCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "retention"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { RetentionMigrations.all }
}
