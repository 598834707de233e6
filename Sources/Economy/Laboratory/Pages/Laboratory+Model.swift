import Organisation
import RuleKit
import SteeringCore
import SurfaceKit

/// What the page of the laboratory shows.
struct LaboratoryModel: Sendable {
  let query: LaboratoryQuery
  /// The models to choose between.
  let models: [SteeringModel]
  /// The models that the rounds were made with, by the round's year: they know the names of what was said then.
  let modelsThen: [Int: SteeringModel]
  /// Nil where something that was written cannot be used.
  let trial: Trial?
  let houseYear: Trial.Year?
  /// The units of the year that the house shows, by floor; empty without that year.
  let floors: [Floor]

  /// A directorate with its units.
  struct Floor: Sendable {
    let name: Words
    let windows: [Window]
  }

  /// A unit in the house.
  struct Window: Sendable {
    let past: PastUnit
    let light: LightSign
    let before: LightSign
  }

  /// What a demand was called, in the tried model or in the one of then.
  func name(of demand: String, in year: FiscalYear) -> Words {
    let known = [query.model, modelsThen[year.number]].compactMap { $0 }
    return known.lazy.compactMap { $0.duty(demand)?.name ?? $0.review(demand)?.name }.first ?? Words(same: demand)
  }

  /// How a light was shown then.
  func before(_ light: String, in year: FiscalYear) -> LightSign {
    (modelsThen[year.number] ?? query.model).sign(light)
  }
}

extension LaboratoryModel {
  /// Tries what is asked on the years that are closed. `tree` is the organisation on the last day of the house's year.
  init(
    _ query: LaboratoryQuery, models: [SteeringModel], past: PastYears, readModel: (String) -> SteeringModel?,
    tree: OrganisationTree?
  ) {
    let years = past.years.map { (year: $0.round.id.year, units: $0.units) }
    let trial = query.errors.isEmpty ? Trial(query.tried, on: years) : nil
    let shown = trial?.years.first { $0.year.number == query.year } ?? trial?.years.first
    let modelsThen = Dictionary(
      past.years.compactMap { year, _ in readModel(year.modelText).map { (year.id.year.number, $0) } }
    ) { first, _ in first }
    let units = years.first { $0.year == shown?.year }?.units ?? []
    let then = shown.flatMap { modelsThen[$0.year.number] } ?? query.model
    let lights = Dictionary(shown?.changes.map { ($0.past.unit, $0.verdict.light) } ?? []) { first, _ in first }
    func windows(_ units: [PastUnit]) -> [Window] {
      units.map { past in
        let light = lights[past.unit] ?? past.verdict.light
        return Window(past: past, light: query.model.sign(light), before: then.sign(past.verdict.light))
      }
    }
    let floors = (tree?.byDirectorate(units, \.unit) ?? []).map { directorate, units in
      Floor(name: directorate.map { Words(same: $0.name) } ?? ClosingAddress.outside, windows: windows(units))
    }
    self.init(
      query: query, models: models, modelsThen: modelsThen, trial: trial, houseYear: shown, floors: floors)
  }
}
