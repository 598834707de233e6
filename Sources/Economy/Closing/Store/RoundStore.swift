import Database
import Ledger
import RuleKit
import SteeringCore

/// The closing rounds of one municipality, inside one transaction. Rounds are added, never changed.
struct RoundStore {
  let connection: any DatabaseConnection

  private static let columns = """
    fiscal_year, number, status, made_at, model_id, model_text, carried_from_year, carried_from_number, inputs_hash,
    all_count, all_ore, inside_count, inside_ore, outside_count, outside_ore, ignored_count, ignored_ore
    """

  /// All rounds, newest year and number first.
  func rounds() throws -> [Round] {
    let inputs = try self.inputs()
    return try connection.rows(
      "SELECT \(Self.columns) FROM closing_round WHERE tenant = :tenant ORDER BY fiscal_year DESC, number DESC"
    ).map { row in
      let id = try Self.id(row, "fiscal_year", "number")
      return try Round(row, id: id, inputs: inputs[id] ?? [])
    }
  }

  private static func id(_ row: DatabaseRow, _ year: String, _ number: String) throws -> Round.ID {
    guard let fiscal = FiscalYear(Int(try row.integer(year))) else { throw DatabaseError.misuse("a round of no year") }
    return Round.ID(year: fiscal, number: Int(try row.integer(number)))
  }

  private func inputs() throws -> [Round.ID: [Round.Input]] {
    var inputs: [Round.ID: [Round.Input]] = [:]
    try connection.forEachRow(
      """
      SELECT fiscal_year, number, import_id, kind, file_name, content_hash, record_count FROM closing_round_input
      WHERE tenant = :tenant ORDER BY fiscal_year, number, import_id
      """, [:]
    ) { row in
      guard let kind = FileKind(rawValue: try row.text("kind")) else { throw DatabaseError.misuse("an unknown input") }
      inputs[try Self.id(row, "fiscal_year", "number"), default: []].append(
        Round.Input(
          importID: try row.integer("import_id"), kind: kind, fileName: try row.text("file_name"),
          contentHash: try row.text("content_hash"), recordCount: Int(try row.integer("record_count"))))
    }
    return inputs
  }

  /// The units of a round, by code, as they were stored: outcomes without trace.
  func units(_ id: Round.ID) throws -> [UnitClosing] {
    try connection.rows(
      """
      SELECT unit, unit_name, pay_budget_ore, other_budget_ore, base_ore, carried_in_ore, actual_pay_ore,
        actual_other_ore, result_ore, balance_ore, balance_basis_points, light, duties, reviews, cumulated_ore,
        carried_in_from
      FROM closing_round_unit WHERE tenant = :tenant AND fiscal_year = :year AND number = :number ORDER BY unit
      """, id.bindings
    ).map(UnitClosing.init)
  }

  /// The light of each unit of a round, by the light's id: what a comparison needs, and no more.
  func lights(_ id: Round.ID) throws -> [UnitCode: String] {
    var lights: [UnitCode: String] = [:]
    try connection.forEachRow(
      "SELECT unit, light FROM closing_round_unit WHERE tenant = :tenant AND fiscal_year = :year AND number = :number",
      id.bindings
    ) { lights[UnitCode(try $0.text("unit"))] = try $0.text("light") }
    return lights
  }

  /// A unit in every round it is in.
  func history(_ unit: UnitCode) throws -> [Round.ID: UnitClosing] {
    var history: [Round.ID: UnitClosing] = [:]
    try connection.forEachRow(
      """
      SELECT fiscal_year, number, unit, unit_name, pay_budget_ore, other_budget_ore, base_ore, carried_in_ore,
        actual_pay_ore, actual_other_ore, result_ore, balance_ore, balance_basis_points, light, duties, reviews,
        cumulated_ore, carried_in_from
      FROM closing_round_unit WHERE tenant = :tenant AND unit = :unit
      """, ["unit": .text(unit.text)]
    ) { history[try Self.id($0, "fiscal_year", "number")] = try UnitClosing($0) }
    return history
  }

  /// How the units of a round ended, for the round of the next year.
  func ends(_ id: Round.ID) throws -> EarlierRound {
    EarlierRound(
      id: id, ends: Dictionary(uniqueKeysWithValues: try units(id).map { ($0.unit, ($0.name, $0.balance)) }))
  }

  /// Stores a round whole. Throws a constraint error where its number is taken.
  func add(_ round: Round, _ units: [UnitClosing]) throws {
    let totals = round.totals
    var values = round.id.bindings
    values["status"] = .text(round.status.rawValue)
    values["at"] = .integer(round.madeAt)
    values["model"] = .text(round.modelID)
    values["text"] = .text(round.modelText)
    values["from_year"] = DatabaseValue(round.carriedFrom?.year.number)
    values["from_number"] = DatabaseValue(round.carriedFrom?.number)
    values["hash"] = .text(round.inputsHash)
    let tallies = [
      ("all", totals.all), ("inside", totals.inside), ("outside", totals.outside), ("ignored", totals.ignored),
    ]
    for (name, tally) in tallies {
      values["\(name)_count"] = .integer(Int64(tally.lines))
      values["\(name)_ore"] = .integer(tally.ore)
    }
    try connection.run(
      """
      INSERT INTO closing_round (tenant, \(Self.columns)) VALUES (:tenant, :year, :number, :status, :at, :model, :text,
        :from_year, :from_number, :hash, :all_count, :all_ore, :inside_count, :inside_ore, :outside_count,
        :outside_ore, :ignored_count, :ignored_ore)
      """, values)
    try addInputs(round)
    try addUnits(units, round.id)
  }

  private func addInputs(_ round: Round) throws {
    let inputs = round.inputs
    try connection.runMany(
      """
      INSERT INTO closing_round_input
        (tenant, fiscal_year, number, import_id, kind, file_name, content_hash, record_count)
      VALUES (:tenant, :year, :number, :id, :kind, :name, :hash, :count)
      """,
      [
        "year": .same(.integer(Int64(round.id.year.number))), "number": .same(.integer(Int64(round.id.number))),
        "id": .integers(inputs.map(\.importID)), "kind": .texts(inputs.map(\.kind.rawValue)),
        "name": .texts(inputs.map(\.fileName)), "hash": .texts(inputs.map(\.contentHash)),
        "count": .integers(inputs.map { Int64($0.recordCount) }),
      ])
  }

  private func addUnits(_ units: [UnitClosing], _ id: Round.ID) throws {
    func money(_ value: (UnitClosing) -> Money) -> DatabaseColumn { .integers(units.map { value($0).ore }) }
    try connection.runMany(
      """
      INSERT INTO closing_round_unit (tenant, fiscal_year, number, unit, unit_name, pay_budget_ore, other_budget_ore,
        base_ore, carried_in_ore, actual_pay_ore, actual_other_ore, result_ore, balance_ore, balance_basis_points,
        light, duties, reviews, cumulated_ore, carried_in_from)
      VALUES (:tenant, :year, :number, :unit, :name, :pay_budget, :other_budget, :base, :carried_in, :pay, :other,
        :result, :balance, :points, :light, :duties, :reviews, :cumulated,
        :carried_in_from)
      """,
      [
        "year": .same(.integer(Int64(id.year.number))), "number": .same(.integer(Int64(id.number))),
        "unit": .texts(units.map(\.unit.text)), "name": .texts(units.map(\.name)),
        "pay_budget": money(\.payBudget), "other_budget": money(\.otherBudget), "base": money(\.base),
        "carried_in": money(\.carriedIn), "pay": money(\.actualPay), "other": money(\.actualOther),
        "result": money(\.result), "balance": money(\.balance),
        "points": .optionalIntegers(units.map(\.balanceBasisPoints)), "light": .texts(units.map(\.verdict.light)),
        "duties": .texts(units.map { $0.verdict.duties.joined(separator: "+") }),
        "reviews": .texts(units.map { $0.verdict.reviews.joined(separator: "+") }),
        "cumulated": .texts(units.map { $0.monthlyCumulated.map { String($0) }.joined(separator: "+") }),
        "carried_in_from": .optionalTexts(units.map { $0.carriedInFrom?.rawValue }),
      ])
  }
}

extension Round.ID {
  fileprivate var bindings: [String: DatabaseValue] {
    ["year": .integer(Int64(year.number)), "number": .integer(Int64(number))]
  }
}

extension Round {
  fileprivate init(_ row: DatabaseRow, id: ID, inputs: [Input]) throws {
    func tally(_ name: String) throws -> ClosingSums.Tally {
      .init(lines: Int(try row.integer("\(name)_count")), ore: try row.integer("\(name)_ore"))
    }
    guard let status = Status(rawValue: try row.text("status")) else { throw DatabaseError.misuse("a round's status") }
    var totals = ClosingTotals()
    totals.all = try tally("all")
    totals.inside = try tally("inside")
    totals.outside = try tally("outside")
    totals.ignored = try tally("ignored")
    var carriedFrom: ID?
    if let year = try row.optionalInteger("carried_from_year"), let fiscal = FiscalYear(Int(year)),
      let number = try row.optionalInteger("carried_from_number")
    {
      carriedFrom = ID(year: fiscal, number: Int(number))
    }
    self.init(
      id: id, status: status, madeAt: try row.integer("made_at"), modelID: try row.text("model_id"),
      modelText: try row.text("model_text"), inputs: inputs, carriedFrom: carriedFrom,
      inputsHash: try row.text("inputs_hash"), totals: totals)
  }
}

extension UnitClosing {
  fileprivate init(_ row: DatabaseRow) throws {
    func money(_ column: String) throws -> Money { Money(ore: try row.integer(column)) }
    func list(_ column: String) throws -> [String] { try row.text(column).split(separator: "+").map(String.init) }
    self.init(
      unit: UnitCode(try row.text("unit")), name: try row.text("unit_name"), payBudget: try money("pay_budget_ore"),
      otherBudget: try money("other_budget_ore"), base: try money("base_ore"), carriedIn: try money("carried_in_ore"),
      carriedInFrom: try row.optionalText("carried_in_from").flatMap(CarryInSource.init),
      actualPay: try money("actual_pay_ore"), actualOther: try money("actual_other_ore"),
      result: try money("result_ore"), balance: try money("balance_ore"),
      balanceBasisPoints: try row.optionalInteger("balance_basis_points"),
      verdict: Verdict(
        light: try row.text("light"), duties: try list("duties"), reviews: try list("reviews"), steps: []),
      monthlyCumulated: try list("cumulated_ore").map { Int64($0) ?? 0 })
    guard fits else { throw DatabaseError.of(.corrupt, detail: "the amounts of \(unit) in a round do not add up") }
  }
}
