internal import CLibpq
internal import Database
internal import Foundation
internal import SteeringCore

/// Where a database server is and who asks, read from `postgres://user@host:port/database?sslmode=…`. The parameters
/// are those of PostgreSQL's own library; several hosts, with commas between, are tried in turn.
///
/// A password comes from the address, from the file that `STYREHUS_DATABASE_PASSWORD_FILE` names, from `PGPASSWORD`, or
/// from a file of PostgreSQL's own (`PGPASSFILE`, `~/.pgpass`), in this order. It never appears in a description.
///
/// A server elsewhere than on this machine is asked for an encrypted connection with a certificate that fits its
/// name (`sslmode=verify-full`), unless the address or `PGSSLMODE` says otherwise.
struct PostgresAddress: Sendable {
  /// Parameters of the library for each host, in the order in which they are tried.
  let candidates: [[String: String]]

  /// What an address may be called by its beginning.
  static let schemes = ["postgres://", "postgresql://"]

  /// Reads an address. Throws `DatabaseError` of kind `unavailable` without any part of it, since parts may be secret.
  init(_ address: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard Self.schemes.contains(where: address.hasPrefix), var given = Self.parse(address) else {
      throw Self.unreadable
    }
    for (variable, parameter) in ["PGHOST": "host", "PGHOSTADDR": "hostaddr", "PGPORT": "port"] {
      if given[parameter] == nil { given[parameter] = environment[variable] }
    }
    if given["password"] == nil {
      let file = environment["STYREHUS_DATABASE_PASSWORD_FILE"]
      given["password"] = try file.map(Self.password) ?? environment["PGPASSWORD"]
    }
    if given["sslmode"] == nil, environment["PGSSLMODE"] == nil, !Self.staysOnThisMachine(given) {
      given["sslmode"] = "verify-full"
    }
    candidates = try Self.oneByOne(given.merging(Self.standard) { given, _ in given })
  }

  /// What applies where the address says nothing. A server that went silent is noticed by the kernel after about half a
  /// minute; the deadlines of statements are shorter. Reads go to the primary alone, since a standby may lag behind.
  private static let standard = [
    "application_name": "styrehus", "client_encoding": "UTF8", "target_session_attrs": "read-write",
    "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "20000",
  ]

  private static func parse(_ address: String) -> [String: String]? {
    // The library's message is not looked at: it may quote the password.
    guard let options = PQconninfoParse(address, nil) else { return nil }
    defer { PQconninfoFree(options) }
    var found: [String: String] = [:]
    var next = options
    while let keyword = next.pointee.keyword {
      if let value = next.pointee.val { found[String(cString: keyword)] = String(cString: value) }
      next += 1
    }
    return found
  }

  private static func password(in file: String) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: file), let text = String(data: bytes, encoding: .utf8),
      let password = text.split(whereSeparator: \.isNewline).first
    else {
      throw DatabaseError(
        .unavailable,
        Words(
          "Filen med databasens adgangskode, \(file), kan ikke læses eller er tom.",
          en: "The file with the database's password, \(file), cannot be read or is empty."),
        remedy: Words(
          "Skriv adgangskoden i filens første linje, og giv programmet ret til at læse den.",
          en: "Write the password in the file's first line, and let the program read it."))
    }
    return String(password)
  }

  private static func list(_ text: String?) -> [String] {
    text.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
  }

  /// Whether every server is reached without leaving the machine: through a socket file or the loopback address.
  private static func staysOnThisMachine(_ given: [String: String]) -> Bool {
    guard given["service"] == nil else { return false }
    return (list(given["hostaddr"]) + list(given["host"])).allSatisfy { host in
      host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
        || host.hasPrefix("127.")
    }
  }

  /// The library would wait for one host of a list for ever, so each is tried by itself.
  private static func oneByOne(_ given: [String: String]) throws -> [[String: String]] {
    let lists = ["host", "hostaddr", "port"].map { ($0, list(given[$0])) }
    let count = max(lists[0].1.count, lists[1].1.count, 1)
    return try (0..<count).map { index in
      var one = given
      for (parameter, values) in lists where values.count > 1 {
        guard values.count == count else { throw unreadable }
        one[parameter] = values[index]
      }
      return one
    }
  }

  private static var unreadable: DatabaseError {
    DatabaseError(
      .unavailable, Words("Databasens adresse kan ikke læses.", en: "The database's address cannot be read."),
      remedy: Words(
        "Skriv den som postgres://bruger@server:5432/database, med særlige tegn skrevet som %XX.",
        en: "Write it as postgres://user@server:5432/database, with special characters written as %XX."))
  }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// User, servers and database, without anything secret.
  var description: String {
    let hosts = candidates.map { one in
      let host = one["host"] ?? one["hostaddr"] ?? "(local)"
      return one["port"].map { "\(host):\($0)" } ?? host
    }
    let user = candidates[0]["user"].map { "\($0)@" } ?? ""
    return "\(user)\(hosts.joined(separator: ","))/\(candidates[0]["dbname"] ?? "")"
  }

  /// As `description`.
  var debugDescription: String { description }

  /// Nothing: what lies inside is secret.
  var customMirror: Mirror { Mirror(self, children: []) }
}
