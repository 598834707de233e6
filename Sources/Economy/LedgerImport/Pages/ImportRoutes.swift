public import Database
import HTTPTypes
public import Hummingbird
public import Ledger
import SteeringCore
public import SurfaceKit

/// The pages that load files: choose, look, confirm, done.
public struct ImportRoutes: Sendable {
  /// The largest form that the page takes, in bytes. The command line has no limit.
  public static let largestUpload = 32 << 20

  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64
  let profiles: [ImportProfile]
  let organisation: OrganisationImporting?

  /// The routes of a municipality. `profiles` are those to choose from, the native ones among them; without
  /// `organisation` the page takes no organisation files. `now` gives seconds since 1 January 1970 UTC.
  public init(
    database: any MunicipalDatabase, tenant: Tenant, now: @escaping @Sendable () -> Int64, profiles: [ImportProfile],
    organisation: OrganisationImporting? = nil
  ) {
    self.database = database
    self.tenant = tenant
    self.now = now
    self.profiles = profiles
    self.organisation = organisation
  }

  /// Adds the routes.
  public func add(to router: Router<SurfaceContext>) {
    router.get(RouterPath(ImportAddress.start.text)) { request, context in
      try await DatabaseTrouble.telling { try await start(context, .none, []).response(request, context) }
    }
    router.post(RouterPath(ImportAddress.preview.text)) { request, context in
      try await DatabaseTrouble.telling { try await preview(request, context) }
    }
    router.post(RouterPath(ImportAddress.confirm.text)) { request, context in
      try await DatabaseTrouble.telling { try await confirm(request, context) }
    }
    router.get(RouterPath(ImportAddress.done.text)) { request, context in
      try await DatabaseTrouble.telling { try await done(request, context) }
    }
  }

  var importer: Importer { Importer(database: database, tenant: tenant, now: now) }

  /// The kinds of file that the page takes, in the order in which they are best loaded. A ledger needs the budget of
  /// its year; the others may come at any time before the year is closed. Accounts stand first so that what the page
  /// shows of a budget by account is what a closing will make of it.
  var kinds: [FileKind] {
    (organisation == nil ? [] : [.organisation]) + [.accounts, .budget, .ledger, .carryOver, .plans]
  }

  private func read<T: Sendable>(_ body: @escaping @Sendable (ImportStore) throws -> T) async throws -> T {
    try await database.read(tenant) { try body(ImportStore($0)) }
  }
}

extension ImportRoutes {
  private func start(
    _ context: SurfaceContext, _ values: ImportStartModel.Values, _ errors: [ErrorSummary.Item]
  ) async throws -> Page {
    let files = try await read { try $0.current() }
    let model = ImportStartModel(
      files: files, kinds: kinds, profiles: profiles, values: values, errors: errors, token: context.formToken)
    return ImportStartView(model: model).page
  }

  private func preview(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.read(request, limit: Self.largestUpload)
    guard FormToken.isOurs(body, request, context) else { throw Trouble.foreignForm }
    let form = ImportForm(body, kinds: kinds, profiles: profiles)
    guard let sent = form.sent else {
      return try await start(context, form.values, form.errors)
        .response(request, context, status: .unprocessableContent)
    }
    let draft = ImportDraft(
      ticket: ImportDraft.ticket(contentHash: try ContentHash.of(BytesInMemory(sent.bytes))),
      kind: sent.profile.kind, year: sent.year, profile: sent.profile.name, fileName: sent.fileName,
      content: sent.bytes)
    let looked = try await look(draft, sent.profile)
    if looked.isUsable {
      let time = now()
      try await database.write(tenant) { try ImportStore($0).keep(draft, at: time) }
    }
    return page(of: looked, draft, context).response(
      request, context, status: looked.isUsable ? .ok : .unprocessableContent)
  }

  private func look(_ draft: ImportDraft, _ profile: ImportProfile) async throws -> FilePreview {
    let request = draft.request(profile)
    var looked =
      if profile.kind == .organisation, let organisation {
        try await organisation.preview(request)
      } else {
        try await importer.preview(request)
      }
    // A file that waits for a yes is kept as it came; one with civil registration numbers is never kept.
    for heading in looked.droppedHeadings {
      looked.findings.add(ImportTexts.civilNumbers(heading, in: draft.fileName))
    }
    return looked
  }

  private func page(of preview: FilePreview, _ draft: ImportDraft, _ context: SurfaceContext) -> Page {
    ImportPreviewView(model: .init(preview: preview, draft: draft, token: context.formToken)).page
  }

  private func confirm(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.read(request)
    guard FormToken.isOurs(body, request, context) else { throw Trouble.foreignForm }
    let ticket = body.text("ticket")
    guard let draft = try await read({ try $0.draft(ticket) }),
      let profile = profiles.first(where: { $0.name == draft.profile && $0.kind == draft.kind })
    else { return try await forgotten(ticket) }
    let overlap = OverlapChoice(rawValue: body.text("overlap"))
    if overlap == .stop {
      try await forget(ticket)
      return page(.stopped, draft, try await read { try $0.current() }).response(request, context)
    }
    if draft.kind == .organisation, let organisation {
      return try await take(draft, profile, organisation, request, context)
    }
    switch try await importer.run(draft.request(profile, overlap: overlap ?? .stop)) {
    case .imported(let file, _):
      await forgetLoaded(ticket)
      return .seeOther(ImportAddress.done(file.id))
    case .already(let file):
      await forgetLoaded(ticket)
      return .seeOther(ImportAddress.done(file.id, wasThere: true))
    case .refused, .overlaps:
      // Something was imported since the person looked: look again, and decide on that.
      return page(of: try await look(draft, profile), draft, context)
        .response(request, context, status: .conflict)
    }
  }

  private func take(
    _ draft: ImportDraft, _ profile: ImportProfile, _ organisation: OrganisationImporting, _ request: Request,
    _ context: SurfaceContext
  ) async throws -> Response {
    // Read before, so that nothing can fail between storing the file and saying so.
    let current = try await read { try $0.current() }
    let outcome: ImportDoneModel.Outcome
    switch try await organisation.run(draft.request(profile)) {
    case .imported(let rows): outcome = .loaded(rows: rows, sum: nil)
    case .already: outcome = .unchanged
    case .refused:
      return page(of: try await look(draft, profile), draft, context)
        .response(request, context, status: .conflict)
    }
    await forgetLoaded(draft.ticket)
    return page(outcome, draft, current).response(request, context)
  }

  private func forget(_ ticket: String) async throws {
    try await database.write(tenant) { try ImportStore($0).forget(draft: ticket) }
  }

  /// Forgets a draft whose file has been loaded. Whoever loaded it is told so also where this fails: the draft is
  /// forgotten by itself after a day, and a second yes to it finds the file there.
  private func forgetLoaded(_ ticket: String) async { try? await forget(ticket) }

  /// A form that was sent twice finds its draft gone and its file there; else the draft has waited too long.
  private func forgotten(_ ticket: String) async throws -> Response {
    let hash = ImportDraft.contentHash(of: ticket)
    let twin = try await read { try $0.current().last { $0.contentHash == hash } }
    guard let twin else { throw ImportTexts.draftGone }
    return .seeOther(ImportAddress.done(twin.id, wasThere: true))
  }

  private func done(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let id = request.query["import"].flatMap { Int64($0) }
    let wasThere = request.query["again"] != nil
    let found = try await read { store in
      try store.all().first { $0.id == id }.map { ($0, try store.replaced(by: $0.id), try store.current()) }
    }
    guard let (file, replaced, current) = found else { throw Trouble.notFound(ImportTexts.noSuchImport) }
    let sum = file.kind == .ledger ? Money(ore: file.sumOre) : nil
    let outcome: ImportDoneModel.Outcome
    if wasThere {
      outcome = .unchanged
    } else if replaced.isEmpty {
      outcome = .loaded(rows: file.recordCount, sum: sum)
    } else {
      let names = replaced.map(\.fileName).joined(separator: ", ")
      outcome = .replaced(rows: file.recordCount, sum: sum, earlierFile: names)
    }
    let model = ImportDoneModel(
      file: file.fileName, kind: ImportTexts.name(of: file.kind), year: file.year?.number, outcome: outcome,
      missing: ImportDoneModel.missing(file.year, current))
    return ImportDoneView(model: model).page.response(request, context)
  }

  private func page(
    _ outcome: ImportDoneModel.Outcome, _ draft: ImportDraft, _ current: [ImportedFile]
  ) -> Page {
    let model = ImportDoneModel(
      file: draft.fileName, kind: ImportTexts.name(of: draft.kind), year: draft.year?.number, outcome: outcome,
      missing: ImportDoneModel.missing(draft.year, current))
    return ImportDoneView(model: model).page
  }
}

extension ImportDraft {
  /// The file to import.
  fileprivate func request(_ profile: ImportProfile, overlap: OverlapChoice = .stop) -> ImportRequest {
    ImportRequest(
      profile: profile, year: year, fileName: fileName, source: BytesInMemory(content), overlap: overlap)
  }
}
