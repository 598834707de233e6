import Database
import Organisation
import SteeringCore

/// Lets in who signed in at the municipality's identity provider: knows or enters the person, and gives and takes the
/// positions that the person's groups say.
struct ProviderDesk: Sendable {
  let premises: Premises

  /// What came of it.
  enum Admission: Equatable, Sendable {
    /// The person may come in.
    case welcome(Int64)
    /// The house does not know the person, and does not enter such people by itself.
    case unknown
    /// The person's data were taken out of the house.
    case removed
    /// The invitation that brought the person has been used or is too old.
    case gone
    /// The identity belongs to another person than the one who was invited.
    case other
  }

  /// Keeps a sign-in that was begun; gives the secret of the browser's cookie.
  func keep(_ start: ProviderStore.Start) async throws -> Secret {
    let (secret, now) = (Secret.fresh(), premises.now())
    try await premises.database.writeBeside(premises.tenant) { connection in
      try ProviderStore(connection, now: now).begin(secret, start)
    }
    return secret
  }

  /// Takes the sign-in of a cookie away; nil where there is none.
  func take(_ secret: Secret) async throws -> ProviderStore.Start? {
    let now = premises.now()
    return try await premises.database.writeBeside(premises.tenant) { connection in
      try ProviderStore(connection, now: now).take(secret)
    }
  }

  /// Notes in the trail that somebody was not let in.
  func refuse(_ why: String, request: String) async throws {
    try await Deed.$current.withValue(Self.deed(request)) {
      try await premises.database.writeBeside(premises.tenant) {
        try $0.tell(Act("login.refused", object: "provider", after: why))
      }
    }
  }

  /// Ends the sessions that ended at the provider; gives how many.
  func end(_ signOut: ProviderSignOut, request: String) async throws -> Int {
    let now = premises.now()
    return try await Deed.$current.withValue(Self.deed(request)) {
      try await premises.database.writeBeside(premises.tenant) { try ProviderStore($0, now: now).end(signOut) }
    }
  }

  /// Lets an identity in. Whoever is known and holds what the groups say changes nothing, and waits for nobody;
  /// anything else is written in the municipality's turn.
  func admit(
    _ identity: ProviderIdentity, _ claims: ClaimMap, invitationHash: String?, request: String
  ) async throws -> Admission {
    let (now, day) = (premises.now(), premises.today)
    let tree = try await premises.tree(day)
    let visit = Visit(
      identity: identity, claimed: claims.positions(identity.groups), newcomers: claims.newcomers,
      invitationHash: invitationHash, now: now, day: day, units: Set(tree.units.map(\.code.text)))
    if let known = try await premises.database.read(premises.tenant, { try visit.ofKnown($0) }) { return known }
    return try await Deed.$current.withValue(Self.deed(request)) {
      try await premises.database.write(premises.tenant) { try visit.admit($0) }
    }
  }

  private static func deed(_ request: String) -> Deed { Deed(person: "", position: "provider", request: request) }
}

/// One visit of an identity, inside a transaction.
private struct Visit: Sendable {
  let identity: ProviderIdentity
  let claimed: [ClaimedPosition]
  let newcomers: ClaimMap.Newcomers
  let invitationHash: String?
  let now: Int64
  let day: CalendarDate
  let units: Set<String>

  /// What comes of it where nothing has to be written; nil otherwise.
  func ofKnown(_ connection: any DatabaseConnection) throws -> ProviderDesk.Admission? {
    guard invitationHash == nil else { return nil }
    guard let person = try ProviderStore(connection, now: now).person(identity) else {
      return mayEnter ? nil : .unknown
    }
    let register = try PeopleStore(connection, now: now).register()
    guard register.person(person)?.isRemoved == false else { return .removed }
    let changes = try changes(of: person, register, connection)
    return changes.isEmpty ? .welcome(person) : nil
  }

  func admit(_ connection: any DatabaseConnection) throws -> ProviderDesk.Admission {
    let (people, store) = (PeopleStore(connection, now: now), ProviderStore(connection, now: now))
    var known = try store.person(identity)
    if let invitationHash {
      let logins = LoginStore(connection, now: now)
      guard let invited = try logins.invited(hash: invitationHash) else { return .gone }
      guard known == nil || known == invited else { return .other }
      guard try logins.use(hash: invitationHash) else { return .gone }
      if known == nil { try store.link(identity, to: invited) }
      known = invited
    }
    let person: Int64
    if let known {
      person = known
    } else {
      guard mayEnter else { return .unknown }
      let name = identity.name.isEmpty ? identity.subject : identity.name
      person = try people.add(name: name, email: identity.email)
      try store.link(identity, to: person)
    }
    let register = try people.register()
    guard register.person(person)?.isRemoved == false else { return .removed }
    try carryOut(try changes(of: person, register, connection), of: person, register, connection)
    return .welcome(person)
  }

  private var mayEnter: Bool {
    switch newcomers {
    case .withPosition: claimed.contains(where: isPossible)
    case .everybody: true
    case .nobody: false
    }
  }

  /// A position of a unit that does not exist is given to nobody.
  private func isPossible(_ position: ClaimedPosition) -> Bool {
    switch position.kind.place {
    case .unit, .directorate: units.contains(position.place)
    case .body: !position.place.isEmpty
    case .municipality: true
    }
  }

  /// What must change for the person to hold what the groups say: given, and taken back.
  private struct Changes {
    var given: [ClaimedPosition] = []
    var taken: [Holding] = []
    var isEmpty: Bool { given.isEmpty && taken.isEmpty }
  }

  private func changes(
    of person: Int64, _ register: PeopleRegister, _ connection: any DatabaseConnection
  ) throws -> Changes {
    let held = register.positions(of: person, on: day)
    let granted = try ProviderStore(connection, now: now).granted(by: identity.issuer)
    var changes = Changes()
    changes.given = claimed.filter { claim in
      isPossible(claim) && !held.contains { $0.kind == claim.kind && $0.place == claim.place }
    }
    changes.taken = register.holdings.filter { holding in
      guard holding.person == person, holding.counts(on: day), granted.contains(holding.id),
        let position = register.position(holding.position)
      else { return false }
      return !claimed.contains { $0.kind == position.kind && $0.place == position.place }
    }
    return changes
  }

  private func carryOut(
    _ changes: Changes, of person: Int64, _ register: PeopleRegister, _ connection: any DatabaseConnection
  ) throws {
    let (people, store) = (PeopleStore(connection, now: now), ProviderStore(connection, now: now))
    for holding in changes.taken { try people.withdraw(holding, on: day) }
    guard let period = ValidPeriod(from: day) else { return }
    for claim in changes.given {
      let open = register.positions(on: day).first { $0.kind == claim.kind && $0.place == claim.place }
      let position = try open?.id ?? people.add(claim.kind, place: claim.place, period)
      try store.grant(try people.appoint(person, to: position, period), by: identity.issuer)
    }
    if let why = identity.groupsMissing {
      try connection.tell(Act("login.groupsMissing", object: "person \(person)", after: why))
    }
  }
}
