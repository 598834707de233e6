public import Hummingbird
import SteeringCore
import Synchronization

/// Holds back whoever searches faster than a person can: a search reads more than a page does. It counts on each server
/// for itself, since it protects the server and decides nothing.
public final class SearchLimit: RouterMiddleware {
  /// The searches of a minute that are too many: of somebody who is signed in, and of everybody else at one address.
  private let most: (person: Int, address: Int)
  private let minute: @Sendable () -> Int64
  private let counts = Mutex<(minute: Int64, byWho: [String: Int])>((0, [:]))

  /// The middleware; it stands where it is known who is there. `minute` gives the number of the minute, that of the
  /// clock without it.
  public init(
    person: Int = 120, address: Int = 600,
    minute: (@Sendable () -> Int64)? = nil
  ) {
    most = (person, address)
    self.minute = minute ?? { ContinuousClock.now.wholeMinutes }
  }

  /// Lets a search through, or says to wait. What is no search is let through.
  public func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    guard request.query["q"]?.isEmpty == false else { return try await next(request, context) }
    let person = context.visitor.person
    let who = person.map { "person \($0)" } ?? "address \(Network.of(context.peer))"
    guard count(who) <= (person == nil ? most.address : most.person) else {
      let trouble = Trouble(
        .tooManyRequests, Words("Vent et minut", en: "Wait a minute"),
        Words(
          "Der er søgt for mange gange i træk. Prøv igen om et minut.",
          en: "There were too many searches in a row. Try again in a minute."))
      var response = trouble.page.response(request, context, status: trouble.status)
      response.headers[.retryAfter] = "60"
      return response
    }
    return try await next(request, context)
  }

  private func count(_ who: String) -> Int {
    let minute = minute()
    return counts.withLock { counts in
      if counts.minute != minute { counts = (minute, [:]) }
      counts.byWho[who, default: 0] += 1
      return counts.byWho[who, default: 0]
    }
  }
}

extension ContinuousClock.Instant {
  private static let start = ContinuousClock.now

  /// The whole minutes since the program first asked.
  fileprivate var wholeMinutes: Int64 { (self - Self.start).components.seconds / 60 }
}
