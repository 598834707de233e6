import Database
public import Hummingbird
import Organisation
import SteeringCore
public import SurfaceKit

/// The page of the audit trail, and its export.
public struct AuditRoutes: Sendable {
  private let premises: Premises

  /// The routes of a municipality.
  public init(_ premises: Premises) { self.premises = premises }

  /// How many entries a page has.
  private static let pageSize = 100
  /// How many entries an export has at most.
  private static let exportSize = 100_000

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("audit") { request, context in
      let query = request.query
      let filter = AuditTrail.Filter(person: query["person"] ?? "", action: query["action"] ?? "")
      let before = query["before"].flatMap { Int64($0) }
      let now = premises.now()
      let model = try await premises.database.read(premises.tenant) { connection in
        let trail = AuditTrail(connection)
        return AuditModel(
          entries: try trail.latest(Self.pageSize + 1, before: before, filter: filter), filter: filter,
          actions: try trail.actions(), register: try PeopleStore(connection, now: now).register(),
          anchor: try trail.anchor())
      }
      return AuditView(model: model, pageSize: Self.pageSize).page.response(request, context)
    }
    router.get("audit.csv") { request, context in
      let query = request.query
      let filter = AuditTrail.Filter(person: query["person"] ?? "", action: query["action"] ?? "")
      let entries = try await premises.database.read(premises.tenant) {
        try AuditTrail($0).latest(Self.exportSize, filter: filter)
      }
      return Response.download(
        AuditView.csv(entries, context.language), type: "text/csv; charset=utf-8", name: "revisionsspor.csv")
    }
  }
}

/// What the page of the trail shows.
struct AuditModel: Sendable {
  let entries: [AuditEntry]
  let filter: AuditTrail.Filter
  let actions: [String]
  let register: PeopleRegister
  let anchor: AuditAnchor?
}
