/// Copies everything from one database to another, of whatever product, and proves that nothing differs. All tenants'
/// rows go; the record of migrations does not, since the target has its own.
public struct DatabaseMove: Sendable {
  private let migrations: [Migration]

  /// A move of the tables that these migrations make.
  public init(_ migrations: [Migration]) { self.migrations = migrations }

  /// Copies all rows in one transaction of the target, from one unchanging picture of the source, in memory that does
  /// not grow with their number. Then the target's rows are read back and compared with those of the source; the proofs
  /// of all tables are returned. Throws `MoveRefusal` where the databases do not fit each other or something differs,
  /// and `DatabaseError`; after any error but one of kind `outcomeUnknown` the target holds no rows. Tables are made
  /// in the target first, where it is empty; `now` is the time to record, in seconds since 1 January 1970 UTC.
  public func run(
    from source: any MunicipalDatabase, to target: any MunicipalDatabase, now: @Sendable () -> Int64
  ) async throws -> [TableProof] {
    let runner = try MigrationRunner(migrations)
    let missing = try await runner.plan(on: source)
    guard missing.isEmpty else { throw MoveRefusal.sourceIsBehind(steps: missing) }
    // Before the steps are run, so that nobody's older data are brought up to date by a refusal.
    try await target.readAcrossTenants { try Self.refuseRows(in: try TableShape.all($0), $0) }
    _ = try await runner.run(on: target, now: now)
    let tables = try await source.readAcrossTenants(ordered)
    try Self.compare(tables, try await target.readAcrossTenants(ordered))
    return try await carry(tables, from: source, to: target)
  }

  /// The tables in the order in which migrations make them, so that a row arrives after those that it refers to.
  private var ordered: @Sendable (any DatabaseConnection) throws -> [TableShape] {
    { connection in
      let named = try migrations.flatMap(\.statements).map { try SQLStatement($0).table }
      let order = Dictionary(zip(named, named.indices), uniquingKeysWith: min)
      let tables = try TableShape.all(connection)
      return tables.sorted { (order[$0.name] ?? .max, $0.name) < (order[$1.name] ?? .max, $1.name) }
    }
  }

  private static func compare(_ source: [TableShape], _ target: [TableShape]) throws {
    let differing = (source + target).filter { !source.contains($0) || !target.contains($0) }.map(\.name)
    guard differing.isEmpty else { throw MoveRefusal.tablesDiffer(Set(differing).sorted()) }
  }

  private static func refuseRows(in tables: [TableShape], _ connection: any DatabaseConnection) throws {
    if let table = try tables.first(where: { try $0.hasRows(connection) }) {
      throw MoveRefusal.targetHoldsRows(table: table.name)
    }
  }
}

// The copying: one thread reads, another one writes, each in a transaction of its own database, so that neither keeps
// the other from what it waits for.
extension DatabaseMove {
  private func carry(
    _ tables: [TableShape], from source: any MunicipalDatabase, to target: any MunicipalDatabase
  ) async throws -> [TableProof] {
    let conveyor = Conveyor<MoveLoad>(places: 2)
    return try await withTaskCancellationHandler {
      async let sending: Void = Self.send(tables, from: source, on: conveyor)
      do {
        let proofs = try await target.writeAcrossTenants { try Self.receive(tables, $0, from: conveyor) }
        // All of it has arrived, so that nothing that happens to the reader now matters.
        try? await sending
        return proofs
      } catch {
        conveyor.stop(error)
        try? await sending
        throw error
      }
    } onCancel: {
      conveyor.stop(CancellationError())
    }
  }

  private static func send(
    _ tables: [TableShape], from source: any MunicipalDatabase, on conveyor: Conveyor<MoveLoad>
  ) async throws {
    do {
      try await source.readAcrossTenants { connection in
        for table in tables {
          var digest = TableDigest(table)
          var portion = Portion()
          try connection.forEachRow(table.selection, [:]) { row in
            portion.add(row, weight: try digest.add(row))
            guard portion.isFull else { return }
            try conveyor.send(.rows(portion))
            portion = Portion()
          }
          if !portion.rows.isEmpty { try conveyor.send(.rows(portion)) }
          try conveyor.send(.end(digest.proof))
        }
      }
    } catch {
      conveyor.stop(error)
      throw error
    }
  }

  private static func receive(
    _ tables: [TableShape], _ connection: any DatabaseConnection, from conveyor: Conveyor<MoveLoad>
  ) throws -> [TableProof] {
    try refuseRows(in: tables, connection)
    var sent: [TableProof] = []
    for table in tables {
      let insertion = table.insertion
      while sent.last?.table != table.name {
        try conveyor.receive { load in
          switch load {
          case .rows(let portion): try connection.runMany(insertion, try portion.columns(of: table))
          case .end(let proof): sent.append(proof)
          }
        }
      }
      try table.continueNumbers(connection)
    }
    let arrived = try tables.map { try TableDigest.proof(of: $0, connection) }
    let differing = zip(sent, arrived).filter { $0 != $1 }.map(\.0.table)
    guard differing.isEmpty else { throw MoveRefusal.contentDiffers(tables: differing) }
    return arrived
  }
}
