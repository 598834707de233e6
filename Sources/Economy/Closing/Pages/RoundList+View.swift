import SteeringCore
import SurfaceKit

/// The closing rounds, and the way to a new one.
struct RoundListView: Sendable {
  let model: RoundListModel

  var page: Page {
    Page(title: RoundTexts.listTitle, lead: RoundTexts.listLead, section: .rounds) {
      if model.missing.isEmpty {
        p(.class("acts")) { a(.href(ClosingAddress.makeRound), .class("button")) { RoundTexts.make } }
      } else {
        missing
      }
      if model.rows.isEmpty {
        if model.missing.isEmpty { Notice(.empty, RoundTexts.none) { p { RoundTexts.noneYet } } }
      } else {
        table
        Pager(current: model.pageNumber, last: model.pageCount) { number in
          ClosingAddress.rounds.with("page", String(number))
        }
      }
    }
  }

  private var missing: Notice {
    Notice(.empty, RoundTexts.missing) {
      ul {
        for item in model.missing { li { item } }
      }
      p { a(.href(Section.imports.address)) { Section.imports.name } }
    }
  }

  private var table: DataTable {
    DataTable(
      id: "rounds", caption: RoundTexts.listTitle, isCaptionShown: false,
      columns: [
        .init(RoundTexts.round), .init(RoundTexts.madeOn), .init(RoundTexts.model),
        .init(RoundTexts.units, .number), .init(RoundTexts.balance, .number), .init(RoundTexts.lights),
      ],
      rows: model.rows.map { row in
        DataTable.Row([
          a(.href(ClosingAddress.round(row.name.id))) { row.name.words },
          .told { $0.date(row.name.madeOn) }, .words(row.modelName),
          .told { $0.number(row.unitCount) },
          .told { $0.wholeKroner(row.balance) }, lights(row),
        ])
      })
  }

  private func lights(_ row: RoundListModel.Row) -> Node {
    span {
      for (index, light) in row.lights.enumerated() {
        if index > 0 { ", " }
        span(.class("nowrap")) {
          LightMark.picture(light.sign)
          " \(light.count) "
          light.sign.name
        }
      }
    }
  }
}
