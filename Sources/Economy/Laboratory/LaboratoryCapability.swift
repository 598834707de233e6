/// The threshold laboratory: what other limits would have said about the years that are closed. It writes nothing.
/// See docs/capabilities/laboratory.md.
public enum LaboratoryCapability {
  /// Its name.
  public static let name = "laboratory"
}
