public import Database
import Ledger
import SteeringCore

/// What a job that makes a round is about: what a person has read back and said yes to.
struct RoundErrand: Hashable, Sendable {
  let year: FiscalYear
  let status: Round.Status
  /// The hash of what the round is to be made of.
  let inputs: String

  init(year: FiscalYear, status: Round.Status, inputs: String) {
    self.year = year
    self.status = status
    self.inputs = inputs
  }

  /// The errand of a job; nil where it is none.
  init?(_ job: Job) {
    let fields = FieldText.fields(job.about)
    guard let year = fields["year"].flatMap({ Int($0) }).flatMap(FiscalYear.init),
      let status = fields["status"].flatMap(Round.Status.init)
    else { return nil }
    self.init(year: year, status: status, inputs: fields["inputs"] ?? "")
  }

  var text: String { FieldText.text(["year": "\(year)", "status": status.rawValue, "inputs": inputs]) }

  /// The command that asks for it. What the pages ask for names the model by the hash of what was read back.
  func command(_ key: CommandKey, modelText: String = "") -> Command {
    Command(key, kind: ClosingJobs.kind) { ["\(year)", status.rawValue, inputs, modelText] }
  }
}

/// What is recorded of a command or a job that made a round.
struct RoundResult: Hashable, Sendable {
  let round: Round.ID
  /// Whether it was made now; else the last one of the year was made of the same things.
  let isNew: Bool

  init?(_ text: String) {
    let fields = FieldText.fields(text)
    guard let name = fields["made"] ?? fields["same"], let round = Round.ID(name) else { return nil }
    self.round = round
    isNew = fields["made"] != nil
  }

  /// What is recorded of an outcome; the other outcomes keep nothing, their record neither.
  static func text(_ outcome: RoundKeeper.MakeOutcome) -> String {
    switch outcome {
    case .made(let round, _, _, _): FieldText.text(["made": round.id.text])
    case .nothingNew(let round): FieldText.text(["same": round.id.text])
    case .otherInputs, .noBudget, .noModel: ""
    }
  }
}

/// Makes the rounds that were asked for by the pages, as jobs.
public struct ClosingJobs: Sendable {
  /// What these jobs are called.
  public static let kind = "closing"

  let keeper: RoundKeeper
  let needs: ClosingNeeds
  let modelName: String

  /// The jobs of a municipality. `modelName` is the model that new rounds are made with; where the server that does the
  /// job has another one than the server that was asked, the round would be made of other things, and is not made.
  public init(
    database: any MunicipalDatabase, tenant: Tenant, needs: ClosingNeeds, modelName: String,
    now: @escaping @Sendable () -> Int64
  ) {
    keeper = RoundKeeper(database: database, tenant: tenant, needs: needs, now: now)
    self.needs = needs
    self.modelName = modelName
  }

  /// How they are done.
  public var jobKind: JobKind { JobKind(Self.kind) { try await carryOut($0) } }

  private func carryOut(_ claim: JobClaim) async throws -> JobEnding {
    guard let errand = RoundErrand(claim.job) else { throw DatabaseError.misuse("a closing job about nothing") }
    guard case .found(_, let text) = try needs.model(modelName) else {
      throw DatabaseError.misuse("the model \(modelName) is not there")
    }
    do {
      let outcome = try await keeper.make(
        errand.year, errand.status, modelText: text, readBack: errand.inputs, takingEffect: .asJob(claim))
      switch outcome {
      case .made, .nothingNew: return .sealed
      case .otherInputs, .noBudget, .noModel: return .refused("")
      }
    } catch is RoundRefusal {
      // The page finds the same when it reads the round back, and tells it.
      return .refused("")
    }
  }
}
