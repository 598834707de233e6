/// The inbox of duties: what each position has to do, derived at every look, never stored as a list. See
/// docs/capabilities/duties.md.
public enum DutiesCapability {
  /// Its name.
  public static let name = "duties"
}
