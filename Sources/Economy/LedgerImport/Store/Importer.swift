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

  /// Carries an outcome out of a transaction that shall be rolled back.
  struct NotStored: Error {
    let outcome: ImportOutcome
  }

  /// The fast reader was not sure; the whole transaction starts again with the careful one.
  struct ReadAgain: Error {}

  /// Imports a file, or says why not. `progress` is called now and then with the bytes read so far. Throws
  /// `DatabaseError` and `FileFault`; nothing is stored then either.
  public func run(
    _ request: ImportRequest, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> ImportOutcome {
    let hash = try ContentHash.of(request.source)
    for careful in [false, true] {
      do {
        return try await database.write(tenant) { connection in
          let step = ImportStep(
            store: ImportStore(connection), request: request, hash: hash, now: now(), careful: careful,
            progress: progress)
          return try step.run()
        }
      } catch let stop as NotStored {
        return stop.outcome
      } catch is ReadAgain {
        continue
      }
    }
    throw DatabaseError.misuse("the careful reader asked for a careful reader")
  }
}

/// One import inside its transaction.
struct ImportStep {
  let store: ImportStore
  let request: ImportRequest
  let hash: String
  let now: Int64
  let careful: Bool
  let progress: (Int) -> Void

  private var profile: ImportProfile { request.profile }
  private var name: String { request.fileName }

  func run() throws -> ImportOutcome {
    if let earlier = try sameFile() { throw Importer.NotStored(outcome: earlier) }
    switch profile.kind {
    case .ledger: return try ledger()
    case .budget: return try budget()
    case .plans: return try plans()
    case .accounts: return try accounts()
    case .carryOver: return try carryOver()
    case .organisation:
      throw refusal(
        Words("organisationen hører til et andet register", en: "the organisation belongs to another register"),
        Words("brug import organisation", en: "use import organisation"))
    }
  }

  /// The same bytes among the imports that count: of this year, nothing changes; of another, something is wrong.
  private func sameFile() throws -> ImportOutcome? {
    let twins = try store.current(profile.kind).filter { $0.contentHash == hash }
    if let twin = twins.first(where: { $0.year == request.year }) { return .already(twin) }
    guard let other = twins.first, let year = other.year else { return nil }
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

  func refusal(_ read: Words, _ remedy: Words) -> Importer.NotStored {
    var findings = Findings()
    findings.add(Finding(.error, file: name, line: 0, read: read, remedy: remedy))
    return Importer.NotStored(outcome: .refused(findings))
  }

  private func file(
    _ id: Int64, records: Int, sum: Int64 = 0, outside: ClosingSums.Tally = .init(), control: String? = nil
  ) -> ImportedFile {
    ImportedFile(
      id: id, kind: profile.kind, year: request.year, fileName: name, contentHash: hash, profile: profile.name,
      importedAt: now, recordCount: records, sumOre: sum, outsideYear: outside, controlTotal: control)
  }

  /// Records a small file that replaces the earlier one of its kind and year.
  private func finish(
    _ findings: Findings, records: Int, control: String? = nil, rows: (Int64) throws -> Void
  ) throws -> ImportOutcome {
    if findings.hasErrors { throw Importer.NotStored(outcome: .refused(findings)) }
    let replaced = try store.current(profile.kind, year: request.year).map(\.id)
    let id = try store.nextID()
    let imported = file(id, records: records, control: control)
    try store.add(imported, replacing: replaced)
    try rows(id)
    return .imported(imported, remarks: findings)
  }

  private func budget() throws -> ImportOutcome {
    let mapping = try store.mapping(try store.current(.accounts).last?.id)
    let read = try BudgetFile.read(request.source, name: name, profile: profile, mapping: mapping)
    return try finish(read.findings, records: read.rows.count, control: read.controlTotal?.printed) {
      try store.add(read.rows, to: $0)
    }
  }

  private func plans() throws -> ImportOutcome {
    let read = try PlanFile.read(request.source, name: name, profile: profile)
    return try finish(read.findings, records: read.rows.count) { try store.add(read.rows, to: $0) }
  }

  private func carryOver() throws -> ImportOutcome {
    let read = try CarryOverFile.read(request.source, name: name, profile: profile)
    return try finish(read.findings, records: read.balances.count) { try store.add(read, to: $0) }
  }

  private func accounts() throws -> ImportOutcome {
    let reader = TableReader(source: request.source, fileName: name, profile: profile)
    var rows: [(row: AccountMapping.Row, line: Int)] = []
    _ = try AccountMapping.read(reader) { rows.append(($0, $1)) }
    return try finish(reader.findings, records: rows.count) { try store.add(rows, to: $0) }
  }
}

extension ImportStep {
  private func ledger() throws -> ImportOutcome {
    guard let year = request.year else {
      throw refusal(Words("et år mangler", en: "a year is missing"), Words("angiv --year", en: "give --year"))
    }
    let known = try knownUnits(year)
    let earlier = try store.current(.ledger, year: year)
    let id = try store.nextID()
    var builder = ChunkBuilder(
      year: year, knownUnits: known, earlierVouchers: try store.voucherMarks(earlier.map(\.id)))
    var sequence = 0
    func drain(_ builder: inout ChunkBuilder, _ bytes: Int) throws {
      progress(bytes)
      guard builder.isFull else { return }
      try store.add(builder.drain(), to: id, sequence: sequence)
      sequence += 1
    }
    let source = LedgerFile(name: name, source: request.source, profile: profile)
    var reading = careful ? try source.read(year: year, into: &builder, pause: drain) : nil
    if !careful { reading = try source.stride(year: year, into: &builder, pause: drain) }
    guard let reading else { throw Importer.ReadAgain() }
    var findings = reading.findings
    if findings.hasErrors { throw Importer.NotStored(outcome: .refused(findings)) }
    guard builder.fits, let sum = Int64(exactly: builder.all.ore) else {
      throw refusal(
        Words("summen er for stor", en: "the sum is too large"), Words("ret beløbene", en: "mend the amounts"))
    }
    let replaced = try settleOverlap(builder, earlier, &findings)
    try store.add(builder.drain(), to: id, sequence: sequence)
    try store.add(builder.accountSums, to: id)
    let outside = ClosingSums.Tally(lines: builder.outsideYear.count, ore: Int64(builder.outsideYear.ore))
    if outside.lines > 0 { findings.add(outsideYear(outside, year)) }
    let imported = file(
      id, records: builder.all.count, sum: sum, outside: outside, control: reading.controlTotal?.printed)
    try store.add(imported, replacing: replaced)
    return .imported(imported, remarks: findings)
  }

  /// The units a posting may stand on; nil where the profile lets every unit in.
  private func knownUnits(_ year: FiscalYear) throws -> Set<String>? {
    if profile.addsUnknownUnits { return nil }
    guard let budget = try store.current(.budget, year: year).last else {
      throw refusal(
        Words("der er intet budget for \(year)", en: "there is no budget for \(year)"),
        Words("indlæs budgettet først, så enhederne kendes", en: "import the budget first, so that the units are known")
      )
    }
    return Set(try store.budget(budget.id).map(\.unit.text))
  }

  /// Which earlier imports the new one replaces, when it shares vouchers with some.
  private func settleOverlap(
    _ builder: ChunkBuilder, _ earlier: [ImportedFile], _ findings: inout Findings
  ) throws -> [Int64] {
    guard builder.shared.count > 0 else { return [] }
    let shared = SharedVouchers(
      count: builder.shared.count, sumOre: Int64(clamping: builder.shared.ore),
      earlier: earlier.filter { builder.sharedWith.contains($0.id) })
    findings.add(shared.remark(name))
    switch request.overlap {
    case .stop: throw Importer.NotStored(outcome: .overlaps(shared, remarks: findings))
    case .add: return []
    case .replace: return shared.earlier.map(\.id)
    }
  }

  private func outsideYear(_ tally: ClosingSums.Tally, _ year: FiscalYear) -> Finding {
    Finding(
      .remark, file: name, line: 0,
      read: Words(
        "\(tally.lines) posteringer er uden for \(year) (\(Money(ore: tally.ore).withOre) kr.)",
        en: "\(tally.lines) postings are outside \(year) (\(Money(ore: tally.ore).withOre) kr.)"),
      remedy: Words("de gemmes, men tæller ikke i året", en: "they are stored and do not count in the year"))
  }
}

extension SharedVouchers {
  /// The remark about them.
  func remark(_ file: String) -> Finding {
    let names = earlier.map(\.fileName).joined(separator: ", ")
    let sum = Money(ore: sumOre).withOre
    return Finding(
      .remark, file: file, line: 0,
      read: Words(
        "\(count) posteringer (\(sum) kr.) har bilagsnumre, som allerede findes i \(names)",
        en: "\(count) postings (\(sum) kr.) have voucher numbers that \(names) has already"),
      remedy: Words(
        "vælg, om filen skal erstatte den tidligere, lægges til, eller ikke indlæses",
        en: "choose whether the file replaces the earlier one, is added, or is not imported"))
  }
}
