public import Organisation
public import SteeringCore

/// Somebody who may sign in or holds a position. What identifies a person can be taken out again; the number stays.
public struct Person: Hashable, Sendable {
  /// The person's number in the municipality.
  public let id: Int64
  /// The name; empty where the person's data were removed.
  public let name: String
  /// The address for letters of the system; empty without one.
  public let email: String
  /// Whether the person's data were removed.
  public let isRemoved: Bool

  /// A person.
  public init(id: Int64, name: String, email: String, isRemoved: Bool = false) {
    self.id = id
    self.name = name
    self.email = email
    self.isRemoved = isRemoved
  }

  /// How the person is named on pages.
  public var shownName: Words {
    isRemoved
      ? Words("Person \(id) (oplysninger fjernet)", en: "Person \(id) (data removed)") : Words(same: name)
  }

  /// The person's key in the audit trail.
  public var key: String { String(id) }
}

/// A position. What is owned is owned by positions, so that it passes on to whoever comes next and never to nobody.
public struct Position: Hashable, Sendable {
  /// Its number in the municipality.
  public let id: Int64
  /// What kind of position it is.
  public let kind: PositionKind
  /// The code of a unit or directorate, or the name of a body; empty for the whole municipality.
  public let place: String
  /// When it exists.
  public let period: ValidPeriod

  /// A position.
  public init(id: Int64, kind: PositionKind, place: String, period: ValidPeriod) {
    self.id = id
    self.kind = kind
    self.place = place
    self.period = period
  }

  /// Its key in the audit trail.
  public var key: String { String(id) }
}

/// That a person holds a position for a time.
public struct Holding: Hashable, Sendable {
  /// Its number in the municipality.
  public let id: Int64
  /// The position.
  public let position: Int64
  /// The person.
  public let person: Int64
  /// From when to when.
  public let period: ValidPeriod

  /// A holding.
  public init(id: Int64, position: Int64, person: Int64, period: ValidPeriod) {
    self.id = id
    self.position = position
    self.person = person
    self.period = period
  }
}

/// That the holder of a position lets a qualified employee use part of its competence for a time (R-61, seeds/004
/// annex 2). It ends with the position, and can be withdrawn on any day.
public struct Delegation: Hashable, Sendable {
  /// Its number in the municipality.
  public let id: Int64
  /// The position whose competence it is.
  public let position: Int64
  /// Who may use it.
  public let person: Int64
  /// The types of decisions.
  public let decisions: Set<String>
  /// From when to when.
  public let period: ValidPeriod

  /// A delegation.
  public init(id: Int64, position: Int64, person: Int64, decisions: Set<String>, period: ValidPeriod) {
    self.id = id
    self.position = position
    self.person = person
    self.decisions = decisions
    self.period = period
  }
}
