import Database
import Ledger
import SteeringCore

/// What is signed, which controls there are, and which months are frozen, inside one transaction.
struct SupervisionStore {
  let connection: any DatabaseConnection

  // MARK: - Controls

  /// The controls in force, by number; the first one where nobody has made a list.
  func controls() throws -> [SupervisionControl] {
    var newest: [Int64: SupervisionControl?] = [:]
    try connection.forEachRow(
      """
      SELECT control_id, name, task, months, asks_for_evidence, is_withdrawn FROM supervision_control
      WHERE tenant = :tenant ORDER BY control_id, version
      """, [:]
    ) { row in
      let id = try row.integer("control_id")
      let control = SupervisionControl(
        id: id, name: try row.text("name"), task: try row.text("task"),
        months: try row.text("months").split(separator: " ").compactMap { Int($0) },
        asksForEvidence: try row.integer("asks_for_evidence") != 0)
      newest[id] = try row.integer("is_withdrawn") == 0 ? .some(control) : .some(nil)
    }
    if newest.isEmpty { return [.first] }
    return newest.sorted { $0.key < $1.key }.compactMap(\.value)
  }

  /// Writes a control, or a newer version of one. The first list begins with the control that applied until then.
  func write(_ control: SupervisionControl, isWithdrawn: Bool = false, at: Int64) throws {
    let count = try connection.row("SELECT COUNT(*) AS n FROM supervision_control WHERE tenant = :tenant", [:])?
      .integer("n")
    if count == 0 { try insert(.first, id: 0, isWithdrawn: false, at: at) }
    let next = try connection.row(
      "SELECT COALESCE(MAX(control_id), 0) + 1 AS n FROM supervision_control WHERE tenant = :tenant", [:]
    )?.integer("n")
    let isKnown = try controls().contains { $0.id == control.id }
    try insert(control, id: isKnown && control.id >= 0 ? control.id : next ?? 1, isWithdrawn: isWithdrawn, at: at)
  }

  private func insert(_ control: SupervisionControl, id: Int64, isWithdrawn: Bool, at: Int64) throws {
    try connection.run(
      """
      INSERT INTO supervision_control (tenant, control_id, version, name, task, months, asks_for_evidence,
        is_withdrawn, written_at)
      SELECT :tenant, :id, COALESCE(MAX(version), 0) + 1, :name, :task, :months, :evidence, :withdrawn, :at
      FROM supervision_control WHERE tenant = :tenant AND control_id = :id
      """,
      [
        "id": .integer(id), "name": .text(control.name), "task": .text(control.task),
        "months": .text(control.months.map(String.init).joined(separator: " ")),
        "evidence": .integer(control.asksForEvidence ? 1 : 0), "withdrawn": .integer(isWithdrawn ? 1 : 0),
        "at": .integer(at),
      ])
    try connection.tell(
      Act(
        "supervision.controls", object: "control \(id)",
        after: isWithdrawn ? "withdrawn" : control.months.map(String.init).joined(separator: " ")))
  }

  // MARK: - Frozen months

  /// The months of a year that are frozen.
  func frozen(_ year: FiscalYear) throws -> Set<Int> {
    Set(
      try connection.rows(
        "SELECT month FROM supervision_frozen WHERE tenant = :tenant AND fiscal_year = :year",
        ["year": .integer(Int64(year.number))]
      ).map { Int(try $0.integer("month")) })
  }

  /// Freezes a month; false where it was frozen already.
  func freeze(_ month: SupervisionMonth, at: Int64) throws -> Bool {
    var values = month.bindings
    values["at"] = .integer(at)
    let isNew = try connection.run(
      """
      INSERT INTO supervision_frozen (tenant, fiscal_year, month, frozen_at) VALUES (:tenant, :year, :month, :at)
      ON CONFLICT (tenant, fiscal_year, month) DO NOTHING
      """, values)
    if isNew == 1 { try connection.tell(Act("supervision.freeze", object: "month \(month.text)", after: "frozen")) }
    return isNew == 1
  }

  // MARK: - Sign-offs

  private static let columns = """
    fiscal_year, month, unit, version, signed_at, pay_ore, other_ore, proposed_ore, spent_ore, budget_ore, reason,
    assumptions, uncertainties, attention
    """

  /// What counts of a year: the newest version of each unit and month, without what was said about controls and
  /// postings.
  func signOffs(_ year: FiscalYear) throws -> [SupervisionMonth: [UnitCode: SignOff]] {
    var found: [SupervisionMonth: [UnitCode: SignOff]] = [:]
    try connection.forEachRow(
      """
      SELECT \(Self.columns) FROM supervision_sign_off WHERE tenant = :tenant AND fiscal_year = :year
      ORDER BY month, unit, version
      """, ["year": .integer(Int64(year.number))]
    ) { row in
      let signOff = try SignOff(row, controls: [], looks: [])
      found[signOff.month, default: [:]][signOff.unit] = signOff
    }
    return found
  }

  /// What counts of a unit's month, whole; nil where it is not signed.
  func signOff(_ unit: UnitCode, _ month: SupervisionMonth) throws -> SignOff? {
    var values = month.bindings
    values["unit"] = .text(unit.text)
    let own = "tenant = :tenant AND fiscal_year = :year AND month = :month AND unit = :unit"
    guard
      let row = try connection.row(
        "SELECT \(Self.columns) FROM supervision_sign_off WHERE \(own) ORDER BY version DESC LIMIT 1", values)
    else { return nil }
    values["version"] = .integer(try row.integer("version"))
    let controls = try connection.rows(
      """
      SELECT control_id, evidence FROM supervision_control_done WHERE \(own) AND version = :version
      ORDER BY control_id
      """, values
    ).map { SignOff.ControlDone(control: try $0.integer("control_id"), evidence: try $0.text("evidence")) }
    let looks = try connection.rows(
      "SELECT posting, reason, is_right FROM supervision_look WHERE \(own) AND version = :version ORDER BY posting",
      values
    ).compactMap { row in
      let reason = LookReason(rawValue: try row.text("reason"))
      let (posting, isRight) = (try row.text("posting"), try row.integer("is_right") != 0)
      return reason.map { SignOff.LookAnswer(posting: posting, reason: $0, isRight: isRight) }
    }
    return try SignOff(row, controls: controls, looks: looks)
  }

  /// Stores a sign-off. Throws a constraint error where its version is taken.
  func add(_ signOff: SignOff, before: SignOff?) throws {
    var key = signOff.month.bindings
    key["unit"] = .text(signOff.unit.text)
    key["version"] = .integer(Int64(signOff.version))
    var values = key
    values["at"] = .integer(signOff.signedAt)
    values["pay"] = .integer(signOff.pay.ore)
    values["other"] = .integer(signOff.other.ore)
    values["proposed"] = DatabaseValue(signOff.proposed?.ore)
    values["spent"] = .integer(signOff.spent.ore)
    values["budget"] = .integer(signOff.budget.ore)
    values["reason"] = .text(signOff.reason)
    values["assumptions"] = .text(signOff.assumptions)
    values["uncertainties"] = .text(signOff.uncertainties)
    values["attention"] = .text(signOff.attention)
    try connection.run(
      """
      INSERT INTO supervision_sign_off (tenant, \(Self.columns)) VALUES (:tenant, :year, :month, :unit, :version, :at,
        :pay, :other, :proposed, :spent, :budget, :reason, :assumptions, :uncertainties, :attention)
      """, values)
    for done in signOff.controls {
      values = key
      values["control"] = .integer(done.control)
      values["evidence"] = .text(done.evidence)
      try connection.run(
        """
        INSERT INTO supervision_control_done (tenant, fiscal_year, month, unit, version, control_id, evidence)
        VALUES (:tenant, :year, :month, :unit, :version, :control, :evidence)
        """, values)
    }
    for look in signOff.looks {
      values = key
      values["posting"] = .text(look.posting)
      values["reason"] = .text(look.reason.rawValue)
      values["right"] = .integer(look.isRight ? 1 : 0)
      try connection.run(
        """
        INSERT INTO supervision_look (tenant, fiscal_year, month, unit, version, posting, reason, is_right)
        VALUES (:tenant, :year, :month, :unit, :version, :posting, :reason, :right)
        """, values)
    }
    func told(_ signOff: SignOff) -> String { "\(signOff.pay.ore) + \(signOff.other.ore)" }
    try connection.tell(
      Act(
        "supervision.sign", object: "\(signOff.unit.text) \(signOff.month.text)",
        before: before.map(told) ?? "", after: told(signOff)))
  }
}

extension SupervisionMonth {
  /// The month for a statement.
  var bindings: [String: DatabaseValue] {
    ["year": .integer(Int64(year.number)), "month": .integer(Int64(month))]
  }
}

extension SignOff {
  fileprivate init(_ row: DatabaseRow, controls: [ControlDone], looks: [LookAnswer]) throws {
    guard let year = FiscalYear(Int(try row.integer("fiscal_year"))),
      let month = SupervisionMonth(year, Int(try row.integer("month")))
    else { throw DatabaseError.misuse("a sign-off of no month") }
    func money(_ column: String) throws -> Money { Money(ore: try row.integer(column)) }
    self.init(
      unit: UnitCode(try row.text("unit")), month: month, version: Int(try row.integer("version")),
      signedAt: try row.integer("signed_at"), pay: try money("pay_ore"), other: try money("other_ore"),
      proposed: try row.optionalInteger("proposed_ore").map { Money(ore: $0) }, spent: try money("spent_ore"),
      budget: try money("budget_ore"), reason: try row.text("reason"), assumptions: try row.text("assumptions"),
      uncertainties: try row.text("uncertainties"), attention: try row.text("attention"), controls: controls,
      looks: looks)
  }
}
