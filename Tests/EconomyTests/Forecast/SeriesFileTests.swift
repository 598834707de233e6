import ArgumentParser
import SteeringCore
import SurfaceKit
import Synchronization
import Testing

@testable import Economy
@testable import StyrehusApp

@Suite("A file of unit years")
struct SeriesFileTests {
  private func read(_ text: String) -> SeriesFile { SeriesFile(Array(text.utf8), name: "s.csv") }

  @Test("both ways of writing amounts, a byte order mark, and line ends of other systems")
  func reads() throws {
    let file = read(
      "\u{FEFF}unit;category;year;budget;p1;p2;p3;p4\r\n101;pay;2024;1.234,56;1;-2;3,00;\t4 \r\n\r\n"
        + "101;other;2024;5;0;0;0;-0,05"
    )
    #expect(file.findings.lines(.english) == [])
    let row = try #require(file.books?.row(UnitCode("101"), ForecastGround.year(2024)))
    #expect(row[.pay].budget == 123_456 && row[.pay].cumulated == [0, 1, -1, 299, 303])
    #expect(row[.other].budget == 5 && row[.other].spent == -5)
    #expect(file.books?.periods == 4)
  }

  @Test("everything that is wrong is told at once, with line, column and what to do")
  func findings() {
    let file = read(
      """
      unit;category;year;budget;p1;p2
      101;løn;24;x;1;1.234
      102;pay;2024;1;2
      ;pay;2024;1;;9223372036854775808
      103;pay;2024;1;2;3
      103;pay;2024;1;2;3
      """)
    #expect(file.books == nil)
    #expect(
      file.findings.lines(.english) == [
        "s.csv:2:2: »løn« is no category, write pay or other",
        "s.csv:2:3: »24« is no year, write four digits, for instance 2025",
        "s.csv:2:4: »x« is no amount, write whole øre as 123456, or kroner as 1.234,56",
        "s.csv:2:6: »1.234« is no amount, write whole øre as 123456, or kroner as 1.234,56",
        "s.csv:3:0: the row has 5 fields, write 6 as in the heading",
        "s.csv:4:1: the unit is missing, write its code",
        "s.csv:4:5: »« is no amount, write whole øre as 123456, or kroner as 1.234,56",
        "s.csv:4:6: »9223372036854775808« is too large, write an amount that fits in 64 bits of øre",
        "s.csv:6:1: unit, category and year stand in an earlier row too, delete one of them",
      ])
  }

  @Test(
    "a heading that is none is told column by column",
    arguments: [
      ("", [1, 2, 3, 4]), ("unit;category;year", [4]), ("unit;category;year;budget", [0]),
      ("unit;category;year;budget;p1", [0]), ("Unit;category;year;budget;p1;p3", [1, 6]),
      ("unit;category;year;budget;p1;p2", [0]),
    ])
  func headings(_ heading: String, _ columns: [Int]) {
    let file = read(heading)
    #expect(file.books == nil)
    #expect(file.findings.kept.map(\.column) == columns)
  }

  @Test("bytes that are no UTF-8, and more wrong rows than are kept")
  func limits() {
    #expect(SeriesFile([0xC3, 0x28], name: "s.csv").findings.errorCount == 1)
    let many = read("unit;category;year;budget;p1;p2\n" + String(repeating: "x\n", count: 1_200))
    #expect(many.findings.errorCount == 1_200 && many.findings.leftOut == 200)
  }
}

@Suite("The command that tests forecasts")
struct ForecastCommandTests {
  private func run(_ arguments: [String], _ language: Language = .english) async throws
    -> (exit: Int32, output: String, said: [String])
  {
    let output = Mutex<[UInt8]>([])
    let said = Mutex<[String]>([])
    let terminal = Terminal(language: language) { bytes in
      output.withLock { $0 += bytes }
    } say: { line in
      said.withLock { $0.append(line) }
    }
    let exit = try await Terminal.$current.withValue(terminal) {
      try await ImportNeeds.$current.withValue(.live) { () -> Int32 in
        do {
          let command = try ForecastCommand.Backtest.parse(arguments)
          try await command.run()
          return 0
        } catch let code as ExitCode {
          return code.rawValue
        }
      }
    }
    return (exit, output.withLock { String(decoding: $0, as: UTF8.self) }, said.withLock { $0 })
  }

  @Test("a series gives a table; a bad one, a missing one and too little give their exit codes")
  func series() async throws {
    let scratch = try Scratch()
    let head = "unit;category;year;budget;p1;p2\n"
    let good = try scratch.file("good.csv", head + "A;pay;2024;10;4;6\nA;pay;2025;10;4;6\n")
    let table = try await run(["--series", good])
    #expect(table.exit == 0 && table.said == [])
    #expect(table.output.hasPrefix("Back-test on the file \(good): 2025 after each of 2 periods"))
    let short = try await run(["--series", scratch.file("short.csv", head + "A;pay;2024;10;4;6\n")], .danish)
    #expect(short.exit == 65 && short.output == "")
    #expect(short.said == ["der skal mindst to hele år med budget til en efterprøvning; her er 1"])
    let bad = try await run(["--series", scratch.file("bad.csv", head + "A;pay;2024;10;4;x\n")])
    #expect(bad.exit == 65 && bad.said.count == 1 && bad.said[0].contains("bad.csv:2:6: »x« is no amount"))
    let missing = try await run(["--series", scratch.path("none.csv")])
    #expect(missing.exit == 66 && missing.said.count == 1)
  }

  @Test("an empty database has nothing to test on")
  func emptyDatabase() async throws {
    let scratch = try Scratch()
    let empty = try await run(["--database", "sqlite:" + scratch.path("d.sqlite")])
    #expect(empty.exit == 65)
    #expect(empty.said == ["a back-test needs at least two whole years with a budget; here are 0"])
  }

  @Test("a series and a database are not given together")
  func both() {
    #expect(throws: (any Error).self) {
      try ForecastCommand.Backtest.parse(["--series", "a", "--database", "sqlite:b"])
    }
  }
}
