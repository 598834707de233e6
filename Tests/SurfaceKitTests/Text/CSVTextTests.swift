import SurfaceKit
import Testing

@Suite("Separated values that we write")
struct CSVTextTests {
  @Test(
    "a text that a spreadsheet would run is defused, and comes back as it was",
    arguments: ["=1", "+2", "-3", "@x", "\t4", "'=5", "''@6", "'plain", "plain", "", "'", "''", "a=b", "'\u{301}=1"])
  func defused(_ text: String) {
    let cell = CSVText.text(text)
    #expect(!["=", "+", "-", "@", "\t"].contains(cell.prefix(1)))
    #expect(Array(CSVText.original(cell).utf8) == Array(text.utf8))
  }

  @Test("only what could be run is touched")
  func untouched() {
    #expect(["skole", "'s Hertog", "1=1", "æ"].map { CSVText.text($0) } == ["skole", "'s Hertog", "1=1", "æ"])
    #expect(CSVText.text("=1+1") == "'=1+1")
  }

  @Test("separators, quotes and line ends stand within quotes")
  func quoted() {
    var table = CSVText()
    table.record(["a;b", "c\"d", "e\nf", "g"])
    #expect(String(decoding: table.bytes, as: UTF8.self) == "\"a;b\";\"c\"\"d\";\"e\nf\";g\n")
  }
}
