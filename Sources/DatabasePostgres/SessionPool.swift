internal import Database
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The connections of readers, or of writers. They are made when they are needed and kept for the next who comes.
final class SessionPool: Sendable {
  /// As many places as there may be connections. Who takes a connection holds one.
  let places: Turnstile
  let limits: PostgresLimits
  private let address: PostgresAddress
  private let idle = Mutex<[Session]>([])

  /// A pool of at most so many connections.
  init(_ address: PostgresAddress, limits: PostgresLimits, places: Int) {
    self.address = address
    self.limits = limits
    self.places = Turnstile(places: places)
  }

  /// A connection that is idle, or a new one.
  func take(_ interruption: Interruption?) throws -> Session {
    while let session = idle.withLock({ $0.popLast() }) {
      guard session.isFresh else { continue }
      session.interruption = interruption
      return session
    }
    return try connect(interruption)
  }

  /// A new connection. While no server can be reached, it is tried again after growing pauses of uneven length, so that
  /// not everybody comes at the same moment when the server is back.
  func connect(_ interruption: Interruption?) throws -> Session {
    let deadline = ContinuousClock.now + limits.reconnect
    var pause = Duration.milliseconds(50)
    while true {
      var last = ConnectionLost(reason: "no server in the address")
      for candidate in address.candidates {
        do {
          return try Session(candidate, limits: limits, interruption: interruption)
        } catch let lost as ConnectionLost {
          // A server that refuses says more than one that is not there.
          if !lost.mayPass || last.mayPass { last = lost }
        }
      }
      let wait = pause.milliseconds * Int64.random(in: 50...100) / 100
      guard last.mayPass, .now + .milliseconds(wait) < deadline else { throw last }
      try Self.sleep(milliseconds: wait, interruption)
      pause = min(pause * 2, .seconds(1))
    }
  }

  private static func sleep(milliseconds: Int64, _ interruption: Interruption?) throws {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {
      if interruption?.isRaised == true { throw CancellationError() }
      usleep(10_000)
    }
  }

  /// Keeps a connection for the next one, where it is still good.
  func giveBack(_ session: Session) {
    session.interruption = nil
    if session.isFresh { idle.withLock { $0.append(session) } } else { session.close() }
  }

  /// Waits until every connection is back, and closes all. Nobody gets one afterwards.
  func close() async {
    await places.close()
    for session in idle.withLock({ sessions in
      defer { sessions = [] }
      return sessions
    }) { session.close() }
  }
}
