import Database
import SteeringCore

/// Signing in, on a municipality's database: checks passwords, counts failures, begins sessions. What it writes stands
/// beside long work of others, so that nobody waits at the door for an import.
struct LoginDesk: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64

  /// What came of an attempt.
  enum Attempt: Sendable {
    case welcome(Int64)
    case wrong
    case tooMany
  }

  /// Failures of one name from one address, and from one address, that are too many within half an hour. Somebody who
  /// guesses from elsewhere keeps nobody out who knows the password.
  static let mostOfName = 10
  static let mostOfAddress = 100

  func signIn(_ userName: String, _ password: String, from peer: String, request: String) async throws -> Attempt {
    let time = now()
    let name = LoginStore.canonical(userName)
    let place = Self.network(peer)
    let ofName = "name " + Secret.hash(of: name + "\u{0}" + place)
    let ofAddress = "address " + Secret.hash(of: place)
    let (account, failures) = try await database.read(tenant) { connection in
      let store = LoginStore(connection, now: time)
      return (try store.account(name), (try store.failures(ofName), try store.failures(ofAddress)))
    }
    guard failures.0 < Self.mostOfName, failures.1 < Self.mostOfAddress else { return .tooMany }
    // Longer than any password that could have been chosen: no reason to work on it.
    let tried = password.count <= PasswordRules.longest ? password : ""
    let fits = try await (account?.password ?? .nobodys).fits(tried)
    if let account, fits { return .welcome(account.person) }
    let deed = Deed(person: "", position: "door", request: request)
    try await Deed.$current.withValue(deed) {
      try await database.writeBeside(tenant) { connection in
        try LoginStore(connection, now: time).fail([ofName, ofAddress])
        try connection.tell(Act("login.refused", object: account.map { "person \($0.person)" } ?? "unknown name"))
      }
    }
    return .wrong
  }

  /// Begins a session, and ends the one that the browser had. A session that began at an identity provider is tied to
  /// the one there.
  func begin(
    _ secret: Secret, for person: Int64, by way: Session.Way, ending old: Secret?, at identity: ProviderIdentity? = nil,
    request: String
  ) async throws {
    let time = now()
    try await Deed.$current.withValue(Deed(person: String(person), position: "door", request: request)) {
      try await database.writeBeside(tenant) { connection in
        let store = LoginStore(connection, now: time)
        let provider = ProviderStore(connection, now: time)
        if let old {
          _ = try provider.untie(old)
          try store.end(old)
        }
        if let identity { try provider.tie(secret, to: identity) }
        try store.begin(secret, for: person, by: way, formToken: Secret.fresh().text)
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

  /// The network that an address counts as: itself, or the first half of a long one, which one household has whole.
  static func network(_ peer: String) -> String {
    guard peer.contains(":"), !peer.contains(".") else { return peer }
    return peer.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":")
  }
}
