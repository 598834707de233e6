public import Database
import HTTPTypes
public import Hummingbird
import Ledger
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
  let board: JobBoard
  let patience: Duration
  let doers: Doers

  /// The routes of a municipality that ask for these jobs at its board. Without an organisation importer among the
  /// jobs' parts the page takes no organisation files. Who confirms a file waits `patience` for its end, and looks at
  /// the page of the job after that.
  public init(
    _ jobs: ImportJobs, board: JobBoard, patience: Duration = .seconds(1), doers: Doers = .unknown
  ) {
    self.doers = doers
    database = jobs.database
    tenant = jobs.tenant
    now = jobs.now
    profiles = jobs.profiles
    organisation = jobs.organisation
    self.board = board
    self.patience = patience
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
    router.get(RouterPath(ImportAddress.jobs.text + "/{job}")) { request, context in
      try await DatabaseTrouble.tellingReader { try await job(request, context) }
    }
    router.get(RouterPath(ImportAddress.done.text)) { request, context in
      try await DatabaseTrouble.tellingReader { try await done(request, context) }
    }
  }

  var importer: Importer { Importer(database: database, tenant: tenant, now: now) }

  /// The kinds of file that the page takes, in the order in which they are best loaded. A ledger needs the budget of
  /// its year; the others may come at any time before the year is closed. Accounts stand first so that what the page
  /// shows of a budget by account is what a closing will make of it.
  var kinds: [FileKind] {
    (organisation == nil ? [] : [.organisation]) + [.accounts, .budget, .ledger, .carryOver, .plans]
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (ImportStore) throws -> T) async throws -> T {
    try await database.read(tenant) { try body(ImportStore($0)) }
  }
}

extension ImportRoutes {
  private func start(
    _ context: SurfaceContext, _ values: ImportStartModel.Values, _ errors: [ErrorSummary.Item]
  ) async throws -> Page {
    let files = try await read { try $0.current() }
    let running = try await board.unfinished(ImportJobs.kind)
    let model = ImportStartModel(
      files: files, running: running.map(ImportStartModel.Running.init), kinds: kinds, profiles: profiles,
      values: values, errors: errors, token: context.formToken, key: CommandKey.fresh().text)
    return ImportStartView(model: model).page
  }

  private func preview(_ request: Request, _ context: SurfaceContext) async throws -> Response {
    let body = try await FormBody.ours(request, context, limit: Self.largestUpload)
    guard let key = CommandKey(body.text("key")) else { throw Trouble.foreignForm }
    let form = ImportForm(body, kinds: kinds, profiles: profiles)
    guard let sent = form.sent else {
      return try await start(context, form.values, form.errors)
        .response(request, context, status: .unprocessableContent)
    }
    let draft = try ImportDraft(
      key: key, kind: sent.profile.kind, year: sent.year, profile: sent.profile.name, fileName: sent.fileName,
      content: sent.bytes)
    let looked = try await look(draft, sent.profile)
    if looked.isUsable {
      let time = now()
      try await database.write(tenant) { connection in
        try ImportStore(connection).keep(draft, at: time)
        try connection.tell(.lookedAt(draft))
      }
    }
    return page(of: looked, draft, context).response(
      request, context, status: looked.isUsable ? .ok : .unprocessableContent)
  }

  func look(_ draft: ImportDraft, _ profile: ImportProfile) async throws -> FilePreview {
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
    if looked.civilNumbers.count > 0 {
      looked.findings.add(ImportTexts.civilNumbersInTexts(looked.civilNumbers, in: draft.fileName))
    }
    return looked
  }

  func page(of preview: FilePreview, _ draft: ImportDraft, _ context: SurfaceContext) -> Page {
    ImportPreviewView(
      model: .init(preview: preview, draft: draft, token: context.formToken, key: CommandKey.fresh().text)
    ).page
  }
}
