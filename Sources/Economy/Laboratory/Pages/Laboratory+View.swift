import RuleKit
import SteeringCore
import SurfaceKit

/// The laboratory: the numbers to change, what would have followed, the house as it would have been, and the units.
struct LaboratoryView: Sendable {
  let model: LaboratoryModel

  var page: Page {
    Page(title: LaboratoryTexts.title, lead: LaboratoryTexts.lead, section: .model) {
      ErrorSummary(query.errors.map { .init(field: $0.field, named($0.field, $0.text)) })
      fields
      if let trial = model.trial {
        if trial.years.isEmpty {
          Notice(.empty, LaboratoryTexts.nothingClosed) {
            p { a(.href(Section.rounds.address)) { LaboratoryTexts.makeRound } }
          }
        } else {
          results(trial)
        }
      }
    }
  }

  private var query: LaboratoryQuery { model.query }

  /// An error with the name of its field, for the top of the page.
  private func named(_ field: String, _ error: Words) -> Words {
    guard let name = query.model.parameter(field)?.name else { return error }
    return Words("\(name.danish): \(error.danish)", en: "\(name.english): \(error.english)")
  }

  private var fields: Filters {
    Filters(
      action: LaboratoryAddress.page, label: LaboratoryTexts.whatIf,
      clear: query.changesSomething || !query.errors.isEmpty
        ? LaboratoryAddress.page.with("model", query.model.id) : nil
    ) {
      SelectField(
        FieldFrame("model", LaboratoryTexts.modelField), choices: model.models.map { Choice($0.id, $0.name) },
        selected: query.model.id)
      for parameter in query.model.parametersInUse where parameter.isNumber {
        TextField(
          FieldFrame(
            parameter.id, parameter.name, hint: LaboratoryTexts.hint(parameter),
            error: query.error(parameter.id)),
          value: query.shown(parameter))
      }
      SelectField(
        FieldFrame("base", LaboratoryTexts.base, error: query.error("base")),
        choices: BudgetBase.allCases.map { Choice($0.rawValue, $0.name) },
        selected: (query.variation.base ?? query.model.base).rawValue)
    }
  }

  @HTML private func results(_ trial: Trial) -> [Node] {
    let changes = trial.years.reduce(0) { $0 + $1.changes.count }
    h2 { LaboratoryTexts.result }
    if changes == 0 {
      p { query.changesSomething ? LaboratoryTexts.nobody : LaboratoryTexts.asItIs }
    } else {
      p { LaboratoryTexts.summary(changes, years: trial.years.count) }
      p(.class("muted")) { LaboratoryTexts.foreword }
    }
    table(trial)
    if let year = model.houseYear {
      house(year, trial)
      if changes > 0 { units(year) }
    }
  }

  /// Rows of what can be said, columns of years.
  private func table(_ trial: Trial) -> DataTable {
    let lights = (query.model.lights.map(\.id) + [SteeringModel.noLight]).filter { id in
      trial.years.contains { $0.lights[id] != nil }
    }
    func row(_ name: Node, _ count: (Trial.Year) -> (before: Int, now: Int)?) -> DataTable.Row {
      DataTable.Row([name] + trial.years.map { .words(LaboratoryTexts.now(count($0) ?? (0, 0))) })
    }
    let lit = lights.map { id in row(Node(LightMark(query.model.sign(id)))) { $0.lights[id] } }
    let duties = query.model.duties.map { rule in row(.words(rule.name)) { $0.duties[rule.id] } }
    let reviews = query.model.reviews.map { rule in row(.words(rule.name)) { $0.reviews[rule.id] } }
    let totals = DataTable.Row(
      [.words(LaboratoryTexts.told)]
        + trial.years.map { year in
          .words(Words("\(year.changes.count) af \(year.unitCount)", en: "\(year.changes.count) of \(year.unitCount)"))
        })
    return DataTable(
      id: "trial", caption: LaboratoryTexts.counts,
      columns: [.init(LaboratoryTexts.what)] + trial.years.map { .init(Words(same: "\($0.year)"), .number) },
      rows: lit + duties + reviews, totals: totals, narrow: .scroll)
  }

  /// The years to choose between; what stands below is of the chosen one.
  @HTML private func house(_ year: Trial.Year, _ trial: Trial) -> [Node] {
    h2(.id("house")) { LaboratoryTexts.house(year.year) }
    if trial.years.count > 1 {
      TimeLinks(
        trial.years.map { other in
          .init(
            Words(same: "\(other.year)"), query.address(year: other.year.number).at("house"),
            isShown: other.year == year.year)
        })
    }
    HousePicture(
      label: LaboratoryTexts.house(year.year), sky: Words(same: ""), roof: [],
      floors: model.floors.map { floor in
        HousePicture.Floor(
          name: floor.name, address: nil,
          summary: LaboratoryTexts.floor(
            floor.windows.count, changed: floor.windows.count { $0.light.id != $0.before.id }),
          windows: floor.windows.map { window in
            HousePicture.Window(
              name: window.past.name, state: LaboratoryTexts.state(window.light, before: window.before),
              sign: window.light, address: ClosingAddress.unit(window.past.unit.text))
          })
      }, groundFloor: [], foundation: [])
  }

  @HTML private func units(_ year: Trial.Year) -> [Node] {
    h2 { LaboratoryTexts.changes(year.year) }
    p { a(.href(query.address(LaboratoryAddress.file)), .download) { LaboratoryTexts.export } }
    if year.changes.isEmpty {
      p { LaboratoryTexts.nobodyThatYear }
    } else {
      DataTable(
        id: "changed", caption: LaboratoryTexts.changes(year.year), isCaptionShown: false,
        columns: [
          .init(LaboratoryTexts.unit), .init(LaboratoryTexts.balance, .number), .init(LaboratoryTexts.light),
          .init(LaboratoryTexts.demands),
        ],
        rows: year.changes.map { row($0) })
    }
  }

  private func row(_ change: Trial.Change) -> DataTable.Row {
    let year = change.past.facts.year
    let then = model.before(change.past.verdict.light, in: year)
    let now = query.model.sign(change.verdict.light)
    return DataTable.Row([
      a(.href(ClosingAddress.unit(change.past.unit.text))) { change.past.name },
      .told { $0.wholeKroner(change.past.facts.balance) },
      Node {
        if change.changesLight {
          LightMark(then)
          " → "
        }
        LightMark(now)
      },
      Node {
        for (index, demand) in LaboratoryFile.demands(change, model).enumerated() {
          if index > 0 { br() }
          demand
        }
      },
    ])
  }
}

/// The units that would have been told something else, as a file.
struct LaboratoryFile {
  let model: LaboratoryModel

  /// What comes and what goes, in words.
  static func demands(_ change: Trial.Change, _ model: LaboratoryModel) -> [Words] {
    let before = change.past.verdict.duties + change.past.verdict.reviews
    let now = change.verdict.duties + change.verdict.reviews
    let year = change.past.facts.year
    return now.filter { !before.contains($0) }.map { LaboratoryTexts.comes(model.name(of: $0, in: year)) }
      + before.filter { !now.contains($0) }.map { LaboratoryTexts.goes(model.name(of: $0, in: year)) }
  }

  func csv(_ language: Language) -> [UInt8] {
    var table = CSVText(byteOrderMark: true)
    let heads = [
      Words("Kode", en: "Code"), LaboratoryTexts.unit, LaboratoryTexts.year, Words("Saldo", en: "Balance"),
      Words("Indikator før", en: "Light before"), Words("Indikator", en: "Light"), LaboratoryTexts.demands,
    ]
    table.record(heads.map { $0(language) })
    for change in model.trial?.years.flatMap(\.changes) ?? [] {
      let past = change.past
      let demands = Self.demands(change, model).map { $0(language) }.joined(separator: "; ")
      table.record([
        CSVText.text(past.unit.text), CSVText.text(past.name), "\(past.facts.year)", past.facts.balance.forFile,
        model.before(past.verdict.light, in: past.facts.year).name(language),
        model.query.model.sign(change.verdict.light).name(language), CSVText.text(demands),
      ])
    }
    return table.bytes
  }
}
