import Database
import Hummingbird
import Ledger
import RuleKit
import SteeringCore
import SurfaceKit

/// Making a round by the pages: choose, read back, confirm. What is confirmed is exactly what was read back, or it is
/// read back again.
extension ClosingRoutes {
  func addMaking(to router: Router<SurfaceContext>) {
    router.get("rounds/make") { request, context in
      let model = try await formModel(.init(year: "", kind: ""), [], context)
      return RoundMakeView(model: model).page.response(request, context)
    }
    router.post("rounds/make") { request, context in
      try await Self.telling { try await readBack(request, context) }
    }
    router.post("rounds/make/confirm") { request, context in
      try await Self.telling { try await confirm(request, context) }
    }
    router.get("rounds/jobs/{job}") { request, context in
      try await Self.telling { try await DatabaseTrouble.tellingReader { try await job(request, context) } }
    }
  }

  /// Tells on a page why a year cannot be closed, and trouble with the database.
  static func telling<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await DatabaseTrouble.telling(body)
    } catch let refusal as RoundRefusal {
      let finding = refusal.finding
      func sentence(_ language: Language) -> String {
        "\(finding.file): \(finding.read(language)), \(finding.remedy(language))."
      }
      throw Trouble(
        .unprocessableContent, Words("Året kan ikke gøres op", en: "The year cannot be closed"),
        Words(sentence(.danish), en: sentence(.english)))
    }
  }

  private func formModel(
    _ values: RoundMakeModel.Values, _ errors: [ErrorSummary.Item], _ context: SurfaceContext
  ) async throws -> RoundMakeModel {
    let years = try await reader.database.read(reader.tenant) { connection in
      try ImportStore(connection).current(.budget).compactMap { $0.year?.number }
    }
    let newest = Set(years).sorted(by: >)
    let year = values.year.isEmpty ? newest.first.map { String($0) } ?? "" : values.year
    return RoundMakeModel(
      step: .form, years: newest, values: .init(year: year, kind: values.kind), errors: errors,
      token: context.formToken, key: CommandKey.fresh().text)
  }

  /// What a form that makes a round chose; nil with the errors where it is not whole.
  private func chosen(
    _ form: FormBody, _ years: [Int]
  ) -> (choice: (FiscalYear, Round.Status)?, errors: [ErrorSummary.Item]) {
    var errors: [ErrorSummary.Item] = []
    let year = Int(form.text("year")).flatMap { years.contains($0) ? FiscalYear($0) : nil }
    if year == nil {
      errors.append(
        .init(field: "year", Words("Vælg et år, der har et budget.", en: "Choose a year that has a budget.")))
    }
    let status = Round.Status(rawValue: form.text("kind"))
    if status == nil {
      errors.append(
        .init(
          field: "kind",
          Words(
            "Vælg, om opgørelsen er foreløbig eller endelig.", en: "Choose whether the closing is preliminary or final."
          )))
    }
    if let year, let status { return ((year, status), []) }
    return (nil, errors)
  }

  private func model() throws -> (SteeringModel, String) {
    guard case .found(let model, let text) = try needs.model(modelName) else {
      throw DatabaseError.misuse("the model \(modelName) is not there")
    }
    return (model, text)
  }

  private func readBack(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    let values = RoundMakeModel.Values(year: form.text("year"), kind: form.text("kind"))
    let blank = try await formModel(values, [], context)
    let (choice, errors) = chosen(form, blank.years)
    guard let (year, status) = choice else {
      let model = try await formModel(values, errors, context)
      return RoundMakeView(model: model).page.response(request, context, status: .unprocessableContent)
    }
    return try await readBack(year, status, blank, isChanged: false).response(request, context)
  }

  /// The page that reads a choice back. `isChanged` says that it was read back before, from other data.
  private func readBack(
    _ year: FiscalYear, _ status: Round.Status, _ blank: RoundMakeModel, isChanged: Bool
  ) async throws -> Page {
    let (model, text) = try model()
    let at = now()
    let draft = try await reader.database.read(reader.tenant) {
      try RoundKeeper.draft($0, year, status, model, text, at)
    }
    guard let draft else { throw Trouble.notFound(Words("Året har intet budget.", en: "The year has no budget.")) }
    let step = RoundMakeModel.ReadBack(
      year: year.number, isFinal: status == .final, number: draft.round.id.number, modelName: model.name,
      unitCount: draft.units.count, ledgerLines: draft.round.totals.all.lines,
      inputs: draft.round.inputs.map(RoundShowModel.Input.init), remarks: draft.remarks,
      inputsHash: draft.round.inputsHash, isChanged: isChanged)
    let page = RoundMakeModel(
      step: .readBack(step), years: blank.years, values: blank.values, errors: [], token: blank.token, key: blank.key)
    return RoundMakeView(model: page).page
  }

  private func confirm(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let form = try await FormBody.ours(request, context)
    guard let key = CommandKey(form.text("key")) else { throw Trouble.foreignForm }
    let blank = try await formModel(.init(year: form.text("year"), kind: form.text("kind")), [], context)
    guard let (year, status) = chosen(form, blank.years).choice else { throw Trouble.foreignForm }
    let errand = RoundErrand(year: year, status: status, inputs: form.text("inputs"))
    try await Deed.explained(form.text("why")) { try await board.enqueue(errand.command(key), about: errand.text) }
    guard let job = await board.asked(key, endedWithin: patience) else { return .seeOther(ClosingAddress.job(key)) }
    return try await answer(job, errand, request, context, isAsked: true)
  }

  /// The page of a job, for those who had to wait or come back.
  private func job(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    guard let key = CommandKey(context.parameter("job") ?? ""), let job = try await board.job(key),
      job.kind == ClosingJobs.kind, let errand = RoundErrand(job)
    else { throw Trouble.notFound(RoundTexts.noSuchJob) }
    return try await answer(job, errand, request, context, isAsked: false)
  }

  /// How a job stands; `isAsked` says that the answer is one to the form itself.
  private func answer(
    _ job: Job, _ errand: RoundErrand, _ request: Request, _ context: SurfaceContext, isAsked: Bool
  ) async throws -> Response {
    switch job.state {
    case .waiting, .running:
      if isAsked { return .seeOther(ClosingAddress.job(job.id)) }
      return WaitingPage(
        title: RoundTexts.making, section: .rounds, trail: [.init(RoundTexts.listTitle, ClosingAddress.rounds)],
        stage: job.stage,
        asked: RoundTexts.asked(errand.year.number, isFinal: errand.status == .final, at: job.enqueuedAt),
        address: ClosingAddress.job(job.id), isStill: request.query["still"] != nil
      ).response(request, context)
    case .done:
      guard let result = RoundResult(job.result) else {
        throw DatabaseError.misuse("a job was done without a result")
      }
      let id = result.round.text
      return .seeOther(result.isNew ? ClosingAddress.round(id) : ClosingAddress.roundThatWasThere(id))
    case .refused:
      let values = RoundMakeModel.Values(year: "\(errand.year)", kind: errand.status.rawValue)
      let blank = try await formModel(values, [], context)
      return try await readBack(errand.year, errand.status, blank, isChanged: true)
        .response(request, context, status: isAsked ? .conflict : .ok)
    case .failed:
      let failure = job.failure ?? .fault
      return RoundFailedView(failure: failure).page
        .response(request, context, status: isAsked ? failure.status : .ok)
    }
  }
}
