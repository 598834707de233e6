import Economy
import Organisation
import SteeringCore
import SurfaceKit

/// Fills the front page from the closing and the organisation.
struct FrontPageLoader: Sendable {
  let reader: ClosingReader
  let tree: @Sendable (CalendarDate) async throws -> OrganisationTree
  let today: @Sendable () -> CalendarDate

  /// The front page, as of a round; the latest without one. Throws `Trouble` for an unknown round.
  func model(round: String?) async throws -> FrontPageView {
    guard let overview = try await reader.overview(round) else { return try await unlit() }
    let before = overview.comparedWith
    let changes = overview.units.compactMap { unit -> FrontPageModel.Change? in
      guard let light = before?.lights[unit.code], light.id != unit.light.id else { return nil }
      return .init(code: unit.code, name: unit.name, before: light, now: unit.light)
    }
    let demands =
      overview.duties.map { demand($0, .duty) } + overview.reviews.map { demand($0, .review) }
    return FrontPageView(
      model: FrontPageModel(
        missing: nil, year: overview.year.number, roundName: overview.roundName,
        earlierRound: overview.addressedRound, modelName: overview.modelName,
        directorates: floors(overview, overview.organisation), counts: counts(overview),
        comparedWith: before?.name, changes: changes, demands: demands,
        rounds: overview.rounds.map { .init(id: $0.id, name: $0.name, isShown: $0.id == overview.roundID) }))
  }

  private func demand(_ demand: ClosingOverview.Demand, _ kind: FrontPageModel.Demand.Kind) -> FrontPageModel.Demand {
    .init(kind: kind, id: demand.id, name: demand.name, count: demand.count)
  }

  private func counts(_ overview: ClosingOverview) -> [FrontPageModel.LightCount] {
    overview.lights.map { light in
      .init(
        light: light, count: overview.units.count { $0.light.id == light.id },
        countBefore: overview.comparedWith.map { before in before.lights.values.count { $0.id == light.id } })
    }
  }

  /// The floors in the order of the organisation; units that it does not place stand on a floor of their own.
  private func floors(_ overview: ClosingOverview, _ tree: OrganisationTree) -> [FrontPageModel.Directorate] {
    func window(_ unit: ClosingOverview.Unit) -> FrontPageModel.Unit {
      .init(
        code: unit.code, name: unit.name, light: unit.light, balance: unit.balance,
        balanceBasisPoints: unit.balanceBasisPoints)
    }
    return tree.byDirectorate(overview.units, \.code).map { directorate, units in
      .init(
        code: directorate?.code ?? UnitCode(""),
        name: directorate.map { Words(same: $0.name) } ?? ClosingAddress.outside, units: units.map(window))
    }
  }

  /// Before a year has been closed: the floors with dark windows, where the organisation is known.
  private func unlit() async throws -> FrontPageView {
    let tree = try await tree(today())
    let floors = tree.directorates.map { directorate in
      FrontPageModel.Directorate(
        code: directorate.code, name: Words(same: directorate.name),
        units: tree.agreementUnits(under: directorate.code).map {
          .init(code: $0.code, name: $0.name, light: .none, balance: .zero, balanceBasisPoints: nil)
        })
    }
    return FrontPageView(
      model: FrontPageModel(
        missing: tree.units.isEmpty ? .organisation : .round, year: 0, roundName: Words(same: ""), earlierRound: nil,
        modelName: Words(same: ""), directorates: floors, counts: [], comparedWith: nil, changes: [], demands: [],
        rounds: []))
  }
}
