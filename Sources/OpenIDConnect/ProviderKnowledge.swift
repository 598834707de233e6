internal import FoundationEssentials

/// What is known of the provider for a while: where its doors are, and its keys. It is the only thing that is
/// remembered between two calls, and it can be lost at any time.
actor ProviderKnowledge {
  /// What was read, and when.
  struct Known: Sendable {
    let metadata: ProviderMetadata
    let keys: [ProviderKey]
    let readAt: Date
    /// Which reading this was, so that two of the same moment can be told apart.
    let edition: Int
  }

  /// How long a reading counts, in seconds. A key that the provider withdraws is believed no longer than this.
  static let lifeSeconds: TimeInterval = 600
  /// How long an unknown key has to wait for the next reading, in seconds.
  static let patienceSeconds: TimeInterval = 60

  private let exchange: ProviderExchange
  private let now: @Sendable () -> Date
  private var known: Known?
  private var reading: Task<Result<Known, IdentityRefusal>, Never>?
  private var askedAgainAt: Date?
  private var editions = 0

  init(exchange: ProviderExchange, now: @escaping @Sendable () -> Date) {
    self.exchange = exchange
    self.now = now
  }

  /// What is known, read anew where it is too old. An old reading is never used in place of a new one that failed.
  func current() async throws(IdentityRefusal) -> Known {
    if let known, Self.isWithin(Self.lifeSeconds, since: known.readAt, now: now()) { return known }
    return try await read()
  }

  /// What is known after a key was met that is not in a reading: keys change. Asks at most once a minute, so that a
  /// flood of invented names costs the provider nothing.
  /// - Throws: ``IdentityRefusal/keyUnknown`` where it has just been asked.
  func renewed(after edition: Int) async throws(IdentityRefusal) -> Known {
    if let known, known.edition != edition { return known }
    if let askedAgainAt, Self.isWithin(Self.patienceSeconds, since: askedAgainAt, now: now()) { throw .keyUnknown }
    askedAgainAt = now()
    return try await read()
  }

  /// A clock that was set back counts as time that has passed.
  private static func isWithin(_ seconds: TimeInterval, since: Date, now: Date) -> Bool {
    (0..<seconds).contains(now.timeIntervalSince(since))
  }

  /// Reads once for all who wait.
  private func read() async throws(IdentityRefusal) -> Known {
    if let reading { return try await reading.value.get() }
    editions += 1
    let (edition, moment, exchange) = (editions, now(), exchange)
    let task = Task { () async -> Result<Known, IdentityRefusal> in
      do throws(IdentityRefusal) {
        // Both documents within one time, so that nobody waits twice.
        return .success(
          try await Deadline.within(exchange.settings.timeout) { () async throws(IdentityRefusal) in
            let settings = exchange.settings
            let metadata = try ProviderMetadata(
              try await exchange.document(at: settings.metadataAddress), settings: settings)
            let keys = try ProviderKey.all(in: try await exchange.document(at: metadata.keys))
            return Known(metadata: metadata, keys: keys, readAt: moment, edition: edition)
          })
      } catch {
        return .failure(error)
      }
    }
    reading = task
    let result = await task.value
    reading = nil
    if case .success(let new) = result { known = new }
    return try result.get()
  }
}
