import Database
import HTTPTypes
import Hummingbird
import Logging
import SurfaceKit

/// The outermost middleware: gives every request its number, counts it, and writes one line about it. The line has the
/// pattern of the route and never the address, since an address can hold a code or a name that was searched for.
struct RequestJournal: RouterMiddleware {
  let tally = RequestTally()
  let log: Logger
  /// The municipality that the requests are about, where the installation holds several.
  private var tenant: String?

  /// A journal with a tally of its own. Without a log nothing is written.
  init(_ log: Logger?) { self.log = log ?? Logger(label: "styrehus") { _ in SwiftLogNoOpLogHandler() } }

  /// The same journal, telling of one municipality's requests.
  func of(_ tenant: Tenant) -> RequestJournal {
    var journal = self
    journal.tenant = tenant.key
    return journal
  }

  func handle(
    _ request: Request, context: SurfaceContext, next: (Request, SurfaceContext) async throws -> Response
  ) async throws -> Response {
    let number = RequestNumber.of(request)
    var context = context
    // Whatever else is said about this request, on pages too, names it by the same number.
    context.logger[metadataKey: StructuredLog.requestKey] = "\(number)"
    let start = ContinuousClock.now
    tally.begin()
    do {
      var response = try await next(request, context)
      end(request, context, number, response.status.code, ContinuousClock.now - start)
      response.headers[.requestNumber] = number
      return response
    } catch {
      end(request, context, number, 500, ContinuousClock.now - start)
      throw error
    }
  }

  private func end(
    _ request: Request, _ context: SurfaceContext, _ number: String, _ status: Int, _ duration: Duration
  ) {
    // Hummingbird's own word for an address without a route.
    let route = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 }
    let kind = RequestTally.Kind(route: route, method: request.method.rawValue, status: status)
    tally.end(kind, after: duration)
    let isProbe = HealthRoutes.addresses.contains(kind.route) && status < 400
    var metadata: Logger.Metadata = [
      StructuredLog.requestKey: "\(number)", "method": "\(kind.method)", "route": "\(kind.route)",
      "status": .stringConvertible(status), "ms": .stringConvertible(duration.microseconds / 1_000),
    ]
    if let tenant { metadata["tenant"] = "\(tenant)" }
    log.log(level: status >= 500 ? .error : isProbe ? .debug : .info, "request", metadata: metadata)
  }
}
