public import Database
public import Ledger
import SteeringCore

/// What a job that imports a file is about: the draft that a person has said yes to.
struct ImportErrand: Hashable, Sendable {
  /// The draft's ticket.
  let ticket: String
  /// What to do with vouchers that are there already; nil where nobody was asked.
  let overlap: OverlapChoice?
  /// The earlier imports that the person was shown with the choice, by number in order; empty where there were none.
  let seen: [Int64]
  /// The file's name, for those who look at the job.
  let fileName: String

  init(ticket: String, overlap: OverlapChoice?, seen: [Int64], fileName: String) {
    self.ticket = ticket
    self.overlap = overlap
    self.seen = seen
    self.fileName = fileName
  }

  /// The errand of a job.
  init(_ job: Job) {
    let fields = FieldText.fields(job.about)
    self.init(
      ticket: fields["ticket"] ?? "", overlap: fields["overlap"].flatMap(OverlapChoice.init),
      seen: Self.numbers(fields["seen"] ?? ""), fileName: fields["file"] ?? "")
  }

  var text: String {
    FieldText.text(["ticket": ticket, "overlap": overlap?.rawValue ?? "", "seen": Self.text(seen), "file": fileName])
  }

  /// The numbers of imports as a form and a job carry them.
  static func text(_ numbers: [Int64]) -> String { numbers.map(String.init).joined(separator: " ") }

  /// The numbers that a text carries, in order.
  static func numbers(_ text: String) -> [Int64] { text.split(separator: " ").compactMap { Int64($0) }.sorted() }

  /// The command that asks for it.
  func command(_ key: CommandKey) -> Command {
    Command(key, kind: ImportJobs.kind) { [ticket, overlap, seen] in
      [ticket, overlap?.rawValue ?? "", Self.text(seen)]
    }
  }
}

/// How a job that imported a file ended.
enum ImportResult: Hashable, Sendable {
  /// The import has this number.
  case imported(Int64)
  /// The import of this number has the same content.
  case already(Int64)
  /// The organisation has so many rows now.
  case organisation(rows: Int)
  /// The organisation was exactly so before.
  case organisationUnchanged

  var text: String {
    switch self {
    case .imported(let id): FieldText.text(["imported": String(id)])
    case .already(let id): FieldText.text(["already": String(id)])
    case .organisation(let rows): FieldText.text(["organisation": String(rows)])
    case .organisationUnchanged: FieldText.text(["organisation": ""])
    }
  }

  init?(_ text: String) {
    let fields = FieldText.fields(text)
    if let id = fields["imported"].flatMap({ Int64($0) }) {
      self = .imported(id)
    } else if let id = fields["already"].flatMap({ Int64($0) }) {
      self = .already(id)
    } else if let rows = fields["organisation"] {
      self = Int(rows).map { .organisation(rows: $0) } ?? .organisationUnchanged
    } else {
      return nil
    }
  }
}

/// Imports the files that wait, as jobs. Every server does them, since the file waits in the database.
public struct ImportJobs: Sendable {
  /// What these jobs are called.
  public static let kind = "import"

  let database: any MunicipalDatabase
  let tenant: Tenant
  let now: @Sendable () -> Int64
  let profiles: [ImportProfile]
  let organisation: OrganisationImporting?

  /// The jobs of a municipality; the same parts as the pages have.
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

  /// How they are done.
  public var jobKind: JobKind { JobKind(Self.kind) { try await carryOut($0) } }

  /// Imports the file of a job. The draft goes in the transaction that keeps the import and ends the job.
  private func carryOut(_ claim: JobClaim) async throws -> JobEnding {
    do {
      return try await load(claim)
    } catch is DraftAnswered {
      return .refused("")
    }
  }

  private func load(_ claim: JobClaim) async throws -> JobEnding {
    let errand = ImportErrand(claim.job)
    let draft = try await database.read(tenant) { try ImportStore($0).draft(errand.ticket) }
    guard let draft, let profile = draft.profile(among: profiles) else { return .refused("") }
    let request = draft.request(
      profile, overlap: errand.overlap ?? .stop, seen: errand.overlap == nil ? nil : Set(errand.seen))
    if draft.kind == .organisation, let organisation {
      let outcome = try await organisation.run(request) { connection, outcome in
        guard let result = outcome.result else { return }
        try ImportStore(connection).take(draft: errand.ticket)
        if case .organisationUnchanged = result { try connection.tell(.letGo(errand.fileName, kind: draft.kind)) }
        try claim.seal(connection, result: result.text)
      }
      return outcome.result == nil ? .refused("") : .sealed
    }
    let size = draft.content.count
    let importer = Importer(database: database, tenant: tenant, now: now)
    switch try await importer.run(
      request, takingEffect: .asJob(claim), ending: errand.ticket,
      progress: { try claim.reached(min($0, size), of: size) })
    {
    case .imported: return .sealed
    case .already(let file):
      try await database.write(tenant) { connection in
        try ImportStore(connection).take(draft: errand.ticket)
        try connection.tell(.letGo(errand.fileName, kind: file.kind))
        try claim.seal(connection, result: ImportResult.already(file.id).text)
      }
      return .sealed
    case .refused, .overlaps: return .refused("")
    }
  }
}

extension OrganisationImporting.Outcome {
  /// How a job with this outcome ends; nil where it was refused.
  fileprivate var result: ImportResult? {
    switch self {
    case .imported(let rows): .organisation(rows: rows)
    case .already: .organisationUnchanged
    case .refused: nil
    }
  }
}

extension ImportDraft {
  /// The profile to read it with.
  func profile(among profiles: [ImportProfile]) -> ImportProfile? {
    profiles.first { $0.name == profile && $0.kind == kind }
  }

  /// The file to import.
  func request(
    _ profile: ImportProfile, overlap: OverlapChoice = .stop, seen: Set<Int64>? = nil
  ) -> ImportRequest {
    ImportRequest(
      profile: profile, year: year, fileName: fileName, source: BytesInMemory(content), overlap: overlap,
      seen: seen)
  }
}
