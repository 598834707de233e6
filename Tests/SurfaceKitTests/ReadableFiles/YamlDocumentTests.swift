import SteeringCore
import SurfaceKit
import Testing

@Suite("A readable file is read with places and findings")
struct YamlDocumentTests {
  enum Sign: String, CaseIterable { case plus, minus }

  func root(_ text: String, _ keys: [String] = ["a", "b"]) -> (YamlDocument, YamlMapping?) {
    let document = YamlDocument(text: text, fileName: "f.yaml")
    return (document, document.root(keys: keys))
  }

  @Test("values come with line and character, and a place inside them can be asked for")
  func places() throws {
    let (document, mapping) = root("a: one two\nb: 'three four'\n")
    let plain = try #require(mapping?.text("a"))
    let quoted = try #require(mapping?.text("b"))
    #expect(plain.text == "one two" && plain.place == YamlPlace(line: 1, column: 4))
    #expect(document.place(ofCharacter: 5, in: plain) == YamlPlace(line: 1, column: 8))
    #expect(document.place(ofCharacter: 7, in: quoted) == YamlPlace(line: 2, column: 11))
    let (folded, long) = root("a: >-\n  one\n  two\n")
    let text = try #require(long?.text("a"))
    #expect(text.text == "one two")
    #expect(folded.place(ofCharacter: 5, in: text) == text.place)
  }

  @Test("every kind of value is read")
  func kinds() throws {
    let text = "n: 12\nd: 2024-02-29\nf: true\nc: minus\nw: { da: æ, en: e }\nl: [x, y]\np: { k 1: v, k 2: w }\nz: ~\n"
    let (document, mapping) = root(text, ["n", "d", "f", "c", "w", "l", "p", "z"])
    let root = try #require(mapping)
    #expect(root.number("n", in: 1...12) == 12)
    #expect(root.date("d") == CalendarDate(year: 2024, month: 2, day: 29))
    #expect(root.flag("f", default: false) && root.flag("missing", default: true))
    #expect(root.choice("c", Sign.self) == .minus)
    #expect(root.words("w") == Words("æ", en: "e"))
    #expect(root.texts("l")?.map(\.text) == ["x", "y"])
    #expect(root.pairs("p")?.map(\.key.text) == ["k 1", "k 2"])
    #expect(root.pairs("p")?.map(\.value.place.column) == [11, 19])
    #expect(!root.has("z") && root.textIfPresent("z") == nil)
    #expect(document.findings.kept.isEmpty)
  }

  @Test("what is of the wrong kind is told where it stands, and the rest is read")
  func wrongKinds() throws {
    let (document, mapping) = root("n: twelve\nf: ja\nl: x\np: [x]\nm: 3\n", ["n", "f", "l", "p", "m", "q"])
    let root = try #require(mapping)
    #expect(root.number("n", in: 1...12) == nil)
    #expect(!root.flag("f", default: true))
    #expect(root.texts("l") == nil)
    #expect(root.pairs("p") == nil)
    #expect(root.mapping("m", keys: ["k"]) == nil)
    #expect(root.mappings("q", keys: ["k"]) == nil)
    #expect(
      document.findings.lines(.english) == [
        "f.yaml:1:1: the key 'q' is missing here, add 'q'",
        "f.yaml:1:4: 'twelve' is not a number here, write a whole number from 1 to 12",
        "f.yaml:2:4: 'ja' is not known here, use one of: 'true', 'false'",
        "f.yaml:3:4: 'l' is not a list (lines that start with '- '), write a list (lines that start with '- ')",
        "f.yaml:4:4: 'p' is not keys with values, write keys with values",
        "f.yaml:5:4: 'm' must hold keys with values, write 'k'",
      ])
  }

  @Test("broken items of a list are left out, the others stay")
  func lists() throws {
    let (document, mapping) = root("a:\n  - b: 1\n  - word\n  - b: 2\n", ["a"])
    let items = try #require(mapping?.mappings("a", keys: ["b"]))
    #expect(items.compactMap { $0.text("b")?.text } == ["1", "2"])
    #expect(document.findings.kept.map(\.line) == [3])
  }

  @Test("a key that stands twice is told at its second place, also deep inside")
  func duplicates() {
    let (document, mapping) = root("a:\n  - x: 1\n    y: 2\n    x : 3\n")
    #expect(mapping == nil)
    #expect(document.findings.lines(.danish) == ["f.yaml:4:5: nøglen »x« står to gange, slet den ene"])
  }

  @Test(
    "what is no YAML is told with its line",
    arguments: [
      ("a: [1\nb: 2\n", 2), ("a: 1\n---\nb: 2\n", 2), ("a: *x\n", 1), ("a: 1\n b: 2\n", 2), ("a: \u{7}\n", 1),
    ])
  func noYaml(_ text: String, _ line: Int) {
    let (document, mapping) = root(text)
    #expect(mapping == nil)
    #expect(document.findings.kept.map(\.line) == [line], "\(document.findings.lines(.english))")
  }

  @Test("deep nesting ends in a finding, not in a crash")
  func nesting() {
    let (document, mapping) = root("a: " + String(repeating: "[", count: 100_000))
    #expect(mapping == nil)
    #expect(document.findings.hasErrors)
  }

  @Test("remarks stop nothing")
  func remarks() {
    let document = YamlDocument(text: "a: 1", fileName: "f.yaml")
    document.addRemark(
      at: YamlPlace(line: 1, column: 1), read: Words("x", en: "x"), remedy: Words("y", en: "y"))
    #expect(!document.findings.hasErrors && document.findings.kept.count == 1)
  }

  @Test("the nearest word is found for slips, and none for other words")
  func nearest() {
    #expect(NearestWord.of("valdFrom", among: ["validTo", "validFrom"]) == "validFrom")
    #expect(NearestWord.of("BASE", among: ["base"]) == "base")
    #expect(NearestWord.of("gross", among: ["adjusted", "original"]) == nil)
    #expect(NearestWord.of("", among: ["a"]) == nil)
    #expect(NearestWord.of("x", among: []) == nil)
  }
}
