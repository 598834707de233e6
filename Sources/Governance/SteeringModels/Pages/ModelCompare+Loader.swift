import RuleKit
import SteeringCore
import SurfaceKit

extension ModelCompareModel {
  /// Two models beside each other, and all that there are to choose from. Lights, duties, reviews and parameters
  /// meet by their id; what both have but word differently stands in a line of its own.
  init(_ left: SteeringModel, _ right: SteeringModel, of models: [SteeringModel]) {
    self.init(
      left: .init(left), right: .init(right),
      groups: [
        Group(
          id: "basis", name: ModelTexts.basis,
          lines: [Line(name: ModelTexts.percentagesOf, left: left.base.name, right: right.base.name)]),
        Group(
          id: "lights", name: ModelTexts.lights,
          lines: [Self.order(left, right)]
            + Self.lines(left.lights.map { .init($0, left) }, right.lights.map { .init($0, right) })),
        Group(
          id: "duties", name: ModelTexts.duties,
          lines: Self.lines(left.duties.map { .init($0, left) }, right.duties.map { .init($0, right) })),
        Group(
          id: "reviews", name: ModelTexts.reviews,
          lines: Self.lines(left.reviews.map { .init($0, left) }, right.reviews.map { .init($0, right) })),
        Group(
          id: "parameters", name: ModelTexts.parameters,
          lines: Self.lines(left.parameters.map(Part.init), right.parameters.map(Part.init))),
      ],
      models: models.map(ModelShowModel.Other.init))
  }

  /// A part of a model that can be held against the part of the same id in the other one.
  private struct Part {
    let id: String
    let name: Words
    /// What it decides.
    let meaning: Words
    /// What else people read or see of it, with what each is called, in a fixed order.
    let wording: [(what: Words, text: Words)]

    init(_ light: LightRule, _ model: SteeringModel) {
      id = light.id
      name = light.name
      meaning = ModelTexts.when(light.condition.meaning(in: model))
      wording = [
        (ModelTexts.nameOf, name), (ModelTexts.demand, light.demand),
        (ModelTexts.look, ModelTexts.look(light.tone, light.shape)),
      ]
    }

    init(_ rule: ConsequenceRule, _ model: SteeringModel) {
      id = rule.id
      name = rule.name
      meaning = ModelTexts.when(rule.condition.meaning(in: model))
      wording = [(ModelTexts.nameOf, name), (ModelTexts.demand, rule.explanation)]
    }

    init(_ parameter: RuleKit.Parameter) {
      id = parameter.id
      name = parameter.name
      meaning = parameter.value.words
      wording = [(ModelTexts.nameOf, name)]
    }
  }

  private static func lines(_ left: [Part], _ right: [Part]) -> [Line] {
    let shared = left.flatMap { part -> [Line] in
      guard let other = right.first(where: { $0.id == part.id }) else {
        return [Line(name: part.name, left: part.meaning, right: nil)]
      }
      let wording = zip(part.wording, other.wording).filter { $0.text != $1.text }
        .map { Line(name: ModelTexts.aspect($0.what, of: part.name), left: $0.text, right: $1.text) }
      return [Line(name: part.name, left: part.meaning, right: other.meaning)] + wording
    }
    return shared
      + right.filter { part in !left.contains { $0.id == part.id } }
      .map { Line(name: $0.name, left: nil, right: $0.meaning) }
  }

  /// In which order the lights that both have are tried; it may differ where all else is the same.
  private static func order(_ left: SteeringModel, _ right: SteeringModel) -> Line {
    func names(_ model: SteeringModel, _ other: SteeringModel) -> Words {
      let names = model.lights.filter { other.light($0.id) != nil }.map(\.name)
      return Words(names.map(\.danish).joined(separator: ", "), en: names.map(\.english).joined(separator: ", "))
    }
    return Line(name: ModelTexts.lightOrder, left: names(left, right), right: names(right, left))
  }
}
