import Database
import Organisation
public import SteeringCore

/// What is kept of a municipality and for how long, for pages and commands.
public struct Retention: Sendable {
  let premises: Premises
  private let sweepers: [DataClass: Sweeper]

  /// The retention of a municipality. `sweepers` are those of other rooms' tables; the rooms of people, of signing in
  /// and of the trail are known here.
  public init(_ premises: Premises, _ sweepers: [DataClass: Sweeper]) {
    self.premises = premises
    self.sweepers = sweepers.merging(Self.own) { $1 }
  }

  private static let own: [DataClass: Sweeper] = [
    .signIns: Sweeper { connection, before, isCarriedOut in
      try LoginStore(connection, now: before).sweep(isCarriedOut: isCarriedOut)
    },
    .people: Sweeper { connection, before, isCarriedOut in
      let store = PeopleStore(connection, now: before)
      let gone = try store.register().leftBefore(CalendarDate(inDenmarkAt: before))
      guard isCarriedOut else { return gone.count }
      for person in gone {
        try LoginStore(connection, now: before).forget(person.id)
        _ = try store.remove(person.id)
      }
      return gone.count
    },
    .trailWords: Sweeper { connection, before, isCarriedOut in
      try AuditTrail(connection).forget(before: before, isCarriedOut: isCarriedOut)
    },
  ]

  /// Where every class stands. Throws `DatabaseError`.
  func standings() async throws -> [ClassStanding] {
    let now = premises.now()
    return try await premises.database.read(premises.tenant) {
      try RetentionStore($0, now: now).standings(sweepers)
    }
  }

  /// Deletes what is due; gives how many of each class. Throws `DatabaseError`.
  public func sweep() async throws -> [(DataClass, Int)] {
    let now = premises.now()
    return try await premises.database.write(premises.tenant) { try RetentionStore($0, now: now).sweep(sweepers) }
  }

  /// What stands of every class, a line each: the class, where it stands, and how much is due. Throws `DatabaseError`.
  public func lines() async throws -> [(dataClass: DataClass, standing: Words, due: Int)] {
    try await standings().map { ($0.dataClass, RetentionTexts.standing($0), $0.due) }
  }
}

extension PeopleRegister {
  /// The people whose last position ended before a day, and who hold none later. Who never held one is somebody who is
  /// waiting for one.
  fileprivate func leftBefore(_ day: CalendarDate) -> [Person] {
    people.filter { person in
      let own = holdings.filter { $0.person == person.id }
      return !person.isRemoved && !own.isEmpty
        && own.allSatisfy { holding in
          let ends = [holding.period.through, holding.withdrawnOn, position(holding.position)?.period.through]
            .compactMap { $0 }
          return ends.min().map { $0 < day } ?? false
        }
    }
  }
}
