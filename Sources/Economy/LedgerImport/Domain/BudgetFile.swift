public import Ledger
public import SteeringCore
import SurfaceKit

/// The budget of one unit for one year, as read from a budget file. Expenses are positive.
public struct BudgetRow: Hashable, Sendable {
  /// The agreement unit.
  public let unit: UnitCode
  /// Its name in the file; the code where the file has no names.
  public let name: String
  /// Adjusted budget for pay, without carry-over.
  public var pay: Money
  /// Adjusted budget for other operations, without carry-over.
  public var other: Money
  /// The budget for pay as first adopted, where the file tells.
  public var originalPay: Money?
  /// The budget for other operations as first adopted, where the file tells.
  public var originalOther: Money?
  /// The balance carried in, positive = surplus; nil where the file has no such column.
  public var carriedIn: Money?
  /// The row's first line in the file; 0 for a unit that entered without a budget.
  public let line: Int
  /// The lines that made the budget for pay: the row's own, or those of its accounts. Empty without a budget.
  public var payLines: [Int]
  /// The lines that made the budget for other operations.
  public var otherLines: [Int]

  /// A row of a budget. Both halves are said to come from `line`, where there is one.
  public init(
    unit: UnitCode, name: String, pay: Money, other: Money, originalPay: Money? = nil, originalOther: Money? = nil,
    carriedIn: Money? = nil, line: Int
  ) {
    self.unit = unit
    self.name = name
    self.pay = pay
    self.other = other
    self.originalPay = originalPay
    self.originalOther = originalOther
    self.carriedIn = carriedIn
    self.line = line
    payLines = line > 0 ? [line] : []
    otherLines = payLines
  }
}

/// The budget of one account of a unit, from a file with a row for each. Where it counts is decided when a year is
/// closed, by the accounts that hold then.
public struct BudgetAccount: Hashable, Sendable {
  /// The agreement unit.
  public let unit: UnitCode
  /// The account's function; empty where the file has none.
  public let function: String
  /// The account's kind, with the dots that the profile puts in.
  public let kind: String
  /// Expenses are positive.
  public let amount: Money
  /// The row's first line in the file.
  public let line: Int
}

/// Reads budget files: one row a unit with pay and other (native), or one amount a row with a code that decides.
public struct BudgetFile: Sendable {
  /// The rows, in file order.
  public var rows: [BudgetRow] = []
  /// The accounts behind the rows, in file order; empty for a file with one row a unit.
  public private(set) var accounts: [BudgetAccount] = []
  /// What is wrong or worth saying.
  public var findings = Findings()
  /// The file's own total, where its profile knows one.
  public var controlTotal: ControlTotal?

  /// Reads a budget. `mapping` decides the category where the profile has one amount column and a code (see
  /// `BudgetRow.split`).
  public static func read(
    _ source: any ByteSource, name: String, profile: ImportProfile, mapping: AccountMapping
  ) throws -> BudgetFile {
    let reader = TableReader(source: source, fileName: name, profile: profile)
    var file = BudgetFile()
    if try reader.open() {
      if profile.headers[.amount] == nil {
        try file.readByUnit(reader)
      } else {
        try file.readByCode(reader)
        file.rows = BudgetRow.split(file.accounts, among: file.rows, by: mapping)
      }
    }
    file.findings = reader.findings
    return file
  }

  private mutating func readByUnit(_ reader: TableReader) throws {
    var lines: [UnitCode: Int] = [:]
    let expense: Int64 = reader.profile.expenseIsPositive ? 1 : -1
    let surplus: Int64 = reader.profile.surplusIsPositive ? 1 : -1
    func money(_ column: FileColumn, _ sign: Int64) -> Money? { reader.ore(column).map { Money(ore: $0 * sign) } }
    while try reader.next() {
      let unit = UnitCode(reader.text(.unit))
      if unit.text.isEmpty { reader.complainEmptyUnit() }
      let pay = money(.payBudget, expense)
      let other = money(.otherBudget, expense)
      let originalPay = money(.originalPay, expense)
      let originalOther = money(.originalOther, expense)
      let carriedIn = money(.carriedIn, surplus)
      if let first = lines[unit] { reader.complainTwice(unit, firstLine: first) }
      lines[unit] = lines[unit] ?? reader.line
      guard let pay, let other else { continue }
      let original = (originalPay ?? pay).adding(originalOther ?? other)
      if pay.adding(other) == nil || original == nil {
        complainTooLarge(reader, unit)
        continue
      }
      let name = reader.text(.name)
      rows.append(
        BudgetRow(
          unit: unit, name: name.isEmpty ? unit.text : name, pay: pay, other: other, originalPay: originalPay,
          originalOther: originalOther, carriedIn: carriedIn, line: reader.line))
    }
  }

  private func complainTooLarge(_ reader: TableReader, _ unit: UnitCode) {
    reader.complain(
      at: .otherBudget,
      Words(
        "løn og øvrig drift er tilsammen for stort for enheden \(unit.text.quoted)",
        en: "pay and other operations of the unit \(unit.text.quoted) are too large together"),
      Words("se efter beløb, der er for store", en: "look for amounts that are too large"))
  }

  private mutating func readByCode(_ reader: TableReader) throws {
    // How large the amounts of a unit are, signs dropped: within 64 bits, whatever the accounts make of them later.
    var sizes: [UnitCode: UInt64] = [:]
    let sign: Int64 = reader.profile.expenseIsPositive ? 1 : -1
    var sum: Int128 = 0
    while try reader.next() {
      let unit = UnitCode(reader.text(.unit))
      if unit.text.isEmpty { reader.complainEmptyUnit() }
      guard let ore = reader.ore(.amount) else { continue }
      sum += Int128(ore)
      if sizes[unit] == nil { rows.append(.empty(unit, name: reader.text(.name), line: reader.line)) }
      let (size, overflow) = (sizes[unit] ?? 0).addingReportingOverflow(ore.magnitude)
      sizes[unit] = overflow ? .max : size
      if overflow || size > UInt64(Int64.max) {
        reader.complainTooLarge()
        continue
      }
      accounts.append(
        BudgetAccount(
          unit: unit, function: reader.text(.function), kind: reader.dottedKind, amount: Money(ore: ore * sign),
          line: reader.line))
    }
    guard let sum = Int64(exactly: sum) else { return reader.complainTooLarge() }
    controlTotal = reader.controlTotal(sumOre: sum)
  }
}

extension BudgetRow {
  /// A unit met for the first time in a file with a row for each account.
  fileprivate static func empty(_ unit: UnitCode, name: String, line: Int) -> BudgetRow {
    var row = BudgetRow(unit: unit, name: name.isEmpty ? unit.text : name, pay: .zero, other: .zero, line: line)
    row.payLines = []
    row.otherLines = []
    return row
  }

  /// The rows with the budgets that the accounts make: pay, other, and outside the decentral economy, which is left out
  /// . Whatever stood in the rows is replaced. The amounts have been checked to fit when they were read.
  static func split(
    _ accounts: [BudgetAccount], among rows: [BudgetRow], by mapping: AccountMapping
  ) -> [BudgetRow] {
    var rows = rows.map { BudgetRow.empty($0.unit, name: $0.name, line: $0.line) }
    let places = Dictionary(rows.enumerated().map { ($1.unit, $0) }, uniquingKeysWith: { first, _ in first })
    for account in accounts {
      guard let place = places[account.unit] else { continue }
      switch mapping.category(unit: account.unit.text, function: account.function, kind: account.kind) {
      case .pay:
        rows[place].pay = rows[place].pay.adding(account.amount) ?? .zero
        rows[place].payLines.append(account.line)
      case .other:
        rows[place].other = rows[place].other.adding(account.amount) ?? .zero
        rows[place].otherLines.append(account.line)
      case .outside: break
      }
    }
    return rows
  }
}

/// Reads balances to carry in.
public struct CarryOverFile: Sendable {
  /// The balance by unit, positive = surplus.
  public var balances: [UnitCode: Money] = [:]
  /// The line of each unit.
  public var lines: [UnitCode: Int] = [:]
  /// The number of the column with the units, from 1.
  public var unitColumn = 1
  /// What is wrong or worth saying.
  public var findings = Findings()

  /// Reads a carry-over file, or the table of an earlier closing, whose codes get back what was put in front of them.
  public static func read(_ source: any ByteSource, name: String, profile: ImportProfile) throws -> CarryOverFile {
    let reader = TableReader(source: source, fileName: name, profile: profile)
    var file = CarryOverFile()
    let isOurs = profile.name == ImportProfile.closingTable.name
    if try reader.open() {
      file.unitColumn = reader.number(.unit)
      while try reader.next() {
        let code = reader.text(.unit)
        let unit = UnitCode(isOurs ? CSVText.original(code) : code)
        if unit.text.isEmpty { reader.complainEmptyUnit() }
        if let first = file.lines[unit] { reader.complainTwice(unit, firstLine: first) }
        file.lines[unit] = file.lines[unit] ?? reader.line
        guard let ore = reader.ore(.carriedIn) else { continue }
        file.balances[unit] = Money(ore: reader.profile.surplusIsPositive ? ore : -ore)
      }
    }
    file.findings = reader.findings
    return file
  }
}

extension TableReader {
  func complainEmptyUnit() {
    complain(
      at: .unit, Words("koden er tom", en: "the code is empty"),
      Words("skriv enhedens kode, eller slet rækken", en: "write the unit's code, or delete the record"))
  }

  func complainTooLarge() {
    complain(
      at: .amount, Words("summen af beløbene er for stor", en: "the sum of the amounts is too large"),
      Words("se efter beløb, der er for store", en: "look for amounts that are too large"))
  }

  func complainTwice(_ unit: UnitCode, firstLine: Int) {
    complain(
      at: .unit,
      Words(
        "enheden \(unit.text.quoted) står allerede i linje \(firstLine)",
        en: "the unit \(unit.text.quoted) stands already in line \(firstLine)"),
      Words("læg rækkerne sammen, eller ret koden", en: "add the records together, or mend the code"))
  }
}
