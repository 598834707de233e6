public import Ledger
public import SteeringCore

/// A file that was imported: a fact. A later import may replace it; nothing changes it.
public struct ImportedFile: Hashable, Sendable {
  /// Its number within the municipality, from 1.
  public let id: Int64
  /// What it holds.
  public let kind: FileKind
  /// The year it was imported for; nil for accounts, which hold for all years until replaced.
  public let year: FiscalYear?
  /// The file's name.
  public let fileName: String
  /// SHA-256 of its bytes, in hexadecimal.
  public let contentHash: String
  /// The profile it was read with.
  public let profile: String
  /// When, in seconds since 1 January 1970 UTC.
  public let importedAt: Int64
  /// How many records it has.
  public let recordCount: Int
  /// The sum of a ledger in øre, expenses positive; 0 for other kinds.
  public let sumOre: Int64
  /// Postings of a ledger outside its year, and their sum.
  public let outsideYear: ClosingSums.Tally
  /// The file's own total, as printed, where it has one that was checked.
  public let controlTotal: String?
}

/// What an import did, or why it did nothing.
public enum ImportOutcome: Sendable {
  /// The file is stored.
  case imported(ImportedFile, remarks: Findings)
  /// The same bytes were imported before for the same kind and year; nothing changed.
  case already(ImportedFile)
  /// Nothing is written; the findings say why.
  case refused(Findings)
  /// The ledger shares vouchers with an earlier import of the year; a person decides.
  case overlaps(SharedVouchers, remarks: Findings)
}

/// Postings whose voucher an earlier import of the year has as well.
public struct SharedVouchers: Hashable, Sendable {
  /// How many of the new file's postings.
  public let count: Int
  /// Their sum in øre.
  public let sumOre: Int64
  /// The earlier imports.
  public let earlier: [ImportedFile]
}

/// What to do with a ledger that shares vouchers with an earlier import of its year.
public enum OverlapChoice: String, CaseIterable, Sendable {
  /// Import nothing, and say so.
  case stop
  /// Import it beside the earlier ones.
  case add
  /// Let it replace the earlier import; that one stays stored and is counted no more.
  case replace
}

/// A file to import.
public struct ImportRequest: Sendable {
  /// The kind is the profile's.
  public var profile: ImportProfile
  /// The year; nil only for accounts.
  public var year: FiscalYear?
  /// The file's name.
  public var fileName: String
  /// Its bytes.
  public var source: any ByteSource
  /// What to do with shared vouchers.
  public var overlap: OverlapChoice
  /// The earlier imports that the person was shown before choosing; nil where nobody was shown any. Where the file
  /// shares vouchers with others by now, it is not imported.
  public var seen: Set<Int64>?

  /// A file to import.
  public init(
    profile: ImportProfile, year: FiscalYear?, fileName: String, source: any ByteSource,
    overlap: OverlapChoice = .stop, seen: Set<Int64>? = nil
  ) {
    self.seen = seen
    self.profile = profile
    self.year = year
    self.fileName = fileName
    self.source = source
    self.overlap = overlap
  }
}
