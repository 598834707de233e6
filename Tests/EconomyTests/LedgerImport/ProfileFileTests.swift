import Ledger
import SteeringCore
import SurfaceKit
import Testing

@testable import Economy

/// A small profile file that is sound, by its lines from 1.
private enum SmallProfile {
  static let lines = [
    "name: small", "kind: ledger", "separator: comma", "decimal: dot", "thousands: none", "dates: yyyy-MM-dd",
    "columns:", "  unit: Place", "  date: Day", "  amount: [Amount, Sum]", "  text: Words",
  ]

  /// The file with some lines changed; nil takes a line out.
  static func changing(_ changes: [Int: String?]) -> String {
    var out: [String] = []
    for (index, line) in lines.enumerated() {
      switch changes[index + 1] {
      case .none: out.append(line)
      case .some(.some(let changed)): out.append(changed)
      case .some(.none): continue
      }
    }
    return out.joined(separator: "\n") + "\n"
  }
}

/// A profile file broken in one place: its one finding must be this.
struct BrokenProfile: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let place: String
  let read: String
  let remedy: String

  init(_ name: String, _ changes: [Int: String?], _ place: String, read: String, remedy: String) {
    self.init(name, text: SmallProfile.changing(changes), place, read: read, remedy: remedy)
  }

  init(_ name: String, text: String, _ place: String, read: String, remedy: String) {
    self.name = name
    self.text = text
    self.place = place
    self.read = read
    self.remedy = remedy
  }

  var testDescription: String { name }
}

@Suite("A broken profile file is refused with line, column and remedy")
struct BrokenProfileTests {
  static let settings = [
    BrokenProfile("an empty file", text: "", "0:0", read: "empty", remedy: "write its content"),
    BrokenProfile("no YAML", [4: "decimal: ,"], "4:10", read: "YAML", remedy: "indentation"),
    BrokenProfile("an unknown key", [5: "tousands: none"], "5:1", read: "'tousands'", remedy: "'thousands'?"),
    BrokenProfile("no name", [1: nil], "1:1", read: "'name' is missing", remedy: "add 'name'"),
    BrokenProfile("a name with blanks", [1: "name: My file"], "1:7", read: "'My file'", remedy: "hyphens"),
    BrokenProfile("no kind", [2: nil], "1:1", read: "'kind' is missing", remedy: "add 'kind'"),
    BrokenProfile("an unknown kind", [2: "kind: ledgers"], "2:7", read: "'ledgers'", remedy: "mean 'ledger'?"),
    BrokenProfile("an encoding", [3: "encoding: cp1252"], "3:11", read: "'cp1252'", remedy: "'windows-1252'"),
    BrokenProfile("a separator", [3: "separator: tabs"], "3:12", read: "'tabs'", remedy: "mean 'tab'?"),
    BrokenProfile("an empty sign", [5: "thousands:"], "5:1", read: "'thousands' is empty", remedy: "write a value"),
    BrokenProfile("two equal signs", [5: "thousands: dot"], "5:1", read: "are the same", remedy: "thousands: none"),
    BrokenProfile("a sign style", [5: "sign_style: behind"], "5:13", read: "'behind'", remedy: "'trailing'"),
    BrokenProfile("decimals", [5: "decimals: exakt"], "5:11", read: "'exakt'", remedy: "mean 'exact'?"),
    BrokenProfile("an empty rule", [5: "empty: 0"], "5:8", read: "'0'", remedy: "'error', 'zero'"),
    BrokenProfile("a unit", [5: "unit: mia kr"], "5:7", read: "'mia kr'", remedy: "mean 'mio kr'?"),
    BrokenProfile("a date pattern", [6: "dates: DD-MM-YYYY"], "6:8", read: "'DD-MM-YYYY'", remedy: "dd.MM.yyyy"),
    BrokenProfile(
      "a fixed date", [6: "fixed_date: 2025-02-29", 9: nil], "6:13", read: "'2025-02-29'", remedy: "year-end"),
    BrokenProfile("an expense", [5: "expense: minus"], "5:10", read: "'minus'", remedy: "'negative'"),
    BrokenProfile("rows to skip", [5: "skip_rows: -1"], "5:12", read: "'-1'", remedy: "from 0 to 1000"),
    BrokenProfile("unknown units", [5: "unknown_units: yes"], "5:16", read: "'yes'", remedy: "'add'"),
    BrokenProfile("an idle key", [5: "surplus: positive"], "5:1", read: "means nothing", remedy: "delete the line"),
    BrokenProfile("dots without a kind", [5: "kind_dots: [1]"], "5:1", read: "'kind'", remedy: "add the column"),
    BrokenProfile(
      "a dot nowhere", [5: "kind_dots: [0]", 11: "  kind: Code"], "5:13", read: "'0'", remedy: "rising"),
    BrokenProfile(
      "dots that fall", [5: "kind_dots: [3, 1]", 11: "  kind: Code"], "5:16", read: "'1'", remedy: "rising"),
  ]

  static let columns = [
    BrokenProfile(
      "no columns", text: "name: a\nkind: accounts\n", "1:1", read: "'columns' is", remedy: "add 'columns'"),
    BrokenProfile(
      "columns as a list", text: "name: a\nkind: accounts\ncolumns: [A]\n", "3:10", read: "keys", remedy: "keys"),
    BrokenProfile("a column of another kind", [11: "  pay: Løn"], "11:3", read: "'pay'", remedy: "one of: 'unit'"),
    BrokenProfile("a column misspelt", [10: "  amout: Sum"], "10:3", read: "'amout'", remedy: "mean 'amount'?"),
    BrokenProfile("no amount", [10: nil], "7:1", read: "'amount' is missing", remedy: "add 'amount:'"),
    BrokenProfile("no date", [9: nil], "7:1", read: "'date' is missing", remedy: "'fixed_date:'"),
    BrokenProfile("no header", [11: "  text: []"], "11:3", read: "'text' is empty", remedy: "write a value"),
    BrokenProfile("a header twice", [11: "  text: Sum"], "11:9", read: "for 'amount' in line 10", remedy: "its own"),
    BrokenProfile("two dates", [6: "fixed_date: year-end"], "7:1", read: "both", remedy: "delete 'date'"),
    BrokenProfile("an empty total rule", [5: "total_row: {}"], "5:1", read: "how the row is known", remedy: "'blank'"),
    BrokenProfile(
      "a total by an unknown column", [5: "total_row: { blank: [voucher] }"], "5:22", read: "'voucher'",
      remedy: "add the column"),
    BrokenProfile(
      "a total by its amount", [5: "total_row: { blank: [amount] }"], "5:22", read: "'amount'", remedy: "one of"),
    BrokenProfile(
      "a total without its text", [5: "total_row: { column: text }"], "5:12", read: "'text' is missing",
      remedy: "add 'text'"),
    BrokenProfile(
      "a budget without amounts", text: "name: b\nkind: budget\ncolumns: { unit: U }\n", "3:1", read: "are missing",
      remedy: "'amount' and 'kind'"),
    BrokenProfile(
      "half a budget", text: "name: b\nkind: budget\ncolumns: { unit: U, pay: P }\n", "3:1", read: "'other'",
      remedy: "add 'other:'"),
    BrokenProfile(
      "a budget by code that carries in",
      text: "name: b\nkind: budget\ncolumns: { unit: U, amount: A, kind: K, carried_in: C }\n", "3:1",
      read: "'carried_in'", remedy: "--carry-over"),
    BrokenProfile(
      "a carry-over without balances", text: "name: b\nkind: carry-over\ncolumns: { unit: U }\n", "3:1",
      read: "'carried_in'", remedy: "add"),
  ]

  @Test("each fault alone", arguments: settings + columns)
  func refused(_ broken: BrokenProfile) throws {
    let (profile, findings) = ImportProfileFile.read(text: broken.text, fileName: "p.yaml")
    #expect(profile == nil)
    let line = try #require(findings.lines(.english).first)
    #expect(findings.kept.count == 1, "\(findings.lines(.english))")
    #expect(line.hasPrefix("p.yaml:\(broken.place): "), "\(line)")
    let finding = findings.kept[0]
    #expect(finding.read.english.contains(broken.read), "\(line)")
    #expect(finding.remedy.english.contains(broken.remedy), "\(line)")
    #expect(finding.read.danish != finding.read.english)
  }

  @Test("many faults are told in one reading, in file order")
  func allAtOnce() {
    let text = SmallProfile.changing([
      1: "name: A B", 3: "separator: x", 4: "decimal: point", 6: "dates: d", 8: "  unit: []", 10: "  text2: Sum",
    ])
    let (profile, findings) = ImportProfileFile.read(text: text, fileName: "p")
    #expect(profile == nil)
    #expect(findings.kept.map(\.line) == [1, 3, 4, 6, 8, 10])
  }

  @Test("a file that is no UTF-8, and one that is a ledger given by mistake")
  func noText() throws {
    #expect(ImportProfileFile.read(bytes: [0x6E, 0xE5, 0xFF], fileName: "p").1.errorCount == 1)
    let large = try Scratch()
    let name = try large.file("L.csv", String(repeating: "1;2;3\n", count: 200_000))
    #expect(try ImportProfileFile.open(name)?.1.kept.first?.remedy.english.contains("not at the file") == true)
    #expect(try ImportProfileFile.open(large.path("none")) == nil)
  }
}

@Suite("A profile file is read as it is written")
struct ProfileFileTests {
  @Test("what it leaves out is native")
  func smallest() throws {
    let text = "name: min\nkind: ledger\ncolumns: { unit: Enhed, date: Dag, amount: Kr }\n"
    let (read, findings) = ImportProfileFile.read(text: text, fileName: "p")
    #expect(findings.kept == [])
    var wanted = ImportProfile(
      name: "min", kind: .ledger, headers: [.unit: ["Enhed"], .date: ["Dag"], .amount: ["Kr"]])
    #expect(read == wanted)
    wanted.dates = .iso
    let organisation =
      "name: min\nkind: organisation\ncolumns: { unit: Enhed, name: Navn, type: Type, parent: Op }\n"
    #expect(ImportProfileFile.read(text: organisation, fileName: "p").0?.dates == .iso)
  }

  @Test("every setting lands where it belongs")
  func all() throws {
    let text = """
      name: all.of-it
      kind: ledger
      encoding: iso-8859-1
      separator: "|"
      decimal: "."
      thousands: "'"
      sign_style: parentheses
      decimals: round
      empty: zero
      unit: 1.000 kr.
      fixed_date: 2025-06-30
      expense: negative
      skip_rows: 2
      total_row: { blank: [unit], column: text, text: I alt }
      unknown_units: add
      kind_dots: [1, 3]
      columns:
        unit: Enhed
        kind: Art
        text: Tekst
        amount: [Beløb, "Beløb, kr."]
      """
    let (read, findings) = ImportProfileFile.read(text: text, fileName: "p")
    #expect(findings.lines(.english) == [])
    var wanted = ImportProfile(
      name: "all.of-it", kind: .ledger,
      headers: [.unit: ["Enhed"], .kind: ["Art"], .text: ["Tekst"], .amount: ["Beløb", "Beløb, kr."]])
    wanted.encoding = .latin1
    wanted.separator = UInt8(ascii: "|")
    wanted.amounts = AmountFormat(
      decimalSign: UInt8(ascii: "."), thousandsSign: UInt8(ascii: "'"), signStyle: .parentheses, unitPower: 3,
      decimals: .round, empty: .zero)
    wanted.fixedDate = .day(CalendarDate(iso: "2025-06-30")!)
    wanted.expenseIsPositive = false
    wanted.skippedRows = 2
    wanted.totalRow = TotalRowRule(blank: [.unit], text: (.text, "I alt"))
    wanted.addsUnknownUnits = true
    wanted.kindDots = [1, 3]
    #expect(read == wanted)
  }

  @Test("a decimal dot without a word on thousands means no thousands sign")
  func dot() {
    let (read, findings) = ImportProfileFile.read(text: SmallProfile.changing([5: nil]), fileName: "p")
    #expect(findings.kept == [])
    #expect(read?.amounts.thousandsSign == nil)
  }

  @Test("printed and read again it is the same profile", arguments: ShippedProfiles.all.map(\.name), Language.allCases)
  func roundTrip(_ name: String, _ language: Language) throws {
    let profile = try #require(ShippedProfiles.named(name))
    let text = ImportProfileText(profile: profile, language: language).lines.joined(separator: "\n")
    let (read, findings) = ImportProfileFile.read(text: text, fileName: "p")
    #expect(findings.lines(language) == [])
    #expect(read == profile)
  }

  @Test("quotes and backslashes in headers survive printing")
  func quotes() {
    var profile = ImportProfile.ledger
    profile.headers[.amount] = ["A \"b\" \\ c: # d"]
    profile.headers[.text] = ["- x", "[y]", "null"]
    profile.fixedDate = .day(CalendarDate(iso: "2025-06-30")!)
    profile.headers[.date] = nil
    profile.totalRow = TotalRowRule(blank: [.unit], text: (.voucher, "I alt: \"x\""))
    let text = ImportProfileText(profile: profile, language: .danish).lines.joined(separator: "\n")
    var read = ImportProfileFile.read(text: text, fileName: "p").0
    read?.dates = profile.dates
    #expect(read == profile)
  }

  @Test("the shipped ones have names of their own and are found by them")
  func shipped() {
    let names = ShippedProfiles.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("torrelodones-ledger") && names.contains("closing-csv"))
    #expect(names.allSatisfy { ShippedProfiles.named($0)?.name == $0 })
    for file in ShippedProfiles.files { #expect(ShippedProfiles.named(String(file.name.dropLast(5))) != nil) }
  }
}

@Suite("styrehus profile")
struct ProfileAnswerTests {
  @Test("list names every profile with what its files hold")
  func list() {
    let lines = ProfileAnswer.list(.danish).output
    #expect(lines.count == ShippedProfiles.all.count)
    #expect(lines.contains { $0.hasPrefix("torrelodones-budget") && $0.hasSuffix("budgetter") })
  }

  @Test("check tells what is wrong, and exits 65; what does not exist exits 66 with a hint")
  func check() throws {
    let scratch = try Scratch()
    let good = try scratch.file("good.yaml", SmallProfile.changing([:]))
    let bad = try scratch.file("bad.yaml", SmallProfile.changing([3: "separator: x", 10: nil]))
    #expect(ProfileAnswer.check(good, .english).output.first?.contains("small is usable (postings, 4 columns)") == true)
    let answer = ProfileAnswer.check(bad, .english)
    #expect(answer.status == .badInput)
    #expect(answer.messages.map { $0.dropFirst(bad.count).prefix(5) } == [":3:12", ":7:1:"])
    #expect(answer.output == [])
    let none = ProfileAnswer.show("leeds-2012", .english)
    #expect(none.status == .noInput)
    #expect(none.messages.first?.contains("did you mean leeds-2011?") == true)
    #expect(ProfileAnswer.check(scratch.folder, .english).status == .ioFailed)
  }
}
