import Database
import Ledger
import SteeringCore
import SurfaceKit

extension ImportStartModel {
  /// The page's content from the imports that count.
  init(
    files: [ImportedFile], running: [Running], kinds: [FileKind], profiles: [ImportProfile], values: Values,
    errors: [ErrorSummary.Item], token: String, key: String
  ) {
    let others = profiles.filter { $0.name != $0.kind.rawValue && kinds.contains($0.kind) }
    self.init(
      nextStep: Self.nextStep(files),
      kinds: kinds.map { Choice($0.rawValue, ImportTexts.heading(of: $0), hint: ImportTexts.hint(of: $0)) },
      profiles: [Choice(ImportForm.native, ImportTexts.nativeProfile)]
        + others.map { Choice($0.name, ImportTexts.choice(of: $0)) },
      values: values, errors: errors, limitBytes: ImportRoutes.largestUpload, running: running,
      loaded: files.reversed().map { file in
        Loaded(
          kind: ImportTexts.name(of: file.kind), file: file.fileName, year: file.year?.number, rows: file.recordCount,
          sum: file.kind == .ledger ? Money(ore: file.sumOre) : nil,
          loadedOn: CalendarDate(inDenmarkAt: file.importedAt))
      }, token: token, key: key)
  }

  /// Budgets come first, as they say which units there are; then a ledger for each of their years.
  private static func nextStep(_ files: [ImportedFile]) -> Words? {
    let budgets = files.filter { $0.kind == .budget }.compactMap(\.year)
    if budgets.isEmpty { return ImportTexts.beginWithBudget }
    let ledgers = Set(files.filter { $0.kind == .ledger }.compactMap(\.year))
    return budgets.sorted().first { !ledgers.contains($0) }.map(ImportTexts.goOnWithLedger)
  }
}

extension ImportStartModel.Running {
  init(_ job: Job) {
    self.init(
      file: ImportErrand(job).fileName, done: job.done, total: job.total, address: ImportAddress.job(job.id))
  }
}

extension ImportPreviewModel {
  /// How many findings a page shows; the command line shows a thousand.
  static let shownFindings = 200
  /// How many units a page names; the rest are summed in one line.
  static let shownUnits = 250
  /// How many columns of the first rows a page shows.
  static let shownColumns = 30

  /// The page's content from what was read.
  init(preview: FilePreview, draft: ImportDraft, token: String, key: String) {
    let findings = preview.findings
    let shown = findings.kept.prefix(Self.shownFindings)
    let isNative = draft.profile == draft.kind.rawValue
    self.init(
      file: draft.fileName, sizeBytes: draft.content.count, kind: ImportTexts.name(of: draft.kind),
      year: draft.year?.number, profileName: isNative ? ImportTexts.nativeProfile : Words(same: draft.profile),
      rows: preview.recordCount, sum: preview.sumOre.map { Money(ore: $0) },
      headings: Array(preview.headings.prefix(Self.shownColumns)),
      firstRows: preview.firstRows.map { Array($0.prefix(Self.shownColumns)) },
      unitTotals: Self.units(preview), monthTotals: Self.months(preview), control: Self.control(preview.controlTotal),
      findings: Array(shown), leftOutFindings: findings.leftOut + findings.kept.count - shown.count,
      errorCount: findings.errorCount, overlap: Self.overlap(preview.shared), ticket: draft.ticket, token: token,
      key: key,
      already: preview.already?.fileName)
  }

  private static func units(_ preview: FilePreview) -> [Total] {
    let units = preview.units.prefix(shownUnits).map { unit in
      let name = unit.name.isEmpty ? unit.code : "\(unit.code) \(unit.name)"
      return Total(name: Words(same: name), rows: unit.total.count, sum: Money(ore: unit.total.ore))
    }
    let rest = preview.units.dropFirst(shownUnits)
    guard !rest.isEmpty, let sum = Money.sum(rest.map { Money(ore: $0.total.ore) }) else { return units }
    let rows = rest.reduce(0) { $0 + $1.total.count }
    return units + [Total(name: ImportTexts.otherUnits(rest.count), rows: rows, sum: sum)]
  }

  private static func months(_ preview: FilePreview) -> [Total] {
    preview.months.map { month in
      let name = month.month == 0 ? ImportTexts.outsideYear : Format.words { $0.month(month.month) }
      return Total(name: name, rows: month.total.count, sum: Money(ore: month.total.ore))
    }
  }

  private static func control(_ total: ControlTotal?) -> Control {
    guard let total else { return .missing }
    return total.agrees
      ? .agrees(Money(ore: total.printedOre))
      : .differs(stated: Money(ore: total.printedOre), reckoned: Money(ore: total.sumOre))
  }

  private static func overlap(_ shared: SharedVouchers?) -> Overlap? {
    shared.map { shared in
      let names = shared.earlier.map(\.fileName).joined(separator: ", ")
      return Overlap(
        imports: shared.earlier.map(\.id), earlierFile: names, rows: shared.count, sum: Money(ore: shared.sumOre))
    }
  }
}

extension ImportDoneModel {
  /// What a year still lacks before it can be closed; for a file of no year, whether there is any year at all.
  static func missing(_ year: FiscalYear?, _ current: [ImportedFile]) -> [Words] {
    [FileKind.budget, .ledger].filter { kind in
      !current.contains { $0.kind == kind && (year == nil || $0.year == year) }
    }.map { ImportTexts.missing($0, year) }
  }
}
