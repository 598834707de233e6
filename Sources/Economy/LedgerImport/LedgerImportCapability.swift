public import Database

/// The import of budgets, ledgers, plans, accounts and balances carried in, from files. See
/// docs/capabilities/ledger-import.md.
public enum LedgerImportCapability {
  /// Its name, as migrations and logs write it.
  public static let name = "ledger-import"
  /// The steps of its tables, in order.
  public static var migrations: [Migration] { LedgerImportMigrations.all }
}
