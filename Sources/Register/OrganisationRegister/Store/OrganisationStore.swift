public import Database
public import Organisation
public import SteeringCore

/// The versions of one municipality's organisation, inside one transaction. Writes only add.
public struct OrganisationStore {
  let connection: any DatabaseConnection

  /// The store on a connection.
  public init(_ connection: any DatabaseConnection) { self.connection = connection }

  /// Every version, the newest first.
  public func versions() throws -> [OrganisationVersion] {
    try connection.rows(
      """
      SELECT version, file_name, content_hash, profile, imported_at FROM organisation_register_version
      WHERE tenant = :tenant ORDER BY version DESC
      """
    ).map(OrganisationVersion.init)
  }

  /// The organisation as it is known now; nil where none has been imported.
  public func latest() throws -> OrganisationVersion? {
    try connection.row(
      """
      SELECT version, file_name, content_hash, profile, imported_at FROM organisation_register_version
      WHERE tenant = :tenant ORDER BY version DESC LIMIT 1
      """
    ).map(OrganisationVersion.init)
  }

  /// What a version holds. A version that does not exist holds nothing.
  public func content(of version: Int) throws -> OrganisationContent {
    let rows = try connection.rows(
      """
      SELECT place, code, name, kind, parent, citizen_facing, requires_agreement, valid_from, valid_to
      FROM organisation_register_unit WHERE tenant = :tenant AND version = :version ORDER BY place
      """, ["version": DatabaseValue(version)]
    ).map(OrganisationRow.init)
    guard let history = OrganisationHistory.build(rows, file: Self.unitTable).history else {
      throw DatabaseError.of(.corrupt, detail: "version \(version) of the organisation does not fit together")
    }
    return OrganisationContent(history: history, staffing: try staffing(of: version))
  }

  /// What the latest version holds; nothing where there is none.
  public func contentKnownNow() throws -> OrganisationContent {
    try latest().map { try content(of: $0.number) } ?? OrganisationContent(history: .empty)
  }

  /// The organisation on a day, as it is known now. Without units where none has been imported.
  public func tree(on date: CalendarDate) throws -> OrganisationTree {
    try contentKnownNow().history.at(date)
  }

  /// Adds a version, unless the latest one holds exactly the same.
  public func add(_ content: OrganisationContent, from source: OrganisationSource) throws -> OrganisationOutcome {
    let latest = try latest()
    if let latest, try self.content(of: latest.number) == content { return .unchanged(latest) }
    let version = OrganisationVersion(number: (latest?.number ?? 0) + 1, source: source)
    try connection.run(
      """
      INSERT INTO organisation_register_version (tenant, version, file_name, content_hash, profile, imported_at)
      VALUES (:tenant, :version, :file, :hash, :profile, :at)
      """,
      [
        "version": DatabaseValue(version.number), "file": .text(source.fileName), "hash": .text(source.contentHash),
        "profile": .text(source.profile), "at": .integer(source.importedAt),
      ])
    try add(content.history.units, to: version.number)
    try add(content.staffing, to: version.number)
    try connection.tell(
      Act(
        "import.organisation", object: "organisation \(version.number)", before: latest.map { "\($0.number)" } ?? "",
        after: source.contentHash))
    return .added(version)
  }

  /// As `add`, once for a key: the second time the version of the first time is given, and nothing is added. Throws
  /// `CommandReused` where the key was used for another content.
  public func add(
    _ content: OrganisationContent, from source: OrganisationSource, under key: CommandKey
  ) throws -> OrganisationOutcome {
    let command = Command(key, kind: "organisation") { [source.contentHash, source.profile] }
    let effect = try connection.once(command, record: \.record) { try add(content, from: source) }
    switch effect {
    case .done(let outcome): return outcome
    case .doneBefore(let decision):
      let fields = FieldText.fields(decision.outcome)
      let number = (fields["added"] ?? fields["unchanged"]).flatMap { Int($0) }
      guard let version = try versions().first(where: { $0.number == number }) else {
        throw DatabaseError.misuse("a command was recorded without its version of the organisation")
      }
      return fields["added"] == nil ? .unchanged(version) : .added(version)
    }
  }

  private static let unitTable = "organisation_register_unit"

  private func add(_ units: [OrganisationUnit], to version: Int) throws {
    try connection.runMany(
      """
      INSERT INTO organisation_register_unit (tenant, version, place, code, name, kind, parent, citizen_facing,
        requires_agreement, valid_from, valid_to)
      VALUES (:tenant, :version, :place, :code, :name, :kind, :parent, :citizen, :agreement, :from, :to)
      """,
      [
        "version": .same(DatabaseValue(version)), "place": .integers(units.indices.map { Int64($0 + 1) }),
        "code": .texts(units.map(\.code.text)), "name": .texts(units.map(\.name)), "kind": .texts(units.map(\.kind)),
        "parent": .optionalTexts(units.map { $0.parent?.text }),
        "citizen": .integers(units.map { $0.isCitizenFacing ? 1 : 0 }),
        "agreement": .integers(units.map { $0.requiresAgreement ? 1 : 0 }),
        "from": .texts(units.map(\.period.from.iso)), "to": .optionalTexts(units.map { $0.period.through?.iso }),
      ])
  }

  private func add(_ lines: [StaffingLine], to version: Int) throws {
    try connection.runMany(
      """
      INSERT INTO organisation_register_staffing (tenant, version, place, code, parent, level, name, tenths,
        remark_danish, remark_english, source_danish, source_english)
      VALUES (:tenant, :version, :place, :code, :parent, :level, :name, :tenths, :remark_danish, :remark_english,
        :source_danish, :source_english)
      """,
      [
        "version": .same(DatabaseValue(version)), "place": .integers(lines.indices.map { Int64($0 + 1) }),
        "code": .texts(lines.map(\.code.text)), "parent": .optionalTexts(lines.map { $0.parent?.text }),
        "level": .texts(lines.map(\.level)), "name": .texts(lines.map(\.name)),
        "tenths": .optionalIntegers(lines.map { $0.tenths.map(Int64.init) }),
        "remark_danish": .texts(lines.map(\.remark.danish)), "remark_english": .texts(lines.map(\.remark.english)),
        "source_danish": .texts(lines.map(\.source.danish)), "source_english": .texts(lines.map(\.source.english)),
      ])
  }

  private func staffing(of version: Int) throws -> [StaffingLine] {
    try connection.rows(
      """
      SELECT code, parent, level, name, tenths, remark_danish, remark_english, source_danish, source_english
      FROM organisation_register_staffing WHERE tenant = :tenant AND version = :version ORDER BY place
      """, ["version": DatabaseValue(version)]
    ).map(StaffingLine.init)
  }
}

extension OrganisationVersion {
  fileprivate init(_ row: DatabaseRow) throws {
    number = Int(try row.integer("version"))
    source = OrganisationSource(
      fileName: try row.text("file_name"), contentHash: try row.text("content_hash"),
      profile: try row.text("profile"), importedAt: try row.integer("imported_at"))
  }
}

extension OrganisationRow {
  fileprivate init(_ row: DatabaseRow) throws {
    let end = try row.optionalText("valid_to")
    let through = end.flatMap { CalendarDate(iso: $0) }
    guard (end == nil) == (through == nil) else {
      throw DatabaseError.of(.corrupt, detail: "a unit of the organisation with a last day that is none")
    }
    self.init(
      line: Int(try row.integer("place")), code: UnitCode(try row.text("code")), name: try row.text("name"),
      kind: try row.text("kind"), parent: try row.optionalText("parent").map { UnitCode($0) },
      isCitizenFacing: try row.bool("citizen_facing"), requiresAgreement: try row.bool("requires_agreement"),
      validFrom: CalendarDate(iso: try row.text("valid_from")), validTo: through)
  }
}

extension StaffingLine {
  fileprivate init(_ row: DatabaseRow) throws {
    self.init(
      code: UnitCode(try row.text("code")), parent: try row.optionalText("parent").map { UnitCode($0) },
      level: try row.text("level"), name: try row.text("name"),
      tenths: try row.optionalInteger("tenths").map { Int($0) },
      remark: Words(try row.text("remark_danish"), en: try row.text("remark_english")),
      source: Words(try row.text("source_danish"), en: try row.text("source_english")))
  }
}

extension OrganisationOutcome {
  /// What is recorded of it.
  fileprivate var record: String {
    switch self {
    case .added(let version): FieldText.text(["added": String(version.number)])
    case .unchanged(let version): FieldText.text(["unchanged": String(version.number)])
    }
  }
}
