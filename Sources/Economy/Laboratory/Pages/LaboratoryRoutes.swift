import Database
public import Hummingbird
import Organisation
public import RuleKit
import SteeringCore
public import SurfaceKit

/// The addresses of the laboratory. It only reads.
public struct LaboratoryRoutes: Sendable {
  private let reader: ClosingReader
  private let models: @Sendable () async throws -> [SteeringModel]

  /// The routes. `models` gives the models to choose between, the one in force first; at least one.
  public init(_ reader: ClosingReader, models: @escaping @Sendable () async throws -> [SteeringModel]) {
    self.reader = reader
    self.models = models
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get("laboratory") { request, context in
      try await LaboratoryView(model: model(request)).page.response(request, context)
    }
    router.get("laboratory.csv") { request, context in
      let file = LaboratoryFile(model: try await model(request))
      return Response.download(file.csv(context.language), type: "text/csv; charset=utf-8", name: "andre-graenser.csv")
    }
  }

  private func model(_ request: Request) async throws -> LaboratoryModel {
    let fields = request.query
    let models = try await models()
    guard
      let wanted = fields["model"].flatMap({ $0.isEmpty ? nil : $0 }).map({ id in models.first { $0.id == id } })
        ?? models.first
    else { throw Trouble.notFound(LaboratoryTexts.noModel) }
    let query = LaboratoryQuery(wanted) { fields[$0] }
    let past = try await reader.database.read(reader.tenant) { try PastYears($0) }
    let day = past.years.map(\.round.id.year).first { $0.number == query.year } ?? past.years.first?.round.id.year
    let tree: OrganisationTree? = if let day { try await reader.organisation(day.lastDay) } else { nil }
    return LaboratoryModel(
      query, models: models, past: past, readModel: reader.readModel, tree: tree)
  }
}
