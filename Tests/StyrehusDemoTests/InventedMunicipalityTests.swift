import SteeringCore
import StyrehusDemo
import Testing

/// The dataset and its closings, made once for all tests.
enum Invented {
  static let dataset = Result { try Demo.inventedMunicipality() }
  static let closings = dataset.map { dataset in dataset.years.map { NativeClosing(dataset, $0) } }

  static let ledgers = dataset.map { dataset in
    Dictionary(uniqueKeysWithValues: dataset.years.map { ($0, NativeReader(dataset.file(.ledger, $0))) })
  }

  /// A year's ledger.
  static func ledger(_ year: FiscalYear) throws -> NativeReader { try #require(try ledgers.get()[year]) }

  /// Year, closing: the four of them.
  static func years() throws -> [(year: FiscalYear, closing: NativeClosing)] {
    zip(try dataset.get().years, try closings.get()).map { ($0, $1) }
  }
}

@Suite("The invented municipality's organisation")
struct InventedOrganisationTests {
  let organisation: NativeReader
  let rows: [[Substring: Substring]]

  init() throws {
    organisation = NativeReader(try Invented.dataset.get().file(.organisation))
    rows = organisation.rows
  }

  @Test("has one municipality, five directorates, service areas under each, and some 210 agreement units")
  func shape() {
    #expect(
      organisation.header.joined(separator: ";")
        == "Kode;Navn;Type;Overordnet;Borgervendt;Kræver aftale;Gyldig fra;Gyldig til")
    let types = Dictionary(grouping: rows, by: { $0["Type"] ?? "" }).mapValues(\.count)
    #expect(types["kommune"] == 1)
    #expect(types["forvaltning"] == 5)
    #expect((10...18).contains(types["chefområde"] ?? 0))
    #expect((205...225).contains(types["aftaleenhed"] ?? 0))
    #expect(types.count == 4)
  }

  @Test("hangs together: every code once, every parent known, every area with units")
  func tree() {
    let codes = Set(rows.compactMap { $0["Kode"] })
    #expect(codes.count == rows.count)
    for row in rows where row["Type"] != "kommune" { #expect(codes.contains(row["Overordnet"] ?? "")) }
    for area in rows where area["Type"] == "chefområde" {
      #expect(rows.contains { $0["Overordnet"] == area["Kode"] })
    }
  }

  @Test("opens, closes and merges a few units")
  func changes() {
    let units = rows.filter { $0["Type"] == "aftaleenhed" }
    #expect(units.filter { $0["Gyldig til"] != "" }.count == 5)
    #expect(units.filter { $0["Gyldig fra"] != "2022-01-01" }.count == 4)
    for row in rows { #expect(CalendarDate(iso: row["Gyldig fra"] ?? "") != nil) }
  }

  @Test("asks no agreement of the administration, and one of everybody else (R-03)")
  func agreements() {
    for unit in rows where unit["Type"] == "aftaleenhed" {
      #expect(unit["Kræver aftale"] == (unit["Overordnet"] == "5.1" ? "nej" : "ja"))
    }
  }

  @Test("bears no real municipality's name, neither in a unit's name nor in a posting")
  func names() throws {
    let dataset = try Invented.dataset.get()
    let real = Set(realMunicipalities.map { $0.lowercased() })
    #expect(real.count == 98)
    let texts = try dataset.years.flatMap { Set(try Invented.ledger($0).column("Tekst")) }
    for name in organisation.column("Navn") + texts + ["\(dataset.name.danish)", "\(dataset.name.english)"] {
      let words = name.lowercased().split { !$0.isLetter && $0 != "-" }
      #expect(real.isDisjoint(with: words.map(String.init)), "\(name)")
    }
  }

  @Test("is marked as invented in both languages")
  func mark() throws {
    let dataset = try Invented.dataset.get()
    #expect(dataset.isInvented)
    #expect(dataset.note(.danish).contains("opfundet"))
    #expect(dataset.note(.english).contains("invented"))
    #expect(dataset.statedTotals.isEmpty)
  }
}

@Suite("The invented municipality's economy")
struct InventedEconomyTests {
  @Test("is the same bytes every time")
  func determinism() throws {
    let again = try Demo.inventedMunicipality().files
    let first = try Invented.dataset.get().files
    #expect(again.map(\.name) == first.map(\.name))
    #expect(again.map(\.text.utf8.count) == first.map(\.text.utf8.count))
    #expect(zip(again, first).allSatisfy { $0.text == $1.text })
  }

  @Test("has every file of its four years and of the one that is running, each under its own name")
  func files() throws {
    let dataset = try Invented.dataset.get()
    #expect(dataset.years.map(\.number) == [2022, 2023, 2024, 2025])
    let running = try #require(dataset.runningYear)
    #expect(running.number == 2026)
    #expect(Set(dataset.files.map(\.name)).count == 2 + 3 * 5)
    let months = Set(
      NativeReader(dataset.file(.ledger, running)).column("Bogføringsdato").map { $0.dropFirst(3).prefix(2) })
    #expect(months == Set((1...9).map { "0\($0)" }))
    for year in dataset.years + [running] {
      for kind in [DemoFile.Kind.budget, .ledger, .plans] {
        #expect(dataset.files.filter { $0.kind == kind && $0.year == year }.count == 1)
      }
    }
  }

  @Test("has a ledger in which every amount can be read, no voucher comes twice and every day lies in its year")
  func ledgers() throws {
    var vouchers: Set<Substring> = []
    var lines = 0
    for (year, closing) in try Invented.years() {
      let ledger = try Invented.ledger(year)
      #expect(ledger.header.joined(separator: ";") == "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb")
      #expect(ledger.records.allSatisfy { $0.count == 7 })
      #expect(closing.unreadable == 0)
      #expect(closing.outsideTheYear == 0)
      vouchers.formUnion(ledger.column("Bilagsnr"))
      lines += closing.lines
    }
    #expect(vouchers.count == lines)
    #expect((120_000...160_000).contains(lines))
  }

  @Test("posts on a unit only while the unit is valid")
  func validity() throws {
    let dataset = try Invented.dataset.get()
    var valid: [Substring: ClosedRange<String>] = [:]
    for row in NativeReader(dataset.file(.organisation)).rows {
      let last = row["Gyldig til"] ?? ""
      valid[row["Kode"] ?? ""] = String(row["Gyldig fra"] ?? "")...(last.isEmpty ? "9999" : String(last))
    }
    for (year, closing) in try Invented.years() {
      let ledger = try Invented.ledger(year)
      let places = Set(ledger.records.map { [$0[1], $0[2]] })
      for place in places {
        let iso = place[0].split(separator: ".").reversed().joined(separator: "-")
        #expect(valid[place[1]]?.contains(iso) == true, "\(place)")
        #expect(closing.units[place[1]] != nil, "\(place)")
      }
    }
  }

  @Test("carries each closing balance to the øre into the next year's budget, merged units into their successor")
  func carryOver() throws {
    let years = try Invented.years()
    let successors: [Substring: Substring] = [
      "1.1.09": "1.1.25", "1.1.10": "1.1.25", "1.2.34": "1.2.33", "1.2.29": "1.2.28", "2.3.07": "2.3.06",
    ]
    for (before, after) in zip(years, years.dropFirst()) {
      var expected: [Substring: Int64] = [:]
      for (code, unit) in before.closing.units {
        let heir = after.closing.units[code] == nil ? successors[code] ?? "nobody" : code
        expected[heir, default: 0] += unit.balance
      }
      for (code, unit) in after.closing.units {
        #expect(unit.carriedIn == expected[code] ?? 0, "\(code) \(after.year)")
      }
      #expect(Set(expected.keys).isSubset(of: after.closing.units.keys))
    }
  }

  @Test("lights its units as a municipality does: mostly green, some yellow, a few red")
  func lights() throws {
    for (year, closing) in try Invented.years() {
      let rated = closing.units.values.filter { $0.base > 0 }
      func thousandths(_ units: [NativeClosing.Unit]) -> Int { units.count * 1_000 / rated.count }
      #expect((130...180).contains(thousandths(rated.filter(\.isYellow))), "\(year)")
      #expect((30...60).contains(thousandths(rated.filter(\.isRed))), "\(year)")
      #expect((750...820).contains(thousandths(rated.filter { !$0.isYellow && !$0.isRed })), "\(year)")
      #expect((30...100).contains(thousandths(rated.filter(\.isOverFive))), "\(year)")
      #expect(closing.units.count - rated.count == 1, "only the marina has no positive base")
    }
  }

  @Test("has a part outside the decentral economy every year, smaller than a tenth of the whole (R-70)")
  func outside() throws {
    for (_, closing) in try Invented.years() {
      let outside = closing.units.values.reduce(0) { $0 + $1.outside }
      let inside = closing.units.values.reduce(0) { $0 + $1.insidePay + $1.insideOther }
      #expect(outside > 0)
      #expect(outside * 10 < inside)
    }
  }

  @Test("has budgets that grow a few percent a year and move a little during it")
  func budgets() throws {
    let dataset = try Invented.dataset.get()
    let bases = try Invented.years().map { $0.closing.units.values.reduce(0) { $0 + $1.base } }
    for (before, after) in zip(bases, bases.dropFirst()) {
      #expect((101...106).contains(after * 100 / before))
    }
    for year in dataset.years {
      let budget = NativeReader(dataset.file(.budget, year))
      #expect(budget.header.prefix(5).joined(separator: ";") == "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel")
      for row in budget.rows {
        let amounts = ["Lønbudget", "Oprindelig løn", "Øvrigbudget", "Oprindelig øvrig"]
          .compactMap { NativeReader.ore(row[$0] ?? "") }
        try #require(amounts.count == 4)
        #expect((985...1_015).contains(amounts[0] * 1_000 / amounts[1]))
      }
    }
  }

  @Test(
    "has units of plausible size",
    arguments: [
      ("1.1.01", 25...70), ("1.2.03", 6...14), ("2.1.01", 20...70), ("1.2.62", 45...65),
    ])
  func sizes(code: String, millions: ClosedRange<Int>) throws {
    for (_, closing) in try Invented.years() {
      let base = try #require(closing.units[Substring(code)]).base
      #expect(millions.contains(Int(base / 100_000_000)))
    }
  }

  @Test("has seasons: winter on the roads, a quiet July in schools, late invoices in December and January")
  func seasons() throws {
    let dataset = try Invented.dataset.get()
    for year in dataset.years {
      var purchases: [Substring: [Int64]] = [:]
      var late = 0
      for record in try Invented.ledger(year).records {
        let month = Int(record[1].dropFirst(3).prefix(2)) ?? 0
        if record[5].hasPrefix("Sen faktura") {
          #expect(month == 1)
          late += 1
        }
        guard record[4].hasPrefix("2.9") || record[4].hasPrefix("4") else { continue }
        let area: Substring = record[2] == "3.3.04" ? "snow" : record[2].hasPrefix("1.1.") ? "schools" : "others"
        purchases[area, default: Array(repeating: 0, count: 13)][month] += NativeReader.ore(record[6]) ?? 0
      }
      let (snow, schools, others) = (purchases["snow"] ?? [], purchases["schools"] ?? [], purchases["others"] ?? [])
      try #require(snow.count == 13 && schools.count == 13 && others.count == 13)
      #expect(snow[1] > 5 * snow[7])
      #expect(schools[8] > 3 * schools[7])
      #expect(others[12] * 12 > others.reduce(0, +) * 12 / 10)
      #expect(late > 100)
    }
  }
}
