import Database
import Foundation
import SteeringCore
import StyrehusTesting
import Testing

@testable import DatabasePostgres

@Suite("The address of a server")
struct AddressTests {
  private func read(_ address: String, _ environment: [String: String] = [:]) throws -> PostgresAddress {
    try PostgresAddress(address, environment: environment)
  }

  @Test("User, server, port, database and parameters are read; what is missing has a default")
  func parts() throws {
    let one = try read("postgres://styrehus@db.example:6432/steering?application_name=x").candidates
    #expect(one.count == 1)
    #expect(one[0]["user"] == "styrehus" && one[0]["host"] == "db.example" && one[0]["port"] == "6432")
    #expect(one[0]["dbname"] == "steering" && one[0]["application_name"] == "x")
    #expect(one[0]["target_session_attrs"] == "read-write" && one[0]["client_encoding"] == "UTF8")
    #expect(try read("postgresql:///a").candidates[0]["application_name"] == "styrehus")
  }

  @Test("Several servers are tried one by one, each with its own port")
  func several() throws {
    let both = try read("postgres://a@one:1,two:2/x").candidates
    #expect(both.map { $0["host"] } == ["one", "two"])
    #expect(both.map { $0["port"] } == ["1", "2"])
    #expect(try read("postgres:///x?host=one,two&port=7").candidates.map { $0["port"] } == ["7", "7"])
    #expect(throws: DatabaseError.self) { try read("postgres:///x?host=one,two,three&port=1,2") }
  }

  @Test(
    "A server elsewhere must prove who it is, unless somebody says otherwise",
    arguments: [
      ("postgres://db.example/x", [:], "verify-full"), ("postgres://10.0.0.7/x", [:], "verify-full"),
      ("postgres://localhost,db.example/x", [:], "verify-full"),
      ("postgres:///x?hostaddr=10.0.0.7", [:], "verify-full"), ("postgres:///x?service=y", [:], "verify-full"),
      ("postgres:///x", ["PGHOST": "db.example"], "verify-full"),
      ("postgres://db.example/x?sslmode=require", [:], "require"),
      ("postgres://db.example/x", ["PGSSLMODE": "require"], nil),
      ("postgres:///x", [:], nil), ("postgres://localhost/x", [:], nil), ("postgres://127.0.0.1/x", [:], nil),
      ("postgres://[::1]/x", [:], nil), ("postgres:///x?host=/run/postgresql", [:], nil),
    ] as [(String, [String: String], String?)])
  func encryption(address: String, environment: [String: String], mode: String?) throws {
    #expect(try read(address, environment).candidates[0]["sslmode"] == mode)
  }

  @Test("A password comes from the address, else from the named file, else from PGPASSWORD")
  func password() throws {
    let file = NSTemporaryDirectory() + "styrehus-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data("fra filen\n".utf8).write(to: URL(filePath: file))
    let environment = ["STYREHUS_DATABASE_PASSWORD_FILE": file, "PGPASSWORD": "variable"]
    #expect(try read("postgres://a:direct@/x", environment).candidates[0]["password"] == "direct")
    #expect(try read("postgres://a@/x", environment).candidates[0]["password"] == "fra filen")
    #expect(try read("postgres://a@/x", ["PGPASSWORD": "variable"]).candidates[0]["password"] == "variable")
    try Data("\n".utf8).write(to: URL(filePath: file))
    let empty = #expect(throws: DatabaseError.self) { try read("postgres://a@/x", environment) }
    #expect(empty?.message.danish.contains(file) == true)
  }

  @Test("A password never appears in what is printed")
  func secret() throws {
    let address = try read("postgres://anna:hemmelig%2Fkode@db.example:6432/x?sslpassword=nøgle")
    var dumped = ""
    dump(address, to: &dumped)
    for text in ["\(address)", String(reflecting: address), dumped] {
      #expect(!text.contains("hemmelig") && !text.contains("nøgle"))
    }
    #expect("\(address)" == "anna@db.example:6432/x")
  }

  @Test(
    "An address that cannot be read is refused without any part of it",
    arguments: [
      "", "sqlite:x", "postgres:/hemmelig", "postgres://a:hemmelig@[::1/x", "postgres://a/x?hemmelig=1",
      "postgres://hemmelig%zz/x", "host=hemmelig", "mysql://hemmelig/x",
    ])
  func unreadable(address: String) {
    let error = #expect(throws: DatabaseError.self) { try read(address) }
    #expect(error?.kind == .unavailable)
    #expect(error.map { "\($0)" }?.contains("hemmelig") == false)
  }
}

@Suite("Opening a database", wherePostgresIs, .timeLimit(.minutes(3)))
struct OpeningTests {
  private func open(
    _ address: String, reconnect: Duration = .seconds(5), environment: [String: String] = [:]
  ) async throws -> PostgresDatabase {
    var limits = PostgresLimits.forTests
    limits.reconnect = reconnect
    return try await PostgresDatabase.open(address, limits: limits, environment: environment)
  }

  @Test("A password opens the server over the network; a wrong one is refused at once and not told")
  func password() async throws {
    let server = try ThrowawayPostgres.shared
    let database = try await open("postgres://postgres:\(server.password)@127.0.0.1:\(server.port)/postgres")
    #expect(try await database.value("1") == 1)
    for text in [database.description.danish, database.description.english] {
      #expect(text.contains("PostgreSQL ") && text.contains("postgres@127.0.0.1:\(server.port)/postgres"))
      #expect(!text.contains(server.password))
    }
    try await database.close()
    // Were a refusal tried again, this would take ten minutes.
    let error = await databaseError {
      try await open(
        "postgres://postgres:forkert@127.0.0.1:\(server.port)/postgres", reconnect: .seconds(600))
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.danish.contains(": Databaseserveren giver ikke programmet adgang. (") == true)
    #expect(error?.detail.contains("28P01") == true)
    #expect(error.map { "\($0)" }?.contains("forkert") == false)
  }

  @Test("A database or user that is not there is refused at once")
  func absent() async throws {
    let server = try ThrowawayPostgres.shared
    for address in [server.address(database: "nothing"), server.address(user: "nobody")] {
      let error = await databaseError { try await open(address, reconnect: .seconds(600)) }
      #expect(error?.kind == .unavailable)
      #expect(error?.message.danish.contains(": Databaseserveren giver ikke programmet adgang. (") == true)
    }
  }

  @Test("Where nobody listens, attempts end in time; the next server of the list is used")
  func unreachable() async throws {
    let server = try ThrowawayPostgres.shared
    let error = await databaseError { try await open("postgres://a@127.0.0.1:1/x", reconnect: .milliseconds(500)) }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.danish.hasPrefix("a@127.0.0.1:1/x: Databasen svarer ikke. (connection to") == true)
    #expect(error?.text(.english).contains("Nothing was changed") == true)
    let database = try await open(
      "postgres:///postgres?user=postgres&host=/nowhere,\(server.folder)&port=\(server.port)")
    #expect(try await database.value("1") == 1)
    try await database.close()
  }

  @Test("Encryption that was asked for is not silently left out")
  func encryption() async throws {
    let server = try ThrowawayPostgres.shared
    let error = await databaseError {
      try await open(
        "postgres://postgres:\(server.password)@127.0.0.1:\(server.port)/postgres?sslmode=verify-full",
        reconnect: .milliseconds(100))
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.danish.contains("Forbindelsen til databaseserveren kan ikke sikres. (") == true)
  }

  @Test("A database that keeps text in another encoding is refused with what to do")
  func encoding() async throws {
    let server = try ThrowawayPostgres.shared
    try server.createDatabase("ascii", encoding: "SQL_ASCII")
    let error = await databaseError { try await open(server.address(database: "ascii")) }
    #expect(error?.kind == .unavailable)
    #expect(error?.text(.danish).contains("SQL_ASCII") == true)
    #expect(error?.text(.english).contains("ENCODING 'UTF8'") == true)
  }

  @Test("A server that does not wait for its disk is refused; one that is too old too")
  func unsafe() {
    let lazy = #expect(throws: DatabaseError.self) { try ServerFitness.check(encoding: "UTF8", fsync: "off") }
    #expect(lazy?.text(.danish).contains("fsync") == true)
    #expect(throws: Never.self) { try ServerFitness.check(encoding: "UTF8", fsync: "on") }
    #expect(ServerFitness.tooOld(120_004).message.english == "PostgreSQL 12.4 is too old for Styrehus.")
  }

  @Test("Every connection has its limits, and waits for the disk also where its user would not")
  func settings() async throws {
    let database = try await ThrowawayPostgres.shared.open(options: "%20-csynchronous_commit%3Doff")
    @Sendable func settings(_ connection: any DatabaseConnection) throws -> [String] {
      try ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "synchronous_commit"].map {
        try connection.row("SELECT current_setting('\($0)') AS value, :tenant AS t")?.text("value") ?? ""
      }
    }
    #expect(try await database.read(eastern, settings) == ["8s", "5s", "10min", "on"])
    #expect(try await database.write(eastern, settings) == ["8s", "5s", "10min", "on"])
    #expect(try await database.value("current_setting('statement_timeout')") == "1h")
    #expect(try await database.read(eastern, settings) == ["8s", "5s", "10min", "on"], "the long limit was local")
    try await database.close()
  }

  @Test("Row-level security can ask whose transaction it is")
  func owner() async throws {
    let database = try await ThrowawayPostgres.shared.open()
    let sql = "SELECT current_setting('styrehus.tenant') AS value WHERE :tenant <> ''"
    #expect(try await database.read(western) { try $0.row(sql)?.text("value") } == "vesterby")
    #expect(try await database.write(eastern) { try $0.row(sql)?.text("value") } == "oesterby")
    #expect(try await database.value("current_setting('styrehus.tenant')") == "*")
    try await database.close()
  }
}
