import Ledger
import SteeringCore
import SurfaceKit

extension FileKind {
  /// The columns that a file of this kind can have.
  var columns: [FileColumn] {
    switch self {
    case .ledger: [.unit, .amount, .date, .kind, .function, .voucher, .text]
    case .budget:
      [.unit, .name, .payBudget, .otherBudget, .carriedIn, .originalPay, .originalOther, .amount, .kind, .function]
    case .plans: [.unit, .planYear, .planKind, .approved, .repaidBy, .kept]
    case .accounts: [.unit, .function, .kind, .category]
    case .organisation:
      [.unit, .name, .type, .parent, .citizenFacing, .requiresAgreement, .validFrom, .validTo]
        + [.staffing, .remark, .source]
    case .carryOver: [.unit, .carriedIn]
    }
  }

  /// The columns without which a file of this kind says nothing. What a budget needs besides depends on its shape.
  var neededColumns: [FileColumn] {
    switch self {
    case .ledger: [.unit, .amount, .date]
    case .budget: [.unit]
    case .plans: [.unit, .planYear, .planKind, .approved]
    case .accounts: [.unit, .function, .kind, .category]
    case .organisation: [.unit, .name, .type, .parent]
    case .carryOver: [.unit, .carriedIn]
    }
  }
}

/// The columns of a profile file: under which headers they stand, and whether they suffice for its kind.
struct ProfileColumns {
  /// The headers of each column, in the file's order of preference.
  private(set) var headers: [FileColumn: [String]] = [:]
  private let root: YamlMapping
  private let kind: FileKind?
  private static let key = ProfileKey.columns.rawValue

  /// Reads the columns; the document holds what is wrong. Without a kind all columns are allowed and none is needed.
  init(_ root: YamlMapping, kind: FileKind?, fixedDate: Bool) {
    self.root = root
    self.kind = kind
    guard let lists = root.lists(Self.key) else { return }
    let allowed = kind?.columns ?? FileColumn.allCases
    var taken: [String: YamlText] = [:]
    var unknown = false
    for (role, names) in lists {
      guard let word = root.choice(role, among: allowed.map(\.rawValue)), let column = FileColumn(rawValue: word)
      else {
        unknown = true
        continue
      }
      for name in names {
        if let first = taken[name.text] { complainTaken(name, by: first) }
        taken[name.text] = role
      }
      headers[column] = names.map(\.text)
    }
    // A misspelt column would be told a second time as a missing one.
    if !unknown, let kind { check(kind, fixedDate: fixedDate) }
  }

  private func check(_ kind: FileKind, fixedDate: Bool) {
    for column in kind.neededColumns where column != .date || !fixedDate { need(column) }
    if kind == .ledger, fixedDate, headers[.date] != nil {
      complain(
        Words("profilen har både datokolonne og fast dato", en: "the profile has both a date column and a fixed date"),
        Words("slet »date« eller »fixed_date«", en: "delete 'date' or 'fixed_date'"))
    }
    if kind == .budget { checkBudget() }
  }

  /// A budget has a row for each unit, or a row for each account; a mixture of the two would lose amounts.
  private func checkBudget() {
    let byUnit: [FileColumn] = [.payBudget, .otherBudget, .carriedIn, .originalPay, .originalOther]
    if headers[.amount] == nil {
      if headers[.payBudget] != nil || headers[.otherBudget] != nil {
        need(.payBudget)
        need(.otherBudget)
      } else {
        complain(
          Words("der mangler kolonner med budgettet", en: "columns with the budget are missing"),
          Words(
            "tilføj »pay« og »other«, eller »amount« og »kind«, hvis arten afgør, hvad der er løn",
            en: "add 'pay' and 'other', or 'amount' and 'kind' where the kind of account decides what is pay"))
      }
      return
    }
    need(.kind)
    for column in byUnit where headers[column] != nil {
      complain(
        Words(
          "»\(column.rawValue)« kan ikke stå sammen med »amount«",
          en: "'\(column.rawValue)' cannot stand beside 'amount'"),
        column == .carriedIn
          ? Words(
            "læs overførslen fra en fil for sig med --carry-over",
            en: "read the balances from a file of their own, --carry-over")
          : Words("slet den ene", en: "delete one of them"))
    }
  }

  private func need(_ column: FileColumn) {
    if headers[column] != nil { return }
    let word = column.rawValue
    let date = column == .date
    complain(
      Words("kolonnen »\(word)« mangler", en: "the column '\(word)' is missing"),
      Words(
        "tilføj »\(word):« med overskriften i filen"
          + (date ? ", eller »fixed_date:«, hvis filen ingen datoer har" : ""),
        en: "add '\(word):' with its header in the file"
          + (date ? ", or 'fixed_date:' where the file has no dates" : "")))
  }

  /// Refuses a key that needs a column the profile does not have.
  func expect(_ column: FileColumn, for key: String, at place: YamlPlace) {
    if headers[column] != nil { return }
    root.document.addError(
      at: place,
      read: Words(
        "»\(key)« bruger kolonnen »\(column.rawValue)«, som profilen ikke har",
        en: "'\(key)' uses the column '\(column.rawValue)', which the profile does not have"),
      remedy: Words(
        "tilføj kolonnen under »columns«, eller ret »\(key)«", en: "add the column under 'columns', or mend '\(key)'"))
  }

  private func complainTaken(_ name: YamlText, by role: YamlText) {
    root.document.addError(
      at: name.place,
      read: Words(
        "overskriften »\(name.text)« er allerede brugt til »\(role.text)« i linje \(role.place.line)",
        en: "the header '\(name.text)' is already used for '\(role.text)' in line \(role.place.line)"),
      remedy: Words("giv hver kolonne sin egen overskrift", en: "give each column a header of its own"))
  }

  private func complain(_ read: Words, _ remedy: Words) {
    root.document.addError(at: root.place(of: Self.key), read: read, remedy: remedy)
  }
}

extension ProfileColumns {
  /// How a row of totals is known; nil, with a finding, where the file says nothing of use.
  func totalRow() -> TotalRowRule? {
    let key = ProfileKey.totalRow.rawValue
    guard let total = root.mapping(key, keys: ["blank", "column", "text"]) else { return nil }
    expect(.amount, for: key, at: root.place(of: key))
    var rule = TotalRowRule()
    let blank = total.stands("blank") ? total.texts("blank") : []
    for text in blank ?? [] { if let column = role(text, in: total) { rule.blank.append(column) } }
    if total.stands("column") || total.stands("text") {
      let column = total.text("column").flatMap { role($0, in: total) }
      let text = total.text("text")
      if let column, let text { rule.text = (column, text.text) }
    } else if blank?.isEmpty == true {
      root.document.addError(
        at: root.place(of: key),
        read: Words("»\(key)« siger ikke, hvordan rækken kendes", en: "'\(key)' does not say how the row is known"),
        remedy: Words(
          "skriv de kolonner, der er tomme i den, under »blank«, eller en »column« og dens »text«",
          en: "write the columns that are blank in it under 'blank', or a 'column' and its 'text'"))
    }
    return rule
  }

  private func role(_ text: YamlText, in total: YamlMapping) -> FileColumn? {
    let allowed = (kind?.columns ?? FileColumn.allCases).filter { $0 != .amount }
    guard let column = total.choice(text, among: allowed.map(\.rawValue)).flatMap(FileColumn.init) else { return nil }
    expect(column, for: ProfileKey.totalRow.rawValue, at: text.place)
    return column
  }
}
