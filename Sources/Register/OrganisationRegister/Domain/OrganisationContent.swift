public import Organisation
public import SteeringCore

/// What a version of the register holds: the organisation through time, and what is stated about its staffing.
public struct OrganisationContent: Hashable, Sendable {
  /// The organisation through time.
  public let history: OrganisationHistory
  /// What is stated about staffing, in the order of the source; empty where nothing is.
  public let staffing: [StaffingLine]

  /// The content of a version.
  public init(history: OrganisationHistory, staffing: [StaffingLine] = []) {
    self.history = history
    self.staffing = staffing
  }
}

/// What a source states about the staffing (årsværk) of a unit, or of leadership that is counted beside the units.
public struct StaffingLine: Hashable, Sendable {
  /// The unit's code, or a code of its own for leadership that is no unit.
  public let code: UnitCode
  /// The code of the unit above; nil at the top.
  public let parent: UnitCode?
  /// What the line stands for, as the source says: `forvaltning`, `enhed`, `ledelse`.
  public let level: String
  /// The name.
  public let name: String
  /// Full-time equivalents in tenths, never negative; nil where none are stated.
  public let tenths: Int?
  /// What there is to know about the figure; empty where there is nothing.
  public let remark: Words
  /// Where the figure stands; empty where that is not said.
  public let source: Words

  /// A line.
  public init(
    code: UnitCode, parent: UnitCode?, level: String, name: String, tenths: Int?, remark: Words, source: Words
  ) {
    self.code = code
    self.parent = parent
    self.level = level
    self.name = name
    self.tenths = tenths
    self.remark = remark
    self.source = source
  }
}

/// Where a version comes from.
public struct OrganisationSource: Hashable, Sendable {
  /// The file's name as the person gave it.
  public let fileName: String
  /// SHA-256 of the file's bytes, in hexadecimal.
  public let contentHash: String
  /// The name of the import profile that it was read with.
  public let profile: String
  /// When it was imported, in whole seconds since 1 January 1970 UTC.
  public let importedAt: Int64

  /// A source.
  public init(fileName: String, contentHash: String, profile: String, importedAt: Int64) {
    self.fileName = fileName
    self.contentHash = contentHash
    self.profile = profile
    self.importedAt = importedAt
  }
}

/// A version of the register: the organisation as it was known from one import to the next.
public struct OrganisationVersion: Hashable, Sendable {
  /// Its number, 1, 2, 3 and so on.
  public let number: Int
  /// Where it comes from.
  public let source: OrganisationSource
}

/// What came of recording an organisation.
public enum OrganisationOutcome: Hashable, Sendable {
  /// A new version was added.
  case added(OrganisationVersion)
  /// The latest version holds exactly this already; nothing was written.
  case unchanged(OrganisationVersion)

  /// The version that is now the latest.
  public var version: OrganisationVersion {
    switch self {
    case .added(let version), .unchanged(let version): version
    }
  }
}
