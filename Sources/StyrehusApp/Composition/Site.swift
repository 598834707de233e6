import Database
import Economy
public import Governance
public import Hummingbird
public import Logging
import Organisation
import Register
import RuleKit
import SteeringCore
public import SurfaceKit

/// The whole site of one municipality: every capability's routes behind one door. The server and the tests build it
/// here.
public struct Site: Sendable {
  let installation: Installation
  let sign: HouseSign
  let hosts: HostNames
  let model: String
  let needs: ClosingNeeds
  let journal: RequestJournal
  /// Machines ask for the health of the installation here; false where it has a lobby for that.
  let answersMachines: Bool
  /// Whether the people of the demo can be chosen with a click.
  let isDemo: Bool
  /// Where the municipality's people sign in besides here; nil without such a place.
  let provider: Provider?
  let board: JobBoard
  let imports: ImportJobs
  let closings: ClosingJobs
  let patience: Duration
  /// Does the jobs that are asked for by the pages. Whoever lets go of the database stops it first.
  public let workshop: Workshop

  /// The site of an installation, with its sign and its names. `model` is the name or the file of the steering model
  /// that new rounds are made with, `randersmodellen-2.0` without. Every request has a line in `log`; without one
  /// nothing is written. Who asks for a job waits `patience` for its end before being sent to its page.
  public init(
    _ installation: Installation, sign: HouseSign, hosts: HostNames = HostNames(),
    model: String? = nil, log: Logger? = nil, provider: Provider? = nil, patience: Duration = .seconds(1)
  ) {
    self.init(
      installation, sign: sign, hosts: hosts, model: model, journal: RequestJournal(log), answersMachines: true,
      isDemo: false, workshop: Workshop(log: log), provider: provider, patience: patience)
  }

  /// The site of one municipality among several, whose requests are counted and told of together.
  init(
    _ installation: Installation, sign: HouseSign, hosts: HostNames, model: String?, journal: RequestJournal,
    answersMachines: Bool, isDemo: Bool, workshop: Workshop, provider: Provider? = nil,
    patience: Duration = .seconds(1)
  ) {
    self.installation = installation
    self.hosts = hosts
    self.journal = journal
    self.answersMachines = answersMachines
    self.isDemo = isDemo
    self.provider = provider
    self.model = model ?? ShippedModels.standardName
    self.sign = sign
    self.needs = .live
    self.patience = patience
    let (database, tenant) = (installation.database, installation.tenant)
    imports = ImportJobs(
      database: database, tenant: tenant, now: Installation.now, profiles: ShippedProfiles.all,
      organisation: .live(installation))
    closings = ClosingJobs(
      database: database, tenant: tenant, needs: needs, modelName: self.model, now: Installation.now)
    self.workshop = workshop
    board = workshop.board(for: installation, [imports.jobKind, closings.jobKind])
  }

  func tree(_ day: CalendarDate) async throws -> OrganisationTree {
    try await installation.database.read(installation.tenant) { try OrganisationStore($0).tree(on: day) }
  }

  /// The router with everything on it.
  public func router() -> Router<SurfaceContext> {
    let router = answeringRoutes()
    router.refuseOtherMethods()
    return router
  }

  /// The routes that answer, without those that say what an address is not for.
  func answeringRoutes() -> Router<SurfaceContext> {
    let router = Router(context: SurfaceContext.self, options: [.autoGenerateHeadEndpoints])
    let sign = sign
    router.addMiddleware {
      journal
      SecurityHeaders(hosts: hosts)
    }
    // Before the reception: machines get no cookies.
    if answersMachines { HealthRoutes(installation, journal).add(to: router) }
    let access = AccessList.live
    let premises = Premises(
      database: installation.database, tenant: installation.tenant, now: Installation.now, tree: { try await tree($0) })
    router.addMiddleware {
      Reception { sign }
      TroubleDesk()
      Porter(premises) { access.routes[$0] ?? [:] }
      SearchLimit()
    }
    let database = installation.database
    let tenant = installation.tenant
    let reader = ClosingReader(
      database: database, tenant: tenant, needs: needs, organisation: { try await tree($0) },
      leaders: SupervisionCapability.leadersForecast)
    let economy = EconomyDuties(reader: reader, database: database, tenant: tenant, today: Installation.today)
    let duties = DutiesDesk(premises) { try await economy.duties() }
    router.get("/") { request, context in
      let round = request.query["round"]
      let loader = FrontPageLoader(reader: reader, tree: { try await tree($0) }, today: Installation.today)
      async let own = context.partOfPage("duties") { () -> [InboxDuty]? in
        guard round == nil, let person = context.visitor.person.flatMap({ Int64($0) }) else { return nil }
        return try await duties.duties(of: person)
      }
      var view = try await loader.model(round: round)
      view.duties = try await own
      return view.page.response(request, context)
    }
    let doers = Doers { deed in
      guard let person = Int64(deed.person) else { return nil }
      return try await database.read(tenant) { connection in
        try PeopleStore(connection, now: Installation.now()).name(of: person)
      }
    }
    ClosingRoutes(closings, reader: reader, board: board, patience: patience, doers: doers).add(to: router)
    ImportRoutes(imports, board: board, patience: patience, doers: doers).add(to: router)
    OrganisationRoutes(database: database, tenant: tenant, today: Installation.today).add(to: router)
    let models = ModelRoutes(trial: LaboratoryAddress.page) {
      try await touched(reader)
    } modelInForce: {
      if case .found(let model, _) = try needs.model(model) { return model }
      return ShippedModels.standard
    } kept: {
      try await reader.models()
    }
    models.add(to: router)
    LaboratoryRoutes(reader, models: models.models).add(to: router)
    SupervisionRoutes(
      reader, now: Installation.now, today: Installation.today, doers: doers,
      modelInForce: { try await models.models()[0] }
    ).add(to: router)
    LoginRoutes(premises, isDemo: isDemo, provider: provider).add(to: router)
    PeopleRoutes(premises).add(to: router)
    AccountRoutes(premises).add(to: router)
    RetentionRoutes(Retention(premises, Sweepers.all)).add(to: router)
    PlanRoutes(premises, demands: access.demands).add(to: router)
    DutiesRoutes(premises, duties).add(to: router)
    AuditRoutes(premises).add(to: router)
    AssetRoutes.add(to: router)
    return router
  }

  /// How many units the latest round's rules touch, for the page of the model.
  private func touched(_ reader: ClosingReader) async throws -> ModelTouch? {
    guard let overview = try await reader.overview(nil) else { return nil }
    func tally(_ ids: [String], _ units: @escaping ModelTouch.Units) -> ModelTouch.Tally {
      ModelTouch.Tally(Dictionary(ids.map { ($0, 1) }, uniquingKeysWith: +), units: units)
    }
    return ModelTouch(
      roundName: overview.roundName, modelID: overview.modelID,
      lights: tally(overview.units.map(\.light.id)) { ClosingAddress.units(light: $0) },
      duties: tally(overview.units.flatMap(\.duties)) { ClosingAddress.units(duty: $0) },
      reviews: tally(overview.units.flatMap(\.reviews)) { ClosingAddress.units(review: $0) })
  }
}
