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
  /// The day on which it was taken back; nil where it was not. It counts on no day from then on.
  public let withdrawnOn: CalendarDate?

  /// A holding.
  public init(id: Int64, position: Int64, person: Int64, period: ValidPeriod, withdrawnOn: CalendarDate? = nil) {
    self.id = id
    self.position = position
    self.person = person
    self.period = period
    self.withdrawnOn = withdrawnOn
  }
}

/// That the holder of a position lets a qualified employee use part of its competence for a time (R-61, seeds/004
/// annex 2). It ends when the holder leaves the position or the employee the municipality, and can be withdrawn on any
/// day.
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
  /// The day on which it was given: whoever held the position then is who gave it.
  public let givenOn: CalendarDate
  /// The day on which it was taken back; nil where it was not. It counts on no day from then on.
  public let withdrawnOn: CalendarDate?

  /// A delegation.
  public init(
    id: Int64, position: Int64, person: Int64, decisions: Set<String>, period: ValidPeriod, givenOn: CalendarDate,
    withdrawnOn: CalendarDate? = nil
  ) {
    self.id = id
    self.position = position
    self.person = person
    self.decisions = decisions
    self.period = period
    self.givenOn = givenOn
    self.withdrawnOn = withdrawnOn
  }
}

/// What counts for a time, and can be taken back before the time is over.
protocol Withdrawable {
  var period: ValidPeriod { get }
  var withdrawnOn: CalendarDate? { get }
}

extension Holding: Withdrawable {}
extension Delegation: Withdrawable {}

extension Withdrawable {
  /// Whether it counts on a day, for itself: of a delegation not whether whoever gave it still holds the position.
  func counts(on day: CalendarDate) -> Bool { period.contains(day) && withdrawnOn.map { day < $0 } ?? true }

  /// Whether it counts on a day, or will on a later one.
  func isOpen(on day: CalendarDate) -> Bool { withdrawnOn == nil && period.through.map { $0 >= day } ?? true }
}
