public import Hummingbird
public import RuleKit
import SteeringCore
public import SurfaceKit

/// The pages of the steering models: the one in force, any of them, and two side by side. Everybody may read them.
public struct ModelRoutes: Sendable {
  private let trial: Address?
  private let touched: @Sendable () async throws -> ModelTouch?
  private let modelInForce: @Sendable () async throws -> SteeringModel
  private let kept: @Sendable () async throws -> [SteeringModel]

  /// The pages. `trial` is where other numbers can be tried; `touched` gives the counts of the latest round, nil before
  /// the first; `modelInForce` the model that the municipality uses, which may be one of its own; `kept` the models
  /// that rounds were made with.
  public init(
    trial: Address? = nil, touched: @escaping @Sendable () async throws -> ModelTouch?,
    modelInForce: @escaping @Sendable () async throws -> SteeringModel = { ShippedModels.standard },
    kept: @escaping @Sendable () async throws -> [SteeringModel] = { [] }
  ) {
    self.trial = trial
    self.touched = touched
    self.modelInForce = modelInForce
    self.kept = kept
  }

  /// Adds the addresses of `SteeringModelAddress`.
  public func add(to router: Router<SurfaceContext>) {
    router.get("/model") { request, context in
      try await show(nil).response(request, context)
    }
    router.get("/model/compare") { request, context in
      let query = request.query
      return try await compare(query["left"], query["right"])
        .response(request, context)
    }
    router.get("/model/{id}") { request, context in
      try await show(context.parameter("id") ?? "").response(request, context)
    }
  }

  /// A model by its id; the one in force without.
  private func show(_ id: String?) async throws -> Page {
    let models = try await models()
    let model = try id.map { try find($0, in: models) } ?? models[0]
    return ModelShowView(model: ModelShowModel(model, of: models, touched: try await touched()), trial: trial).page
  }

  /// Two models; where one is not named, the first that the other is not.
  private func compare(_ left: String?, _ right: String?) async throws -> Page {
    let models = try await models()
    let named = try [left, right].map { id in
      try id.flatMap { $0.isEmpty ? nil : try find($0, in: models) }
    }
    let first = named[0] ?? models.first { $0.id != named[1]?.id } ?? models[0]
    let second = named[1] ?? models.first { $0.id != first.id } ?? models[0]
    return ModelCompareView(model: ModelCompareModel(first, second, of: models)).page
  }

  /// All models there are, the one in force first, then those that come with the product, then those of rounds.
  @Sendable public func models() async throws -> [SteeringModel] {
    var models: [SteeringModel] = []
    for model in [try await modelInForce()] + ShippedModels.all + (try await kept())
    where !models.contains(where: { $0.id == model.id }) {
      models.append(model)
    }
    return models
  }

  private func find(_ id: String, in models: [SteeringModel]) throws -> SteeringModel {
    if let model = models.first(where: { $0.id == id }) { return model }
    throw Trouble.notFound(
      Words("Vi har ingen styringsmodel med det navn.", en: "We have no steering model of that name."))
  }
}
