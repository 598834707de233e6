import RuleKit
import SteeringCore
import SurfaceKit

extension ModelShowModel {
  /// A model in plain words. `models` holds all there are, the one in force first; counts are shown only where the
  /// round used this very model.
  init(_ model: SteeringModel, of models: [SteeringModel], touched: ModelTouch?) {
    let counted = touched?.modelID == model.id ? touched : nil
    self.init(
      id: model.id, name: model.name, description: model.description, validFrom: model.validFrom,
      validTo: model.validTo, isInForce: model.id == models.first?.id,
      countsFrom: Self.countsFrom(touched, model, models), basis: Self.basis(of: model),
      lights: model.lights.map { Light($0, model, counted?.lights) } + [.none(model, counted?.lights)],
      duties: model.duties.map { Rule($0, model, counted?.duties) },
      reviews: model.reviews.map { Rule($0, model, counted?.reviews) },
      settings: model.parameters.map { Setting($0, model) },
      others: models.filter { $0.id != model.id }.map(Other.init))
  }

  private static func countsFrom(
    _ touched: ModelTouch?, _ model: SteeringModel, _ models: [SteeringModel]
  ) -> Words {
    guard let touched else { return ModelTexts.noRound }
    if touched.modelID == model.id { return touched.roundName }
    let used = models.first { $0.id == touched.modelID }?.name ?? Words(same: touched.modelID)
    return ModelTexts.otherModel(touched.roundName, used)
  }
}

extension ModelShowModel.Other {
  init(_ model: SteeringModel) { self.init(id: model.id, name: model.name) }
}

extension ModelShowModel.Parameter {
  init(_ parameter: RuleKit.Parameter) {
    self.init(
      name: parameter.name, value: parameter.value.words, place: Address("#parameter-" + parameter.id))
  }
}

extension ModelShowModel.Rule {
  fileprivate init(_ rule: ConsequenceRule, _ model: SteeringModel, _ tally: ModelTouch.Tally?) {
    self.init(
      id: rule.id, heading: rule.name, text: rule.explanation, condition: rule.condition.meaning(in: model),
      source: .cited(rule.citation, rule.standing),
      parameters: rule.condition.parameters.map(ModelShowModel.Parameter.init), touched: tally?.count(rule.id),
      units: tally?.units(rule.id))
  }
}

extension ModelShowModel.Light {
  fileprivate init(_ light: LightRule, _ model: SteeringModel, _ tally: ModelTouch.Tally?) {
    self.init(
      sign: LightSign(light), condition: light.condition.meaning(in: model), demand: light.demand,
      source: .cited(light.citation, light.standing), count: tally?.count(light.id), units: tally?.units(light.id))
  }

  /// A unit without a positive base gets no light, in every model. Where the model has a review for it, that is
  /// what it means.
  fileprivate static func none(_ model: SteeringModel, _ tally: ModelTouch.Tally?) -> Self {
    let review = model.reviews.first { $0.condition.clauses == [.baseMissing] }
    return Self(
      sign: .none, condition: ModelTexts.noPositiveBudget, demand: review?.explanation ?? ModelTexts.noLight,
      source: review.map { .cited($0.citation, $0.standing) } ?? .told(ModelTexts.alikeEverywhere),
      count: tally?.count(SteeringModel.noLight), units: tally?.units(SteeringModel.noLight))
  }
}

extension ModelShowModel.Setting {
  fileprivate init(_ parameter: RuleKit.Parameter, _ model: SteeringModel) {
    let isForLights = model.lights.contains { $0.condition.parameters.contains(parameter) }
    let lights = isForLights ? [Use(name: ModelTexts.lights, place: "#lights")] : []
    let rules = (model.duties + model.reviews).filter { $0.condition.parameters.contains(parameter) }
      .map { Use(name: $0.name, place: Address("#rule-" + $0.id)) }
    self.init(
      id: parameter.id, name: parameter.name, value: parameter.value.words, uses: lights + rules,
      source: .cited(parameter.citation, parameter.standing))
  }
}

extension LightSign {
  /// A light of a model as people see it.
  init(_ light: LightRule) {
    self.init(
      id: light.id, name: Words(light.name.danish.lowercased(), en: light.name.english.lowercased()),
      shape: Shape(light.shape), tone: Tone(light.tone))
  }
}

extension LightSign.Shape {
  fileprivate init(_ shape: LightShape) {
    switch shape {
    case .full: self = .full
    case .half: self = .half
    case .crossed: self = .crossed
    case .ring: self = .ring
    case .striped: self = .striped
    }
  }
}

extension LightSign.Tone {
  fileprivate init(_ tone: LightTone) {
    switch tone {
    case .green: self = .green
    case .yellow: self = .yellow
    case .red: self = .red
    case .blue: self = .blue
    case .orange: self = .orange
    }
  }
}
