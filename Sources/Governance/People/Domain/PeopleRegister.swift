public import Organisation
public import SteeringCore

/// The people of a municipality, their positions, and who holds them, as they are known now; asked for a day.
public struct PeopleRegister: Sendable {
  /// Everybody who is known, in the order of their numbers.
  public let people: [Person]
  /// Every position, also those of other days.
  public let positions: [Position]
  /// Who holds them, also on other days.
  public let holdings: [Holding]
  /// What was delegated, also on other days.
  public let delegations: [Delegation]

  /// A register.
  public init(people: [Person], positions: [Position], holdings: [Holding], delegations: [Delegation] = []) {
    self.people = people
    self.positions = positions
    self.holdings = holdings
    self.delegations = delegations
  }

  /// A person by number; nil where there is none.
  public func person(_ id: Int64) -> Person? { people.first { $0.id == id } }

  /// A position by number; nil where there is none.
  public func position(_ id: Int64) -> Position? { positions.first { $0.id == id } }

  /// The positions that exist on a day.
  public func positions(on day: CalendarDate) -> [Position] { positions.filter { $0.period.contains(day) } }

  /// The positions that a person holds on a day.
  public func positions(of person: Int64, on day: CalendarDate) -> [Position] {
    let held = holdings.filter { $0.person == person && $0.counts(on: day) }.map(\.position)
    return positions(on: day).filter { held.contains($0.id) }
  }

  /// Who holds a position on a day. A position of a group, such as the finance department, may have several.
  public func holders(of position: Int64, on day: CalendarDate) -> [Person] {
    let held = holdings.filter { $0.position == position && $0.counts(on: day) }.map(\.person)
    return people.filter { held.contains($0.id) && !$0.isRemoved }
  }

  /// What a person may use of others' competence on a day: of positions that exist and that are still held by somebody
  /// who held them when it was given; and only as long as the person holds a position, as an employee or otherwise.
  public func delegations(to person: Int64, on day: CalendarDate) -> [Delegation] {
    guard !positions(of: person, on: day).isEmpty else { return [] }
    return delegations.filter { delegation in
      delegation.person == person && delegation.counts(on: day)
        && positions(on: day).contains { $0.id == delegation.position }
        && holdings.contains {
          $0.position == delegation.position && $0.counts(on: delegation.givenOn) && $0.counts(on: day)
        }
    }
  }

  /// The register without some holdings.
  func without(holdings gone: Set<Int64>) -> PeopleRegister {
    guard !gone.isEmpty else { return self }
    return PeopleRegister(
      people: people, positions: positions, holdings: holdings.filter { !gone.contains($0.id) },
      delegations: delegations)
  }

  /// The kinds of positions that somebody holds on a day.
  public func heldKinds(on day: CalendarDate) -> Set<PositionKind> {
    Set(positions(on: day).filter { !holders(of: $0.id, on: day).isEmpty }.map(\.kind))
  }

  /// What needs somebody's attention on a day: positions that nobody holds, that stand where no unit stands, or units
  /// without a leader. A position that nobody holds still owns what it owns.
  public func findings(on day: CalendarDate, _ tree: OrganisationTree) -> [Finding] {
    var findings: [Finding] = []
    for position in positions(on: day) {
      if holders(of: position.id, on: day).isEmpty { findings.append(.vacant(position)) }
      if [.unit, .directorate].contains(position.kind.place), tree.unit(UnitCode(position.place)) == nil {
        findings.append(.noSuchUnit(position))
      }
    }
    let ended = positions.filter { !($0.period.contains(day)) && $0.period.through.map { $0 < day } == true }
    for position in ended where holdings.contains(where: { $0.position == position.id && $0.counts(on: day) }) {
      findings.append(.ended(position))
    }
    let led = Set(positions(on: day).filter { $0.kind == .unitLeader }.map(\.place))
    for unit in tree.agreementUnits where !led.contains(unit.code.text) { findings.append(.leaderless(unit.code)) }
    return findings
  }

  /// Something that needs attention.
  public enum Finding: Hashable, Sendable {
    /// Nobody holds the position.
    case vacant(Position)
    /// The position is bound to a unit that does not exist on the day.
    case noSuchUnit(Position)
    /// The position has ended, and somebody still holds it.
    case ended(Position)
    /// An agreement unit has no position of a leader.
    case leaderless(UnitCode)
  }
}
