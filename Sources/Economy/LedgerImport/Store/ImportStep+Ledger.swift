import Ledger
import SteeringCore

extension ImportStep {
  /// A ledger as read, before it is recorded.
  struct ReadLedger {
    let gathered: PostingGatherer
    let packer: ChunkPacker
    /// The chunks that have not been handed on: most ledgers are refused, where they are, before anything is written.
    let lastChunks: [PostingChunk]
    /// The sums by unit, account and month; nil where the amounts are too large to be added up.
    let sums: [UnitSums]?
    let controlTotal: ControlTotal?
    var findings: Findings
    var shared: SharedVouchers?
    /// Postings outside the year.
    var outside = ClosingSums.Tally()
  }

  func importLedger() throws -> ImportOutcome {
    guard let year = request.year else { throw refusal(missingYear) }
    let budget = try budgetRows(year)
    if budget == nil, !profile.addsUnknownUnits { throw refusal(missingBudget(year)) }
    let id = try store.nextID()
    var sequence = 0
    func keep(_ chunks: [PostingChunk]) throws {
      if sequence == 0 { try stopWhereKnown() }
      try store.add(chunks, to: id, sequence: sequence)
      sequence += 1
    }
    let read = try readLedger(year, budget, keep: keep)
    try stopWhereKnown()
    guard let sums = read.sums, !read.findings.hasErrors else {
      throw Importer.NotStored(outcome: .refused(read.findings))
    }
    let replaced = try settle(read)
    try keep(read.lastChunks)
    try store.add(sums, to: id)
    let imported = try file(
      id, records: read.gathered.all.count, sum: Int64(read.gathered.all.ore), outside: read.outside,
      control: read.controlTotal?.printed)
    try store.add(imported, replacing: replaced)
    return .imported(imported, remarks: read.findings)
  }

  /// Reads the ledger on a thread of its own; packs it on this one and hands its chunks to `keep`, all but the last.
  /// Throws `ReadAgain` where the fast reader is not sure.
  func readLedger(
    _ year: FiscalYear, _ budget: [BudgetRow]?, keep: ([PostingChunk]) throws -> Void
  ) throws -> ReadLedger {
    let earlier = try store.current(.ledger, year: year)
    let known = profile.addsUnknownUnits ? nil : budget.map { Set($0.map(\.unit)) }
    let (source, careful, roomBytes) = (
      LedgerFile(name: name, source: request.source, profile: profile), careful, roomBytes
    )
    let progress = progress
    var packer = ChunkPacker(earlierVouchers: try store.voucherMarks(earlier.map(\.id)))
    var lastChunks: [PostingChunk] = []
    let (gathered, reading) = try Handover.run { (hand: (PostingRows) throws -> Void) in
      var gatherer = PostingGatherer(year: year, knownUnits: known, roomBytes: roomBytes)
      func pause(_ gatherer: inout PostingGatherer, _ bytes: Int) throws {
        try progress(bytes)
        if gatherer.isFull { try hand(gatherer.cut()) }
      }
      let reading =
        careful
        ? try gatherer.read(source, year: year, pause: pause) : try gatherer.stride(source, year: year, pause: pause)
      guard let reading else { throw Importer.ReadAgain() }
      try hand(gatherer.cut())
      return (gatherer, reading)
    } take: { piece in
      if !lastChunks.isEmpty { try keep(lastChunks) }
      lastChunks = packer.pack(piece)
    }
    var read = ReadLedger(
      gathered: gathered, packer: packer, lastChunks: lastChunks, sums: gathered.fits ? packer.unitSums() : nil,
      controlTotal: reading.controlTotal, findings: reading.findings)
    if read.sums == nil { read.findings.add(sumTooLarge) }
    if !read.findings.hasErrors { remark(on: &read, year, earlier) }
    return read
  }

  /// The budget of the year, which says which units there are; nil where there is none.
  func budgetRows(_ year: FiscalYear) throws -> [BudgetRow]? {
    try store.current(.budget, year: year).last.map { try store.budget($0.id) }
  }

  private func remark(on read: inout ReadLedger, _ year: FiscalYear, _ earlier: [ImportedFile]) {
    let (gathered, packer) = (read.gathered, read.packer)
    if packer.shared.count > 0 {
      let shared = SharedVouchers(
        count: packer.shared.count, sumOre: Int64(clamping: packer.shared.ore),
        earlier: earlier.filter { packer.sharedWith.contains($0.id) })
      read.shared = shared
      read.findings.add(shared.remark(name))
    }
    if gathered.civilNumbers.count > 0 {
      read.findings.add(ImportTexts.civilNumbersMasked(gathered.civilNumbers, in: name))
    }
    if gathered.outsideYear.count > 0 {
      read.outside = .init(lines: gathered.outsideYear.count, ore: Int64(clamping: gathered.outsideYear.ore))
      read.findings.add(outsideYear(read.outside, year))
    }
  }

  /// Which earlier imports the new one replaces, when it shares vouchers with some.
  private func settle(_ read: ReadLedger) throws -> [Int64] {
    guard let shared = read.shared else { return [] }
    if let seen = request.seen, seen != Set(shared.earlier.map(\.id)) {
      throw Importer.NotStored(outcome: .overlaps(shared, remarks: read.findings))
    }
    switch request.overlap {
    case .stop: throw Importer.NotStored(outcome: .overlaps(shared, remarks: read.findings))
    case .add: return []
    case .replace: return shared.earlier.map(\.id)
    }
  }

  var missingYear: Finding {
    Finding(
      .error, file: name, line: 0, read: Words("et år mangler", en: "a year is missing"),
      remedy: Words("angiv året", en: "say which year"))
  }

  func missingBudget(_ year: FiscalYear) -> Finding {
    Finding(
      .error, file: name, line: 0,
      read: Words("der er intet budget for \(year)", en: "there is no budget for \(year)"),
      remedy: Words(
        "indlæs budgettet først, så enhederne kendes", en: "import the budget first, so that the units are known"))
  }

  private var sumTooLarge: Finding {
    Finding(
      .error, file: name, line: 0, read: Words("summen er for stor", en: "the sum is too large"),
      remedy: Words("ret beløbene", en: "mend the amounts"))
  }

  private func outsideYear(_ tally: ClosingSums.Tally, _ year: FiscalYear) -> Finding {
    Finding(
      .remark, file: name, line: 0, read: tally.outside(year),
      remedy: tally.lines == 1
        ? Words("den gemmes, men tæller ikke i året", en: "it is stored and does not count in the year")
        : Words("de gemmes, men tæller ikke i året", en: "they are stored and do not count in the year"))
  }
}

extension ClosingSums.Tally {
  /// `2 posteringer er uden for 2025 (3,00 kr.)`.
  func outside(_ year: FiscalYear) -> Words {
    let sum = Money(ore: ore).withOre
    return lines == 1
      ? Words("1 postering er uden for \(year) (\(sum) kr.)", en: "1 posting is outside \(year) (\(sum) kr.)")
      : Words(
        "\(lines) posteringer er uden for \(year) (\(sum) kr.)",
        en: "\(lines) postings are outside \(year) (\(sum) kr.)")
  }
}

extension SharedVouchers {
  /// The remark about them.
  func remark(_ file: String) -> Finding {
    let names = earlier.map(\.fileName).joined(separator: ", ")
    let sum = Money(ore: sumOre).withOre
    return Finding(
      .remark, file: file, line: 0,
      read: count == 1
        ? Words(
          "1 postering (\(sum) kr.) har et bilagsnummer, som allerede findes i \(names)",
          en: "1 posting (\(sum) kr.) has a voucher number that \(names) has already")
        : Words(
          "\(count) posteringer (\(sum) kr.) har bilagsnumre, som allerede findes i \(names)",
          en: "\(count) postings (\(sum) kr.) have voucher numbers that \(names) has already"),
      remedy: Words(
        "vælg, om filen skal erstatte den tidligere, lægges til, eller ikke indlæses",
        en: "choose whether the file replaces the earlier one, is added, or is not imported"))
  }
}
