public import Database

/// The import of budgets, ledgers, plans and accounts.
public enum LedgerImportCapability {
  /// Its name.
  public static let name = "ledger-import"
  /// Its tables.
  public static var migrations: [Migration] { LedgerImportMigrations.all }
}
