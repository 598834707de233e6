import Database
import Economy
import Governance
import Register

/// What the house can do: one line a capability.
enum Capabilities {
  /// The tables of every capability, in the order in which they are made.
  static let migrations: [Migration] =
    TenantsCapability.migrations
    + OrganisationRegisterCapability.migrations
    + PeopleCapability.migrations
    + LoginCapability.migrations
    + DelegationPlanCapability.migrations
    + RetentionCapability.migrations
    + LedgerImportCapability.migrations
    + ClosingCapability.migrations
    + SupervisionCapability.migrations
    + LoadedDataset.migrations
    + DatabaseTables.migrations
}
