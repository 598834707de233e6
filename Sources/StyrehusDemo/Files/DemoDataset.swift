public import SteeringCore

/// One file of a dataset, in the native format of its kind, ready for the ordinary import.
public struct DemoFile: Sendable {
  /// What a file holds; each kind has its own native profile.
  public enum Kind: String, Sendable {
    /// The units of the organisation and when they are valid.
    case organisation
    /// Which accounts are pay, other, or outside the decentral economy.
    case accounts
    /// Budgets of one year with the balance carried in.
    case budget
    /// Postings of one year.
    case ledger
    /// Action plans that run in one year.
    case plans
  }

  /// What the file holds.
  public let kind: Kind
  /// The file's name, `regnskab-2025.csv`; unique in its dataset.
  public let name: String
  /// The fiscal year the file is about; nil for the organisation and the accounts.
  public let year: FiscalYear?
  /// The whole file: UTF-8 without byte order mark, lines ended by LF.
  public let text: String
}

/// A set of files that a fresh installation can show.
public struct DemoDataset: Sendable {
  /// A stable name for settings and addresses: `rorsund`, `randers`.
  public let id: String
  /// The municipality's name.
  public let name: Words
  /// The mark shown on every page, so that nobody takes the figures for something else than they are.
  public let note: Words
  /// Whether names and figures are invented.
  public let isInvented: Bool
  /// The fiscal years that are over and have a budget and a ledger, ascending; empty where there is no economy.
  public let years: [FiscalYear]
  /// The year that is running, with its budget and the ledger of its first months; nil where there is none.
  public let runningYear: FiscalYear?
  /// The files in the order they are to be imported.
  public let files: [DemoFile]
  /// Totals that a source states, beside the ones computed from its parts; empty where nothing is stated.
  public let statedTotals: [StatedTotal]
}

/// A total of full-time equivalents (årsværk) as a document prints it, beside the sum of its parts.
public struct StatedTotal: Sendable {
  /// The code of the directorate or service area, as in the organisation file.
  public let code: UnitCode
  /// Its name.
  public let name: String
  /// The printed total in tenths of a full-time equivalent; nil where the document prints none.
  public let statedTenths: Int?
  /// The sum of the parts in tenths of a full-time equivalent.
  public let computedTenths: Int
  /// What there is to know about the total; empty where there is nothing.
  public let remark: Words
  /// The line of the document that prints the total; nil where none does.
  public let sourceLine: Int?

  /// Whether the printed total equals the computed one; nil where none is printed.
  public var ties: Bool? { statedTenths.map { $0 == computedTenths } }
}

/// One line of a staffing table: a unit or its leadership with full-time equivalents.
public struct StatedStaffing: Sendable {
  /// What a line stands for.
  public enum Level: String, Sendable {
    /// The whole municipality.
    case municipality = "kommune"
    /// A directorate (forvaltning).
    case directorate = "forvaltning"
    /// A service area (chefområde).
    case serviceArea = "chefområde"
    /// A unit, office or section.
    case unit = "enhed"
    /// Directors and chiefs who are counted beside the units, not in one.
    case leadership = "ledelse"
  }

  /// Our own readable code, dotted by level; not an official number.
  public let code: UnitCode
  /// The code of the level above; nil for the municipality.
  public let parent: UnitCode?
  /// What the line stands for.
  public let level: Level
  /// The unit's name; plain misspellings of the document are mended.
  public let name: String
  /// Full-time equivalents in tenths as printed; nil where none are printed.
  public let tenths: Int?
  /// What the document remarks about the figure, in our own words; empty where it remarks nothing.
  public let remark: Words
  /// The line of the document that prints the figure; nil where none does.
  public let sourceLine: Int?
}
