/// The steering models: the rules a municipality steers its agreement units by, as files that people can read and
/// compare. See docs/capabilities/steering-models.md.
public enum SteeringModelsCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "steering-models"
}
