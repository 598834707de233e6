/// The way to the database inside one transaction, for one tenant. It lives as long as the body it is given to.
///
/// Statements are written in the SQL that SQLite and PostgreSQL share, one statement a call, with named parameters
/// (`:unit`). **`:tenant` is bound by the connection itself**, and a statement that does not mention it is refused,
/// so a statement cannot forget whose data it is about. Every `tenant` column of a join must be compared with it, for
/// the sake of the indexes: where that is forgotten, the database still shows no other municipality's rows, changes
/// none of them, and refuses a row that would become theirs. In work across the municipalities all rows are there.
///
/// Every method throws `DatabaseError`. Once a statement has failed, the transaction is over: further statements
/// throw the same error, and nothing is written even where the body catches it. (PostgreSQL works so; the other
/// drivers follow.) Say `ON CONFLICT … DO NOTHING` and look at the number of rows where a conflict is expected.
public protocol DatabaseConnection {
  /// What differs between the databases.
  var dialect: Dialect { get }

  /// In whose name the transaction works.
  var deed: Deed { get }

  /// All rows of a query, or of an `INSERT … RETURNING`. For results of bounded size; else use `forEachRow`.
  func rows(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> [DatabaseRow]

  /// Hands over the rows of a query one by one, in constant memory. An error of the body ends it and comes out
  /// unchanged.
  func forEachRow(
    _ sql: String, _ bindings: [String: DatabaseValue], _ body: (DatabaseRow) throws -> Void) throws

  /// Runs a statement that changes something. Returns how many rows it changed itself (not those that foreign keys
  /// or triggers changed in its wake): 0 says that its condition held for none.
  @discardableResult
  func run(_ sql: String, _ bindings: [String: DatabaseValue]) throws -> Int

  /// Runs one prepared statement for each row of the columns, which must be equally long and named as the statement's
  /// parameters. The fast way to insert many rows; hand over large amounts in portions to keep memory bounded.
  /// Returns how many rows were changed in all. Does nothing where the columns are empty; refused where all are `same`.
  @discardableResult
  func runMany(_ sql: String, _ columns: [String: DatabaseColumn]) throws -> Int
}

extension DatabaseConnection {
  /// The house's own.
  public var deed: Deed { .house }

  /// All rows of a query without parameters of its own.
  public func rows(_ sql: String) throws -> [DatabaseRow] { try rows(sql, [:]) }

  /// The only row of a query, or `nil` where there is none. More than one is a programming error.
  public func row(_ sql: String, _ bindings: [String: DatabaseValue] = [:]) throws -> DatabaseRow? {
    let found = try rows(sql, bindings)
    guard found.count < 2 else { throw DatabaseError.misuse("\(found.count) rows where at most one may be: \(sql)") }
    return found.first
  }

  /// Runs a statement without parameters of its own.
  @discardableResult
  public func run(_ sql: String) throws -> Int { try run(sql, [:]) }
}
