public import SteeringCore

extension PostingGatherer {
  /// Gathers a ledger record by record, complete in its findings. `pause` is called now and then with the bytes read
  /// and may cut.
  public mutating func read(
    _ file: LedgerFile, year: FiscalYear, pause: (inout PostingGatherer, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading {
    try file.read(year: year, into: &self, pause: pause)
  }

  /// Gathers a ledger in one sprint, where it is plainly written; nil at the first doubt, when the gatherer may hold
  /// anything: then read it carefully into a fresh one.
  public mutating func stride(
    _ file: LedgerFile, year: FiscalYear, pause: (inout PostingGatherer, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading? {
    try file.stride(year: year, into: &self, pause: pause)
  }
}
