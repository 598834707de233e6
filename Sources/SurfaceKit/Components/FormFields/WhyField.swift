import SteeringCore

/// Where whoever does something says why. It may be left empty; what stands in it stands in the audit trail.
public struct WhyField: Component {
  /// The field.
  public init() {}

  /// The field's markup.
  public var body: [Node] {
    TextField(
      FieldFrame(
        "why", Words("Begrundelse", en: "Reason"),
        hint: Words(
          "Kan udelades. Den står i revisionssporet.", en: "May be left out. It stands in the audit trail.")))
  }
}
