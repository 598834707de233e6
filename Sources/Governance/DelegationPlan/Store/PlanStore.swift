public import Database
public import SteeringCore

/// The adopted plans of one municipality, inside one transaction. Writes only add.
public struct PlanStore {
  let connection: any DatabaseConnection

  /// The store on a connection.
  public init(_ connection: any DatabaseConnection) { self.connection = connection }

  /// Every adoption with its plan, the newest first. Throws `DatabaseError`.
  public func all() throws -> [PlanInForce] { try adoptions() }

  /// The adoption of a number, or without one all of them, the newest first.
  private func adoptions(_ number: Int = 0) throws -> [PlanInForce] {
    try connection.rows(
      """
      SELECT number, plan, file_name, decided_on, valid_from, reference, recorded_at FROM delegation_plan_adoption
      WHERE tenant = :tenant AND (:number = 0 OR number = :number) ORDER BY number DESC
      """, ["number": DatabaseValue(number)]
    ).map { row in
      let (plan, _) = DelegationPlanFile.read(
        bytes: Array(try row.text("plan").utf8), fileName: try row.text("file_name"), demands: [])
      guard let plan, let decided = CalendarDate(iso: try row.text("decided_on")),
        let from = CalendarDate(iso: try row.text("valid_from"))
      else { throw DatabaseError.of(.corrupt, detail: "an adopted plan cannot be read") }
      return PlanInForce(
        plan: plan,
        adoption: PlanAdoption(
          number: Int(try row.integer("number")), term: CouncilTerm(of: from), decidedOn: decided, validFrom: from,
          reference: try row.text("reference"), recordedAt: try row.integer("recorded_at")))
    }
  }

  /// The number of the adopted plan that counts on a day; nil before any. Throws `DatabaseError`.
  func numberInForce(on day: CalendarDate) throws -> Int? {
    let row = try connection.row(
      "SELECT MAX(number) AS number FROM delegation_plan_adoption WHERE tenant = :tenant AND valid_from <= :day",
      ["day": .text(day.iso)])
    return try row?.optionalInteger("number").map { Int($0) }
  }

  /// The plan that counts on a day: the newest adopted one that is valid then; before any, the one that comes with the
  /// product. Throws `DatabaseError`.
  public func inForce(on day: CalendarDate) throws -> PlanInForce {
    try numberInForce(on: day).flatMap { try adoptions($0).first }
      ?? PlanInForce(plan: ShippedPlan.plan, adoption: nil)
  }

  /// Records that the council has adopted a plan. `text` is the plan's file. Gives its number. Throws `DatabaseError`.
  public func adopt(
    _ plan: DelegationPlan, text: String, fileName: String, decidedOn: CalendarDate, validFrom: CalendarDate,
    reference: String, at time: Int64
  ) throws -> Int {
    let last = try connection.row(
      "SELECT COALESCE(MAX(number), 0) AS last FROM delegation_plan_adoption WHERE tenant = :tenant")
    let number = try (last?.integer("last") ?? 0) + 1
    try connection.run(
      """
      INSERT INTO delegation_plan_adoption
        (tenant, number, plan, file_name, decided_on, valid_from, reference, recorded_at)
      VALUES (:tenant, :number, :plan, :file, :decided, :from, :reference, :at)
      """,
      [
        "number": .integer(number), "plan": .text(text), "file": .text(fileName), "decided": .text(decidedOn.iso),
        "from": .text(validFrom.iso), "reference": .text(reference), "at": .integer(time),
      ])
    try connection.tell(
      Act(
        "plan.adopt", object: "plan \(number)", before: number > 1 ? "plan \(number - 1)" : "",
        after: FieldText.text([
          "id": plan.id, "text": Act.fingerprint(of: text), "decidedOn": decidedOn.iso, "from": validFrom.iso,
          "reference": reference,
        ])))
    return Int(number)
  }
}
