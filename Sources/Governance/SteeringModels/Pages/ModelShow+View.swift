import SteeringCore
import SurfaceKit

/// A steering model: its lights, its duties and reviews, each in plain words with source, parameter and whom it
/// touches.
struct ModelShowView: Sendable {
  let model: ModelShowModel

  var page: Page {
    Page(title: model.name, lead: ModelTexts.lead, section: .model) {
      facts
      h2(.id("lights")) { ModelTexts.lights }
      lights
      part("basis", ModelTexts.basis, model.basis)
      part("duties", ModelTexts.duties, model.duties)
      part("reviews", ModelTexts.reviews, model.reviews, ModelTexts.reviewsLead)
      others
    }
  }

  private var facts: Node {
    dl(.class("facts")) {
      dt { ModelTexts.validity }
      dd { ModelTexts.valid(model) }
      if let roundName = model.roundName {
        dt { ModelTexts.countsFrom }
        dd { roundName }
      }
    }
  }

  private var lights: DataTable {
    DataTable(
      id: "light-table", caption: ModelTexts.lightsCaption, isCaptionShown: false,
      columns: [
        .init(ModelTexts.light), .init(ModelTexts.when), .init(ModelTexts.source),
        .init(ModelTexts.touched, .number),
      ],
      rows: model.lights.map { light in
        DataTable.Row([
          Node(LightMark(light.sign)), .words(light.condition), source(light.citation),
          touched(light.count, light.units, ModelTexts.unitsWith(light.sign.name)),
        ])
      })
  }

  @HTML private func part(
    _ id: String, _ heading: Words, _ rules: [ModelShowModel.Rule], _ lead: Words? = nil
  ) -> [Node] {
    if !rules.isEmpty {
      h2(.id(id)) { heading }
      if let lead {
        p { lead }
      }
      ul(.class("cards")) {
        for rule in rules { card(rule) }
      }
    }
  }

  private func card(_ rule: ModelShowModel.Rule) -> Node {
    li(.class("card"), .id("rule-" + rule.id)) {
      h3 { rule.heading }
      p { rule.text }
      dl(.class("facts")) {
        for parameter in rule.parameters {
          dt { parameter.name }
          dd { strong { parameter.value } }
        }
        if rule.touched != nil {
          dt { ModelTexts.touched }
          dd { touched(rule.touched, rule.units, ModelTexts.unitsWith(rule.heading)) }
        }
        dt { ModelTexts.source }
        dd { source(rule.citation) }
      }
    }
  }

  private func source(_ citation: Citation) -> Node {
    small { "\(citation.rule) · \(citation.source)" }
  }

  /// A count that leads to the units; its accessible name says which.
  private func touched(_ count: Int?, _ units: Address?, _ whose: Words) -> Node {
    guard let count else { return .words(ModelTexts.notCounted) }
    let text = Format.words { $0.count(count, Words("enhed", en: "unit"), Words("enheder", en: "units")) }
    guard let units, count > 0 else { return .words(text) }
    return a(.href(units)) {
      text
      span(.class("unseen")) { whose }
    }
  }

  @HTML private var others: [Node] {
    if !model.others.isEmpty {
      h2(.id("others")) { ModelTexts.others }
      ul {
        for other in model.others {
          li {
            a(.href(SteeringModelAddress.model(other.id))) { other.name }
            " · "
            a(.href(SteeringModelAddress.compare(model.id, other.id))) { ModelTexts.compare(other.name) }
          }
        }
      }
    }
  }
}
