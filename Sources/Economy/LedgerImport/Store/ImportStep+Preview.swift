import Ledger
import SteeringCore

extension ImportStep {
  /// What the file holds. Reads through the same code as `run` and adds nothing to the store.
  func preview() throws -> FilePreview {
    var preview = FilePreview()
    try preview.readFirstRows(request)
    switch profile.kind {
    case .ledger: try lookAtLedger(&preview)
    case .budget: try lookAtBudget(&preview)
    case .carryOver: try lookAtCarryOver(&preview)
    case .plans:
      let read = try PlanFile.read(request.source, name: name, profile: profile)
      preview.findings = read.findings
      preview.recordCount = read.rows.count
    case .accounts:
      let reader = TableReader(source: request.source, fileName: name, profile: profile)
      _ = try AccountMapping.read(reader) { _, _ in preview.recordCount += 1 }
      preview.findings = reader.findings
    case .organisation:
      preview.findings.add(foreignKind)
    }
    try compareWithEarlier(&preview)
    return preview
  }

  private func compareWithEarlier(_ preview: inout FilePreview) throws {
    switch try sameFile() {
    case .already(let twin): preview.already = twin
    case .refused(let findings): for finding in findings.kept { preview.findings.add(finding) }
    case .imported, .overlaps, nil: break
    }
  }

  private func lookAtLedger(_ preview: inout FilePreview) throws {
    guard let year = request.year else { return preview.findings.add(missingYear) }
    let budget = try budgetRows(year)
    let read = try readLedger(year, budget) { _ in }
    preview.findings = read.findings
    if budget == nil, !profile.addsUnknownUnits { preview.findings.add(missingBudget(year)) }
    preview.controlTotal = read.controlTotal
    preview.shared = read.shared
    preview.civilNumbers = read.gathered.civilNumbers
    preview.recordCount = read.gathered.all.count
    preview.sumOre = Int64(exactly: read.gathered.all.ore)
    var units: [UnitCode: FilePreview.Total] = [:]
    var months: [Int: FilePreview.Total] = [:]
    for sum in try (read.sums ?? []).flatMap({ try $0.sums() }) {
      units[UnitCode(sum.unit), default: .init()].add(sum)
      months[sum.month, default: .init()].add(sum)
    }
    let names = Dictionary((budget ?? []).map { ($0.unit, $0.name) }) { first, _ in first }
    preview.units = units.sorted { $0.key < $1.key }.map { unit, total in
      .init(code: unit.text, name: names[unit] ?? "", total: total)
    }
    // What falls outside the year stands behind its months.
    preview.months = (Array(1...12) + [0]).compactMap { month in
      months[month].map { .init(month: month, total: $0) }
    }
  }

  private func lookAtBudget(_ preview: inout FilePreview) throws {
    let read = try readBudget()
    preview.findings = read.findings
    preview.controlTotal = read.controlTotal
    preview.recordCount = read.rows.count
    let sums = read.rows.map { ($0, $0.pay.adding($0.other) ?? .zero) }
    preview.sumOre = Money.sum(sums.map(\.1))?.ore
    preview.units = sums.sorted { $0.0.unit < $1.0.unit }.map { row, sum in
      .init(code: row.unit.text, name: row.name, total: .init(count: 1, ore: sum.ore))
    }
  }

  private func lookAtCarryOver(_ preview: inout FilePreview) throws {
    let read = try readCarryOver()
    preview.findings = read.findings
    preview.recordCount = read.balances.count
    preview.sumOre = Money.sum(Array(read.balances.values))?.ore
    preview.units = read.balances.sorted { $0.key < $1.key }.map { unit, balance in
      .init(code: unit.text, name: "", total: .init(count: 1, ore: balance.ore))
    }
  }
}

extension FilePreview.Total {
  /// Adds a sum; one that does not fit has been told as an error already.
  fileprivate mutating func add(_ sum: AccountMonthSum) {
    count += sum.count
    ore = ore.addingReportingOverflow(sum.sumOre).partialValue
  }
}
