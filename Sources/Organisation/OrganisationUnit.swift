public import SteeringCore

/// A unit of the organisation as it is in one period. A unit that changes name, kind or parent has a new
/// period under the same code.
public struct OrganisationUnit: Hashable, Sendable {
  /// The unit's code.
  public let code: UnitCode
  /// Its name.
  public let name: String
  /// What kind of unit it is, as the municipality says: `forvaltning`, `chefområde`, `aftaleenhed`. Kinds are data.
  public let kind: String
  /// The code of the unit above; nil at the top.
  public let parent: UnitCode?
  /// Whether citizens meet the unit.
  public let isCitizenFacing: Bool
  /// Whether the council makes an agreement with it; an administration under the finance committee has none,
  /// though the rules of the economy hold for it too.
  public let requiresAgreement: Bool
  /// When it is so.
  public let period: ValidPeriod

  /// A unit in a period.
  public init(
    code: UnitCode, name: String, kind: String, parent: UnitCode?, isCitizenFacing: Bool, requiresAgreement: Bool,
    period: ValidPeriod
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.parent = parent
    self.isCitizenFacing = isCitizenFacing
    self.requiresAgreement = requiresAgreement
    self.period = period
  }

  /// The kind of those units that the council makes agreements with.
  public static let agreementKind = "aftaleenhed"

  /// Whether its kind says that it is an agreement unit; capital letters do not matter.
  public var isOfAgreementKind: Bool { kind.lowercased() == Self.agreementKind }
}

/// A field of an organisation row, to point at in a finding.
public enum OrganisationField: CaseIterable, Sendable {
  case code, name, kind, parent, validFrom, validTo
}

/// A row that an organisation is built from, wherever it comes from. What could not be read is nil and has been told
/// already; the row still counts as a unit that others may lie under.
public struct OrganisationRow: Sendable {
  /// The row's line in its file, from 1.
  public let line: Int
  /// The unit's code; empty where none is given.
  public let code: UnitCode
  /// Its name; empty where none is given.
  public let name: String
  /// Its kind; empty where none is given.
  public let kind: String
  /// The code of the unit above; nil at the top.
  public let parent: UnitCode?
  /// Whether citizens meet it; nil where that could not be read.
  public let isCitizenFacing: Bool?
  /// Whether the council makes an agreement with it; nil where that could not be read.
  public let requiresAgreement: Bool?
  /// The first day; nil where it could not be read.
  public let validFrom: CalendarDate?
  /// The last day; nil where no end is known.
  public let validTo: CalendarDate?

  /// A row.
  public init(
    line: Int, code: UnitCode, name: String, kind: String, parent: UnitCode?, isCitizenFacing: Bool?,
    requiresAgreement: Bool?, validFrom: CalendarDate?, validTo: CalendarDate?
  ) {
    self.line = line
    self.code = code
    self.name = name
    self.kind = kind
    self.parent = parent
    self.isCitizenFacing = isCitizenFacing
    self.requiresAgreement = requiresAgreement
    self.validFrom = validFrom
    self.validTo = validTo
  }

  /// The unit; nil where something could not be read or the period ends before it begins.
  var unit: OrganisationUnit? {
    guard let isCitizenFacing, let requiresAgreement, let validFrom,
      let period = ValidPeriod(from: validFrom, through: validTo)
    else { return nil }
    return OrganisationUnit(
      code: code, name: name, kind: kind, parent: parent, isCitizenFacing: isCitizenFacing,
      requiresAgreement: requiresAgreement, period: period)
  }
}
