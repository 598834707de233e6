import Database
import Ledger
import RuleKit
import SteeringCore

extension ImportStore {
  /// Adds a budget: its rows, and the accounts behind them where it has a row for each.
  func add(_ budget: BudgetFile, to id: Int64) throws {
    try add(budget.rows, to: id)
    let accounts = budget.accounts
    try connection.runMany(
      """
      INSERT INTO ledger_import_budget_account
        (tenant, import_id, line, unit, account_function, account_kind, amount_ore)
      VALUES (:tenant, :id, :line, :unit, :function, :kind, :amount)
      """,
      [
        "id": .same(.integer(id)), "line": .integers(accounts.map { Int64($0.line) }),
        "unit": .texts(accounts.map(\.unit.text)), "function": .texts(accounts.map(\.function)),
        "kind": .texts(accounts.map(\.kind)), "amount": .integers(accounts.map(\.amount.ore)),
      ])
  }

  private func add(_ rows: [BudgetRow], to id: Int64) throws {
    func money(_ value: (BudgetRow) -> Money?) -> DatabaseColumn { .optionalIntegers(rows.map { value($0)?.ore }) }
    try connection.runMany(
      """
      INSERT INTO ledger_import_budget (tenant, import_id, unit, unit_name, pay_ore, other_ore, original_pay_ore,
        original_other_ore, carried_in_ore, line)
      VALUES (:tenant, :id, :unit, :name, :pay, :other, :original_pay, :original_other, :carried_in, :line)
      """,
      [
        "id": .same(.integer(id)), "unit": .texts(rows.map(\.unit.text)), "name": .texts(rows.map(\.name)),
        "pay": money { $0.pay }, "other": money { $0.other }, "original_pay": money { $0.originalPay },
        "original_other": money { $0.originalOther }, "carried_in": money { $0.carriedIn },
        "line": .integers(rows.map { Int64($0.line) }),
      ])
  }

  /// The rows of a budget, by unit. A budget by account is split as `mapping` says; without one, as it was when the
  /// file was imported.
  func budget(_ id: Int64, by mapping: AccountMapping? = nil) throws -> [BudgetRow] {
    let rows = try budgetRows(id)
    guard let mapping else { return rows }
    let accounts = try budgetAccounts(id)
    return accounts.isEmpty ? rows : BudgetRow.split(accounts, among: rows, by: mapping)
  }

  private func budgetAccounts(_ id: Int64) throws -> [BudgetAccount] {
    try connection.rows(
      """
      SELECT line, unit, account_function, account_kind, amount_ore FROM ledger_import_budget_account
      WHERE tenant = :tenant AND import_id = :id ORDER BY line
      """, ["id": .integer(id)]
    ).map { row in
      BudgetAccount(
        unit: UnitCode(try row.text("unit")), function: try row.text("account_function"),
        kind: try row.text("account_kind"), amount: Money(ore: try row.integer("amount_ore")),
        line: Int(try row.integer("line")))
    }
  }

  private func budgetRows(_ id: Int64) throws -> [BudgetRow] {
    try connection.rows(
      """
      SELECT unit, unit_name, pay_ore, other_ore, original_pay_ore, original_other_ore, carried_in_ore, line
      FROM ledger_import_budget WHERE tenant = :tenant AND import_id = :id ORDER BY unit
      """, ["id": .integer(id)]
    ).map { row in
      func money(_ column: String) throws -> Money? { try row.optionalInteger(column).map(Money.init(ore:)) }
      return BudgetRow(
        unit: UnitCode(try row.text("unit")), name: try row.text("unit_name"),
        pay: Money(ore: try row.integer("pay_ore")), other: Money(ore: try row.integer("other_ore")),
        originalPay: try money("original_pay_ore"), originalOther: try money("original_other_ore"),
        carriedIn: try money("carried_in_ore"), line: Int(try row.integer("line")))
    }
  }

  /// Adds plans.
  func add(_ rows: [PlanFile.Row], to id: Int64) throws {
    try connection.runMany(
      """
      INSERT INTO ledger_import_plan
        (tenant, import_id, line, unit, plan_kind, plan_year, approved_on, repaid_by, kept)
      VALUES (:tenant, :id, :line, :unit, :kind, :year, :approved, :repaid_by, :kept)
      """,
      [
        "id": .same(.integer(id)), "line": .integers(rows.map { Int64($0.line) }),
        "unit": .texts(rows.map(\.unit.text)),
        "kind": .texts(rows.map(\.plan.kind.rawValue)), "year": .integers(rows.map { Int64($0.plan.year) }),
        "approved": .optionalTexts(rows.map { $0.plan.approvedOn?.iso }),
        "repaid_by": .optionalIntegers(rows.map { $0.plan.repaidBy.map(Int64.init) }),
        "kept": .optionalIntegers(rows.map { $0.plan.kept.map { $0 ? 1 : 0 } }),
      ])
  }

  /// The plans of an import, by unit. `fileName` is where each says it comes from.
  func plans(_ file: ImportedFile) throws -> [UnitCode: [PlanFact]] {
    var plans: [UnitCode: [PlanFact]] = [:]
    try connection.forEachRow(
      """
      SELECT line, unit, plan_kind, plan_year, approved_on, repaid_by, kept FROM ledger_import_plan
      WHERE tenant = :tenant AND import_id = :id ORDER BY line
      """, ["id": .integer(file.id)]
    ) { row in
      let kind = try row.text("plan_kind")
      guard let known = PlanKind(rawValue: kind) else { throw DatabaseError.misuse("a plan of kind \(kind)") }
      let plan = PlanFact(
        kind: known, year: Int(try row.integer("plan_year")),
        approvedOn: try row.optionalText("approved_on").flatMap { CalendarDate(iso: $0) },
        repaidBy: try row.optionalInteger("repaid_by").map { Int($0) },
        kept: try row.optionalInteger("kept").map { $0 == 1 },
        origin: PlanOrigin(file: file.fileName, line: Int(try row.integer("line"))))
      plans[UnitCode(try row.text("unit")), default: []].append(plan)
    }
    return plans
  }

  /// Adds the rows of an account file.
  func add(_ rows: [(row: AccountMapping.Row, line: Int)], to id: Int64) throws {
    try connection.runMany(
      """
      INSERT INTO ledger_import_account (tenant, import_id, line, unit, account_function, account_kind, category)
      VALUES (:tenant, :id, :line, :unit, :function, :kind, :category)
      """,
      [
        "id": .same(.integer(id)), "line": .integers(rows.map { Int64($0.line) }), "unit": .texts(rows.map(\.row.unit)),
        "function": .texts(rows.map(\.row.function)), "kind": .texts(rows.map(\.row.kind)),
        "category": .integers(rows.map { Int64($0.row.category.rawValue) }),
      ])
  }

  /// The account mapping of an import; without one the kind of account decides.
  func mapping(_ id: Int64?) throws -> AccountMapping {
    var mapping = AccountMapping()
    guard let id else { return mapping }
    for row in try connection.rows(
      """
      SELECT unit, account_function, account_kind, category FROM ledger_import_account
      WHERE tenant = :tenant AND import_id = :id ORDER BY line
      """, ["id": .integer(id)])
    {
      let number = try row.integer("category")
      guard let category = UInt8(exactly: number).flatMap(AccountCategory.init(rawValue:)) else {
        throw DatabaseError.misuse("an account of category \(number)")
      }
      _ = mapping.add(
        .init(
          unit: try row.text("unit"), function: try row.text("account_function"), kind: try row.text("account_kind"),
          category: category))
    }
    return mapping
  }

  /// Adds balances carried in.
  func add(_ file: CarryOverFile, to id: Int64) throws {
    let units = file.balances.keys.sorted()
    try connection.runMany(
      """
      INSERT INTO ledger_import_carry_over (tenant, import_id, unit, balance_ore, line)
      VALUES (:tenant, :id, :unit, :balance, :line)
      """,
      [
        "id": .same(.integer(id)), "unit": .texts(units.map(\.text)),
        "balance": .integers(units.map { file.balances[$0]?.ore ?? 0 }),
        "line": .integers(units.map { Int64(file.lines[$0] ?? 0) }),
      ])
  }

  /// The balances carried in of an import.
  func carryOver(_ id: Int64) throws -> [UnitCode: Money] {
    var balances: [UnitCode: Money] = [:]
    try connection.forEachRow(
      "SELECT unit, balance_ore FROM ledger_import_carry_over WHERE tenant = :tenant AND import_id = :id ORDER BY unit",
      ["id": .integer(id)]
    ) { balances[UnitCode(try $0.text("unit"))] = Money(ore: try $0.integer("balance_ore")) }
    return balances
  }
}
