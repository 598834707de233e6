public import SteeringCore

/// What a file holds.
public enum FileKind: String, CaseIterable, Sendable {
  /// Postings.
  case ledger
  /// Budgets by unit, with the balance carried in.
  case budget
  /// Action plans by unit.
  case plans
  /// Which accounts are pay, other, or outside the decentral economy.
  case accounts
  /// Units with parents and validity.
  case organisation
  /// Balances carried in, where the budget file has none.
  case carryOver = "carry-over"
}

/// What a column means. A profile says under which header it stands.
public enum FileColumn: String, CaseIterable, Sendable {
  case voucher, date, unit, function, kind, text, amount
  case name, payBudget = "pay", otherBudget = "other", carriedIn = "carried_in"
  case originalPay = "original_pay", originalOther = "original_other"
  case planYear = "plan_year", planKind = "plan_kind", approved, repaidBy = "repaid_by", kept
  case category
  case type, parent, citizenFacing = "citizen_facing", requiresAgreement = "requires_agreement"
  case validFrom = "valid_from", validTo = "valid_to"
  case staffing, remark, source
}

/// The date of postings in a file that has none.
public enum FixedDate: Hashable, Sendable {
  /// 31 December of the year the file is read for.
  case yearEnd
  /// One day.
  case day(CalendarDate)
}

/// How a row of totals at the end of a file is known. It is checked against the sum, and is no posting.
public struct TotalRowRule: Hashable, Sendable {
  /// These columns are blank in it, and the amount is not.
  public var blank: [FileColumn]
  /// This column holds this text.
  public var text: (column: FileColumn, value: String)?

  /// A rule; at least one of the two says something.
  public init(blank: [FileColumn] = [], text: (column: FileColumn, value: String)? = nil) {
    self.blank = blank
    self.text = text
  }

  /// Same rule.
  public static func == (left: TotalRowRule, right: TotalRowRule) -> Bool {
    left.blank == right.blank && left.text?.column == right.text?.column && left.text?.value == right.text?.value
  }

  /// Hashes the rule.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(blank)
    hasher.combine(text?.column)
    hasher.combine(text?.value)
  }
}

/// How one kind of file is written: a value, read from YAML elsewhere. The native profiles are Danish headers as
/// an ERP exports them.
public struct ImportProfile: Hashable, Sendable {
  /// The profile's name.
  public var name: String
  /// What the file holds.
  public var kind: FileKind
  /// How its bytes spell text.
  public var encoding: TextEncoding = .utf8
  /// What stands between fields, one ASCII byte.
  public var separator: UInt8 = UInt8(ascii: ";")
  /// How it writes amounts.
  public var amounts: AmountFormat = .native
  /// How it writes dates.
  public var dates: DatePattern = .native
  /// The date of rows in a file without a date column.
  public var fixedDate: FixedDate?
  /// Whether an expense is written as a positive amount in this file (budgets and ledgers).
  public var expenseIsPositive = true
  /// Whether a surplus is written as a positive amount in this file (balances carried in).
  public var surplusIsPositive = true
  /// Under which header each column stands; several names where the header changes from year to year.
  public var headers: [FileColumn: [String]]
  /// Records before the header that are no table.
  public var skippedRows = 0
  /// How a row of totals is known.
  public var totalRow: TotalRowRule?
  /// Whether a unit that the budget does not hold enters with budget 0.
  public var addsUnknownUnits = false
  /// Codes of accounts written without dots: a dot is put behind these many characters, so that `12000` with `[1]`
  /// is kind 1, `1.2000`.
  public var kindDots: [Int] = []

  /// A profile with the native spelling.
  public init(name: String, kind: FileKind, headers: [FileColumn: [String]]) {
    self.name = name
    self.kind = kind
    self.headers = headers
  }

  /// Columns without which the file cannot be read. A column is needed as soon as the profile names it, except the
  /// ones that may be missing in a native file.
  public func isNeeded(_ column: FileColumn) -> Bool {
    !Self.optionalColumns.contains(column) && headers[column] != nil
  }

  private static let optionalColumns: Set<FileColumn> = [.originalPay, .originalOther, .staffing, .remark, .source]
}

extension ImportProfile {
  /// `Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb`, expense positive.
  public static let ledger = ImportProfile(
    name: "ledger", kind: .ledger,
    headers: [
      .voucher: ["Bilagsnr"], .date: ["Bogføringsdato"], .unit: ["Aftaleenhed"], .function: ["Funktion"],
      .kind: ["Art"], .text: ["Tekst"], .amount: ["Beløb"],
    ])

  /// `Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel`, and where the file has them `Oprindelig løn;Oprindelig
  /// øvrig`, the budget as first adopted.
  public static let budget = ImportProfile(
    name: "budget", kind: .budget,
    headers: [
      .unit: ["Aftaleenhed"], .name: ["Navn"], .payBudget: ["Lønbudget"], .otherBudget: ["Øvrigbudget"],
      .carriedIn: ["Overførsel"], .originalPay: ["Oprindelig løn"], .originalOther: ["Oprindelig øvrig"],
    ])

  /// `Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt`.
  public static let plans = {
    var profile = ImportProfile(
      name: "plans", kind: .plans,
      headers: [
        .unit: ["Aftaleenhed"], .planYear: ["År"], .planKind: ["Art"], .approved: ["Godkendt"],
        .repaidBy: ["Tilbagebetalt senest"], .kept: ["Overholdt"],
      ])
    profile.dates = .iso
    return profile
  }()

  /// `Aftaleenhed;Funktion;Art;Kategori`.
  public static let accounts = ImportProfile(
    name: "accounts", kind: .accounts,
    headers: [.unit: ["Aftaleenhed"], .function: ["Funktion"], .kind: ["Art"], .category: ["Kategori"]])

  /// `Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til`, and where the file has them
  /// `Årsværk;Bemærkning;Kilde`: full-time equivalents, what there is to say about them, and where they stand.
  public static let organisation = {
    var profile = ImportProfile(
      name: "organisation", kind: .organisation,
      headers: [
        .unit: ["Kode"], .name: ["Navn"], .type: ["Type"], .parent: ["Overordnet"],
        .citizenFacing: ["Borgervendt"], .requiresAgreement: ["Kræver aftale"], .validFrom: ["Gyldig fra"],
        .validTo: ["Gyldig til"], .staffing: ["Årsværk"], .remark: ["Bemærkning"], .source: ["Kilde"],
      ])
    profile.dates = .iso
    return profile
  }()

  /// `Aftaleenhed;Overførsel`.
  public static let carryOver = ImportProfile(
    name: "carry-over", kind: .carryOver, headers: [.unit: ["Aftaleenhed"], .carriedIn: ["Overførsel"]])

  /// The table that `styrehus close --format csv` writes, read for the balances to carry in.
  public static let closingTable = {
    var profile = ImportProfile(
      name: "closing-csv", kind: .carryOver, headers: [.unit: ["unit"], .carriedIn: ["balanceOre"]])
    profile.amounts.thousandsSign = nil
    return profile
  }()

  /// The profiles that need no file.
  public static let native: [ImportProfile] = [
    .ledger, .budget, .plans, .accounts, .organisation, .carryOver, .closingTable,
  ]
}
