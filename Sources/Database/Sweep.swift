extension DatabaseConnection {
  /// Counts, or deletes, the municipality's rows that are over: in each table those that fulfil its condition, which
  /// may name the values. Gives how many in all. Throws `DatabaseError`.
  public func sweep(
    _ over: [(table: String, condition: String)], _ values: [String: DatabaseValue], isCarriedOut: Bool
  ) throws -> Int {
    try over.reduce(0) { count, part in
      let which = "FROM \(part.table) WHERE tenant = :tenant AND \(part.condition)"
      if isCarriedOut { return try count + run("DELETE \(which)", values) }
      return try count + Int(row("SELECT COUNT(*) AS n \(which)", values)?.integer("n") ?? 0)
    }
  }
}
