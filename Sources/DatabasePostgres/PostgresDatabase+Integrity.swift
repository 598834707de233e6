public import Database

extension PostgresDatabase {
  /// Examines the schema's tables: indexes that the server holds for unusable, rules that it has not checked, and every
  /// reference between tables. Thoroughly, every row is read and unpacked as well, so that the server notices pages
  /// that do not fit their checksum or their structure.
  public func integrityProblems(_ depth: IntegrityDepth) async throws -> [String] {
    do {
      return try await readAcrossTenants { connection in
        var problems = try connection.rows(Self.brokenParts).map { try $0.text("problem") }
        // Each table once, however many statements would mend it.
        let unguarded = Set(try connection.rows(RowGuard.missing).map { try $0.text("table_name") })
        problems += unguarded.sorted().map { "table \($0) does not keep the municipalities apart" }
        for reference in try connection.rows(Self.references) where try Self.isBroken(reference, connection) {
          problems.append(
            "a row of \(try reference.text("child")) refers to a missing row of \(try reference.text("parent"))")
        }
        if depth == .thorough {
          for table in try connection.rows(Self.tables) {
            _ = try connection.rows("SELECT COUNT(t::text) AS rows FROM \(try table.text("quoted")) t")
          }
        }
        return problems
      }
    } catch let error as DatabaseError where error.kind == .corrupt {
      return [error.detail]
    }
  }

  private static func isBroken(_ reference: DatabaseRow, _ connection: any DatabaseConnection) throws -> Bool {
    try connection.row(
      """
      SELECT 1 AS found FROM \(try reference.text("quoted_child")) c
      WHERE \(try reference.text("filled")) AND NOT EXISTS (
        SELECT 1 FROM \(try reference.text("quoted_parent")) p WHERE \(try reference.text("fits")))
      LIMIT 1
      """) != nil
  }

  private static let brokenParts = """
    SELECT 'index ' || c.relname || ' is not usable' AS problem
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)
    UNION ALL
    SELECT 'rule ' || conname || ' was never checked' FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
    UNION ALL
    SELECT 'table ' || c.relname || ' has a policy that is not ours: ' || p.polname
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND p.polpermissive AND p.polname <> 'styrehus_tenant'
      AND EXISTS (SELECT 1 FROM pg_policy o WHERE o.polrelid = p.polrelid AND o.polname = 'styrehus_tenant')
    UNION ALL
    SELECT 'table ' || t.relname || ' belongs to another role and does not keep the municipalities apart'
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant' AND NOT a.attisdropped
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
      AND NOT pg_has_role(t.relowner, 'USAGE') AND has_table_privilege(t.oid, 'SELECT, INSERT, UPDATE, DELETE')
      AND NOT row_security_active(t.oid)
    ORDER BY 1
    """

  private static let tables = """
    SELECT format('%I', relname) AS quoted FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY relname
    """

  /// Each reference, with the conditions that a row fills all of its columns and that a row fits it.
  private static let references = """
    SELECT child.relname AS child, parent.relname AS parent,
      format('%I', child.relname) AS quoted_child, format('%I', parent.relname) AS quoted_parent,
      string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ' ORDER BY k.place) AS filled,
      string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ' ORDER BY k.place) AS fits
    FROM pg_constraint r
    JOIN pg_class child ON child.oid = r.conrelid
    JOIN pg_class parent ON parent.oid = r.confrelid
    CROSS JOIN LATERAL unnest(r.conkey, r.confkey) WITH ORDINALITY AS k (own, other, place)
    JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = k.own
    JOIN pg_attribute b ON b.attrelid = r.confrelid AND b.attnum = k.other
    WHERE r.contype = 'f' AND r.connamespace = current_schema()::regnamespace
    GROUP BY r.oid, child.relname, parent.relname
    ORDER BY child.relname, r.oid
    """
}
