import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// A closing from files, without a database: opens everything, reads everything, gathers all findings, and closes.
struct FileClosing {
  let options: ClosingOptions
  let year: FiscalYear
  let language: Language
  let needs: ClosingNeeds

  /// What the closing was made of, for output and trace.
  struct Outcome {
    let closing: Closing
    let model: SteeringModel
    let facts: [UnitFacts]
    /// The line of each unit in the file with balances carried in.
    let carryOverLines: [UnitCode: Int]
    let unknown: [(unit: UnitCode, tally: ClosingSums.Tally)]
    let remarks: [String]
    let watch: PostingWatch?
  }

  private struct Opened {
    let budget: FileSource
    let ledgers: [FileSource]
    let accounts: FileSource?
    let plans: FileSource?
    let carryOver: FileSource?
  }

  init(_ options: ClosingOptions, _ language: Language, _ needs: ClosingNeeds) {
    self.options = options
    year = FiscalYear(options.year)!
    self.language = language
    self.needs = needs
  }

  /// Closes, noting the rows of one unit where `watched` is given. Throws `ClosingRefusal`.
  func run(watching watched: UnitCode? = nil) throws -> Outcome {
    do {
      return try closed(watched)
    } catch let fault as FileFault {
      throw refusal(fault)
    }
  }

  private func closed(_ watched: UnitCode?) throws -> Outcome {
    let files = try open()
    var said = Said(language: language)
    let model = try model(&said)
    let ledgerProfile = try profile(options.profileLedger, .ledger, said)
    let budgetProfile = try profile(options.profileBudget, .budget, said)
    let carryProfile = try options.carryOver.map { _ in try profile(options.profileCarryOver, .carryOver, said) }
    let mapping = try readAccounts(files, &said)
    var budget = try BudgetFile.read(files.budget, name: options.budget, profile: budgetProfile, mapping: mapping)
    var plans = try readPlans(files)
    var carried = try readCarryOver(files, carryProfile)
    let ledgers = try ledgers(files, ledgerProfile)
    try admit(&budget, carried, ledgers)
    addRemarks(&budget, &plans, &carried, model)
    for findings in [budget.findings, plans.findings, carried.findings] { said.take(findings) }
    let watch = watched.map { PostingWatch(unit: $0, mapping: mapping) }
    let sums = try read(ledgers, budget, mapping, watch, &said)
    guard let model, !said.hasErrors else { throw ClosingRefusal(status: .badInput, lines: said.lines) }
    return try close(model, budget, carried, plans, sums, said, watch)
  }

  private func open() throws -> Opened {
    var missing: [String] = []
    var refused: ClosingRefusal?
    func open(_ name: String?) -> FileSource? {
      guard let name else { return nil }
      do {
        return try FileSource(name)
      } catch let fault as FileFault {
        let refusal = refusal(fault)
        if case .missing = fault { missing += refusal.lines } else { refused = refused ?? refusal }
      } catch {
        refused = refused ?? .one(.ioFailed, Words("\(name) kan ikke læses", en: "\(name) cannot be read"), language)
      }
      return nil
    }
    let budget = open(options.budget)
    let accounts = open(options.accounts)
    let plans = open(options.plans)
    let carryOver = open(options.carryOver)
    let ledgers = options.ledger.map { open($0) }
    if !missing.isEmpty { throw ClosingRefusal(status: .noInput, lines: missing) }
    if let refused { throw refused }
    return Opened(
      budget: budget!, ledgers: ledgers.map { $0! }, accounts: accounts, plans: plans, carryOver: carryOver)
  }

  func refusal(_ fault: FileFault) -> ClosingRefusal {
    switch fault {
    case .missing(let name):
      .one(.noInput, Words("\(name): filen findes ikke", en: "\(name): no such file"), language)
    case .refused(let name, let number):
      .one(
        .ioFailed,
        Words(
          "\(name): kan ikke læses eller skrives (\(SystemText.of(number)))",
          en: "\(name): cannot be read or written (\(SystemText.of(number)))"), language)
    }
  }

  /// The model; nil where its file is no usable one, which is said.
  private func model(_ said: inout Said) throws -> SteeringModel? {
    switch try needs.model(options.model) {
    case .found(let model, _): return model
    case .broken(let findings):
      said.take(findings)
      said.refuse()
      return nil
    case .missing:
      let words = Words(
        "\(options.model): hverken en medfølgende model eller en fil",
        en: "\(options.model): neither a shipped model nor a file")
      throw ClosingRefusal.one(.noInput, words, language)
    }
  }

  private func profile(_ name: String, _ kind: FileKind, _ said: Said) throws -> ImportProfile {
    switch try needs.profile(name) {
    case .found(let profile) where profile.kind == kind: return profile
    case .found(let profile):
      let words = Words(
        "profilen \(name) læser \(profile.kind.rawValue), ikke \(kind.rawValue)",
        en: "the profile \(name) reads \(profile.kind.rawValue), not \(kind.rawValue)")
      throw ClosingRefusal.one(.usage, words, language)
    case .broken(let findings):
      throw ClosingRefusal(status: .badInput, lines: said.lines + findings.lines(language))
    case .missing:
      let words = Words(
        "\(name): hverken en medfølgende profil eller en fil", en: "\(name): neither a shipped profile nor a file")
      throw ClosingRefusal.one(.noInput, words, language)
    }
  }

  /// A ledger as given on the command line.
  private struct GivenLedger {
    let file: LedgerFile
    /// The name of an earlier one with the same content; then this one is told and not read.
    let twin: String?
  }

  private func ledgers(_ files: Opened, _ profile: ImportProfile) throws -> [GivenLedger] {
    try files.ledgers.enumerated().map { index, source in
      let twin = try files.ledgers[..<index].firstIndex { try source.isSame(as: $0) }
      return GivenLedger(
        file: LedgerFile(name: options.ledger[index], source: source, profile: profile),
        twin: twin.map { options.ledger[$0] })
    }
  }

  private func readAccounts(_ files: Opened, _ said: inout Said) throws -> AccountMapping {
    guard let source = files.accounts, let name = options.accounts else { return AccountMapping() }
    let reader = TableReader(source: source, fileName: name, profile: .accounts)
    let mapping = try AccountMapping.read(reader)
    said.take(reader.findings)
    return mapping
  }

  private func readPlans(_ files: Opened) throws -> PlanFile {
    guard let source = files.plans, let name = options.plans else { return PlanFile() }
    return try PlanFile.read(source, name: name, profile: .plans)
  }

  private func readCarryOver(_ files: Opened, _ profile: ImportProfile?) throws -> CarryOverFile {
    guard let source = files.carryOver, let name = options.carryOver, let profile else { return CarryOverFile() }
    return try CarryOverFile.read(source, name: name, profile: profile)
  }

  /// Lets units without a budget row in, where a profile says so: those of the carry-over and of the ledgers.
  private func admit(_ budget: inout BudgetFile, _ carried: CarryOverFile, _ ledgers: [GivenLedger]) throws {
    guard let profile = ledgers.first?.file.profile, profile.addsUnknownUnits else { return }
    var known = budget.codes
    var seen = UnitsOfYear(year: year)
    for ledger in ledgers where ledger.twin == nil { try seen.read(ledger.file, year: year) }
    for unit in (carried.balances.keys + seen.units.map { UnitCode($0) })
    where !unit.text.isEmpty && known.insert(unit).inserted {
      budget.rows.append(BudgetRow(unit: unit, name: unit.text, pay: .zero, other: .zero, line: 0))
    }
  }

  private func read(
    _ ledgers: [GivenLedger], _ budget: BudgetFile, _ mapping: AccountMapping, _ watch: PostingWatch?,
    _ said: inout Said
  ) throws -> ClosingSums {
    // Where the budget could not be read at all, every unit would be unknown; only the ledgers' own faults are told.
    let allows = options.allowUnknownUnits || (budget.rows.isEmpty && budget.findings.hasErrors)
    let units = budget.rows.map(\.unit.text)
    let fresh = ClosingSums(year: year, units: units, mapping: mapping, allowsUnknown: allows || budget.isPartial)
    var all = fresh
    var tooLarge: String?
    for (index, ledger) in ledgers.enumerated() {
      if let twin = ledger.twin {
        said.take(ClosingWords.twin(ledger.file.name, of: twin))
        continue
      }
      var (findings, sums) = try read(ledger.file, index, fresh, watch)
      if sums.ignored.lines > 0 { findings.add(ClosingWords.ignored(sums.ignored, year, ledger.file.name)) }
      said.take(findings)
      all.merge(sums)
      if ClosingTotals(all) != nil {
        tooLarge = nil
      } else if !findings.hasErrors {
        tooLarge = tooLarge ?? ledger.file.name
      }
    }
    if let tooLarge { said.take(ClosingOverflow.finding(tooLarge)) }
    return all
  }

  /// Reads one ledger: fast where it is plainly written and nobody asks for its rows, carefully otherwise.
  private func read(
    _ ledger: LedgerFile, _ index: Int, _ fresh: ClosingSums, _ watch: PostingWatch?
  ) throws -> (Findings, ClosingSums) {
    var sums = fresh
    if watch == nil, let raced = try sums.race(ledger, year: year, fresh: fresh) {
      return (raced.findings, sums)
    }
    var sink = WatchedSums(sums: fresh, watch: watch, file: index)
    let reading = try sink.read(ledger, year: year)
    return (reading.findings, sink.sums)
  }

  /// Adds what is worth saying about the files together, each to its file's own findings.
  private func addRemarks(
    _ budget: inout BudgetFile, _ plans: inout PlanFile, _ carried: inout CarryOverFile, _ model: SteeringModel?
  ) {
    if model?.base == .original, !budget.rows.contains(where: { $0.originalPay != nil || $0.originalOther != nil }) {
      budget.findings.add(ClosingWords.onlyOneBudget(options.budget))
    }
    for twice in CarriedInTwice.all(budget.rows, carried.balances) {
      let (name, line) = (options.carryOver ?? "", carried.lines[twice.unit] ?? 0)
      carried.findings.add(twice.remark(on: name, line: line, budget: options.budget, file: name))
    }
    // Where rows of the budget could not be read, a unit may seem unknown though it is not.
    if budget.isPartial { return }
    let known = budget.codes
    func isStray(_ unit: UnitCode) -> Bool { !unit.text.isEmpty && !known.contains(unit) }
    for row in plans.rows where isStray(row.unit) {
      plans.findings.add(
        ClosingWords.stray(row.unit, options.plans ?? "", row.line, row.column, Words("planen", en: "the plan")))
    }
    for (unit, line) in carried.lines.sorted(by: { $0.value < $1.value }) where isStray(unit) {
      carried.findings.add(
        ClosingWords.stray(
          unit, options.carryOver ?? "", line, carried.unitColumn, Words("saldoen", en: "the balance")))
    }
  }

  private func close(
    _ model: SteeringModel, _ budget: BudgetFile, _ carried: CarryOverFile, _ plans: PlanFile, _ sums: ClosingSums,
    _ said: Said, _ watch: PostingWatch?
  ) throws -> Outcome {
    guard let totals = ClosingTotals(sums) else { throw refusal(said, tooLarge(nil)) }
    let plansByUnit = Dictionary(grouping: plans.rows, by: \.unit)
    let facts = budget.rows.enumerated().map { index, row in
      UnitFacts(
        budget: row, file: carried.balances[row.unit], earlierRound: nil,
        actuals: UnitActuals(
          pay: sums.months(unit: index, .pay), other: sums.months(unit: index, .other),
          outside: sums.months(unit: index, .outside)),
        plans: (plansByUnit[row.unit] ?? []).map(\.plan))
    }
    do {
      let closing = try Closing(year: year, model: model, facts: facts, totals: totals)
      let lines = said.lines + [totals.sentence(language)]
      return Outcome(
        closing: closing, model: model, facts: facts, carryOverLines: carried.lines, unknown: sums.unknown,
        remarks: lines, watch: watch)
    } catch let overflow as ClosingOverflow {
      throw refusal(said, tooLarge(facts.first { $0.budget.unit == overflow.unit }))
    } catch is ClosingDoesNotTie {
      throw refusal(said, ClosingDoesNotTie.finding(options.ledger.last ?? ""))
    }
  }

  private func refusal(_ said: Said, _ finding: Finding) -> ClosingRefusal {
    ClosingRefusal(status: .badInput, lines: said.lines + [finding.text(language)])
  }

  /// Blames the ledger where the sum or a unit's postings alone are too large, and otherwise the unit's budget.
  private func tooLarge(_ unit: UnitFacts?) -> Finding {
    if let unit, unit.actuals.fits {
      return ClosingOverflow.finding(options.budget, line: unit.budget.line, unit: unit.budget.unit)
    }
    return ClosingOverflow.finding(options.ledger.last ?? "", unit: unit?.budget.unit)
  }
}
