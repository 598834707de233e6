public import ArgumentParser

/// The options by which a command finds its database and, where that holds several, its municipality.
public struct DatabaseOptions: ParsableArguments {
  /// The database's address; nil for the configured one.
  @Option(
    name: .customLong("database"),
    help: ArgumentHelp(
      "The database; the environment's STYREHUS_DATABASE without it.", valueName: "sqlite:PATH|postgres://…"))
  public var address: String?

  /// The municipality's key; nil for the configured or the only one.
  @Option(
    help: ArgumentHelp(
      "The municipality, where the database holds several; the environment's STYREHUS_TENANT without it.",
      valueName: "key"))
  public var tenant: String?

  /// No options, to be parsed.
  public init() {}

  /// The options as values.
  public init(address: String?, tenant: String? = nil) {
    self.address = address
    self.tenant = tenant
  }
}
