public import SteeringCore

extension ChunkBuilder {
  /// Packs a ledger record by record, complete in its findings. `pause` is called now and then with the bytes read and
  /// may drain.
  public mutating func read(
    _ file: LedgerFile, year: FiscalYear, pause: (inout ChunkBuilder, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading {
    try file.read(year: year, into: &self, pause: pause)
  }

  /// Packs a ledger in one sprint, where it is plainly written; nil at the first doubt, when the builder may hold
  /// anything: then read it carefully into a fresh one.
  public mutating func stride(
    _ file: LedgerFile, year: FiscalYear, pause: (inout ChunkBuilder, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading? {
    try file.stride(year: year, into: &self, pause: pause)
  }
}
