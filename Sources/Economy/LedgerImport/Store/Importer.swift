public import Database
import Ledger
import SteeringCore

/// Imports files into a municipality's database: one transaction a file, so that a file is stored whole or not at
/// all, also when the process dies in the middle. The same code reads for a dry run, which writes nothing.
public struct Importer: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  /// Seconds since 1 January 1970 UTC.
  let now: @Sendable () -> Int64

  /// An importer into a database.
  public init(database: any MunicipalDatabase, tenant: Tenant, now: @escaping @Sendable () -> Int64) {
    self.database = database
    self.tenant = tenant
    self.now = now
  }

  /// How much is gathered before it is packed and put into the database, in bytes.
  var roomBytes = 16 << 20

  /// Carries an outcome out of a transaction that shall be rolled back.
  struct NotStored: Error {
    let outcome: ImportOutcome
  }

  /// The fast reader was not sure; everything starts again with the careful one.
  struct ReadAgain: Error {}

  /// Imports a file, or says why not. `progress` is called now and then with the bytes read so far; where it throws,
  /// the import ends with its error. Throws `DatabaseError` and `FileFault`; nothing is stored then either. Where it
  /// takes effect under a command's key, and did so before, the outcome is that of then; also throws `CommandReused`.
  public func run(
    _ request: ImportRequest, key: CommandKey? = nil, progress: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) async throws -> ImportOutcome {
    let hash = ContentHashing(request.source)
    let command = key.map { key in
      Command(key, kind: ImportJobs.kind) {
        [
          request.profile.kind.rawValue, request.profile.name, request.year?.description ?? "",
          request.overlap.rawValue,
          try hash.value(),
        ]
      }
    }
    return try await run(request, hash, takingEffect: command.map { .once($0) } ?? .everyTime, nil, progress)
  }

  /// As `run`, as the end of something else: with the import goes the draft that the file waited as.
  func run(
    _ request: ImportRequest, takingEffect: TakingEffect, ending ticket: String,
    progress: @escaping @Sendable (Int) throws -> Void
  ) async throws -> ImportOutcome {
    try await run(request, ContentHashing(request.source), takingEffect: takingEffect, ticket, progress)
  }

  private func run(
    _ request: ImportRequest, _ hash: ContentHashing, takingEffect: TakingEffect, _ ticket: String?,
    _ progress: @escaping @Sendable (Int) throws -> Void
  ) async throws -> ImportOutcome {
    do {
      return try await Self.quicklyThenCarefully { careful in
        try await database.write(tenant) { connection in
          let effect = try takingEffect.carryOut(connection, record: Self.record) {
            let outcome = try step(connection, request, hash, careful, progress).run()
            if let ticket { try ImportStore(connection).take(draft: ticket) }
            if case .imported(let file, _) = outcome { try connection.tell(.imported(file)) }
            return outcome
          }
          switch effect {
          case .done(let outcome): return outcome
          case .doneBefore(let decision): return try Self.earlier(decision, ImportStore(connection))
          }
        }
      }
    } catch let stop as NotStored {
      return stop.outcome
    } catch is DraftAnswered {
      return .refused(Findings())
    }
  }

  /// What is recorded of an import that is kept; the other outcomes keep nothing, their record neither.
  private static func record(_ outcome: ImportOutcome) -> String {
    if case .imported(let file, _) = outcome { ImportResult.imported(file.id).text } else { "" }
  }

  private static func earlier(_ decision: Decision, _ store: ImportStore) throws -> ImportOutcome {
    guard case .imported(let id) = ImportResult(decision.outcome), let file = try store.files([id]).first else {
      throw DatabaseError.misuse("a command was recorded without its import")
    }
    return .imported(file, remarks: Findings())
  }

  /// Reads a file as an import would and says what it holds; stores nothing. A file that is no good is told in the
  /// findings. Throws as `run`.
  public func preview(
    _ request: ImportRequest, progress: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) async throws -> FilePreview {
    let hash = ContentHashing(request.source)
    return try await Self.quicklyThenCarefully { careful in
      try await database.read(tenant) { connection in
        try step(connection, request, hash, careful, progress).preview()
      }
    }
  }

  private func step(
    _ connection: any DatabaseConnection, _ request: ImportRequest, _ hash: ContentHashing, _ careful: Bool,
    _ progress: @escaping @Sendable (Int) throws -> Void
  ) -> ImportStep {
    ImportStep(
      store: ImportStore(connection), request: request, hash: hash, now: now(), careful: careful,
      roomBytes: roomBytes, progress: progress)
  }

  private static func quicklyThenCarefully<T>(_ body: (_ careful: Bool) async throws -> T) async throws -> T {
    do {
      return try await body(false)
    } catch is ReadAgain {
      return try await body(true)
    }
  }
}

/// One import inside its transaction.
struct ImportStep {
  let store: ImportStore
  let request: ImportRequest
  let hash: ContentHashing
  let now: Int64
  let careful: Bool
  let roomBytes: Int
  let progress: @Sendable (Int) throws -> Void

  var profile: ImportProfile { request.profile }
  var name: String { request.fileName }

  func run() throws -> ImportOutcome {
    // A ledger is read while its hash is being worked out, and asks this itself.
    if profile.kind != .ledger { try stopWhereKnown() }
    switch profile.kind {
    case .ledger: return try importLedger()
    case .budget: return try budget()
    case .plans: return try plans()
    case .accounts: return try accounts()
    case .carryOver: return try carryOver()
    case .organisation:
      throw refusal(foreignKind)
    }
  }

  func stopWhereKnown() throws {
    if let earlier = try sameFile() { throw Importer.NotStored(outcome: earlier) }
  }

  /// The same bytes among the imports that count: of this year, nothing changes; of another, something is wrong, except
  /// for plans, whose rows have years of their own and which often run on unchanged.
  func sameFile() throws -> ImportOutcome? {
    let hash = try hash.value()
    let twins = try store.current(profile.kind).filter { $0.contentHash == hash }
    if let twin = twins.first(where: { $0.year == request.year }) { return .already(twin) }
    guard profile.kind != .plans, let other = twins.first, let year = other.year else { return nil }
    var findings = Findings()
    findings.add(
      Finding(
        .error, file: name, line: 0,
        read: Words(
          "samme indhold er indlæst for \(year) som \(other.fileName)",
          en: "the same content was imported for \(year) as \(other.fileName)"),
        remedy: Words("vælg den rigtige fil eller det rigtige år", en: "choose the right file or the right year")))
    return .refused(findings)
  }

  var foreignKind: Finding {
    Finding(
      .error, file: name, line: 0,
      read: Words("organisationen hører til et andet register", en: "the organisation belongs to another register"),
      remedy: Words("brug import organisation", en: "use import organisation"))
  }

  func refusal(_ finding: Finding) -> Importer.NotStored {
    var findings = Findings()
    findings.add(finding)
    return Importer.NotStored(outcome: .refused(findings))
  }

  func file(
    _ id: Int64, records: Int, sum: Int64 = 0, outside: ClosingSums.Tally = .init(), control: String? = nil
  ) throws -> ImportedFile {
    ImportedFile(
      id: id, kind: profile.kind, year: request.year, fileName: name, contentHash: try hash.value(),
      profile: profile.name, importedAt: now, recordCount: records, sumOre: sum, outsideYear: outside,
      controlTotal: control)
  }

  /// Records a small file that replaces the earlier one of its kind and year.
  private func finish(
    _ findings: Findings, records: Int, control: String? = nil, rows: (Int64) throws -> Void
  ) throws -> ImportOutcome {
    if findings.hasErrors { throw Importer.NotStored(outcome: .refused(findings)) }
    let replaced = try store.current(profile.kind, year: request.year).map(\.id)
    let id = try store.nextID()
    let imported = try file(id, records: records, control: control)
    try store.add(imported, replacing: replaced)
    try rows(id)
    return .imported(imported, remarks: findings)
  }

  func readBudget() throws -> BudgetFile {
    let mapping = try store.mapping(try store.current(.accounts).last?.id)
    var read = try BudgetFile.read(request.source, name: name, profile: profile, mapping: mapping)
    if !read.findings.hasErrors, let file = try store.current(.carryOver, year: request.year).last {
      let lines = Dictionary(read.rows.map { ($0.unit, $0.line) }, uniquingKeysWith: { first, _ in first })
      for twice in CarriedInTwice.all(read.rows, try store.carryOver(file.id)) {
        read.findings.add(twice.remark(on: name, line: lines[twice.unit] ?? 0, budget: name, file: file.fileName))
      }
    }
    return read
  }

  func readCarryOver() throws -> CarryOverFile {
    var read = try CarryOverFile.read(request.source, name: name, profile: profile)
    if !read.findings.hasErrors, let budget = try store.current(.budget, year: request.year).last {
      for twice in CarriedInTwice.all(try store.budget(budget.id), read.balances) {
        let line = read.lines[twice.unit] ?? 0
        read.findings.add(twice.remark(on: name, line: line, budget: budget.fileName, file: name))
      }
    }
    return read
  }

  private func budget() throws -> ImportOutcome {
    let read = try readBudget()
    return try finish(read.findings, records: read.rows.count, control: read.controlTotal?.printed) {
      try store.add(read, to: $0)
    }
  }

  private func plans() throws -> ImportOutcome {
    let read = try PlanFile.read(request.source, name: name, profile: profile)
    return try finish(read.findings, records: read.rows.count) { try store.add(read.rows, to: $0) }
  }

  private func carryOver() throws -> ImportOutcome {
    let read = try readCarryOver()
    return try finish(read.findings, records: read.balances.count) { try store.add(read, to: $0) }
  }

  private func accounts() throws -> ImportOutcome {
    let reader = TableReader(source: request.source, fileName: name, profile: profile)
    var rows: [(row: AccountMapping.Row, line: Int)] = []
    _ = try AccountMapping.read(reader) { rows.append(($0, $1)) }
    return try finish(reader.findings, records: rows.count) { try store.add(rows, to: $0) }
  }
}
