public import Database
import Ledger
public import Organisation
public import RuleKit
public import SteeringCore
public import SurfaceKit

/// Reads what the pages of the closing show. The organisation comes from whoever keeps it, as a value at a date.
public struct ClosingReader: Sendable {
  let database: any MunicipalDatabase
  let tenant: Tenant
  let readModel: @Sendable (String) -> SteeringModel?
  let organisation: @Sendable (CalendarDate) async throws -> OrganisationTree
  let leaders: LeadersForecasts
  let shelf = YearShelf()

  /// What a unit's leader expects of a year, told inside a reading; nil where nothing is signed.
  public typealias LeadersForecasts =
    @Sendable (any DatabaseConnection, UnitCode, FiscalYear) throws -> LeadersForecast?

  /// A reader of a municipality's closings.
  public init(
    database: any MunicipalDatabase, tenant: Tenant, needs: ClosingNeeds,
    organisation: @escaping @Sendable (CalendarDate) async throws -> OrganisationTree,
    leaders: @escaping LeadersForecasts = { _, _, _ in nil }
  ) {
    self.leaders = leaders
    self.database = database
    self.tenant = tenant
    self.readModel = needs.readModel
    self.organisation = organisation
  }

  /// A round with its units, its model, and the organisation on the last day of its year.
  struct Shown: Sendable {
    let round: Round
    let model: SteeringModel
    let units: [UnitClosing]
    let tree: OrganisationTree
    let rounds: [Round]
    let latest: Round.ID

    var name: RoundName { RoundName(round) }
    func sign(_ light: String) -> LightSign { model.sign(light) }
    /// The lights in the order of the model, and the missing one where a unit has none.
    var signs: [LightSign] {
      model.lights.map { sign($0.id) } + (units.contains { $0.verdict.light == SteeringModel.noLight } ? [.none] : [])
    }
    /// The id for addresses; nil for the latest round, which needs none.
    var addressed: String? { round.id == latest ? nil : round.id.text }
  }

  /// The models that rounds were made with, as the rounds keep them, the newest first.
  public func models() async throws -> [SteeringModel] {
    let texts = try await database.read(tenant) { connection in
      try RoundStore(connection: connection).rounds().sorted { $0.madeAt > $1.madeAt }.map(\.modelText)
    }
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.compactMap(readModel)
  }

  /// The round with an id such as `2025-3`; without one the latest of the latest year, a final one before a
  /// preliminary one. Nil where no round has been made; throws `Trouble` for an id that none has.
  func shown(_ id: String?) async throws -> Shown? {
    let read = readModel
    let found = try await database.read(tenant) { connection -> (Round, SteeringModel, [UnitClosing], [Round])? in
      let store = RoundStore(connection: connection)
      let rounds = try store.rounds()
      guard let round = id.map({ id in rounds.first { $0.id.text == id } }) ?? rounds.standing.first else { return nil }
      guard let model = read(round.modelText) else { throw DatabaseError.misuse("a round's model cannot be read") }
      return (round, model, try store.units(round.id), rounds)
    }
    guard let found else {
      if id != nil {
        throw Trouble.notFound(Words("Vi har ingen opgørelse med det nummer.", en: "We have no such closing."))
      }
      return nil
    }
    let tree = try await organisation(found.0.id.year.lastDay)
    return Shown(
      round: found.0, model: found.1, units: found.2, tree: tree, rounds: found.3,
      latest: found.3.standing.first?.id ?? found.0.id)
  }
}

extension [Round] {
  /// The round that stands for each year, newest first: the last final one, or the last one.
  var standing: [Round] {
    Dictionary(grouping: self, by: \.id.year).values.compactMap { rounds in
      let ordered = rounds.sorted { $0.id.number > $1.id.number }
      return ordered.first { $0.status == .final } ?? ordered.first
    }.sorted { $0.id.year > $1.id.year }
  }
}

extension RoundName {
  init(_ round: Round) {
    self.init(
      id: round.id.text, year: round.id.year.number, number: round.id.number, isFinal: round.status == .final,
      madeOn: CalendarDate(inDenmarkAt: round.madeAt))
  }
}

extension SteeringModel {
  /// A light of this model as people see it.
  func sign(_ light: String) -> LightSign {
    guard let rule = self.light(light), let shape = LightSign.Shape(rawValue: rule.shape.rawValue),
      let tone = LightSign.Tone(rawValue: rule.tone.rawValue)
    else { return .none }
    return LightSign(
      id: rule.id, name: Words(rule.name.danish.lowercased(), en: rule.name.english.lowercased()), shape: shape,
      tone: tone)
  }
}

/// What the front page and others are told about the latest closing, or an earlier one.
public struct ClosingOverview: Sendable {
  /// A unit in the round.
  public struct Unit: Sendable {
    /// Its code.
    public let code: UnitCode
    /// Its name.
    public let name: String
    /// Its light.
    public let light: LightSign
    /// Carried out, positive = surplus.
    public let balance: Money
    /// In basis points of the base; nil without one.
    public let balanceBasisPoints: Int64?
    /// The duties' ids.
    public let duties: [String]
    /// The reviews' ids.
    public let reviews: [String]
  }

  /// Something the model can ask.
  public struct Demand: Sendable {
    /// Its id in the model.
    public let id: String
    /// What it is called.
    public let name: Words
    /// How many units it touches.
    public let count: Int
  }

  /// The round that the overview is compared with.
  public struct Comparison: Sendable {
    /// What it is called.
    public let name: Words
    /// The light that each of its units had.
    public let lights: [UnitCode: LightSign]
  }

  /// The round's id.
  public let roundID: String
  /// The round in words.
  public let roundName: Words
  /// The id for addresses; nil when the round is the latest.
  public let addressedRound: String?
  /// The year.
  public let year: FiscalYear
  /// The model's id.
  public let modelID: String
  /// The model's name.
  public let modelName: Words
  /// The lights, in the model's order.
  public let lights: [LightSign]
  /// The organisation on the last day of the year.
  public let organisation: OrganisationTree
  /// The units by code.
  public let units: [Unit]
  /// The duties of the model.
  public let duties: [Demand]
  /// The reviews of the model.
  public let reviews: [Demand]
  /// The rounds to choose between, newest first: the one that stands for each year.
  public let rounds: [(id: String, name: Words)]
  /// The round to compare with: the one that stands for the latest year before this one that has a round; nil where
  /// none has. What differs within a year is told on the page of the round.
  public let comparedWith: Comparison?
}

extension ClosingReader {
  /// The latest round, or the one with an id; nil where none has been made. Throws `Trouble` for an unknown id.
  public func overview(_ id: String?) async throws -> ClosingOverview? {
    guard let shown = try await shown(id) else { return nil }
    let model = shown.model
    func count(_ rules: [ConsequenceRule], _ ids: (UnitClosing) -> [String]) -> [ClosingOverview.Demand] {
      rules.map { rule in
        .init(id: rule.id, name: rule.name, count: shown.units.count { ids($0).contains(rule.id) })
      }
    }
    let standing = shown.rounds.standing
    return ClosingOverview(
      roundID: shown.round.id.text, roundName: shown.name.words, addressedRound: shown.addressed,
      year: shown.round.id.year, modelID: model.id, modelName: model.name, lights: shown.signs,
      organisation: shown.tree,
      units: shown.units.map { unit in
        .init(
          code: unit.unit, name: unit.name, light: shown.sign(unit.verdict.light), balance: unit.balance,
          balanceBasisPoints: unit.balanceBasisPoints, duties: unit.verdict.duties, reviews: unit.verdict.reviews)
      }, duties: count(model.duties) { $0.verdict.duties }, reviews: count(model.reviews) { $0.verdict.reviews },
      rounds: standing.map { ($0.id.text, RoundName($0).words) },
      comparedWith: try await comparison(shown))
  }

  private func comparison(_ shown: Shown) async throws -> ClosingOverview.Comparison? {
    guard let round = shown.rounds.standing.first(where: { $0.id.year < shown.round.id.year }) else { return nil }
    let lights = try await database.read(tenant) { try RoundStore(connection: $0).lights(round.id) }
    let model = readModel(round.modelText) ?? shown.model
    return .init(name: RoundName(round).words, lights: lights.mapValues(model.sign))
  }
}
