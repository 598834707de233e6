import Database
import Hummingbird
import Ledger
import SteeringCore
import SurfaceKit

// Saying yes to a file that has been looked at: the import is a job under the form's key.
extension ImportRoutes {
  func confirm(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    let ticket = body.text("ticket")
    let overlap = OverlapChoice(rawValue: body.text("overlap"))
    if overlap == .stop { return try await stop(ticket, key, request, context) }
    let draft = try await read { try $0.draft(ticket) }
    // A form that was sent before finds its job, also where the file no longer waits.
    let isKnown = try await board.job(key) != nil
    guard isKnown || draft?.profile(among: profiles) != nil else { return try await forgotten(ticket) }
    let errand = ImportErrand(
      ticket: ticket, overlap: overlap, seen: ImportErrand.numbers(body.text("seen")), fileName: draft?.fileName ?? "")
    try await Deed.explained(body.text("why")) { try await board.enqueue(errand.command(key), about: errand.text) }
    guard let job = await board.asked(key, endedWithin: patience) else { return .seeOther(ImportAddress.job(key)) }
    return try await answer(job, request, context, isAsked: true)
  }

  /// The page of a job, for those who had to wait or come back.
  func job(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    guard let key = CommandKey(context.parameter("job") ?? ""), let job = try await board.job(key),
      job.kind == ImportJobs.kind
    else { throw Trouble.notFound(ImportTexts.noSuchJob) }
    return try await answer(job, request, context, isAsked: false)
  }

  /// How a job stands; `isAsked` says that the answer is one to the form itself.
  private func answer(
    _ job: Job, _ request: Request, _ context: SurfaceContext, isAsked: Bool
  ) async throws -> Response {
    let errand = ImportErrand(job)
    switch job.state {
    case .waiting, .running:
      if isAsked { return .seeOther(ImportAddress.job(job.id)) }
      return WaitingPage(
        title: ImportTexts.running(errand.fileName), section: .imports,
        trail: [.init(ImportTexts.title, ImportAddress.start)], stage: job.stage,
        asked: ImportTexts.asked(errand.fileName, at: job.enqueuedAt), address: ImportAddress.job(job.id),
        isStill: request.query["still"] != nil
      ).response(request, context)
    case .done: return try await result(job, errand, request, context, isAsked: isAsked)
    case .refused:
      // Something has changed since the person looked: look again, and decide on that.
      guard let draft = try await read({ try $0.draft(errand.ticket) }), let profile = draft.profile(among: profiles)
      else { return try await forgotten(errand.ticket) }
      return page(of: try await look(draft, profile), draft, context)
        .response(request, context, status: isAsked ? .conflict : .ok)
    case .failed:
      let failure = job.failure ?? .fault
      return ImportFailedView(file: errand.fileName, failure: failure).page
        .response(request, context, status: isAsked ? failure.status : .ok)
    }
  }

  private func result(
    _ job: Job, _ errand: ImportErrand, _ request: Request, _ context: SurfaceContext, isAsked: Bool
  ) async throws -> Response {
    let outcome: ImportDoneModel.Outcome
    switch ImportResult(job.result) {
    case .imported(let id): return .seeOther(ImportAddress.done(id))
    case .already(let id): return .seeOther(ImportAddress.done(id, wasThere: true))
    case .organisation(let rows): outcome = .loaded(rows: rows, sum: nil)
    case .organisationUnchanged: outcome = .unchanged(since: nil, by: nil)
    case nil: throw DatabaseError.misuse("a job was done without a result")
    }
    if isAsked { return .seeOther(ImportAddress.job(job.id)) }
    return try await page(outcome, file: errand.fileName, .organisation, nil).response(request, context)
  }

  /// The person does not want the file after all. Told again, it is told again.
  private func stop(
    _ ticket: String, _ key: CommandKey, _ request: Request, _ context: SurfaceContext
  ) async throws -> Response {
    // The form was sent before with another answer, which counts.
    if try await board.job(key) != nil { throw CommandReused(key: key) }
    let command = Command(key, kind: "import-stop") { [ticket] }
    let told = try await database.write(tenant) { connection in
      let store = ImportStore(connection)
      let effect = try connection.once(command, record: { $0 }) {
        guard let draft = try store.draft(ticket), try store.forget(draft: ticket) else { return "" }
        try connection.tell(.letGo(draft.fileName, kind: draft.kind))
        return FieldText.text([
          "file": draft.fileName, "kind": draft.kind.rawValue, "year": draft.year?.description ?? "",
        ])
      }
      switch effect {
      case .done(let text): return FieldText.fields(text)
      case .doneBefore(let decision): return FieldText.fields(decision.outcome)
      }
    }
    guard let kind = told["kind"].flatMap(FileKind.init) else { return try await forgotten(ticket) }
    let year = told["year"].flatMap { Int($0) }.flatMap(FiscalYear.init)
    return try await page(.stopped, file: told["file"] ?? "", kind, year).response(request, context)
  }

  /// The file no longer waits: where the same content is there, somebody has loaded it; else it has waited too long.
  private func forgotten(_ ticket: String) async throws -> Response {
    let hash = ImportDraft.contentHash(of: ticket)
    let twin = try await read { try $0.current().last { $0.contentHash == hash } }
    guard let twin else { throw ImportTexts.draftGone }
    return .seeOther(ImportAddress.done(twin.id, wasThere: true))
  }

  func done(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let id = request.query["import"].flatMap { Int64($0) }
    let wasThere = request.query["again"] != nil
    let found = try await read { store in
      try store.all().first { $0.id == id }.map { ($0, try store.replaced(by: $0.id)) }
    }
    guard let (file, replaced) = found else { throw Trouble.notFound(ImportTexts.noSuchImport) }
    let sum = file.kind == .ledger ? Money(ore: file.sumOre) : nil
    let outcome: ImportDoneModel.Outcome
    if wasThere {
      let name = try await doers.name(
        of: "import \(file.id)", in: "import", database, tenant, isTold: context.visitor.person != nil)
      outcome = .unchanged(since: file.importedAt, by: name)
    } else if replaced.isEmpty {
      outcome = .loaded(rows: file.recordCount, sum: sum)
    } else {
      let names = replaced.map(\.fileName).joined(separator: ", ")
      outcome = .replaced(rows: file.recordCount, sum: sum, earlierFile: names)
    }
    return try await page(outcome, file: file.fileName, file.kind, file.year).response(request, context)
  }

  private func page(
    _ outcome: ImportDoneModel.Outcome, file: String, _ kind: FileKind, _ year: FiscalYear?
  ) async throws -> Page {
    let current = try await read { try $0.current() }
    let model = ImportDoneModel(
      file: file, kind: ImportTexts.name(of: kind), year: year?.number, outcome: outcome,
      missing: ImportDoneModel.missing(year, current))
    return ImportDoneView(model: model).page
  }
}

extension Job {
  /// How far it is, for the page that tells so.
  var stage: WaitingPage.Stage { state == .waiting ? .waiting : .running(done: done, of: total) }
}
