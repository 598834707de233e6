public import Database
import Ledger
import RuleKit
public import SteeringCore

/// Why a year cannot be closed from what was imported. Nothing is stored.
public struct RoundRefusal: Error, Hashable, Sendable {
  /// What is wrong, in which file.
  public let finding: Finding
}

/// Makes, replays and compares closing rounds.
public struct RoundKeeper: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let readModel: @Sendable (String) -> SteeringModel?
  let now: @Sendable () -> Int64

  /// A keeper of a municipality's rounds.
  public init(
    database: any MunicipalDatabase, tenant: Tenant, needs: ClosingNeeds, now: @escaping @Sendable () -> Int64
  ) {
    self.database = database
    self.tenant = tenant
    self.readModel = needs.readModel
    self.now = now
  }

  /// What came of making a round.
  public enum MakeOutcome: Sendable {
    /// The round, what differs from the last one of its year, and what is worth knowing about it.
    case made(Round, since: Round.ID?, differences: [RoundDifference], remarks: [Words])
    /// The last round of the year was made of the same things, and is final or has the same status; nothing was stored.
    case nothingNew(Round)
    /// The round would be made of other things than those that a person has read back; nothing was stored.
    case otherInputs
    /// There is no budget for the year.
    case noBudget
    /// The steering model cannot be used; the findings or words say why.
    case noModel
  }

  /// What a replay showed.
  public enum Replay: Sendable {
    /// Every figure is the same.
    case same
    /// These units came out otherwise.
    case differs([RoundDifference])
    /// What the round was made of is not what it was; each sentence names something that differs.
    case inputsDiffer([Words])
    /// The stored model cannot be read, or a file is gone.
    case impossible
  }

  /// A round that could be made, before it is: what the read-back page shows.
  struct Draft: Sendable {
    let round: Round
    let units: [UnitClosing]
    let facts: [UnitFacts]
    let last: Round?
    /// What to think of before it is made.
    let remarks: [Words]
  }

  /// Closes the year with the files that count now and stores the round. `readBack` is the `inputsHash` of the draft
  /// that a person has said yes to, where one has. Throws `DatabaseError` and `RoundRefusal`; nothing is stored
  /// then. Where it takes effect under a command's key, and did so before, the outcome is that of then; also throws
  /// `CommandReused`.
  public func make(
    _ year: FiscalYear, _ status: Round.Status, modelText: String, readBack: String? = nil, key: CommandKey? = nil
  ) async throws -> MakeOutcome {
    let errand = RoundErrand(year: year, status: status, inputs: readBack ?? "")
    let command = key.map { errand.command($0, modelText: modelText) }
    return try await make(
      year, status, modelText: modelText, readBack: readBack, takingEffect: command.map { .once($0) } ?? .everyTime)
  }

  /// As the other one, as the end of something else. Where nothing is stored, nothing is recorded either, but that
  /// there was nothing new.
  func make(
    _ year: FiscalYear, _ status: Round.Status, modelText: String, readBack: String?, takingEffect: TakingEffect
  ) async throws -> MakeOutcome {
    let at = now()
    do {
      return try await database.write(tenant) { connection in
        let effect = try takingEffect.carryOut(connection, record: RoundResult.text) {
          try make(connection, year, status, modelText, readBack, at)
        }
        switch effect {
        case .done(let outcome): return outcome
        case .doneBefore(let decision): return try Self.earlier(decision, RoundStore(connection: connection))
        }
      }
    } catch let stop as NotMade {
      return stop.outcome
    }
  }

  /// Carries an outcome out of a transaction that shall be rolled back.
  private struct NotMade: Error {
    let outcome: MakeOutcome
  }

  private func make(
    _ connection: any DatabaseConnection, _ year: FiscalYear, _ status: Round.Status, _ modelText: String,
    _ readBack: String?, _ at: Int64
  ) throws -> MakeOutcome {
    guard let model = readModel(modelText) else { throw NotMade(outcome: .noModel) }
    guard let draft = try Self.draft(connection, year, status, model, modelText, at) else {
      throw NotMade(outcome: .noBudget)
    }
    if let last = draft.last, last.inputsHash == draft.round.inputsHash, [status, .final].contains(last.status) {
      return .nothingNew(last)
    }
    if let readBack, readBack != draft.round.inputsHash { throw NotMade(outcome: .otherInputs) }
    let store = RoundStore(connection: connection)
    try store.add(draft.round, draft.units)
    try connection.tell(
      Act(
        "closing.\(status.rawValue)", object: "round \(draft.round.id.text)", before: draft.last?.id.text ?? "",
        after: draft.round.inputsHash))
    return try Self.made(draft.round, since: draft.last?.id, draft.units, store, remarks: draft.remarks)
  }

  private static func made(
    _ round: Round, since last: Round.ID?, _ units: [UnitClosing], _ store: RoundStore, remarks: [Words]
  ) throws -> MakeOutcome {
    let differences = try last.map { RoundDifference.between(try store.units($0), units) } ?? []
    return .made(round, since: last, differences: differences, remarks: remarks)
  }

  /// What a command came to that was decided before.
  private static func earlier(_ decision: Decision, _ store: RoundStore) throws -> MakeOutcome {
    let rounds = try store.rounds()
    guard let result = RoundResult(decision.outcome), let round = rounds.first(where: { $0.id == result.round }) else {
      throw DatabaseError.misuse("a command was recorded without its round")
    }
    guard result.isNew else { return .nothingNew(round) }
    let last = rounds.first { $0.id.year == round.id.year && $0.id.number < round.id.number }
    return try made(round, since: last?.id, try store.units(round.id), store, remarks: [])
  }

  /// The round that would be made now; nil without a budget.
  static func draft(
    _ connection: any DatabaseConnection, _ year: FiscalYear, _ status: Round.Status, _ model: SteeringModel,
    _ modelText: String, _ at: Int64
  ) throws -> Draft? {
    let imports = ImportStore(connection)
    let files = try YearBooks.files(imports, year)
    guard files.contains(where: { $0.kind == .budget }) else { return nil }
    let store = RoundStore(connection: connection)
    let rounds = try store.rounds()
    let before = rounds.filter { $0.id.year.number == year.number - 1 }
    let source = before.first { $0.status == .final } ?? before.first
    let earlier = try source.map { try store.ends($0.id) }
    let (books, closing) = try close(imports, year, files, earlier, model)
    let last = rounds.first { $0.id.year == year }
    let id = Round.ID(year: year, number: (last?.id.number ?? 0) + 1)
    let inputs = files.map {
      Round.Input(
        importID: $0.id, kind: $0.kind, fileName: $0.fileName, contentHash: $0.contentHash, recordCount: $0.recordCount)
    }
    let round = Round(
      id: id, status: status, madeAt: at, modelID: model.id, modelText: modelText, inputs: inputs,
      carriedFrom: books.carriedFrom, inputsHash: hash(inputs, modelText, books.carriedFrom, rounds),
      totals: books.totals)
    let remarks = RoundRemarks(closing: closing, books: books, model: model, earlier: earlier, last: last)
    return Draft(round: round, units: closing.units, facts: books.facts, last: last, remarks: remarks.all)
  }

  /// The closing of a year from some files. Throws `RoundRefusal` where the amounts are too large: of the ledgers, or
  /// of a unit, whose budget is named where its postings alone would fit.
  private static func close(
    _ imports: ImportStore, _ year: FiscalYear, _ files: [ImportedFile], _ earlier: EarlierRound?,
    _ model: SteeringModel
  ) throws -> (books: YearBooks, closing: Closing) {
    func name(_ kind: FileKind) -> String { files.last { $0.kind == kind }?.fileName ?? "" }
    var books: YearBooks?
    do {
      let gathered = try YearBooks.gather(imports, year, files, earlier: earlier)
      books = gathered
      let closing = try Closing(year: year, model: model, facts: gathered.facts, totals: gathered.totals)
      try closing.checkSums()
      return (gathered, closing)
    } catch let overflow as ClosingOverflow {
      if let facts = books?.facts.first(where: { $0.budget.unit == overflow.unit }), facts.actuals.fits {
        throw RoundRefusal(
          finding: ClosingOverflow.finding(name(.budget), line: facts.budget.line, unit: overflow.unit))
      }
      let unit = overflow.unit.text.isEmpty ? nil : overflow.unit
      throw RoundRefusal(finding: ClosingOverflow.finding(name(.ledger), unit: unit))
    } catch is ClosingDoesNotTie {
      throw RoundRefusal(finding: ClosingDoesNotTie.finding(name(.ledger)))
    }
  }

  /// The hash over everything that a round is made of.
  private static func hash(
    _ inputs: [Round.Input], _ modelText: String, _ carriedFrom: Round.ID?, _ rounds: [Round]
  ) -> String {
    let named = inputs.map { "\($0.importID) \($0.kind.rawValue) \($0.contentHash)" }
    let from = carriedFrom.map { id in "\(id.text) \(rounds.first { $0.id == id }?.inputsHash ?? "")" } ?? ""
    return ContentHash.of((named + [ContentHash.of(modelText), from]).joined(separator: "\n"))
  }

  /// Closes a stored round again from the files, the model and the carried-in round it was made of.
  public func replay(_ id: Round.ID) async throws -> Replay? {
    try await database.read(tenant) { connection in
      let store = RoundStore(connection: connection)
      guard let round = try store.rounds().first(where: { $0.id == id }) else { return nil }
      guard let model = readModel(round.modelText), let files = try Self.files(connection, round) else {
        return .impossible
      }
      let faults = try Self.faults(connection, round, files)
      if !faults.isEmpty { return .inputsDiffer(faults) }
      let earlier = try round.carriedFrom.map(store.ends)
      let (books, closing) = try Self.close(ImportStore(connection), id.year, files, earlier, model)
      let differences = RoundDifference.between(try store.units(id), closing.units)
      if !differences.isEmpty { return .differs(differences) }
      return books.totals == round.totals ? .same : .inputsDiffer([RoundFaults.totals(round)])
    }
  }

  /// What the files of a round, and the round itself, are otherwise than when the round was made.
  private static func faults(
    _ connection: any DatabaseConnection, _ round: Round, _ files: [ImportedFile]
  ) throws -> [Words] {
    let rounds = try RoundStore(connection: connection).rounds()
    var faults: [Words] = []
    if round.inputsHash != hash(round.inputs, round.modelText, round.carriedFrom, rounds) {
      faults.append(RoundFaults.ownHash(round))
    }
    for (input, file) in zip(round.inputs, files) {
      if file.contentHash != input.contentHash { faults.append(RoundFaults.contentHash(input)) }
      if file.recordCount != input.recordCount { faults.append(RoundFaults.recordCount(input, file)) }
    }
    let imports = ImportStore(connection)
    let ledgers = files.filter { $0.kind == .ledger }
    faults += try imports.sumFaults(among: ledgers)
    return try faults.isEmpty ? ledgers.flatMap(imports.postingFaults) : faults
  }

  /// The files a stored round was made of; nil where one is gone.
  private static func files(_ connection: any DatabaseConnection, _ round: Round) throws -> [ImportedFile]? {
    let files = try ImportStore(connection).files(round.inputs.map(\.importID))
    return files.count == round.inputs.count ? files : nil
  }

  /// All rounds, newest first.
  public func rounds() async throws -> [Round] {
    try await database.read(tenant) { try RoundStore(connection: $0).rounds() }
  }

  /// The units of a round as stored.
  public func units(_ id: Round.ID) async throws -> [UnitClosing] {
    try await database.read(tenant) { try RoundStore(connection: $0).units(id) }
  }

  /// What differs between two rounds. A round that does not exist counts as one without units.
  public func differences(_ earlier: Round.ID, _ later: Round.ID) async throws -> [RoundDifference] {
    try await database.read(tenant) { connection in
      let store = RoundStore(connection: connection)
      return RoundDifference.between(try store.units(earlier), try store.units(later))
    }
  }
}
