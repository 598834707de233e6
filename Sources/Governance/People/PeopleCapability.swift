public import Database

/// People, positions, and who holds them. See docs/capabilities/people.md.
public enum PeopleCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "people"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { PeopleMigrations.all }
}
