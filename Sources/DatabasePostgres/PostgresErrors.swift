internal import Database
internal import SteeringCore

/// What the server said when it refused a statement.
struct ServerFault: Error {
  /// PostgreSQL's five characters, such as `23505`.
  let state: String
  /// The first line of the message. It may hold values; see `detail`.
  let message: String
  let table: String?
  let column: String?
  let constraint: String?
}

/// The connection is gone, was given up, or never came about.
struct ConnectionLost: Error {
  /// Why, as far as it matters for what comes next.
  enum Kind {
    /// It broke, or no server can be reached; another connection may answer.
    case broken
    /// No answer came in time. Another connection may be as silent, so that none is tried.
    case silent
    /// The server is there and does not let the program in.
    case refused
    /// The server cannot prove who it is, or cannot encrypt.
    case insecure
  }

  /// What is known of the reason, for the log.
  let reason: String
  /// What happened.
  var kind = Kind.broken
  /// Whether it is worth trying again.
  var mayPass: Bool { kind == .broken || kind == .silent }
}

/// PostgreSQL's states in the words of the house.
enum PostgresErrors {
  /// The house's error for what went wrong with PostgreSQL; any other error is handed back as it is.
  static func translate(_ error: any Error, writes: Bool) -> any Error {
    switch error {
    case let fault as ServerFault: translate(fault, writes: writes)
    case let lost as ConnectionLost: translate(lost)
    default: error
    }
  }

  private static func translate(_ fault: ServerFault, writes: Bool) -> DatabaseError {
    if fault.state == "25006", !writes { return .misuse("a change inside a read: \(fault.message)") }
    if fault.state == "57014" { return tooSlow(detail(fault)) }
    if fault.state == "42501" {
      // A server that speaks another language is taken for one that lacks a right, which does no harm.
      return fault.message.contains("row-level security") ? .misuse(detail(fault)) : noRight(detail(fault))
    }
    let kind = kind(fault)
    return kind == .unavailable ? unavailable(detail(fault)) : .of(kind, detail: detail(fault))
  }

  private static func kind(_ fault: ServerFault) -> DatabaseError.Kind {
    switch fault.state {
    case "40001", "40P01", "55P03": .busy
    case "53100": .diskFull
    case "58030": .ioError
    case "XX001", "XX002": .corrupt
    case "22021", "22P05": .unsuitableText
    case "23505": .constraint(.unique, name: name(fault))
    case "23001", "23503": .constraint(.foreignKey, name: name(fault))
    case "23514": .constraint(.check, name: name(fault))
    // A value that does not fit its column's type; SQLite counts that among the checks as well.
    case "22P02", "42804": .constraint(.check, name: name(fault))
    case "23502": .constraint(.notNull, name: name(fault))
    case "25006", "53300", "57P01", "57P02", "57P03", "57P04": .unavailable
    case let state where state.hasPrefix("23"): .constraint(.other, name: name(fault))
    case let state where state.hasPrefix("08"): .unavailable
    default: .other
    }
  }

  private static func name(_ fault: ServerFault) -> String {
    if let constraint = fault.constraint { return constraint }
    return [fault.table, fault.column].compactMap(\.self).joined(separator: ".")
  }

  /// The state and the message without values. PostgreSQL puts values into its details, which are never asked for, and
  /// into the messages about data that cannot be read, between quotation marks or behind a colon. A text that somebody
  /// else raised may hold anything.
  static func detail(_ fault: ServerFault) -> String {
    switch fault.state.prefix(2) {
    case "22": "PostgreSQL \(fault.state): \(withoutValues(fault.message))"
    case "P0", "HV": "PostgreSQL \(fault.state)"
    default: "PostgreSQL \(fault.state): \(fault.message)"
    }
  }

  private static func withoutValues(_ message: String) -> String {
    var message = message[...]
    if let colon = message.firstIndex(of: ":") { message = message[..<colon] }
    guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\"") else {
      return String(message)
    }
    return "\(message[..<first])…\(message[message.index(after: last)...])"
  }

  private static func translate(_ lost: ConnectionLost) -> DatabaseError {
    switch lost.kind {
    case .broken, .silent: unavailable(lost.reason)
    case .refused: refused(lost.reason)
    case .insecure: insecure(lost.reason)
    }
  }
}

extension PostgresErrors {
  static func unavailable(_ detail: String) -> DatabaseError {
    DatabaseError(
      .unavailable, Words("Databasen svarer ikke.", en: "The database does not answer."),
      remedy: Words(
        "Intet er ændret. Prøv igen om lidt. Bliver det ved, så se efter, at databaseserveren kører og kan nås.",
        en: "Nothing was changed. Try again in a moment. If it goes on, see that the server runs and can be reached."),
      detail: detail)
  }

  static func refused(_ detail: String) -> DatabaseError {
    DatabaseError(
      .unavailable,
      Words("Databaseserveren giver ikke programmet adgang.", en: "The server does not let the program in."),
      remedy: Words(
        "Se efter, at bruger, adgangskode og database er rigtige, og at serveren tillader dem.",
        en: "See that user, password and database are right, and that the server allows them."),
      detail: detail)
  }

  static func insecure(_ detail: String) -> DatabaseError {
    DatabaseError(
      .unavailable,
      Words(
        "Forbindelsen til databaseserveren kan ikke sikres.", en: "The connection to the server cannot be secured."),
      remedy: Words(
        "Giv serveren et certifikat, og sig i adressen, hvem der udstedte det: ?sslmode=verify-full&sslrootcert=FIL.",
        en: "Give the server a certificate; name its issuer in the address: ?sslmode=verify-full&sslrootcert=FILE."),
      detail: detail)
  }

  private static func noRight(_ detail: String) -> DatabaseError {
    DatabaseError(
      .other,
      Words("Databasens bruger må ikke gøre dette.", en: "The database's user may not do this."),
      remedy: Words(
        "Intet er ændret. Giv brugeren de rettigheder, som vejledningen nævner. Databasens besked står i loggen.",
        en: "Nothing was changed. Give the user the rights that the manual names. The log has the database's message."),
      detail: detail)
  }

  private static func tooSlow(_ detail: String) -> DatabaseError {
    DatabaseError(
      .busy, Words("Databasen nåede ikke at svare i tide.", en: "The database did not answer in time."),
      remedy: Words("Intet er ændret. Prøv igen om lidt.", en: "Nothing was changed. Try again in a moment."),
      detail: detail)
  }

  /// The error of opening, with the server's place and its own words, which are all that there is to go by then.
  static func opening(_ address: PostgresAddress, _ error: any Error) -> any Error {
    guard let error = translate(error, writes: false) as? DatabaseError, !error.detail.isEmpty else {
      return translate(error, writes: false)
    }
    return DatabaseError(
      error.kind,
      Words(
        "\(address): \(error.message.danish) (\(error.detail))",
        en: "\(address): \(error.message.english) (\(error.detail))"
      ),
      remedy: error.remedy, detail: error.detail)
  }

  static var noTurn: DatabaseError {
    DatabaseError(
      .busy,
      Words("For mange bruger databasen på én gang.", en: "Too many are using the database at once."),
      remedy: Words("Intet er ændret. Prøv igen om lidt.", en: "Nothing was changed. Try again in a moment."),
      detail: "no turn came in time")
  }

  static var closed: DatabaseError {
    DatabaseError(
      .unavailable, Words("Databasen er lukket.", en: "The database is closed."),
      remedy: Words("Start programmet igen.", en: "Start the program again."))
  }
}
