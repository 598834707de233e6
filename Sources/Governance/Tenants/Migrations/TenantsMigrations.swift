import Database

/// The table of the municipalities. An entry is never changed: the last one of a municipality counts.
enum TenantsMigrations {
  static let all = [
    Migration(
      capability: "tenants", number: 1, name: "municipalities",
      statements: [
        """
        CREATE TABLE tenants_municipality (
          tenant {text} NOT NULL, number {integer} NOT NULL CHECK (number > 0), municipality_name {text} NOT NULL,
          host_names {text} NOT NULL, path_prefix {text} NOT NULL, is_open {boolean} NOT NULL,
          registered_at {integer} NOT NULL,
          PRIMARY KEY (tenant, number)
        ) {keyed}
        """
      ])
  ]
}
