extension DatabaseConnection {
  /// Counts, or deletes, the keys of what took effect before a moment, in seconds since 1 January 1970 UTC, and the
  /// jobs that ended before it. A form that is sent again after that takes effect again. Throws `DatabaseError`.
  public func sweepCommands(before moment: Int64, isCarriedOut: Bool) throws -> Int {
    let over = [("database_command", "decided_at < :moment"), ("database_job", "ended_at < :moment")]
    return try over.reduce(0) { count, part in
      let (table, condition) = part
      let values: [String: DatabaseValue] = ["moment": .integer(moment * 1_000)]
      if isCarriedOut {
        return try count + run("DELETE FROM \(table) WHERE tenant = :tenant AND \(condition)", values)
      }
      let row = try row("SELECT COUNT(*) AS n FROM \(table) WHERE tenant = :tenant AND \(condition)", values)
      return try count + Int(row?.integer("n") ?? 0)
    }
  }
}
