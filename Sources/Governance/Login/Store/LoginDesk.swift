import Database
import SteeringCore
import SurfaceKit

/// Signing in, on a municipality's database: checks passwords, counts failures, begins sessions. What it writes stands
/// beside long work of others, so that nobody waits at the door for an import.
struct LoginDesk: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64

  /// What came of an attempt.
  enum Attempt: Sendable {
    /// The person, and the password that fitted: the session begins only while it still is the person's.
    case welcome(Int64, KeptPassword)
    case wrong
    case tooMany
  }

  /// Failures of one name from one address, and from one address, that are too many within half an hour. Somebody who
  /// guesses from elsewhere keeps nobody out who knows the password.
  static let mostOfName = 10
  static let mostOfAddress = 100
  /// Sign-ins at the provider that may be begun from one address within half an hour: a whole town hall's.
  static let mostStarts = 2_000

  func signIn(_ userName: String, _ password: String, from peer: String, request: String) async throws -> Attempt {
    let time = now()
    let name = LoginStore.canonical(userName)
    let place = Network.of(peer)
    let ofName = "name " + Secret.hash(of: name + "\u{0}" + place)
    let ofAddress = "address " + Secret.hash(of: place)
    // Most are refused by a look; the attempt itself is counted before the work on the password, so that many at once
    // count as many.
    guard try await isOpen(ofName, ofAddress, time) else { return .tooMany }
    let account = try await database.writeBeside(tenant) { connection -> (Int64, KeptPassword)?? in
      let store = LoginStore(connection, now: time)
      try store.fail([ofName, ofAddress])
      guard try store.failures(ofName) <= Self.mostOfName, try store.failures(ofAddress) <= Self.mostOfAddress else {
        return nil
      }
      return .some(try store.account(name))
    }
    guard let account else { return .tooMany }
    // Longer than any password that could have been chosen: no reason to work on it.
    let tried = password.count <= PasswordRules.longest ? password : ""
    let fits: Bool
    do {
      fits = try await (account?.1 ?? .nobodys).fits(tried)
    } catch is TooManyPasswords {
      return .tooMany
    }
    if let account, fits {
      try await database.writeBeside(tenant) { try LoginStore($0, now: time).takeBack([ofName, ofAddress]) }
      return .welcome(account.0, account.1)
    }
    let deed = Deed(person: "", position: "door", request: request)
    try await Deed.$current.withValue(deed) {
      try await database.writeBeside(tenant) { connection in
        try connection.tell(Act("login.refused", object: account.map { "person \($0.0)" } ?? "unknown name"))
      }
    }
    return .wrong
  }

  private func isOpen(_ ofName: String, _ ofAddress: String, _ time: Int64) async throws -> Bool {
    try await database.read(tenant) { connection in
      let store = LoginStore(connection, now: time)
      return try store.failures(ofName) < Self.mostOfName && store.failures(ofAddress) < Self.mostOfAddress
    }
  }

  /// Whether somebody at an address may begin another sign-in at the provider; counts it.
  func mayLeave(from peer: String) async throws -> Bool {
    let time = now()
    let bucket = "start " + Secret.hash(of: Network.of(peer))
    return try await database.writeBeside(tenant) { connection in
      let store = LoginStore(connection, now: time)
      guard try store.failures(bucket) < Self.mostStarts else { return false }
      try store.fail([bucket])
      return true
    }
  }

  /// Begins a session, and ends the one that the browser had. A session that began at an identity provider is tied to
  /// the one there. Begins none, and gives false, where the password that was tried is not the person's any more, or
  /// the person's data were removed meanwhile.
  @discardableResult
  func begin(
    _ secret: Secret, for person: Int64, by way: Session.Way, ending old: Secret?, password: KeptPassword? = nil,
    at identity: ProviderIdentity? = nil, request: String
  ) async throws -> Bool {
    let time = now()
    return try await Deed.$current.withValue(Deed(person: String(person), position: "door", request: request)) {
      try await database.writeBeside(tenant) { connection in
        let store = LoginStore(connection, now: time)
        let provider = ProviderStore(connection, now: time)
        let known = try PeopleStore(connection, now: time).register(about: person).person(person)
        guard known?.isRemoved == false else { return false }
        if let password, try store.password(of: person) != password { return false }
        if let old {
          _ = try provider.untie(old)
          try store.end(old)
        }
        if let identity { try provider.tie(secret, to: identity) }
        try store.begin(secret, for: person, by: way, formToken: Secret.fresh().text)
        return true
      }
    }
  }

  /// What came of using an invitation.
  enum Acceptance: Sendable {
    case done, nameTaken, gone
  }

  func accept(
    _ secret: Secret, _ person: Int64, _ userName: String, _ password: String, request: String
  ) async throws -> Acceptance {
    let time = now()
    let kept = try await KeptPassword.of(password)
    return try await Deed.$current.withValue(Deed(person: String(person), position: "door", request: request)) {
      do {
        return try await database.writeBeside(tenant) { connection in
          let store = LoginStore(connection, now: time)
          guard try store.use(secret) else { return .gone }
          guard try store.set(kept, for: person, userName: userName) else { throw NameTaken() }
          return .done
        }
      } catch is NameTaken {
        return .nameTaken
      }
    }
  }

  /// Takes the use of the invitation back with it.
  private struct NameTaken: Error {}
}
