extension DatabaseConnection {
  /// Counts, or deletes, the keys of what took effect before a moment, in seconds since 1 January 1970 UTC, and the
  /// jobs that ended before it. A form that is sent again after that takes effect again. Throws `DatabaseError`.
  public func sweepCommands(before moment: Int64, isCarriedOut: Bool) throws -> Int {
    try sweep(
      [("database_command", "decided_at < :moment"), ("database_job", "ended_at < :moment")],
      ["moment": .integer(moment * 1_000)], isCarriedOut: isCarriedOut)
  }
}
