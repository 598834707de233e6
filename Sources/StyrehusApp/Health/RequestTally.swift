import Synchronization

/// How many requests were answered, and how fast, since the site was opened. Routes are named by their pattern, methods
/// and statuses come from short lists, so that no visitor can make the tally grow.
final class RequestTally: Sendable {
  /// What requests are counted by.
  struct Kind: Hashable, Sendable {
    /// The pattern of the route, such as `/units/{unit}`; `none` where no route fits.
    let route: String
    /// The method; `OTHER` where it is not one of the usual.
    let method: String
    /// The hundreds of the status: 2 for 200 to 299.
    let statusClass: Int

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// The kind of a request. `route` is nil where no route fits.
    init(route: String?, method: String, status: Int) {
      self.route = route ?? "none"
      self.method = Self.methods.contains(method) ? method : "OTHER"
      statusClass = status / 100
    }
  }

  /// How long the requests of a route took.
  struct Durations: Sendable, Equatable {
    /// The upper limits of the buckets in milliseconds.
    static let limits: [Int64] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
    /// How many took at most as long as the limit at the same place, and no less than the one before.
    private(set) var buckets = [Int](repeating: 0, count: limits.count)
    /// How many there were, also those above every limit.
    private(set) var count = 0
    /// How long they took together, in microseconds.
    private(set) var microseconds: Int64 = 0

    mutating func add(_ duration: Duration) {
      let took = max(0, duration.microseconds)
      if let place = Self.limits.firstIndex(where: { took <= $0 * 1_000 }) { buckets[place] += 1 }
      count += 1
      microseconds += took
    }
  }

  /// The tally at one moment.
  struct Picture: Sendable {
    /// How many requests are being answered.
    var underWay = 0
    /// How many were answered, by kind.
    var answered: [Kind: Int] = [:]
    /// How long they took, by route.
    var durations: [String: Durations] = [:]
  }

  private let state = Mutex(Picture())

  /// The tally now.
  var picture: Picture { state.withLock { $0 } }

  /// A request came in; `end` must follow.
  func begin() { state.withLock { $0.underWay += 1 } }

  /// The answer to a request is ready, so long after it came in.
  func end(_ kind: Kind, after duration: Duration) {
    state.withLock { picture in
      picture.underWay -= 1
      picture.answered[kind, default: 0] += 1
      picture.durations[kind.route, default: Durations()].add(duration)
    }
  }
}

extension Duration {
  /// Whole microseconds.
  var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
