import Database
import Ledger
import SteeringCore

/// A file that a page has shown and that waits for a person to say yes.
struct ImportDraft: Sendable {
  /// How long a draft waits, in seconds: a day.
  static let lifetime: Int64 = 86_400

  /// Names the draft: a part that nobody can guess, a dash, and the content's hash.
  let ticket: String
  /// What the file holds.
  let kind: FileKind
  /// The year it was sent for; nil where it belongs to none.
  let year: FiscalYear?
  /// The name of the profile to read it with.
  let profile: String
  /// The file's name as the browser sent it.
  let fileName: String
  /// Its bytes.
  let content: [UInt8]

  init(ticket: String, kind: FileKind, year: FiscalYear?, profile: String, fileName: String, content: [UInt8]) {
    self.ticket = ticket
    self.kind = kind
    self.year = year
    self.profile = profile
    self.fileName = fileName
    self.content = content
  }

  /// A draft of what was sent with a form. Its ticket follows from the form's key and all that was sent, so that the
  /// same form sent twice is the same draft, and the same page sent with something else is another one.
  init(
    key: CommandKey, kind: FileKind, year: FiscalYear?, profile: String, fileName: String, content: [UInt8]
  ) throws {
    let chosen = [key.text, kind.rawValue, year?.description ?? "", profile, fileName].joined(separator: "\n")
    let hash = try ContentHash.of(BytesInMemory(content))
    self.init(
      ticket: "\(ContentHash.of(chosen).prefix(32))-\(hash)", kind: kind, year: year, profile: profile,
      fileName: fileName, content: content)
  }

  /// The content's hash that a ticket names; nil where it names none.
  static func contentHash(of ticket: String) -> String? {
    ticket.split(separator: "-").dropFirst().first.map(String.init)
  }
}

extension ImportStore {
  /// Counts, or deletes, the files that have waited for a yes since before a moment, in seconds since 1 January 1970
  /// UTC. Throws `DatabaseError`.
  public func sweepDrafts(before moment: Int64, isCarriedOut: Bool) throws -> Int {
    try connection.sweep(
      [("ledger_import_draft", "created_at < :moment")], ["moment": .integer(moment)], isCarriedOut: isCarriedOut)
  }

  /// Keeps a draft, unless it is kept already, and forgets those that have waited too long.
  func keep(_ draft: ImportDraft, at time: Int64) throws {
    try connection.run(
      "DELETE FROM ledger_import_draft WHERE tenant = :tenant AND created_at < :oldest",
      ["oldest": .integer(time - ImportDraft.lifetime)])
    try connection.run(
      """
      INSERT INTO ledger_import_draft
        (tenant, draft_id, kind, fiscal_year, profile, file_name, content, created_at)
      VALUES (:tenant, :ticket, :kind, :year, :profile, :name, :content, :time)
      ON CONFLICT (tenant, draft_id) DO NOTHING
      """,
      [
        "ticket": .text(draft.ticket), "kind": .text(draft.kind.rawValue),
        "year": .integer(Int64(draft.year?.number ?? 0)), "profile": .text(draft.profile),
        "name": .text(draft.fileName), "content": .blob(draft.content), "time": .integer(time),
      ])
  }

  /// The draft of a ticket; nil where there is none (any longer).
  func draft(_ ticket: String) throws -> ImportDraft? {
    try connection.row(
      """
      SELECT kind, fiscal_year, profile, file_name, content FROM ledger_import_draft
      WHERE tenant = :tenant AND draft_id = :ticket
      """, ["ticket": .text(ticket)]
    ).map { row in
      let kind = try row.text("kind")
      guard let known = FileKind(rawValue: kind) else { throw DatabaseError.misuse("a draft of kind \(kind)") }
      return ImportDraft(
        ticket: ticket, kind: known, year: FiscalYear(Int(try row.integer("fiscal_year"))),
        profile: try row.text("profile"), fileName: try row.text("file_name"), content: try row.blob("content"))
    }
  }

  /// Forgets a draft whose file is being loaded. Throws `DraftAnswered` where it is not there any longer.
  func take(draft ticket: String) throws {
    guard try forget(draft: ticket) else { throw DraftAnswered() }
  }

  /// Forgets a draft; false where it is not there any longer, since somebody has answered it meanwhile.
  func forget(draft ticket: String) throws -> Bool {
    try connection.run(
      "DELETE FROM ledger_import_draft WHERE tenant = :tenant AND draft_id = :ticket", ["ticket": .text(ticket)]) == 1
  }
}

/// The file no longer waits for a yes: somebody has said stop while it was being read. Nothing of it is kept.
struct DraftAnswered: Error {}
