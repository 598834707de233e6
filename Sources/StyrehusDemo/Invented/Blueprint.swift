import SteeringCore

/// What units of one kind have in common: size, pay share, season, invoices.
struct UnitKind {
  let name: String
  /// The account function of the kind's own postings.
  let function: String
  /// Expenses of a year in whole thousands of kroner, 2022 level.
  let expenses: ClosedRange<Int64>
  /// Pay in percent of expenses.
  let payPercent: Int64
  /// Income in percent of expenses; over 100 the unit lives of its income and has no positive base.
  let incomePercent: Int64
  let season: Season
  /// Invoices in an even month.
  let invoices: Int64
  /// Whether the unit pays its own energy.
  let paysEnergy: Bool
  let citizenFacing: Bool
  let requiresAgreement: Bool
}

/// A year's course by month; 100 is an even month.
struct Season {
  let pay: [Int64]
  let purchases: [Int64]
}

/// An agreement unit of the invented municipality.
struct InventedUnit {
  let code: UnitCode
  let name: String
  let kind: UnitKind
  /// The first day, nil from the beginning.
  let from: CalendarDate?
  /// The last day, nil for ever.
  let to: CalendarDate?
  /// The unit that takes over the balance after the last day.
  let successor: UnitCode?
  /// The units that this one succeeds.
  var predecessors: [InventedUnit] = []

  /// The months of a year in which the unit is at work, nil when it is not.
  func months(of year: FiscalYear) -> ClosedRange<Int>? {
    if let from, from > year.lastDay { return nil }
    if let to, to < year.firstDay { return nil }
    let first = from.map { $0.year == year.number ? $0.month : 1 } ?? 1
    let last = to.map { $0.year == year.number ? $0.month : 12 } ?? 12
    return first...last
  }

  /// Numbers for one purpose of this unit in one year.
  func numbers(_ purpose: String, _ year: FiscalYear) -> SeededNumbers {
    SeededNumbers("\(code)/\(year)/\(purpose)")
  }
}

/// What is common to the whole municipality in a year.
struct YearPlan {
  let year: FiscalYear
  /// Growth over the year before, in thousandths.
  let payGrowth: Int64
  let otherGrowth: Int64
  /// How many of the units close red and yellow, in thousandths.
  let red: Int64
  let yellow: Int64
  /// The last month that is in the ledger; below 12 the year is still running.
  let lastMonth: Int

  var isWhole: Bool { lastMonth == 12 }
}

/// Everything the data files say about the invented municipality.
struct Blueprint {
  let units: [InventedUnit]
  let years: [YearPlan]
  /// The rows over the agreement units: code, name, type, parent.
  let organisation: [[String]]
  /// The rows of the accounts file, header first.
  let accounts: [[String]]
  let stories: [Story]
  let plans: [Plan]
  let catalogue: PostingCatalogue

  /// Reads the data files.
  init() throws(DemoDataError) {
    let kinds = try Self.kinds(seasons: Self.seasons())
    units = try Self.units(kinds)
    years = try Self.years()
    let table = try DataTable("organisation.csv", PackageResources.organisation_csv)
    organisation = try Self.fields(table, ["Kode", "Navn", "Type", "Overordnet"])
    let header = ["Aftaleenhed", "Funktion", "Art", "Kategori"]
    accounts = [header] + (try Self.fields(DataTable("accounts.csv", PackageResources.accounts_csv), header))
    stories = try Story.all()
    plans = try Plan.stories()
    catalogue = try PostingCatalogue()
  }

  private static func fields(_ table: DataTable, _ columns: [String]) throws(DemoDataError) -> [[String]] {
    var rows: [[String]] = []
    for row in table.rows {
      var fields: [String] = []
      for column in columns { fields.append(try row.text(column)) }
      rows.append(fields)
    }
    return rows
  }

  private static func seasons() throws(DemoDataError) -> [String: Season] {
    var halves: [String: [String: [Int64]]] = [:]
    for row in try DataTable("profiles.csv", PackageResources.profiles_csv).rows {
      halves[try row.text("Profil"), default: [:]][try row.text("Del")] = try row.numbers(DataTable.months)
    }
    var seasons: [String: Season] = [:]
    for (name, half) in halves {
      guard let pay = half["løn"], let purchases = half["køb"] else {
        throw DemoDataError(file: "profiles.csv", line: 0, message: "\(name) needs a row for løn and one for køb")
      }
      seasons[name] = Season(pay: pay, purchases: purchases)
    }
    return seasons
  }

  private static func kinds(seasons: [String: Season]) throws(DemoDataError) -> [String: UnitKind] {
    var kinds: [String: UnitKind] = [:]
    for row in try DataTable("kinds.csv", PackageResources.kinds_csv).rows {
      let name = try row.text("Slags")
      let (lowest, highest) = (try row.number("Fra"), try row.number("Til"))
      guard lowest > 0, lowest <= highest else { throw row.error("Fra and Til are no range, write the lower first") }
      guard let season = seasons[try row.text("Profil")] else {
        throw row.error("the season is unknown, add it to profiles.csv")
      }
      kinds[name] = UnitKind(
        name: name, function: try row.text("Funktion"), expenses: lowest...highest,
        payPercent: try row.number("Løn"), incomePercent: try row.number("Indtægt"), season: season,
        invoices: try row.number("Indkøb"), paysEnergy: try row.text("Energi") == "selv",
        citizenFacing: try row.yes("Borgervendt"), requiresAgreement: try row.yes("Kræver aftale"))
    }
    return kinds
  }

  private static func units(_ kinds: [String: UnitKind]) throws(DemoDataError) -> [InventedUnit] {
    var units: [InventedUnit] = []
    var places: Set<Substring> = []
    for row in try DataTable("places.csv", PackageResources.places_csv).rows {
      places.insert(try row.text("Sted")[...])
    }
    for row in try DataTable("units.csv", PackageResources.units_csv).rows {
      let name = try row.text("Navn")
      guard name.split(separator: " ").contains(where: places.contains) else {
        throw row.error("“\(name)” holds no place of places.csv, so it might be somebody's real name")
      }
      guard let kind = kinds[try row.text("Slags")] else { throw row.error("the kind is unknown, add it to kinds.csv") }
      units.append(
        InventedUnit(
          code: UnitCode(try row.text("Kode")), name: name, kind: kind,
          from: try row.date("Gyldig fra"), to: try row.date("Gyldig til"),
          successor: try row.optional("Efterfølger").map { UnitCode($0) }))
    }
    for index in units.indices {
      units[index].predecessors = units.filter { $0.successor == units[index].code }
    }
    return units
  }

  private static func years() throws(DemoDataError) -> [YearPlan] {
    var years: [YearPlan] = []
    for row in try DataTable("years.csv", PackageResources.years_csv).rows {
      years.append(
        YearPlan(
          year: try row.year("År"), payGrowth: try row.number("Vækst løn"),
          otherGrowth: try row.number("Vækst øvrig"), red: try row.number("Rød"), yellow: try row.number("Gul"),
          lastMonth: Int(try row.number("Måneder"))))
    }
    return years
  }
}

extension DataTable.Row {
  /// A fiscal year.
  func year(_ column: String) throws(DemoDataError) -> FiscalYear {
    guard let year = FiscalYear(Int(try number(column))) else { throw error("\(column) is no fiscal year") }
    return year
  }

  /// An ISO date, or nil when empty.
  func date(_ column: String) throws(DemoDataError) -> CalendarDate? {
    guard let text = try optional(column) else { return nil }
    guard let date = CalendarDate(iso: text) else { throw error("\(column) is “\(text)”, write a day like 2024-07-31") }
    return date
  }
}
