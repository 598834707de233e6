import Testing

/// The reader of Swift source that the rules stand on.
@Suite struct ReadingTests {
  @Test func `comments and literals are no code, and the lines stay in place`() {
    let swift = SwiftText("let a = 1 // one\n/* two\n /* three */ */ let b = \"four\"\n")
    #expect(
      swift.code.split(separator: "\n", omittingEmptySubsequences: false).map(trimmed) == [
        "let a = 1", "", "let b =", "",
      ])
    #expect(trimmed(swift.literals[...]) == "four")
  }

  @Test func `an interpolation is code, and its own strings are not`() {
    let swift = SwiftText(#"let a = "sum \(add("(", of: b)) done""# + "\nlet c = 2")
    #expect(swift.code.contains("add("))
    #expect(swift.code.contains("of: b"))
    #expect(swift.code.contains("let c = 2"))
    #expect(!swift.code.contains("sum"))
    #expect(swift.literals.contains("done"))
  }

  @Test func `long and raw literals end where their fence does`() {
    let long = SwiftText("let a = \"\"\"\n  \"quoted\" // no comment\n  \"\"\"\nlet b = 1")
    #expect(long.literals.contains("// no comment"))
    #expect(long.code.contains("let b = 1"))
    let raw = SwiftText("let a = #\"one \" \\(two)\"#; let b = 1")
    #expect(raw.literals.contains("\\(two)"))
    #expect(raw.code.contains("let b = 1"))
  }

  @Test func `an escaped quote ends nothing`() {
    let swift = SwiftText(#"let a = "one \" two"; let b = 1"#)
    #expect(swift.code.contains("let b = 1"))
    #expect(!swift.code.contains("two"))
  }

  @Test func `a quote in a regular expression begins no string, and a division is none`() {
    let swift = SwiftText("let a = text.split(/\"/); let b = x / y / z\n")
    #expect(swift.code.contains("let b = x / y / z"))
  }

  @Test func `functions are found with their length, requirements without a body are not`() {
    let text = """
      protocol P {
        func required(_ x: Int) -> Int
        init()
        var value: Int { get }
      }
      struct S {
        var stored = [1, 2].map { $0 }
        init(_ work: () -> Void = {}) { self.init() }
        func two() {
          let brace = "}"
        }
        static func < (left: S, right: S) -> Bool
        where T: Equatable {
          false
        }
      }
      """
    let found = FunctionFinder(SwiftText(text)).functions()
    #expect(
      found == [
        FoundFunction(name: "value", line: 4, lines: 1),
        FoundFunction(name: "init", line: 8, lines: 1),
        FoundFunction(name: "two", line: 9, lines: 3),
        FoundFunction(name: "<", line: 12, lines: 4),
      ])
  }

  @Test(arguments: [("LedgerImport", "ledger-import"), ("ITSystems", "it-systems"), ("Closing", "closing")])
  func `a capability's page has its name`(_ name: String, _ page: String) {
    #expect(CapabilityRules.kebab(name) == page)
  }

  private func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
