public import Database
public import Hummingbird
public import SteeringCore
public import SurfaceKit

/// The page of the organisation. Everybody may read it.
public struct OrganisationRoutes: Sendable {
  private let database: any MunicipalDatabase
  private let tenant: Tenant
  private let today: @Sendable () -> CalendarDate

  /// The page on a municipality's database; `today` is the day it shows.
  public init(database: any MunicipalDatabase, tenant: Tenant, today: @escaping @Sendable () -> CalendarDate) {
    self.database = database
    self.tenant = tenant
    self.today = today
  }

  /// Adds the route.
  public func add(to router: Router<SurfaceContext>) {
    router.get("organisation") { request, context in
      let query = request.query
      let unit = query["unit"].map { UnitCode($0) }
      let number = query["version"].flatMap { Int($0) }
      let day = today()
      let model = try await database.read(tenant) { connection -> OrganisationShowModel? in
        let store = OrganisationStore(connection)
        let versions = try store.versions()
        let wanted = number.map { number in versions.first { $0.number == number } } ?? versions.last
        if number != nil, wanted == nil { return nil }
        let content = try wanted.map { try store.content(of: $0.number) } ?? store.contentKnownNow()
        return OrganisationShowModel(version: wanted, versions: versions, content: content, on: day, branch: unit)
      }
      guard let model else {
        throw Trouble.notFound(Words("Vi har ingen udgave med det nummer.", en: "We have no version with that number."))
      }
      return OrganisationShowView(model: model).page.response(request, context)
    }
  }
}
