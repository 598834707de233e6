import Database
import HTTPTypes
import Hummingbird
import SurfaceKit

/// What machines ask: whether the process lives, whether it can serve, and how it has been. Plain words in English, no
/// cookies, and nothing that tells more than the one word.
struct HealthRoutes {
  /// The addresses, which are asked so often that the log does not tell of it where all is well.
  static let addresses: Set<String> = ["/health/live", "/health/ready", "/metrics"]

  let probe: ReadinessProbe
  let metrics: @Sendable () -> MetricsText

  /// The routes of an installation whose requests a journal tells of.
  init(_ installation: Installation, _ journal: RequestJournal) {
    let (tally, openedAt, product) = (journal.tally, Installation.now(), installation.database.dialect.name)
    probe = ReadinessProbe(installation)
    metrics = { MetricsText(tally: tally.picture, openedAt: openedAt, database: product) }
  }

  /// Adds the routes.
  func add(to router: Router<SurfaceContext>) {
    let (probe, metrics) = (probe, metrics)
    router.get("health/live") { _, _ in Self.word("ok", .ok) }
    router.get("health/ready") { _, _ in
      let readiness = await probe.readiness()
      return Self.word(readiness.rawValue, readiness == .ready ? .ok : .serviceUnavailable)
    }
    router.get("metrics") { _, _ in Response.bytes(Array(metrics().text.utf8), type: MetricsText.type) }
  }

  private static func word(_ word: String, _ status: HTTPResponse.Status) -> Response {
    .bytes(Array("\(word)\n".utf8), type: "text/plain; charset=utf-8", status: status)
  }
}
