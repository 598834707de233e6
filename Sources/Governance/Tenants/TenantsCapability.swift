public import Database

/// Which municipalities an installation holds, and by which names they are asked for. See docs/capabilities/tenants.md.
public enum TenantsCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "tenants"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { TenantsMigrations.all }
}
