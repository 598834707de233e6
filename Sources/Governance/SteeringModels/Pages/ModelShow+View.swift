import RuleKit
import SteeringCore
import SurfaceKit

/// A steering model: its lights, its duties and reviews, each in plain words with source, parameter and whom it
/// touches.
struct ModelShowView: Sendable {
  let model: ModelShowModel
  /// Where other numbers can be tried.
  var trial: Address?

  var page: Page {
    Page(title: model.name, lead: ModelTexts.lead, section: .model) {
      p { model.description }
      facts
      h2(.id("lights")) { ModelTexts.lights }
      p { ModelTexts.lightsLead }
      lights
      part("basis", ModelTexts.basis, model.basis)
      part("duties", ModelTexts.duties, model.duties)
      part("reviews", ModelTexts.reviews, model.reviews, ModelTexts.reviewsLead)
      settings
      others
    }
  }

  private var facts: Node {
    dl(.class("facts")) {
      dt { ModelTexts.validity }
      dd { ModelTexts.valid(model) }
      dt { ModelTexts.countsFrom }
      dd { model.countsFrom }
    }
  }

  private var lights: DataTable {
    DataTable(
      id: "light-table", caption: ModelTexts.lightsCaption, isCaptionShown: false,
      columns: [
        .init(ModelTexts.light), .init(ModelTexts.litWhen), .init(ModelTexts.demand),
        .init(ModelTexts.touched, .number), .init(ModelTexts.source),
      ],
      rows: model.lights.map { light in
        DataTable.Row([
          Node(LightMark(light.sign)), .words(light.condition), .words(light.demand),
          touched(light.count, light.units, ModelTexts.unitsWith(light.sign.name)), source(light.source),
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
        if let condition = rule.condition {
          dt { ModelTexts.followsWhen }
          dd { condition }
        }
        for parameter in rule.parameters {
          dt { parameter.place == nil ? parameter.name : ModelTexts.number }
          dd {
            strong { parameter.value }
            if let place = parameter.place {
              " "
              a(.href(place)) { parameter.name }
            }
          }
        }
        if rule.touched != nil {
          dt { ModelTexts.touched }
          dd { touched(rule.touched, rule.units, ModelTexts.unitsWith(rule.heading)) }
        }
        dt { ModelTexts.source }
        dd { source(rule.source) }
      }
    }
  }

  /// Every number and choice, also those that no rule asks for yet.
  @HTML private var settings: [Node] {
    if !model.settings.isEmpty {
      h2(.id("parameters")) { ModelTexts.parameters }
      p { ModelTexts.parametersLead }
      if let trial {
        p { a(.href(trial.with("model", model.id))) { ModelTexts.tryOthers } }
      }
      DataTable(
        id: "parameter-table", caption: ModelTexts.parameters, isCaptionShown: false,
        columns: [
          .init(ModelTexts.what), .init(ModelTexts.value), .init(ModelTexts.usedBy), .init(ModelTexts.source),
        ],
        rows: model.settings.map { setting in
          DataTable.Row(
            id: "parameter-" + setting.id,
            [.words(setting.name), strong { setting.value }, uses(setting), source(setting.source)])
        })
    }
  }

  private func uses(_ setting: ModelShowModel.Setting) -> Node {
    if setting.uses.isEmpty { return span(.class("muted")) { ModelTexts.unused } }
    return Node {
      for (index, use) in setting.uses.enumerated() {
        if index > 0 { br() }
        a(.href(use.place)) { use.name }
      }
    }
  }

  /// Rule, document, and whether the document says it: our own reading stands out.
  private func source(_ source: ModelShowModel.Source) -> Node {
    switch source {
    case .cited(let citation, let standing):
      small {
        "\(citation.rule) · \(citation.source) · "
        if standing == .stated {
          standing.name
        } else {
          strong { standing.name }
        }
      }
    case .told(let words): small { words }
    }
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
