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
    let model = try model()
    let ledgerProfile = try profile(options.profileLedger, .ledger)
    let budgetProfile = try profile(options.profileBudget, .budget)
    let carryProfile = try options.carryOver.map { _ in try profile(options.profileCarryOver, .carryOver) }
    try refuseTwins(files.ledgers)
    var said = Said(language: language)
    let mapping = try readAccounts(files, &said)
    var budget = try BudgetFile.read(files.budget, name: options.budget, profile: budgetProfile, mapping: mapping)
    said.take(budget.findings)
    let plans = try readPlans(files, &said)
    let carried = try readCarryOver(files, carryProfile, &said)
    let ledgers = zip(options.ledger, files.ledgers).map { LedgerFile(name: $0, source: $1, profile: ledgerProfile) }
    try admit(&budget, carried, ledgers, mapping)
    said.take(remarks(on: budget, plans, carried, model))
    let watch = watched.map { PostingWatch(unit: $0, mapping: mapping) }
    let sums = try read(ledgers, budget, mapping, watch, &said)
    if said.hasErrors { throw ClosingRefusal(status: .badInput, lines: said.lines) }
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

  private func model() throws -> SteeringModel {
    switch try needs.model(options.model) {
    case .found(let model, _): return model
    case .broken(let findings): throw ClosingRefusal(status: .badInput, lines: findings.lines(language))
    case .missing:
      let words = Words(
        "\(options.model): hverken en medfølgende model eller en fil",
        en: "\(options.model): neither a shipped model nor a file")
      throw ClosingRefusal.one(.noInput, words, language)
    }
  }

  private func profile(_ name: String, _ kind: FileKind) throws -> ImportProfile {
    switch try needs.profile(name) {
    case .found(let profile) where profile.kind == kind: return profile
    case .found(let profile):
      let words = Words(
        "profilen \(name) læser \(profile.kind.rawValue), ikke \(kind.rawValue)",
        en: "the profile \(name) reads \(profile.kind.rawValue), not \(kind.rawValue)")
      throw ClosingRefusal.one(.usage, words, language)
    case .broken(let findings): throw ClosingRefusal(status: .badInput, lines: findings.lines(language))
    case .missing:
      let words = Words(
        "\(name): hverken en medfølgende profil eller en fil", en: "\(name): neither a shipped profile nor a file")
      throw ClosingRefusal.one(.noInput, words, language)
    }
  }

  private func refuseTwins(_ ledgers: [FileSource]) throws {
    for (index, ledger) in ledgers.enumerated() {
      for (earlier, name) in zip(ledgers[..<index], options.ledger) where try ledger.isSame(as: earlier) {
        let finding = Finding(
          .error, file: options.ledger[index], line: 0,
          read: Words("filen har samme indhold som \(name)", en: "the file has the same content as \(name)"),
          remedy: Words("giv hver bogføringsfil én gang", en: "give each ledger once"))
        throw ClosingRefusal(status: .badInput, lines: [finding.text(language)])
      }
    }
  }

  private func readAccounts(_ files: Opened, _ said: inout Said) throws -> AccountMapping {
    guard let source = files.accounts, let name = options.accounts else { return AccountMapping() }
    let reader = TableReader(source: source, fileName: name, profile: .accounts)
    let mapping = try AccountMapping.read(reader)
    said.take(reader.findings)
    return mapping
  }

  private func readPlans(_ files: Opened, _ said: inout Said) throws -> PlanFile {
    guard let source = files.plans, let name = options.plans else { return PlanFile() }
    let plans = try PlanFile.read(source, name: name, profile: .plans)
    said.take(plans.findings)
    return plans
  }

  private func readCarryOver(_ files: Opened, _ profile: ImportProfile?, _ said: inout Said) throws -> CarryOverFile {
    guard let source = files.carryOver, let name = options.carryOver, let profile else { return CarryOverFile() }
    let carried = try CarryOverFile.read(source, name: name, profile: profile)
    said.take(carried.findings)
    return carried
  }

  /// Lets units without a budget row in, where a profile says so: those of the carry-over and of the ledgers.
  private func admit(
    _ budget: inout BudgetFile, _ carried: CarryOverFile, _ ledgers: [LedgerFile], _ mapping: AccountMapping
  ) throws {
    guard let profile = ledgers.first?.profile, profile.addsUnknownUnits else { return }
    var known = budget.codes
    var seen = UnitsOfYear(year: year)
    for ledger in ledgers { _ = try ledger.read(year: year, into: &seen) }
    for unit in (carried.balances.keys + seen.units.map { UnitCode($0) })
    where !unit.text.isEmpty && known.insert(unit).inserted {
      budget.rows.append(BudgetRow(unit: unit, name: unit.text, pay: .zero, other: .zero, line: 0))
    }
  }

  private func read(
    _ ledgers: [LedgerFile], _ budget: BudgetFile, _ mapping: AccountMapping, _ watch: PostingWatch?,
    _ said: inout Said
  ) throws -> ClosingSums {
    // Where the budget could not be read at all, every unit would be unknown; only the ledgers' own faults are told.
    let allows = options.allowUnknownUnits || (budget.rows.isEmpty && budget.findings.hasErrors)
    let units = budget.rows.map(\.unit.text)
    let fresh = ClosingSums(year: year, units: units, mapping: mapping, allowsUnknown: allows || budget.isPartial)
    var all = fresh
    for (index, ledger) in ledgers.enumerated() {
      var sums = fresh
      var findings = Findings()
      let raced = watch == nil ? try ledger.race(year: year, into: &sums, fresh: fresh) : nil
      if raced == nil {
        sums = fresh
        var sink = WatchedSums(sums: sums, watch: watch, file: index)
        findings = try ledger.read(year: year, into: &sink).findings
        sums = sink.sums
      }
      if sums.ignored.lines > 0, !findings.hasErrors { findings.add(ignored(sums.ignored, ledger.name)) }
      said.take(findings)
      all.merge(sums)
    }
    return all
  }

  private func ignored(_ tally: ClosingSums.Tally, _ file: String) -> Finding {
    let sum = Money(ore: tally.ore).withOre
    return Finding(
      .remark, file: file, line: 0,
      read: Words(
        "\(tally.lines) posteringer er uden for \(year) (\(sum) kr.)",
        en: "\(tally.lines) postings are outside \(year) (\(sum) kr.)"),
      remedy: Words("de er ikke talt med", en: "they are not counted"))
  }

  private func remarks(
    on budget: BudgetFile, _ plans: PlanFile, _ carried: CarryOverFile, _ model: SteeringModel
  ) -> Findings {
    var findings = Findings()
    let known = budget.codes
    if model.base == .original, !budget.rows.contains(where: { $0.originalPay != nil || $0.originalOther != nil }) {
      findings.add(
        Finding(
          .remark, file: options.budget, line: 0,
          read: Words(
            "modellen regner af det oprindelige budget, og filen har kun ét",
            en: "the model takes percentages of the original budget, and the file has only one"),
          remedy: Words(
            "det bruges som begge; tilføj kolonnerne »Oprindelig løn« og »Oprindelig øvrig«",
            en: "it is used as both; add the columns »Oprindelig løn« and »Oprindelig øvrig«")))
    }
    for row in plans.rows where !known.contains(row.unit) {
      findings.add(stray(row.unit, options.plans ?? "", row.line, Words("planen", en: "the plan")))
    }
    for (unit, line) in carried.lines.sorted(by: { $0.value < $1.value }) where !known.contains(unit) {
      findings.add(stray(unit, options.carryOver ?? "", line, Words("balancen", en: "the balance")))
    }
    return findings
  }

  private func stray(_ unit: UnitCode, _ file: String, _ line: Int, _ what: Words) -> Finding {
    Finding(
      .remark, file: file, line: line, column: 1,
      read: Words("enheden »\(unit)« står ikke i budgettet", en: "the unit »\(unit)« is not in the budget"),
      remedy: Words("\(what.danish) er ikke brugt", en: "\(what.english) is not used"))
  }

  private func close(
    _ model: SteeringModel, _ budget: BudgetFile, _ carried: CarryOverFile, _ plans: PlanFile, _ sums: ClosingSums,
    _ said: Said, _ watch: PostingWatch?
  ) throws -> Outcome {
    guard let totals = ClosingTotals(sums) else { throw tooLarge(nil) }
    let plansByUnit = Dictionary(grouping: plans.rows, by: \.unit)
    let facts = budget.rows.enumerated().map { index, row in
      UnitFacts(
        budget: row, carriedIn: row.carriedIn ?? carried.balances[row.unit] ?? .zero,
        actuals: UnitActuals(
          pay: sums.months(unit: index, .pay), other: sums.months(unit: index, .other),
          outside: sums.months(unit: index, .outside)),
        plans: (plansByUnit[row.unit] ?? []).map(\.plan))
    }
    do {
      let closing = try Closing(year: year, model: model, facts: facts, totals: totals)
      let lines = said.lines + [totals.sentence(language)]
      return Outcome(
        closing: closing, model: model, facts: facts, unknown: sums.unknown, remarks: lines, watch: watch)
    } catch let overflow as ClosingOverflow {
      throw tooLarge(overflow.unit)
    }
  }

  private func tooLarge(_ unit: UnitCode?) -> ClosingRefusal {
    let place = unit.map { Words("enheden \($0)", en: "the unit \($0)") } ?? Words("summen", en: "the sum")
    return .one(
      .badInput,
      Words(
        "\(options.budget):0:0: beløbene for \(place.danish) er for store, se efter fejl i dem",
        en: "\(options.budget):0:0: the amounts of \(place.english) are too large, look for mistakes in them"),
      language)
  }
}

/// What there is to say, file by file.
struct Said {
  let language: Language
  private(set) var lines: [String] = []
  private(set) var hasErrors = false

  init(language: Language) { self.language = language }

  mutating func take(_ findings: Findings) {
    lines += findings.lines(language)
    hasErrors = hasErrors || findings.hasErrors
  }
}

extension BudgetFile {
  /// The codes of all rows.
  var codes: Set<UnitCode> { Set(rows.map(\.unit)) }
  /// Whether some rows could not be read, so that a unit may seem unknown though it is not.
  var isPartial: Bool { findings.hasErrors }
}

extension ClosingTotals {
  /// The control sentence: all = inside + outside + ignored + unknown.
  func sentence(_ language: Language) -> String {
    func part(_ tally: ClosingSums.Tally) -> String { "\(Money(ore: tally.ore).withOre) (\(tally.lines))" }
    let words = Words(
      "sum af alle posteringer \(part(all)) = inde \(part(inside)) + ude \(part(outside)) + uden for året "
        + "\(part(ignored)) + ukendte \(part(unknown))",
      en: "sum of all lines \(part(all)) = inside \(part(inside)) + outside \(part(outside)) + ignored "
        + "\(part(ignored)) + unknown \(part(unknown))")
    return words(language)
  }
}
