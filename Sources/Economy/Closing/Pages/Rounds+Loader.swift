import Database
import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

extension ClosingReader {
  static let roundsOnPage = 20

  /// The list of rounds.
  func roundList(page: Int) async throws -> RoundListModel {
    let read = readModel
    return try await database.read(tenant) { connection in
      let store = RoundStore(connection: connection)
      let rounds = try store.rounds()
      let pages = max(1, (rounds.count + Self.roundsOnPage - 1) / Self.roundsOnPage)
      let number = min(max(1, page), pages)
      let shown = rounds.dropFirst((number - 1) * Self.roundsOnPage).prefix(Self.roundsOnPage)
      let rows = try shown.map { round in
        let units = try store.units(round.id)
        let model = read(round.modelText)
        return RoundListModel.Row(
          name: RoundName(round), modelName: model?.name ?? Words(same: round.modelID), unitCount: units.count,
          balance: try units.sum(\.balance), lights: model.map { units.lights($0) } ?? [])
      }
      return RoundListModel(
        missing: try Self.missing(connection), rows: rows, pageNumber: number, pageCount: pages)
    }
  }

  private static func missing(_ connection: any DatabaseConnection) throws -> [Words] {
    let current = try ImportStore(connection).current()
    var missing: [Words] = []
    if !current.contains(where: { $0.kind == .budget }) { missing.append(Words("et budget", en: "a budget")) }
    if !current.contains(where: { $0.kind == .ledger }) { missing.append(Words("en bogføring", en: "a ledger")) }
    return missing
  }

  /// The page of a round; with `replays` the round is closed again and compared. Throws `Trouble` for an unknown id.
  /// `wasDecided` says that the reader asked for it when it was there already.
  func roundShow(
    _ text: String, keeper: RoundKeeper, replays: Bool, wasDecided: Bool = false
  ) async throws -> RoundShowModel {
    guard let id = Round.ID(text), let shown = try await shown(text) else {
      throw Trouble.notFound(Words("Vi har ingen opgørelse med det nummer.", en: "We have no such closing."))
    }
    let round = shown.round
    let previous = shown.rounds.filter { $0.id.year == id.year && $0.id.number < id.number }
      .max { $0.id.number < $1.id.number }
    let differences = if let previous { try await keeper.differences(previous.id, id) } else { [RoundDifference]() }
    let before = previous.flatMap { readModel($0.modelText) } ?? shown.model
    let units = shown.units
    return RoundShowModel(
      name: shown.name, modelName: shown.model.name, modelID: shown.model.id,
      inputs: round.inputs.map(RoundShowModel.Input.init), parts: round.totals.parts, allLines: round.totals.all.lines,
      all: Money(ore: round.totals.all.ore), lights: units.lights(shown.model), budget: try units.sum(\.budget),
      spent: try units.sum(\.spent), result: try units.sum(\.result), carriedIn: try units.sum(\.carriedIn),
      balance: try units.sum(\.balance),
      replay: replays ? try await replay(id, keeper) : .notTried, previous: previous.map { RoundName($0) },
      differences: differences.map { difference in
        RoundShowModel.Difference(
          code: difference.unit, name: difference.after?.name ?? difference.before?.name ?? "",
          balanceBefore: difference.before?.balance, balanceNow: difference.after?.balance,
          lightBefore: difference.before.map { before.sign($0.verdict.light) },
          lightNow: difference.after.map { shown.sign($0.verdict.light) })
      }, decidedBefore: wasDecided ? round.madeAt : nil)
  }

  private func replay(_ id: Round.ID, _ keeper: RoundKeeper) async throws -> RoundShowModel.Replay {
    switch try await keeper.replay(id) {
    case .same: .same
    case .differs(let differences): .differs(units: differences.count)
    case .inputsDiffer(let faults): .inputsDiffer(faults)
    case .impossible, nil: .filesMissing
    }
  }
}

extension [UnitClosing] {
  /// How many units have each light, in the model's order; lights without units are left out.
  func lights(_ model: SteeringModel) -> [(sign: LightSign, count: Int)] {
    (model.lights.map(\.id) + [SteeringModel.noLight]).compactMap { id in
      let found = count { $0.verdict.light == id }
      return found > 0 ? (model.sign(id), found) : nil
    }
  }
}

extension RoundShowModel.Input {
  init(_ input: Round.Input) {
    self.init(
      kind: input.kind.name, file: input.fileName, hash: input.contentHash, rows: input.recordCount)
  }
}

extension FileKind {
  /// What such a file is called.
  var name: Words {
    switch self {
    case .ledger: Words("bogføring", en: "ledger")
    case .budget: Words("budget", en: "budget")
    case .plans: Words("handleplaner", en: "action plans")
    case .accounts: Words("kontoplan", en: "accounts")
    case .organisation: Words("organisation", en: "organisation")
    case .carryOver: Words("overførsler", en: "carry-over")
    }
  }
}

extension ClosingTotals {
  /// The parts that all postings fall into.
  var parts: [RoundShowModel.Part] {
    func part(_ name: Words, _ tally: ClosingSums.Tally) -> RoundShowModel.Part {
      .init(name: name, lines: tally.lines, sum: Money(ore: tally.ore))
    }
    return [
      part(Words("inde i den decentrale økonomi", en: "inside the decentral economy"), inside),
      part(Words("uden for den decentrale økonomi", en: "outside the decentral economy"), outside),
      part(Words("uden for året", en: "outside the year"), ignored),
      part(Words("på ukendte enheder", en: "on unknown units"), unknown),
    ]
  }
}
