public import Database

/// The register of the organisation: which units there are, who lies under whom, and when. See
/// docs/capabilities/organisation-register.md.
public enum OrganisationRegisterCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "organisation-register"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { OrganisationRegisterMigrations.all }
}
