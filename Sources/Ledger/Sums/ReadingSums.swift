public import SteeringCore

extension ClosingSums: MergeablePostingSink {
  /// Counts a ledger with two workers that sprint over it side by side, where it is plainly written. Nil at the first
  /// doubt, and then nothing is counted: read it carefully.
  public mutating func race(_ file: LedgerFile, year: FiscalYear, fresh: ClosingSums) throws -> LedgerReading? {
    try file.race(year: year, into: &self, fresh: fresh)
  }
}

extension WatchedSums {
  /// Counts a ledger record by record, complete in its findings.
  public mutating func read(_ file: LedgerFile, year: FiscalYear) throws -> LedgerReading {
    try file.read(year: year, into: &self)
  }
}

extension UnitsOfYear {
  /// Collects the units of a ledger.
  public mutating func read(_ file: LedgerFile, year: FiscalYear) throws { _ = try file.read(year: year, into: &self) }
}
