import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("What the server refuses, in the words of the house")
struct ErrorTests {
  private func translated(_ state: String, _ message: String = "m", writes: Bool = true) -> DatabaseError? {
    let fault = ServerFault(state: state, message: message, table: "round", column: "title", constraint: nil)
    return PostgresErrors.translate(fault, writes: writes) as? DatabaseError
  }

  @Test(
    "Each state has its kind",
    arguments: [
      ("23505", .constraint(.unique, name: "round.title")), ("23503", .constraint(.foreignKey, name: "round.title")),
      ("23001", .constraint(.foreignKey, name: "round.title")), ("23514", .constraint(.check, name: "round.title")),
      ("23502", .constraint(.notNull, name: "round.title")), ("23P01", .constraint(.other, name: "round.title")),
      ("22P02", .constraint(.check, name: "round.title")), ("42804", .constraint(.check, name: "round.title")),
      ("40001", .busy), ("40P01", .busy), ("55P03", .busy), ("57014", .busy),
      ("53100", .diskFull), ("58030", .ioError), ("XX001", .corrupt), ("XX002", .corrupt),
      ("57P01", .unavailable), ("57P02", .unavailable), ("57P03", .unavailable), ("53300", .unavailable),
      ("08006", .unavailable), ("25006", .unavailable), ("22021", .unsuitableText),
      ("42601", .other), ("42501", .other), ("22003", .other),
    ] as [(String, DatabaseError.Kind)])
  func kinds(state: String, kind: DatabaseError.Kind) {
    #expect(translated(state)?.kind == kind)
    #expect(translated(state)?.detail.contains(state) == true)
  }

  @Test("A change inside a read is a fault of the program")
  func changeInRead() { #expect(translated("25006", writes: false)?.kind == .misuse) }

  @Test("A lost connection is told from a refusal, and other errors are let through")
  func others() {
    struct Own: Error {}
    #expect(PostgresErrors.translate(Own(), writes: true) is Own)
    #expect(PostgresErrors.translate(CancellationError(), writes: true) is CancellationError)
    let lost = PostgresErrors.translate(ConnectionLost(reason: "gone"), writes: true) as? DatabaseError
    #expect(lost?.kind == .unavailable && lost?.detail == "gone")
  }

  @Test(
    "Values in messages are left out",
    arguments: [
      (
        "22P02", "invalid input syntax for type bigint: \"hemmelig\"",
        "PostgreSQL 22P02: invalid input syntax for type bigint"
      ),
      ("22003", "value \"hemmelig\" is out of \"x\" range", "PostgreSQL 22003: value … range"),
      ("22012", "division by zero", "PostgreSQL 22012: division by zero"),
      ("P0001", "hemmelig", "PostgreSQL P0001"),
    ])
  func withoutValues(state: String, message: String, detail: String) {
    #expect(translated(state, message)?.detail == detail)
  }

  @Test("The error of a live server holds no value either", wherePostgresIs)
  func live() async throws {
    let database = try await emptyTally()
    for sql in [
      "INSERT INTO tally (tenant, number, title) SELECT :tenant, 1, 'hemmelig' FROM generate_series(1, 2)",
      "INSERT INTO tally (tenant, number) VALUES (:tenant, 'hemmelig')",
      "INSERT INTO tally (tenant, number) VALUES (:tenant, CAST('hemmelig' || :tenant AS BIGINT))",
      "INSERT INTO tally (tenant, number, title) VALUES (:tenant, NULL, 'hemmelig')",
    ] {
      let error = await databaseError { try await database.write(eastern) { try $0.run(sql) } }
      #expect(error.map { "\($0)" }?.contains("hemmelig") == false, "\(sql)")
    }
    try await database.close()
  }
}
