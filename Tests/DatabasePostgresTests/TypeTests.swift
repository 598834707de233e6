import Database
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("PostgreSQL's own types", wherePostgresIs)
struct TypeTests {
  @Test(
    "Every kind of number, truth and text comes out as the house has it",
    arguments: [
      ("1 = 1", 1), ("1 = 2", 0), ("CAST(-7 AS SMALLINT)", -7), ("CAST(-70000 AS INTEGER)", -70_000),
      ("CAST(-9223372036854775808 AS BIGINT)", .integer(.min)), ("CAST(4294967295 AS OID)", .integer(4_294_967_295)),
      ("CAST('x' AS VARCHAR(3))", "x"), ("CAST('x' AS CHAR(3))", "x  "), ("CAST('x' AS NAME)", "x"), ("'x'", "x"),
      ("NULL", nil), ("''", ""), ("CAST('\\x00ff' AS BYTEA)", .blob([0, 255])),
      ("CAST(0 AS NUMERIC)", 0), ("CAST(10000 AS NUMERIC)", 10_000),
      ("CAST(-123456789012 AS NUMERIC)", -123_456_789_012),
      ("CAST(1e18 AS NUMERIC(30, 0))", 1_000_000_000_000_000_000),
      ("CAST(9223372036854775807 AS NUMERIC)", .integer(.max)),
      ("CAST(-9223372036854775808 AS NUMERIC)", .integer(.min)),
      ("(SELECT SUM(n) FROM (VALUES (CAST(5 AS BIGINT)), (20000000000)) AS t (n))", 20_000_000_005),
    ] as [(String, DatabaseValue)])
  func read(expression: String, value: DatabaseValue) async throws {
    let database = try await TypeGround.database
    #expect(try await database.value(expression) == value)
  }

  @Test(
    "Numbers with decimals, and types without a place in the house, are refused",
    arguments: [
      "1.5", "CAST(2 AS NUMERIC(5, 2))", "CAST('NaN' AS NUMERIC)", "CAST(1 AS REAL)", "AVG(1)", "now()",
      "CAST('{}' AS JSON)", "ARRAY[1]",
    ])
  func refused(expression: String) async throws {
    let database = try await TypeGround.database
    let error = await databaseError { try await database.value(expression) }
    #expect(error?.kind == .misuse)
    #expect(error?.detail.contains("column value") == true)
  }

  @Test(
    "A sum beyond 64 bits is an error",
    arguments: ["9223372036854775808", "-9223372036854775809", "1e40", "100000000000000000000"])
  func overflow(number: String) async throws {
    let database = try await TypeGround.database
    let error = await databaseError { try await database.value("CAST(\(number) AS NUMERIC(60, 0))") }
    #expect(error?.kind == .other)
    #expect(error?.detail.contains("integer overflow") == true)
  }

  @Test("A null whose type is not plain is refused, and taken with a cast; a parameter may stand twice")
  func nulls() async throws {
    let database = try await TypeGround.database
    let error = await databaseError { try await database.value(":x IS NULL", ["x": nil]) }
    #expect(error?.kind == .other)
    #expect(try await database.value("CAST(:x AS BIGINT) IS NULL", ["x": nil]) == 1)
    #expect(try await database.value(":x || '-' || :x || :y", ["x": "a", "y": "b"]) == "a-ab")
  }
}

/// One database for all of these tests.
private enum TypeGround {
  static var database: PostgresDatabase { get async throws { try await opened.value } }
  private static let opened = Task { try await ThrowawayPostgres.shared.open() }
}
