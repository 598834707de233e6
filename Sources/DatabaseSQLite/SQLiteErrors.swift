internal import Database
internal import GRDBSQLite
internal import SteeringCore

/// SQLite's result codes in the words of the house.
enum SQLiteErrors {
  /// The house's error for a fault of SQLite; any other error is handed back as it is.
  static func translate(_ error: any Error) -> any Error {
    guard let fault = error as? SQLiteFault else { return error }
    // A statement is interrupted only where its task was cancelled.
    if fault.code & 0xFF == SQLITE_INTERRUPT { return CancellationError() }
    if fault.code & 0xFF == SQLITE_MISUSE { return closed(fault) }
    if fault.text == TenantFence.refusal { return DatabaseError.misuse(fault.text) }
    return DatabaseError.of(kind(fault), detail: "SQLite \(fault.code): \(fault.text)")
  }

  /// As `translate`, on a connection that only reads: there, an attempt to write is a fault in the program.
  static func translateInsideRead(_ error: any Error) -> any Error {
    if let fault = error as? SQLiteFault, fault.code & 0xFF == SQLITE_READONLY {
      return DatabaseError.misuse("a change inside a read: \(fault.text)")
    }
    return translate(error)
  }

  private static func kind(_ fault: SQLiteFault) -> DatabaseError.Kind {
    switch fault.code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .diskFull
    // By its manual SQLite says so where there is no room for the index of its log.
    case SQLITE_IOERR: fault.code == sharedMemorySize ? .diskFull : .ioError
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
    case SQLITE_CONSTRAINT: .constraint(rule(fault.code), name: name(fault.text))
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY: .unavailable
    default: .other
    }
  }

  /// `SQLITE_IOERR_SHMSIZE`.
  private static let sharedMemorySize = SQLITE_IOERR | 19 << 8

  /// SQLite's extended codes are macros with shifts that Swift does not import: the rule stands in the second byte.
  private static func rule(_ code: Int32) -> DatabaseError.Rule {
    switch code >> 8 {
    case 1, 12: .check  // CHECK, and DATATYPE of strict tables
    case 3: .foreignKey
    case 5: .notNull
    case 6, 8, 10: .unique  // PRIMARYKEY, UNIQUE, ROWID
    default: .other
    }
  }

  /// What follows the colon in `UNIQUE constraint failed: round.tenant, round.number`.
  private static func name(_ text: String) -> String {
    text.firstIndex(of: ":").map { String(text[text.index(after: $0)...].drop { $0 == " " }) } ?? ""
  }

  private static func closed(_ fault: SQLiteFault) -> DatabaseError {
    DatabaseError(
      .unavailable, Words("Databasen er lukket.", en: "The database is closed."),
      remedy: Words("Start programmet igen.", en: "Start the program again."),
      detail: "SQLite \(fault.code): \(fault.text)")
  }
}
