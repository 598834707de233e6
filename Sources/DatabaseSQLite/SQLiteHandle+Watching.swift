internal import Database
internal import GRDBSQLite

extension SQLiteHandle {
  /// Does the work; every statement in it ends with an error soon after the interruption is raised. GRDB interrupts by
  /// itself, but only what runs at that moment: a statement that begins a moment later would go on to its end.
  func watching<T>(_ interruption: Interruption, _ work: () throws -> T) rethrows -> T {
    sqlite3_progress_handler(
      connection, Self.instructionsBetweenLooks,
      { Unmanaged<Interruption>.fromOpaque($0!).takeUnretainedValue().isRaised ? 1 : 0 },
      Unmanaged.passUnretained(interruption).toOpaque())
    defer { sqlite3_progress_handler(connection, 0, nil, nil) }
    return try withExtendedLifetime(interruption, work)
  }

  /// How many steps of SQLite's machine lie between two looks at whether the task was cancelled: below a millisecond.
  private static let instructionsBetweenLooks: Int32 = 10_000
}
