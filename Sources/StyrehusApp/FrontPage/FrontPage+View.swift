import Economy
import Governance
import SteeringCore
import SurfaceKit

/// The front page: the house with its lit windows, what is asked, and the same house as a table.
struct FrontPageView: Sendable {
  let model: FrontPageModel
  /// What the reader has to do, the most urgent first; nil for a stranger.
  var duties: [InboxDuty]?

  var page: Page {
    switch model.missing {
    case nil: lit
    case .organisation: dark(FrontPageTexts.firstOrganisation, lead: FrontPageTexts.noUnits)
    case .round: dark(FrontPageTexts.firstRound, lead: FrontPageTexts.noRound)
    }
  }

  private var lit: Page {
    Page(
      title: FrontPageTexts.title, heading: FrontPageTexts.heading(model.year),
      lead: FrontPageTexts.lead(units: model.directorates.reduce(0) { $0 + $1.units.count }),
      section: .house
    ) {
      p(.class("muted")) {
        model.roundName
        " · "
        model.modelName
      }
      picture
      lights
      ownDuties
      demands
      table
      rounds
    }
  }

  /// Before anything is lit: what to do first, and the house as it is.
  private func dark(_ todo: Node, lead: Words) -> Page {
    Page(title: FrontPageTexts.title, heading: FrontPageTexts.emptyHeading, section: .house) {
      Notice(.empty, lead) { p { todo } }
      picture
      ownDuties
    }
  }

  // MARK: - The picture

  private var picture: HousePicture {
    HousePicture(
      label: FrontPageTexts.title, sky: FrontPageTexts.law,
      roof: [.init(FrontPageTexts.vision), .init(FrontPageTexts.policies), .init(FrontPageTexts.strategies)],
      floors: model.directorates.map(floor),
      groundFloor: [
        .init(FrontPageTexts.delegationPlan, Section.plan.address),
        .init(FrontPageTexts.steeringPrinciples, SteeringModelAddress.model),
        .init(FrontPageTexts.organisation, Section.organisation.address),
      ],
      foundation: [.init(FrontPageTexts.values), .init(FrontPageTexts.citizens)])
  }

  private func floor(_ directorate: FrontPageModel.Directorate) -> HousePicture.Floor {
    HousePicture.Floor(
      name: directorate.name, address: inRound(ClosingAddress.units(directorate: directorate.code.text)),
      summary: told(directorate.units), windows: directorate.units.map(window))
  }

  private func window(_ unit: FrontPageModel.Unit) -> HousePicture.Window {
    HousePicture.Window(
      name: unit.name, state: FrontPageTexts.state(unit), sign: unit.light,
      address: ClosingAddress.unit(unit.code.text, round: model.earlierRound))
  }

  /// The address as of the round that is shown.
  private func inRound(_ address: Address) -> Address {
    model.earlierRound.map { address.with("round", $0) } ?? address
  }

  /// `42 enheder: 31 grøn, 8 gul, 3 rød`.
  private func told(_ units: [FrontPageModel.Unit]) -> Words {
    let counts = model.counts.compactMap { entry -> (Int, Words)? in
      let count = units.count { $0.light.id == entry.light.id }
      return count > 0 ? (count, entry.light.name) : nil
    }
    return FrontPageTexts.floorSummary(units: units.count, lights: counts)
  }

  // MARK: - Under the picture

  @HTML private var lights: [Node] {
    h2 { FrontPageTexts.lights }
    SummaryCounts(
      model.counts.map { entry in
        SummaryCounts.Item(
          entry.light.name, entry.count, sign: entry.light,
          address: entry.count > 0 ? inRound(ClosingAddress.units(light: entry.light.id)) : nil,
          change: entry.countBefore.map { FrontPageTexts.change(from: $0, to: entry.count) })
      })
    if let comparedWith = model.comparedWith {
      p { FrontPageTexts.compared(with: comparedWith, changed: model.changes.count) }
      if !model.changes.isEmpty {
        details {
          summary { FrontPageTexts.showChanges }
          changes
        }
      }
    }
  }

  private static let mostDuties = 5

  /// The reader's own duties: the first few, and how many there are.
  @HTML private var ownDuties: [Node] {
    if let duties, !duties.isEmpty {
      h2 { FrontPageTexts.ownDuties }
      ul(.class("duties")) {
        for duty in duties.prefix(Self.mostDuties) {
          li {
            a(.href(duty.address)) { duty.what }
            if !duty.about.danish.isEmpty {
              ": "
              duty.about
            }
            if let due = duty.due {
              " "
              small { FrontPageTexts.due(due) }
            }
          }
        }
      }
      p { a(.href("/duties")) { FrontPageTexts.allDuties(duties.count) } }
    }
  }

  private var changes: DataTable {
    DataTable(
      id: "changes", caption: FrontPageTexts.changesCaption,
      columns: [
        .init(FrontPageTexts.unit), .init(FrontPageTexts.before), .init(FrontPageTexts.now),
      ],
      rows: model.changes.map { change in
        DataTable.Row([
          a(.href(ClosingAddress.unit(change.code.text, round: model.earlierRound))) { change.name },
          Node(LightMark(change.before)), Node(LightMark(change.now)),
        ])
      })
  }

  @HTML private var demands: [Node] {
    h2(.id("demands")) { FrontPageTexts.demands }
    if model.demands.isEmpty {
      p { FrontPageTexts.noDemands }
    } else {
      ul(.class("duties")) {
        for demand in model.demands {
          li {
            a(.href(address(of: demand))) { demand.name }
            ": "
            Format.words { $0.count(demand.count, Words("enhed", en: "unit"), Words("enheder", en: "units")) }
            small {
              if demand.kind == .review { FrontPageTexts.forPeople }
            }
          }
        }
      }
    }
  }

  private func address(of demand: FrontPageModel.Demand) -> Address {
    switch demand.kind {
    case .duty: inRound(ClosingAddress.units(duty: demand.id))
    case .review: inRound(ClosingAddress.units(review: demand.id))
    }
  }

  private var table: Node {
    details(.id("table")) {
      summary { FrontPageTexts.showTable }
      DataTable(
        id: "house-table", caption: FrontPageTexts.tableCaption(model.year),
        columns: [
          .init(FrontPageTexts.unit), .init(FrontPageTexts.directorate), .init(FrontPageTexts.light),
          .init(FrontPageTexts.balance, .number), .init(FrontPageTexts.share, .number),
        ],
        rows: model.directorates.flatMap { directorate in
          directorate.units.map { row($0, in: directorate.name) }
        }, narrow: .scroll)
    }
  }

  private func row(_ unit: FrontPageModel.Unit, in directorate: Words) -> DataTable.Row {
    let address = ClosingAddress.unit(unit.code.text, round: model.earlierRound)
    return DataTable.Row([
      a(.href(address)) { unit.name }, .words(directorate), .words(unit.light.name),
      .told { $0.wholeKroner(unit.balance) },
      unit.balanceBasisPoints.map { share in .told { $0.percent(basisPoints: share) } } ?? .nothing,
    ])
  }

  @HTML private var rounds: [Node] {
    if model.rounds.count > 1 {
      h2 { FrontPageTexts.throughTime }
      TimeLinks(model.rounds.map { .init($0.name, Address("/").with("round", $0.id), isShown: $0.isShown) })
    }
  }
}
