import Governance
import RuleKit
import SteeringCore
import Testing

/// A model file broken in one place: its findings must be exactly these.
struct BrokenFile: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let line: Int
  let column: Int
  let read: String
  let remedy: String

  init(
    _ name: String, _ changes: [Int: String?], at line: Int, _ column: Int, read: String, remedy: String
  ) {
    self.init(name, text: SmallModel.changing(changes), at: line, column, read: read, remedy: remedy)
  }

  init(_ name: String, text: String, at line: Int, _ column: Int, read: String, remedy: String) {
    self.name = name
    self.text = text
    self.line = line
    self.column = column
    self.read = read
    self.remedy = remedy
  }

  var testDescription: String { name }
}

@Suite("A broken model file is refused with line and remedy")
struct BrokenModelFileTests {
  static let head = [
    BrokenFile("an empty file", text: "", at: 0, 0, read: "empty", remedy: "write its content"),
    BrokenFile("only comments", text: "# nothing\n", at: 0, 0, read: "empty", remedy: "write its content"),
    BrokenFile("a text that is no model", text: "hello", at: 1, 1, read: "must hold keys", remedy: "'validFrom'"),
    BrokenFile("a broken quote", [2: "name: { da: \"Lille, en: Small }"], at: 2, 13, read: "YAML", remedy: "quotation"),
    BrokenFile("a tab as indentation", [9: "\tvalue: 5 %"], at: 9, 1, read: "YAML", remedy: "indentation"),
    BrokenFile(
      "a key twice", [6: "base: adjusted\nid: small-2"], at: 7, 1, read: "'id' stands twice", remedy: "delete"),
    BrokenFile("an unknown key", [6: "base: adjusted\nvaldTo: x"], at: 7, 1, read: "'valdTo'", remedy: "'validTo'?"),
    BrokenFile("a far key", [6: "base: adjusted\nqq: 1"], at: 7, 1, read: "'qq'", remedy: "one of: 'id', 'name'"),
    BrokenFile("a missing key", [4: nil], at: 1, 1, read: "'validFrom' is missing", remedy: "add 'validFrom'"),
    BrokenFile("an empty value", [6: "base:"], at: 6, 1, read: "'base' is empty", remedy: "write a value"),
    BrokenFile("blanks for a value", [6: "base: '  '"], at: 6, 7, read: "'base' is empty", remedy: "write a value"),
    BrokenFile("an unknown base", [6: "base: gross"], at: 6, 7, read: "'gross'", remedy: "'adjusted', 'original'"),
    BrokenFile("a base misspelt", [6: "base: ajusted"], at: 6, 7, read: "'ajusted'", remedy: "mean 'adjusted'?"),
    BrokenFile("an id with blanks", [1: "id: Small 1"], at: 1, 5, read: "'Small 1'", remedy: "hyphens"),
    BrokenFile("an impossible date", [4: "validFrom: 2025-02-29"], at: 4, 12, read: "not a date", remedy: "2022-01-31"),
    BrokenFile("an end before the start", [5: "validTo: 2024-12-31"], at: 5, 1, read: "ends 2024", remedy: "correct"),
    BrokenFile("one language", [2: "name: { da: Lille }"], at: 2, 7, read: "'en' is missing", remedy: "add 'en'"),
    BrokenFile("no languages", [2: "name: Lille"], at: 2, 7, read: "must hold keys", remedy: "'da', 'en'"),
    BrokenFile("a list for a text", [6: "base: [adjusted]"], at: 6, 7, read: "not a text", remedy: "write a text"),
  ]

  static let parameters = [
    BrokenFile("a negative percentage", [9: "    value: -5 %"], at: 9, 12, read: "'-5 %'", remedy: "from 0 to 100"),
    BrokenFile("over a hundred", [9: "    value: 100,01 %"], at: 9, 12, read: "'100,01 %'", remedy: "from 0 to 100"),
    BrokenFile("three decimals", [9: "    value: 5,125 %"], at: 9, 12, read: "'5,125 %'", remedy: "two decimals"),
    BrokenFile("a bare number", [9: "    value: 5"], at: 9, 12, read: "'5' is not a value", remedy: "'5 %'"),
    BrokenFile("no years", [15: "    value: 0 years"], at: 15, 12, read: "not a span", remedy: "from 1 to 100"),
    BrokenFile("29 February", [15: "    value: 29 February"], at: 15, 12, read: "every year", remedy: "every year has"),
    BrokenFile("a missing rule", [11: nil], at: 8, 5, read: "'rule' is missing", remedy: "add 'rule'"),
    BrokenFile("a missing source", [18: nil], at: 14, 5, read: "'source' is missing", remedy: "add 'source'"),
    BrokenFile(
      "an unknown standing", [13: "    standing: guessed"], at: 13, 15, read: "'guessed'",
      remedy: "'stated', 'ourReading'"),
    BrokenFile(
      "an id twice", [14: "  - id: deficit.redPct", 51: "    when: base missing"], at: 14, 9, read: "used in line 8",
      remedy: "another id"),
    BrokenFile(
      "an id with a hyphen", [14: "  - id: view-years", 51: "    when: base missing"], at: 14, 9,
      read: "cannot be an id", remedy: "letters"),
  ]

  static let rules = [
    BrokenFile("an unknown tone", [23: "    tone: grean"], at: 23, 11, read: "'grean'", remedy: "mean 'green'?"),
    BrokenFile("an unknown shape", [24: "    shape: star"], at: 24, 12, read: "'star'", remedy: "'full', 'half'"),
    BrokenFile("a light called none", [21: "  - id: none"], at: 21, 9, read: "'none'", remedy: "'none' is taken"),
    BrokenFile(
      "no otherwise", [35: "    when: balance < 0"], at: 30, 5, read: "not take everything", remedy: "otherwise"),
    BrokenFile(
      "a light after otherwise", [26: "    when: otherwise"], at: 30, 5, read: "'green' above", remedy: "move it"),
    BrokenFile(
      "a rule without condition", [43: nil], at: 40, 5, read: "'when' is missing", remedy: "add 'when'"),
    BrokenFile(
      "a duty on an unknown light", [43: "    when: light is blue"], at: 43, 20, read: "'blue'", remedy: "'red'"),
    BrokenFile(
      "an unknown parameter", [51: "    when: balance < -deficit.bluPct"], at: 51, 22, read: "'deficit.bluPct'",
      remedy: "'deficit.redPct'"),
    BrokenFile(
      "trouble inside quotes", [51: "    when: \"balance < 0 or base missing\""], at: 51, 24, read: "'or'",
      remedy: "write 'and'"),
    BrokenFile(
      "a condition over two lines", [51: "    when: >-\n      balance <\n      one"], at: 51, 11, read: "'one'",
      remedy: "'0'"),
    BrokenFile("a duty's id on a review", [48: "  - id: actionPlan"], at: 48, 9, read: "in line 40", remedy: "another"),
    BrokenFile("lights that are no list", text: noList, at: 20, 9, read: "not a list", remedy: "start with '- '"),
    BrokenFile(
      "a rule that is a word", [54: "    standing: stated\n  - debt"], at: 55, 5, read: "each item", remedy: "'id'"),
  ]

  static let noList = SmallModel.changing(
    Dictionary(uniqueKeysWithValues: (21...38).map { ($0, String?.none) }).merging([
      20: "lights: green", 43: "    when: balance < 0",
    ]) { $1 })

  @Test("each with the one finding that mends it", arguments: head + parameters + rules)
  func broken(_ file: BrokenFile) throws {
    let (model, findings) = SteeringModelFile.read(text: file.text, fileName: "model.yaml")
    #expect(model == nil)
    #expect(findings.kept.count == 1, "\(findings.lines(.english))")
    let finding = try #require(findings.kept.first)
    #expect(finding.severity == .error)
    #expect(finding.line == file.line)
    #expect(finding.column == file.column)
    #expect(finding.read.english.contains(file.read), "\(finding.read.english)")
    #expect(finding.remedy.english.contains(file.remedy), "\(finding.remedy.english)")
    #expect(finding.read.danish != finding.read.english && finding.remedy.danish != finding.remedy.english)
  }

  @Test("the file they are made from is sound")
  func sound() {
    let (model, findings) = SteeringModelFile.read(text: SmallModel.text, fileName: "model.yaml")
    #expect(model?.id == "small-1")
    #expect(findings.kept.isEmpty)
  }

  @Test("many troubles are told together, in the order of the file")
  func together() {
    let text = SmallModel.changing([
      6: "base: gross", 9: "    value: -5 %", 23: "    tone: pink", 43: "    when: light is blue", 51: nil,
    ])
    let findings = SteeringModelFile.read(text: text, fileName: "model.yaml").1
    #expect(findings.kept.map(\.line) == [6, 9, 23, 43, 48])
    #expect(findings.errorCount == 5)
    #expect(
      findings.lines(.danish).first == "model.yaml:6:7: »gross« kendes ikke her, brug en af: »adjusted«, »original«")
  }

  @Test("bytes that are not UTF-8 are refused, a byte order mark is not")
  func encoding() {
    let latin = SteeringModelFile.read(bytes: [0x69, 0x64, 0x3A, 0x20, 0xE6], fileName: "model.yaml")
    #expect(latin.0 == nil)
    #expect(latin.1.kept.map(\.read.english) == ["the file is not UTF-8"])
    let marked = SteeringModelFile.read(
      bytes: [0xEF, 0xBB, 0xBF] + Array(SmallModel.text.utf8), fileName: "model.yaml")
    #expect(marked.0 != nil)
  }

  @Test("every file cut short anywhere is read without a crash and never to another model")
  func cut() {
    let bytes = Array(SmallModel.text.utf8)
    let whole = SteeringModelFile.read(bytes: bytes, fileName: "model.yaml").0
    for length in stride(from: 0, to: bytes.count, by: 7) {
      let (model, findings) = SteeringModelFile.read(bytes: Array(bytes.prefix(length)), fileName: "model.yaml")
      #expect(model == nil ? findings.hasErrors : (model?.lights == whole?.lights))
    }
  }
}
