import SteeringCore
import SurfaceKit

/// A closing round: what it was made of, what it came to, and how it differs from the one before.
struct RoundShowView: Sendable {
  let model: RoundShowModel

  var page: Page {
    Page(
      title: model.name.words, section: .rounds, trail: [.init(RoundTexts.listTitle, ClosingAddress.rounds)]
    ) {
      if let moment = model.decidedBefore {
        Notice(.info, RoundTexts.decidedBefore) {
          p { RoundTexts.decided(model.name, at: moment, by: model.decidedBy) }
        }
      }
      p(.class("lead")) { model.name.isFinal ? RoundTexts.frozen : RoundTexts.preliminary }
      facts
      p(.class("acts")) {
        a(.href(Address("/").with("round", model.name.id))) { RoundTexts.seeHouse }
        a(.href(ClosingAddress.units.with("round", model.name.id))) { RoundTexts.seeUnits }
      }
      h2 { RoundTexts.lights }
      SummaryCounts(
        model.lights.map { light in
          SummaryCounts.Item(
            light.sign.name, light.count, sign: light.sign,
            address: ClosingAddress.units(light: light.sign.id).with("round", model.name.id))
        })
      div(.class("columns")) {
        div {
          h2 { RoundTexts.totals }
          ladder
        }
        div {
          h2 { RoundTexts.tie }
          parts
        }
      }
      h2 { RoundTexts.inputs }
      inputs
      h2 { RoundTexts.replay }
      replay
      h2 { RoundTexts.differences }
      differences
    }
  }

  private var facts: Node {
    dl(.class("facts")) {
      dt { RoundTexts.madeOn }
      dd { Format.words { $0.date(model.name.madeOn) } }
      dt { RoundTexts.kind }
      dd { model.name.kind }
      dt { RoundTexts.model }
      dd { a(.href(Address("/model").appending(model.modelID))) { model.modelName } }
    }
  }

  private var ladder: MoneyLadder {
    MoneyLadder(
      id: "ladder", caption: RoundTexts.ladder,
      steps: [
        .init(.start, UnitShowTexts.budget, model.budget), .init(.minus, UnitShowTexts.spent, model.spent),
        .init(.sum, UnitShowTexts.result, model.result, isToldInWords: true),
        .init(.plus, UnitShowTexts.carriedIn, model.carriedIn, isToldInWords: true),
        .init(.sum, UnitShowTexts.balance, model.balance, isToldInWords: true),
      ])
  }

  private var parts: DataTable {
    DataTable(
      id: "parts", caption: RoundTexts.tieCaption,
      columns: [
        .init(RoundTexts.part), .init(RoundTexts.lines, .number), .init(RoundTexts.sum, .number),
      ],
      rows: model.parts.map { Self.part($0.name, $0.lines, $0.sum) },
      totals: Self.part(RoundTexts.allLines, model.allLines, model.all))
  }

  private static func part(_ name: Words, _ lines: Int, _ sum: Money) -> DataTable.Row {
    DataTable.Row([
      .words(name), .told { $0.number(lines) }, .told { $0.exactNumber(sum) },
    ])
  }

  private var inputs: DataTable {
    DataTable(
      id: "inputs", caption: RoundTexts.inputsCaption,
      columns: [
        .init(RoundTexts.file), .init(RoundTexts.fileKind), .init(RoundTexts.rows, .number), .init(RoundTexts.hash),
      ],
      rows: model.inputs.map { input in
        DataTable.Row([
          code { input.file }, .words(input.kind), .told { $0.number(input.rows) },
          code { input.hash },
        ])
      })
  }

  private var replay: Notice {
    switch model.replay {
    case .notTried: Notice(.info, RoundTexts.replayNotTried) { p { RoundTexts.replayHow(model.name.id) } }
    case .same: Notice(.info, RoundTexts.replaySame)
    case .differs(let units): Notice(.warning, RoundTexts.replayDiffers(units)) { p { RoundTexts.replayDiffersHelp } }
    case .inputsDiffer(let faults):
      Notice(.warning, RoundTexts.replayInputsDiffer) {
        ul {
          for fault in faults.prefix(50) { li { fault } }
        }
        p { RoundTexts.replayDiffersHelp }
      }
    case .filesMissing: Notice(.warning, RoundTexts.replayMissing) { p { RoundTexts.replayMissingHelp } }
    }
  }

  @HTML private var differences: [Node] {
    if let previous = model.previous {
      p { RoundTexts.compared(with: previous, changed: model.differences.count) }
      if !model.differences.isEmpty { differenceTable }
    } else {
      p { RoundTexts.firstRound }
    }
  }

  private var differenceTable: DataTable {
    DataTable(
      id: "differences", caption: RoundTexts.differencesCaption,
      columns: [
        .init(UnitListTexts.heading(.name)), .init(RoundTexts.balanceBefore, .number),
        .init(RoundTexts.balanceNow, .number), .init(RoundTexts.change, .number), .init(RoundTexts.lightBefore),
        .init(RoundTexts.lightNow),
      ],
      rows: model.differences.map { unit in
        DataTable.Row([
          a(.href(ClosingAddress.unit(unit.code.text, round: model.name.id))) { unit.name },
          kroner(unit.balanceBefore), kroner(unit.balanceNow),
          unit.change.map(kroner) ?? .words(RoundTexts.tooLarge), light(unit.lightBefore),
          light(unit.lightNow),
        ])
      })
  }

  private func kroner(_ amount: Money?) -> Node {
    .words(amount.map { amount in Format.words { $0.wholeKroner(amount) } } ?? RoundTexts.notThere)
  }

  private func light(_ sign: LightSign?) -> Node {
    sign.map { Node(LightMark($0)) } ?? .words(RoundTexts.notThere)
  }
}
