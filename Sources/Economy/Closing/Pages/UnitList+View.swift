import SteeringCore
import SurfaceKit

/// The list of units: filters, a table that can be sorted by any column, totals, and the same as a file. What matters
/// most stands in the first columns, where a phone shows it.
struct UnitListView: Sendable {
  let model: UnitListModel

  var page: Page {
    Page(title: UnitListTexts.title, section: .units) {
      if let round = model.round {
        p(.class("muted")) {
          a(.href(ClosingAddress.round(round.id))) { round.words }
        }
        filters
        if model.rows.isEmpty {
          Notice(.empty, UnitListTexts.noMatch) {
            p { a(.href(model.query.cleared.address)) { UnitListTexts.showAll } }
          }
        } else {
          above
          table
        }
      } else {
        Notice(.empty, UnitListTexts.noRound) {
          p { a(.href(Section.rounds.address)) { UnitListTexts.makeRound } }
        }
      }
    }
  }

  private var filters: Filters {
    let query = model.query
    return Filters(
      action: ClosingAddress.units, label: UnitListTexts.find, clear: query.isFiltered ? query.cleared.address : nil
    ) {
      TextField(FieldFrame("q", UnitListTexts.search), value: query.search, kind: "search")
      choose("directorate", UnitListTexts.directorate, model.directorates, query.directorate)
      choose("light", UnitListTexts.light, model.lights.map { Choice($0.id, $0.name) }, query.light)
      choose("duty", UnitListTexts.duty, model.duties, query.duty)
      choose("review", UnitListTexts.review, model.reviews, query.review)
      if !query.round.isEmpty { HiddenField("round", query.round) }
      if query.column != .organisation { HiddenField("sort", query.column.rawValue) }
      if query.isDescending { HiddenField("order", "desc") }
    }
  }

  private func choose(_ name: String, _ label: Words, _ choices: [Choice], _ selected: String) -> SelectField {
    SelectField(FieldFrame(name, label), choices: [Choice("", UnitListTexts.all)] + choices, selected: selected)
  }

  private var above: Node {
    p(.class("acts")) {
      span { UnitListTexts.shown(model.rows.count, of: model.unitCount) }
      if model.query.column != .organisation {
        a(.href(inOrganisationOrder.address)) { UnitListTexts.organisationOrder }
      }
      a(.href(model.query.exportAddress), .download) { UnitListTexts.export }
    }
  }

  private var inOrganisationOrder: UnitListQuery {
    var query = model.query
    query.column = .organisation
    query.isDescending = false
    return query
  }

  private var table: DataTable {
    DataTable(
      id: "units", caption: UnitListTexts.caption, isCaptionShown: false,
      columns: [
        column(.name), column(.light), column(.balance, .number), column(.share, .number), column(.budget, .number),
        column(.spent, .number), column(.result, .number), column(.carriedIn, .number),
        .init(UnitListTexts.demands), .init(UnitListTexts.course, .picture), column(.directorate),
      ],
      rows: model.rows.map(row), totals: totals, narrow: .scroll)
  }

  private func column(_ column: UnitListQuery.Column, _ kind: DataTable.Kind = .text) -> DataTable.Column {
    let query = model.query
    return DataTable.Column(
      UnitListTexts.heading(column), kind, sortAddress: query.sorted(by: column).address,
      order: query.column == column ? (query.isDescending ? .descending : .ascending) : nil)
  }

  private func row(_ unit: UnitListModel.Row) -> DataTable.Row {
    let round = model.query.round
    let address = ClosingAddress.unit(unit.code.text, round: round.isEmpty ? nil : round)
    return DataTable.Row([
      a(.href(address)) { unit.name }, Node(LightMark(unit.light)), kroner(unit.balance),
      share(unit.balanceBasisPoints), kroner(unit.budget), kroner(unit.spent), kroner(unit.result),
      kroner(unit.carriedIn), demands(unit.duties + unit.reviews), Node(Sparkline(unit.spentByMonth)),
      .text(unit.directorate),
    ])
  }

  private var totals: DataTable.Row {
    let totals = model.totals
    return DataTable.Row([
      .words(UnitListTexts.total), .nothing, kroner(totals.balance), .nothing, kroner(totals.budget),
      kroner(totals.spent), kroner(totals.result), kroner(totals.carriedIn), .nothing, .nothing, .nothing,
    ])
  }

  private func demands(_ demands: [Words]) -> Node {
    Node {
      for (index, demand) in demands.enumerated() {
        if index > 0 { br() }
        demand
      }
    }
  }

  private func kroner(_ amount: Money) -> Node { .told { $0.wholeKroner(amount) } }

  private func share(_ basisPoints: Int64?) -> Node {
    basisPoints.map { share in .told { $0.percent(basisPoints: share) } } ?? .nothing
  }
}

/// What the list of units says.
enum UnitListTexts {
  static let title = Words("Aftaleenheder", en: "Agreement units")
  static let caption = Words("Aftaleenheder med budget, resultat og saldo", en: "Agreement units and their balances")
  static let find = Words("Find aftaleenheder", en: "Find agreement units")
  static let search = Words("Navn eller kode", en: "Name or code")
  static let directorate = Words("Forvaltning", en: "Directorate")
  static let light = Words("Indikator", en: "Light")
  static let duty = Words("Krav", en: "Duty")
  static let review = Words("Konkret vurdering", en: "Review")
  static let all = Words("Alle", en: "All")
  static let total = Words("I alt", en: "Total")
  static let demands = Words("Krav og vurderinger", en: "Duties and reviews")
  static let course = Words("Forbrug over året", en: "Spending over the year")
  static let export = Words("Hent som CSV", en: "Download as CSV")
  static let organisationOrder = Words("Vis i organisationens rækkefølge", en: "Show in the order of the organisation")
  static let noMatch = Words("Ingen enheder passer til filtrene", en: "No units match the filters")
  static let showAll = Words("Vis alle enheder", en: "Show all units")
  static let noRound = Words("Der er ingen opgørelse at vise endnu", en: "There is no closing to show yet")
  static let makeRound = Words(
    "Se, hvad der skal til for at lave den første opgørelse.", en: "See what it takes to make the first closing.")

  static func heading(_ column: UnitListQuery.Column) -> Words {
    switch column {
    case .organisation: Words("Organisation", en: "Organisation")
    case .name: Words("Aftaleenhed", en: "Agreement unit")
    case .directorate: Words("Forvaltning", en: "Directorate")
    case .budget: Words("Budget, kr.", en: "Budget, DKK")
    case .carriedIn: Words("Overført fra tidligere år, kr.", en: "Carried in, DKK")
    case .spent: Words("Forbrug, kr.", en: "Spent, DKK")
    case .result: Words("Årets resultat, kr.", en: "Result, DKK")
    case .balance: Words("Saldo, kr.", en: "Balance, DKK")
    case .share: Words("Andel af budget", en: "Share of budget")
    case .light: Words("Indikator", en: "Light")
    }
  }

  static func shown(_ count: Int, of all: Int) -> Words {
    count == all
      ? Words("\(all) enheder. Minus betyder underskud.", en: "\(all) units. Minus means deficit.")
      : Words(
        "\(count) af \(all) enheder. Minus betyder underskud.", en: "\(count) of \(all) units. Minus means deficit.")
  }
}
