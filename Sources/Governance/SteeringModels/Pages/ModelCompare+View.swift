import SteeringCore
import SurfaceKit

/// Two steering models beside each other. A difference is marked in words and by a mark in the text, not only by
/// colour.
struct ModelCompareView: Sendable {
  let model: ModelCompareModel

  private var differenceCount: Int {
    model.groups.reduce(0) { $0 + $1.lines.count { $0.differs } }
  }

  var page: Page {
    Page(
      title: ModelTexts.compareTitle, lead: ModelTexts.differences(differenceCount), section: .model,
      trail: [.init(Section.model.name, SteeringModelAddress.model)]
    ) {
      Filters(action: SteeringModelAddress.compare, label: ModelTexts.chooseModels) {
        choose("left", ModelTexts.leftModel, model.left)
        choose("right", ModelTexts.rightModel, model.right)
      }
      for group in model.groups where !group.lines.isEmpty {
        h2(.id(group.id)) { group.name }
        table(group)
      }
    }
  }

  private func choose(_ name: String, _ label: Words, _ selected: ModelShowModel.Other) -> SelectField {
    SelectField(
      FieldFrame(name, label), choices: model.models.map { Choice($0.id, $0.name) }, selected: selected.id)
  }

  private func table(_ group: ModelCompareModel.Group) -> DataTable {
    DataTable(
      id: group.id + "-table", caption: group.name, isCaptionShown: false,
      columns: [
        .init(ModelTexts.what), .init(model.left.name), .init(model.right.name), .init(ModelTexts.isDifferent),
      ],
      rows: group.lines.map { line in
        DataTable.Row([
          .words(line.name), said(line.left), line.differs ? strong { said(line.right) } : said(line.right),
          line.differs ? strong { ModelTexts.differs } : span(.class("muted")) { ModelTexts.same },
        ])
      })
  }

  private func said(_ words: Words?) -> Node { .words(words ?? ModelTexts.saysNothing) }
}
