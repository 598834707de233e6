import Database
import Testing

@Suite("A statement's text is read for its tenant and its parameters")
struct SQLStatementTests {
  @Test("Parameters are found once each, in order, and not in texts, names, comments or casts")
  func parameters() throws {
    let statement = try SQLStatement(
      """
      -- :comment
      SELECT a::text, ':text', 'it''s :quoted', ":name" /* :block */ FROM "the round" r
      WHERE r.tenant = :tenant AND r.number > :from AND r.number < :from + :step_2;
      """)
    #expect(statement.parameters == ["tenant", "from", "step_2"])
    #expect(statement.verb == "SELECT")
    #expect(statement.table == "the round")
  }

  @Test("Numbered parameters stand where the named ones stood, and all else stays as it was")
  func numbered() throws {
    let text = """
      SELECT ':a' AS "b:c", x::text, :æ -- :d
      FROM t WHERE a = :tenant AND b IN (:first,:second) OR c = :first; /* :e */
      """
    let statement = try SQLStatement(text)
    #expect(statement.parameters == ["æ", "tenant", "first", "second"])
    #expect(
      statement.numbered == """
        SELECT ':a' AS "b:c", x::text, $1 -- :d
        FROM t WHERE a = $2 AND b IN ($3,$4) OR c = $3; /* :e */
        """)
    #expect(try SQLStatement("SELECT 1").numbered == "SELECT 1")
    #expect(try SQLStatement(":a").numbered == "$1")
  }

  @Test(
    "Whether a statement changes rows is seen behind WITH as well, and not in texts or names",
    arguments: [
      ("SELECT 1", false), ("insert into a (b) values (1)", true), ("UPDATE a SET b = 1", true),
      ("WITH t AS (SELECT 1 AS x) DELETE FROM a", true), ("WITH t AS (SELECT 1 AS x) SELECT * FROM t", false),
      ("WITH t AS (UPDATE a SET b = 1 RETURNING b) SELECT * FROM t", true),
      ("SELECT 'DELETE', \"update\" FROM a -- INSERT", false), ("SELECT updated FROM inserts", false),
    ])
  func changesRows(text: String, changes: Bool) throws {
    #expect(try SQLStatement(text).changesRows == changes)
  }

  @Test(
    "The table is the first that is named",
    arguments: [
      ("UPDATE round SET title = 'x'", "round"), ("insert into remark (id) values (1)", "remark"),
      ("DELETE FROM round", "round"), ("SELECT 1", "(no table)"), ("", "(no table)"),
      ("WITH r AS (SELECT * FROM remark) SELECT * FROM r", "remark"),
    ])
  func table(text: String, table: String) throws {
    #expect(try SQLStatement(text).table == table)
  }

  @Test(
    "Two statements in one, and parameters without a name, are refused",
    arguments: [
      "SELECT 1; DELETE FROM round", "SELECT 1;;", "SELECT ?", "SELECT ?1", "SELECT $1", "SELECT @a", "SELECT : a",
    ])
  func refused(text: String) throws {
    #expect(throws: DatabaseError.self) { try SQLStatement(text) }
  }

  @Test("A semicolon at the end, blanks and comments after it, are no second statement")
  func trailing() throws {
    #expect(try SQLStatement("SELECT 1; -- done\n /* really */ ").verb == "SELECT")
  }

  @Test(
    "Text that ends inside a quotation or a comment is read to its end", arguments: ["SELECT 'a", "/* a", "'", "-"])
  func unfinished(text: String) throws {
    #expect(try SQLStatement(text).parameters.isEmpty)
  }

  @Test("With a tenant, values come in the order of the parameters and the tenant's key among them")
  func values() throws {
    let statement = try SQLStatement(
      "SELECT * FROM round WHERE number = :number AND tenant = :tenant AND title = :title")
    #expect(try statement.values(["title": "a", "number": 7], tenant: eastern) == [7, "oesterby", "a"])
  }

  @Test(
    "With a tenant, a statement that does not mention it is refused, and so is all that is not about rows",
    arguments: [
      "SELECT * FROM round", "DELETE FROM round", "SELECT ':tenant' FROM round -- :tenant",
      "CREATE TABLE x (tenant TEXT DEFAULT :tenant)", "DROP TABLE round", "PRAGMA foreign_keys = OFF", "",
      "ATTACH 'x' AS :tenant",
    ])
  func withoutTenant(text: String) throws {
    let statement = try SQLStatement(text)
    let error = #expect(throws: DatabaseError.self) { try statement.values([:], tenant: eastern) }
    #expect(error?.kind == .misuse)
    #expect(error?.detail.contains(text) == true)
  }

  @Test(
    "Nobody begins or ends a transaction by a statement",
    arguments: ["BEGIN", "commit", "ROLLBACK", "SAVEPOINT a", "END"])
  func transactions(text: String) throws {
    let statement = try SQLStatement(text)
    #expect(throws: DatabaseError.self) { try statement.values([:], tenant: nil) }
  }

  @Test("Missing values, values without a parameter, and a tenant given by hand are refused")
  func bindings() throws {
    let statement = try SQLStatement("SELECT * FROM round WHERE tenant = :tenant AND number = :number")
    #expect(throws: DatabaseError.self) { try statement.values([:], tenant: eastern) }
    #expect(throws: DatabaseError.self) { try statement.values(["number": 1, "more": 2], tenant: eastern) }
    #expect(throws: DatabaseError.self) { try statement.values(["number": 1, "tenant": "vesterby"], tenant: eastern) }
    #expect(try statement.values(["number": 1, "tenant": "vesterby"], tenant: nil) == ["vesterby", 1])
  }

  @Test("Columns of different lengths, or none with a length, are refused")
  func columns() throws {
    let statement = try SQLStatement("INSERT INTO round VALUES (:tenant, :number, :title)")
    let (columns, count) = try statement.columns(
      ["number": .integers([1, 2]), "title": .same("x")], tenant: eastern)
    #expect(columns.count == 3)
    #expect(count == 2)
    #expect(throws: DatabaseError.self) {
      try statement.columns(["number": .integers([1, 2]), "title": .texts(["x"])], tenant: eastern)
    }
    #expect(throws: DatabaseError.self) {
      try statement.columns(["number": .same(1), "title": .same("x")], tenant: eastern)
    }
  }
}

@Suite("The dialects")
struct DialectTests {
  @Test("Placeholders are put in each database's own words; other braces stay")
  func render() throws {
    let sql = "CREATE TABLE x (a {integer}, b {blob}, c {text} DEFAULT '{}', d {boolean} CHECK (d <> '{A}')) {strict}"
    #expect(
      try Dialect.sqlite.render(sql)
        == "CREATE TABLE x (a INTEGER, b BLOB, c TEXT DEFAULT '{}', d INTEGER CHECK (d <> '{A}')) STRICT")
    #expect(
      try Dialect.postgres.render(sql)
        == "CREATE TABLE x (a BIGINT, b BYTEA, c TEXT COLLATE \"C\" DEFAULT '{}', d SMALLINT CHECK (d <> '{A}')) ")
  }

  @Test("A word in braces that is no placeholder is refused")
  func unknown() {
    #expect(throws: DatabaseError.self) { try Dialect.sqlite.render("CREATE TABLE x (a {money})") }
  }

  @Test("A brace that is never closed stays", arguments: ["{", "a {integer", "{{", "x{a"])
  func open(text: String) throws {
    #expect(try Dialect.sqlite.render(text) == text)
  }

  @Test(
    "What a statement changes is named behind the views, wherever it stands",
    arguments: [
      ("INSERT INTO a (b) SELECT b FROM a WHERE c = :c", "INSERT INTO main.a (b) SELECT b FROM a WHERE c = :c"),
      ("insert or ignore into \"a\" (b) VALUES (1)", "insert or ignore into main.\"a\" (b) VALUES (1)"),
      ("UPDATE a SET b = (SELECT 1 FROM a)", "UPDATE main.a SET b = (SELECT 1 FROM a)"),
      ("UPDATE OR IGNORE a SET b = 1", "UPDATE OR IGNORE main.a SET b = 1"),
      (
        "DELETE /* FROM x */ FROM a -- b\nWHERE c IN (SELECT c FROM a)",
        "DELETE /* FROM x */ FROM main.a -- b\nWHERE c IN (SELECT c FROM a)"
      ),
      ("WITH x AS (SELECT 1 FROM a) DELETE FROM a", "WITH x AS (SELECT 1 FROM a) DELETE FROM main.a"),
      (
        "INSERT INTO a (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 2",
        "INSERT INTO main.a (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 2"
      ),
      ("SELECT b FROM a JOIN c ON a.d IS DISTINCT FROM c.d", "SELECT b FROM a JOIN c ON a.d IS DISTINCT FROM c.d"),
      ("SELECT 'DELETE FROM a', replace(b, 'x', 'y') FROM a", "SELECT 'DELETE FROM a', replace(b, 'x', 'y') FROM a"),
    ])
  func behindFence(_ text: String, _ expected: String) throws {
    #expect(try SQLStatement(text).behindFence == expected)
  }

  @Test(
    "A statement that reaches past the views is refused, however the name is written",
    arguments: [
      "SELECT 1 FROM main.a", "SELECT 1 FROM MAIN . a", "SELECT 1 FROM \"Main\".a", "SELECT 1 FROM 'main'.a",
      "SELECT 1 FROM [main].a", "SELECT 1 FROM `main`.a", "SELECT 1 FROM temp.a", "SELECT 1 FROM sqlite_master",
      "SELECT 1 FROM pragma_table_info('a')", "INSERT OR REPLACE INTO a VALUES (1)", "UPDATE OR REPLACE a SET b = 1",
    ])
  func reaching(_ text: String) throws {
    let statement = try SQLStatement(text)
    #expect(throws: DatabaseError.self) { try statement.behindFence }
  }
}
