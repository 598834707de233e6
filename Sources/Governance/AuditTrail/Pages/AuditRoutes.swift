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
  /// How many entries are read at a time for the export, which has them all.
  private static let exportSize = 5_000

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
      let (database, tenant) = (premises.database, premises.tenant)
      var response = Response.download([], type: "text/csv; charset=utf-8", name: "revisionsspor.csv")
      response.headers[.contentLength] = nil
      let language = context.language
      response.body = ResponseBody { writer in
        try await writer.write(ByteBuffer(bytes: AuditView.csvHead(language)))
        var before: Int64?
        while true {
          let entries = try await database.read(tenant) { [before] in
            try AuditTrail($0).latest(Self.exportSize, before: before, filter: filter)
          }
          guard let last = entries.last else { break }
          try await writer.write(ByteBuffer(bytes: AuditView.csv(entries)))
          before = last.number
        }
        try await writer.finish(nil)
      }
      return response
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
