import Organisation
import SteeringCore
import SurfaceKit

/// What the page of all units shows.
struct SupervisionListModel: Sendable {
  /// A unit in the month.
  struct Row: Sendable {
    let code: UnitCode
    let name: String
    let directorate: String
    let budget: Money
    let spent: Money
    let signed: SignOff?
    let hasMoved: Bool

    /// The result that follows from what is signed and the budget of today; nil where nothing is.
    var expectedResult: Money? { signed.flatMap { budget.subtracting($0.expected) } }
  }

  let month: SupervisionMonth
  let months: [SupervisionMonth]
  let due: CalendarDate
  let today: CalendarDate
  let isFrozen: Bool
  let mayFreeze: Bool
  let rows: [Row]
  let burden: ReportingBurden
  let token: String
  let key: String

  var isOverdue: Bool { due < today }

  /// The rows by directorate, in the order they come.
  var groups: [(name: String, rows: [Row])] {
    var order: [String] = []
    var groups: [String: [Row]] = [:]
    for row in rows {
      if groups[row.directorate] == nil { order.append(row.directorate) }
      groups[row.directorate, default: []].append(row)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }
}

/// All units in a month: how far the directorates are, who is late, and what the year is expected to come to.
struct SupervisionListView: Sendable {
  let model: SupervisionListModel?

  var page: Page {
    Page(title: SupervisionTexts.title, lead: SupervisionTexts.lead, section: .supervision) {
      if let model {
        months(model)
        status(model)
        h2 { SupervisionTexts.byDirectorate }
        p(.class("hint")) { SupervisionTexts.signedOnly }
        directorates(model)
        h2 { SupervisionTexts.byUnit }
        units(model)
        h2 { SupervisionTexts.burden }
        p { SupervisionTexts.burden(model.burden) }
        p { a(.href(SupervisionAddress.controls)) { SupervisionTexts.seeControls } }
        if model.mayFreeze, !model.isFrozen { freeze(model) }
      } else {
        Notice(.empty, SupervisionTexts.nothingRunning) {
          p { a(.href(Section.imports.address)) { SupervisionTexts.loadFirst } }
        }
      }
    }
  }

  private func months(_ model: SupervisionListModel) -> TimeLinks {
    TimeLinks(
      model.months.map { other in
        .init(SupervisionTexts.heading(other), SupervisionAddress.overview(other), isShown: other == model.month)
      })
  }

  @HTML private func status(_ model: SupervisionListModel) -> [Node] {
    if model.isFrozen {
      p { SupervisionTexts.frozen }
    } else {
      p { SupervisionTexts.due(model.due, isOver: model.isOverdue) }
    }
    let signed = model.rows.count { $0.signed != nil }
    SummaryCounts([
      .init(SupervisionTexts.signedCount, signed),
      .init(model.isOverdue ? SupervisionTexts.overdueCount : SupervisionTexts.missingCount, model.rows.count - signed),
    ])
  }

  private func directorates(_ model: SupervisionListModel) -> DataTable {
    func row(_ name: Node, _ rows: [SupervisionListModel.Row]) -> DataTable.Row {
      let signed = rows.compactMap(\.signed)
      return DataTable.Row([
        name, .text("\(signed.count) / \(rows.count)"), kroner(Money.sum(rows.map(\.budget))),
        kroner(Money.sum(rows.map(\.spent))), kroner(Money.sum(rows.compactMap(\.expectedResult))),
      ])
    }
    return DataTable(
      id: "directorates", caption: SupervisionTexts.byDirectorate, isCaptionShown: false,
      columns: [
        .init(SupervisionTexts.directorate), .init(SupervisionTexts.signedCount, .number),
        .init(SupervisionTexts.budgetKroner, .number), .init(SupervisionTexts.spentKroner, .number),
        .init(SupervisionTexts.expected, .number),
      ],
      rows: model.groups.map { row(.text($0.name), $0.rows) }, totals: row(.words(SupervisionTexts.total), model.rows),
      narrow: .scroll)
  }

  private func units(_ model: SupervisionListModel) -> DataTable {
    DataTable(
      id: "units", caption: SupervisionTexts.byUnit, isCaptionShown: false,
      columns: [
        .init(SupervisionTexts.unit), .init(SupervisionTexts.state), .init(SupervisionTexts.budgetKroner, .number),
        .init(SupervisionTexts.spentKroner, .number), .init(SupervisionTexts.expected, .number),
      ],
      rows: model.rows.map { row in
        DataTable.Row([
          a(.href(SupervisionAddress.unit(row.code, model.month))) { row.name }, state(row, model), kroner(row.budget),
          kroner(row.spent), row.expectedResult.map { kroner($0) } ?? .nothing,
        ])
      }, narrow: .scroll)
  }

  private func state(_ row: SupervisionListModel.Row, _ model: SupervisionListModel) -> Node {
    guard let signed = row.signed else {
      return .words(model.isOverdue ? SupervisionTexts.overdueCount : SupervisionTexts.notSigned)
    }
    let on = SupervisionTexts.signedOn(signed.signedAt)
    return .words(
      row.hasMoved
        ? Words("\(on.danish), flyttet sig siden", en: "\(on.english), moved since") : on)
  }

  private func kroner(_ amount: Money?) -> Node {
    amount.map { amount in .told { $0.wholeKroner(amount) } } ?? .nothing
  }

  @HTML private func freeze(_ model: SupervisionListModel) -> [Node] {
    form(.method("post"), .action(SupervisionAddress.freeze)) {
      HiddenField("token", model.token)
      HiddenField("key", model.key)
      HiddenField("month", model.month.text)
      p(.class("hint")) { SupervisionTexts.freezeHelp }
      SubmitButton(SupervisionTexts.freeze, isQuiet: true)
    }
  }
}

/// The central list of controls.
struct SupervisionControlsView: Sendable {
  let controls: [SupervisionControl]
  let mayChange: Bool
  let token: String
  let key: String
  var written: [String: String] = [:]
  var errors: [ErrorSummary.Item] = []

  var page: Page {
    Page(
      title: SupervisionTexts.controlsTitle, lead: SupervisionTexts.controlsLead,
      section: .supervision, trail: [.init(SupervisionTexts.title, SupervisionAddress.overview)]
    ) {
      ErrorSummary(errors)
      if controls.isEmpty {
        p { SupervisionTexts.noControls }
      } else {
        ul(.class("cards")) {
          for control in controls { card(control) }
        }
      }
      if mayChange { add }
    }
  }

  private func card(_ control: SupervisionControl) -> Node {
    li(.class("card")) {
      h2 { control.name }
      p { control.task }
      p(.class("muted")) {
        Format.words { format in control.months.map(format.month).joined(separator: ", ") }
        if control.asksForEvidence {
          " · "
          SupervisionTexts.asksForEvidence
        }
      }
      if mayChange {
        form(.method("post"), .action(SupervisionAddress.controls)) {
          HiddenField("token", token)
          HiddenField("key", key)
          HiddenField("withdraw", "\(control.id)")
          button(.type("submit"), .class("quiet")) {
            SupervisionTexts.withdraw
            span(.class("unseen")) { ": \(control.name)" }
          }
        }
      }
    }
  }

  private var add: Node {
    form(.method("post"), .action(SupervisionAddress.controls), .novalidate) {
      h2 { SupervisionTexts.addControl }
      HiddenField("token", token)
      HiddenField("key", key)
      TextField(
        FieldFrame("name", SupervisionTexts.controlName, error: errors.text(for: "name")), value: written["name"] ?? "")
      TextAreaField(
        FieldFrame("task", SupervisionTexts.controlTask, error: errors.text(for: "task")), value: written["task"] ?? "")
      TextField(
        FieldFrame(
          "months", SupervisionTexts.controlMonths, hint: SupervisionTexts.controlMonthsHint,
          error: errors.text(for: "months")), value: written["months"] ?? "")
      CheckField(FieldFrame("evidence", SupervisionTexts.asksForEvidence), isChecked: written["evidence"] == "yes")
      SubmitButton(SupervisionTexts.addControl)
    }
  }
}
