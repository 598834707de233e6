public import Organisation

/// How many units there are of each kind and in each directorate, on one day.
public struct OrganisationSummary: Hashable, Sendable {
  /// Units of one kind.
  public struct Kind: Hashable, Sendable {
    /// The kind, as the file says it.
    public let name: String
    /// How many units are of it.
    public let count: Int
  }

  /// Units of one directorate.
  public struct Directorate: Hashable, Sendable {
    /// The directorate.
    public let unit: OrganisationUnit
    /// How many units it has, itself included.
    public let unitCount: Int
    /// How many of them are agreement units.
    public let agreementUnitCount: Int
  }

  /// Whether anything says which units are agreement units: a kind or a need. Without it every leaf counts as one, and
  /// a count of them would claim more than the source does.
  public let statesAgreements: Bool
  /// How many units there are.
  public let unitCount: Int
  /// How many of them are agreement units.
  public let agreementUnitCount: Int
  /// The kinds, in the order in which the tree meets them.
  public let kinds: [Kind]
  /// The directorates, in the order of the file.
  public let directorates: [Directorate]

  /// Counts a tree. Grows with the number of units.
  public init(_ tree: OrganisationTree) {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for unit in tree.units {
      if counts[unit.kind, default: 0] == 0 { order.append(unit.kind) }
      counts[unit.kind, default: 0] += 1
    }
    let agreements = tree.agreementUnits
    let codes = Set(agreements.map(\.code))
    statesAgreements = tree.units.contains { $0.isOfAgreementKind || $0.requiresAgreement }
    unitCount = tree.units.count
    agreementUnitCount = agreements.count
    kinds = order.map { Kind(name: $0, count: counts[$0] ?? 0) }
    directorates = tree.directorates.map { directorate in
      let units = [directorate] + tree.descendants(of: directorate.code)
      return Directorate(
        unit: directorate, unitCount: units.count, agreementUnitCount: units.count { codes.contains($0.code) })
    }
  }
}
