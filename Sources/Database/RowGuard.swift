/// How PostgreSQL keeps the municipalities apart: by a policy on every table, which the server adds to every statement
/// (row-level security). A transaction says whose it is in `styrehus.tenant`, which ends with it. Where nobody has said
/// so, as in a session of other tools, no row is there.
///
/// The policies come from the catalogue, not from the migrations, so that no table can be forgotten and a database from
/// before they were thought of gets them at the next start. They hold the tables' owner as well (`FORCE`), but neither
/// superusers nor roles with `BYPASSRLS`.
public enum RowGuard {
  /// What `styrehus.tenant` says in work across the municipalities. It is no key (`Tenant.checkedKey`).
  public static let everyTenant = "*"

  /// A municipality's rows are its own; across the municipalities they are all there. No subquery, since an engine that
  /// spreads tables over several servers refuses one here.
  private static let across = "current_setting('styrehus.tenant', true) = '\(everyTenant)'"
  private static let own = "tenant = current_setting('styrehus.tenant', true) OR \(across)"

  /// What the catalogue lacks, as `Dialect.guarding` says: row security that holds the owner too, and the one policy.
  /// Tables of others in the same schema are left alone: those without the column, and those of another owner. The
  /// record of migrations is nobody's but the program's own. A policy that reads otherwise is made anew; the server
  /// writes it with brackets and types of its own, which do not count.
  public static let missing = """
    WITH guarded AS (
      SELECT t.oid AS id, t.relname AS name, t.relrowsecurity AND t.relforcerowsecurity AS is_forced,
        CASE WHEN c.attnum IS NULL THEN \(quoted(across)) ELSE \(quoted(own)) END AS condition
      FROM pg_class t
      LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attname = 'tenant' AND NOT c.attisdropped
      WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
        AND pg_has_role(t.relowner, 'USAGE') AND (c.attnum IS NOT NULL OR t.relname = '\(MigrationRunner.recordTable)')
    ), found AS (
      SELECT g.*, p.oid IS NOT NULL AS is_there, COALESCE(
          p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
          AND \(plain("pg_get_expr(p.polqual, p.polrelid)")) = \(plain("g.condition"))
          AND \(plain("pg_get_expr(p.polwithcheck, p.polrelid)")) = \(plain("g.condition")), false) AS is_right
      FROM guarded g LEFT JOIN pg_policy p ON p.polrelid = g.id AND p.polname = 'styrehus_tenant'
    )
    SELECT name::text AS table_name, statement FROM found CROSS JOIN LATERAL (VALUES
      (1, is_there AND NOT is_right, format('DROP POLICY styrehus_tenant ON %I', name)),
      (2, NOT is_right,
        format('CREATE POLICY styrehus_tenant ON %I USING (%s) WITH CHECK (%s)', name, condition, condition)),
      (3, NOT is_forced, format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name))
    ) AS step (number, is_needed, statement)
    WHERE is_needed ORDER BY name COLLATE "C", number
    """

  private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  private static func plain(_ expression: String) -> String {
    "regexp_replace(replace(\(expression), '::text', ''), '[()[:space:]]', '', 'g')"
  }
}
