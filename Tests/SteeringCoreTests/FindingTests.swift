import SteeringCore
import Testing

private func finding(_ line: Int, _ column: Int, _ text: String = "x") -> Finding {
  Finding(.error, file: "F", line: line, column: column, read: Words(same: text), remedy: Words(same: "mend it"))
}

@Suite("Findings are told in file order, one line each")
struct FindingTests {
  @Test("whatever the order they are found in, line comes before column, and the whole file first")
  func order() {
    var findings = Findings()
    for place in [(3, 7), (3, 2), (5, 1), (4, 0), (0, 0), (3, 2)] { findings.add(finding(place.0, place.1)) }
    #expect(findings.kept.map { [$0.line, $0.column] } == [[0, 0], [3, 2], [3, 2], [3, 7], [4, 0], [5, 1]])
  }

  @Test("of more than a thousand the first of the file are kept, and the rest is counted")
  func limit() {
    var findings = Findings()
    for line in 1...Findings.limit { findings.add(finding(line, 1)) }
    findings.add(finding(0, 0))
    #expect(findings.kept.count == Findings.limit)
    #expect(findings.kept.first?.line == 0)
    #expect(findings.kept.last?.line == Findings.limit - 1)
    #expect(findings.lines(.english).last == "F: and 1 more finding in this file")
    findings.add(finding(Findings.limit + 1, 0))
    #expect(findings.errorCount == Findings.limit + 2)
    #expect(findings.lines(.english).last == "F: and 2 more findings in this file")
  }

  @Test("control characters neither break the line nor reach the terminal")
  func oneLine() {
    let text = finding(1, 1, "a\r\nb\tc\u{1B}[31m\u{7F}\u{85}\u{2028}æ").text(.danish)
    #expect(text == "F:1:1: a  b c\u{FFFD}[31m\u{FFFD}  æ, mend it")
  }
}

@Suite("Unit codes are compared by bytes")
struct UnitCodeTests {
  @Test("two spellings of one letter are two codes, and the order is that of the bytes")
  func bytes() {
    let composed = UnitCode("\u{E5}")
    let decomposed = UnitCode("a\u{30A}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, UnitCode("\u{E5}")]).count == 2)
    #expect(decomposed < composed)
  }
}
