import SteeringCore
import Testing

@testable import Ledger

/// What a closing of 2025 makes of a ledger, read by both readers where the fast one dares.
private struct Reading {
  var findings: [String]
  var errorCount = 0
  var sums: ClosingSums
  var raced: ClosingSums?
}

private let header = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"

private func read(
  _ bytes: [UInt8], units: [String] = ["10", "20"], mapping: AccountMapping = AccountMapping(), unknown: Bool = false,
  profile: ImportProfile = .ledger
) throws -> Reading {
  let file = LedgerFile(name: "L", source: BytesInMemory(bytes), profile: profile)
  let year = FiscalYear(2025)!
  let fresh = ClosingSums(year: year, units: units, mapping: mapping, allowsUnknown: unknown)
  var careful = fresh
  let reading = try file.read(year: year, into: &careful)
  var raced: ClosingSums? = fresh
  if try file.race(year: year, into: &raced!, fresh: fresh) == nil { raced = nil }
  return Reading(
    findings: reading.findings.lines(.english), errorCount: reading.findings.errorCount, sums: careful, raced: raced)
}

private func read(_ text: String, units: [String] = ["10", "20"], unknown: Bool = false) throws -> Reading {
  try read(Array(text.utf8), units: units, unknown: unknown)
}

@Suite("Ledgers are read as formats.md says")
struct LedgerFileTests {
  @Test("postings land in unit, month and category, and nowhere twice")
  func plain() throws {
    let text =
      header + """
        1;02.01.2025;10;3.22.01;1.1;Løn;100,00
        2;28.02.2025;10;3.22.01;2.2;"Bøger; ""nye"" og
        gamle";1.234,56-
        3;31.12.2024;99;3.22.01;2.2;Sidste år;7,00
        4;31.12.2025;20;3.22.01;1;Løn;50

        """
    let reading = try read(text)
    #expect(reading.findings == [])
    #expect(reading.sums.months(unit: 0, .pay)[0] == 10_000)
    #expect(reading.sums.months(unit: 0, .other)[1] == -123_456)
    #expect(reading.sums.months(unit: 1, .pay)[11] == 5_000)
    #expect(reading.sums.ignored == ClosingSums.Tally(lines: 1, ore: 700))
    #expect(reading.sums.all == ClosingSums.Tally(lines: 4, ore: 10_000 - 123_456 + 700 + 5_000))
    #expect(reading.raced?.all == reading.sums.all)
    #expect(reading.raced?.months(unit: 0, .other) == reading.sums.months(unit: 0, .other))
  }

  @Test(
    "what is wrong is said with line and column, all at once",
    arguments: [
      ("1;02.01.2025;10;3;1;t;abc\n", "L:2:7"), ("1;31.02.2025;10;3;1;t;1,00\n", "L:2:2"),
      ("1;02.01.2025;77;3;1;t;1,00\n", "L:2:3"), ("1;02.01.2025;10;3;1;t\n", "L:2:0"),
      ("1;02.01.2025;10;3;1;a;b;1,00\n", "L:2:0"), ("1;02.01.2025;10;3;1;\"t\"x;1,00\n", "L:2:6"),
      ("1;02.01.2025;10;3;1;t\"x;1,00\n", "L:2:6"), ("1;02.01.2025;10;3;1;\"t;1,00\n", "L:2:0"),
      ("1;02.01.2025;10;3;1;t;\n", "L:2:7"), ("1;02.01.2025;10;3;1;\0;1,00\n", "L:2:6"),
      ("Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n", "L:2:0"),
    ])
  func wrong(record: String, place: String) throws {
    let reading = try read(header + record)
    #expect(reading.findings.count == 1)
    #expect(reading.findings.first?.hasPrefix(place + ": ") == true)
    #expect(reading.raced == nil, "the fast reader must not accept what the careful one refuses")
  }

  @Test("several faults in one record and over records are all told, with physical lines")
  func many() throws {
    let reading = try read(
      header + "1;99.01.2025;10;3;1;\"to\nlinjer\";x\n\n2;02.01.2025;10;3;1;t;--5\r\n3;02.01.2025;10;3;1;t;1.2.3")
    #expect(
      reading.findings.map { String($0.prefix { $0 != " " }) } == [
        "L:0:0:", "L:2:2:", "L:2:7:", "L:5:7:", "L:6:7:",
      ])
  }

  @Test("line ends may be LF, CRLF or CR, with or without a byte-order mark and a last line end")
  func lineEnds() throws {
    let lines = [String(header.dropLast()), "1;02.01.2025;10;3;1;t;1,00", "2;03.01.2025;10;3;2;\"a\"\"b\";2,00"]
    for end in ["\n", "\r\n", "\r"] {
      for mark in ["", "\u{FEFF}"] {
        for last in ["", end] {
          let reading = try read(mark + lines.joined(separator: end) + last)
          #expect(reading.findings.count == (last.isEmpty ? 1 : 0))
          #expect(reading.errorCount == 0)
          #expect(reading.sums.all == ClosingSums.Tally(lines: 2, ore: 300))
        }
      }
    }
  }

  @Test("other encodings are read when the profile says so, and told apart when not")
  func encodings() throws {
    let text = header + "1;02.01.2025;10;3;1;Børnehave €;1,00\n"
    var profile = ImportProfile.ledger
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try read(wide).findings.first?.contains("UTF-16") == true)
    profile.encoding = .utf16
    #expect(try read(wide, profile: profile).sums.all.ore == 100)
    let narrow: [UInt8] = text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
    #expect(try read(narrow).findings.first?.contains("utf-8") == true)
    profile.encoding = .windows1252
    #expect(try read(narrow, profile: profile).sums.all.ore == 100)
    #expect(try read(narrow.map { $0 == 0x80 ? 0x81 : $0 }, profile: profile).findings.count == 1)
  }

  @Test("a wrong letter in a text is found too, not only in the header")
  func badText() throws {
    let bytes = Array(header.utf8) + Array("1;02.01.2025;10;3;1;B".utf8) + [0xF8] + Array("rn;1,00\n".utf8)
    let reading = try read(bytes)
    #expect(reading.findings.first?.hasPrefix("L:2:6: ") == true)
    #expect(reading.raced == nil)
  }

  @Test("text is well-formed UTF-8 exactly where the standard library says so")
  func wellFormed() {
    let edges: [UInt8] = [
      0, 1, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
      0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    var bytes: [UInt8] = []
    func check() {
      let expected = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
      let found = bytes.withUnsafeBufferPointer {
        $0.baseAddress.map { FieldBytes($0, bytes.count).isValidText } ?? true
      }
      #expect(found == expected, "\(bytes)")
    }
    for a in edges {
      for b in edges {
        for c in edges {
          for tail in [[], [0x80], [0xBF, 0x41]] as [[UInt8]] {
            bytes = [a, b, c] + tail
            check()
          }
        }
      }
    }
  }

  @Test("an empty file, a header that is missing, short or doubled")
  func headers() throws {
    #expect(try read("").findings.first?.hasPrefix("L:1:0: ") == true)
    #expect(try read("\n\n").findings.count == 1)
    #expect(try read("1;02.01.2025;10;3;1;t;1,00\n").findings.count == 7)
    #expect(try read(header).findings == [])
    #expect(try read("Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst\n").findings.count == 1)
    #expect(try read("Beløb;" + header).findings.first?.hasPrefix("L:1:8: ") == true)
    let moved = "Beløb;Ekstra;Art;Funktion;Aftaleenhed;Bogføringsdato;Bilagsnr;Tekst\n5,00;?;1;3;10;01.01.2025;1;t\n"
    #expect(try read(moved).sums.all.ore == 500)
  }

  @Test("unknown units are refused, or counted apart")
  func unknown() throws {
    let text = header + "1;02.01.2025;77;3;1;t;1,00\n1;02.01.2025;66;3;1;t;2,00\n1;02.01.2025;77;3;1;t;4,00\n"
    #expect(try read(text).findings.count == 2 + 1)
    let reading = try read(text, unknown: true)
    #expect(reading.findings == [])
    #expect(reading.sums.unknown.map(\.unit.text) == ["66", "77"])
    #expect(reading.sums.unknown.map(\.tally.ore) == [200, 500])
    #expect(reading.raced?.unknown.map(\.tally.ore) == [200, 500])
  }

  @Test("ten thousand wrong records are counted, a thousand kept")
  func manyWrong() throws {
    let reading = try read(header + String(repeating: "1;02.01.2025;10;3;1;t;x\n", count: 10_000))
    #expect(reading.findings.count == 1_001)
    #expect(reading.findings.last?.contains("9000") == true)
  }

  @Test("a sum that does not fit is said, not wrapped")
  func overflow() throws {
    let row = "1;02.01.2025;10;3;1;t;92.233.720.368.547.758,07\n"
    let reading = try read(header + row + row)
    #expect(reading.sums.isOverflown)
    #expect(reading.raced?.isOverflown == true)
    #expect(reading.findings == [], "whoever sums says so")
  }

  @Test("a sum that passes 64 bits and comes back is exact, by both readers, also over lanes put together")
  func exact() throws {
    func row(_ amount: String) -> String { "1;02.01.2025;10;3;1;t;\(amount)\n" }
    let large = "92.233.720.368.547.758,07"
    let reading = try read(header + row(large) + row("5,00") + row("5,00-") + row(large + "-") + row("2,00"))
    #expect(reading.findings == [])
    #expect(!reading.sums.isOverflown)
    #expect(reading.sums.all.ore == 200)
    #expect(reading.sums.months(unit: 0, .pay)[0] == 200)
    #expect(reading.raced?.isOverflown == false)
    var one = try #require(try read(header + row(large) + row("5,00")).raced)
    #expect(one.isOverflown)
    one.merge(try read(header + row("5,00-") + row(large + "-")).sums)
    #expect(!one.isOverflown)
    #expect(one.all == ClosingSums.Tally(lines: 4, ore: 0))
  }

  @Test("a file cut inside its last amount gets a remark from both readers, and the fast one still reads it")
  func cut() throws {
    let file = LedgerFile(
      name: "L", source: BytesInMemory(header + "1;02.01.2025;10;3;1;t;12,5"), profile: .ledger)
    let fresh = ClosingSums(year: FiscalYear(2025)!, units: ["10"], mapping: AccountMapping(), allowsUnknown: false)
    var sums = fresh
    let raced = try #require(try file.race(year: FiscalYear(2025)!, into: &sums, fresh: fresh))
    var careful = fresh
    let read = try file.read(year: FiscalYear(2025)!, into: &careful)
    #expect(raced.findings.kept.map(\.severity) == [.remark])
    #expect(raced.findings.kept == read.findings.kept)
    #expect(careful.all == sums.all)
  }

  @Test("a file that should end with a total and does not gets a remark; rows left out as wrong give no false lead")
  func noTotal() throws {
    var profile = ImportProfile.ledger
    profile.totalRow = TotalRowRule(blank: [.unit, .date])
    let cut = try read(Array((header + "1;02.01.2025;10;3;1;t;1,00\n").utf8), profile: profile)
    #expect(cut.errorCount == 0)
    #expect(cut.findings.count == 1 && cut.findings[0].contains("no row of totals"))
    let wrong = header + "1;02.01.2025;10;3;1;t;1,00\n2;02.01.2025;10;3;1;t;x\n;;;;;;3,00\n"
    let findings = try read(Array(wrong.utf8), profile: profile).findings
    #expect(findings.map { String($0.prefix { $0 != " " }) } == ["L:3:7:"])
  }

  @Test("a total row before a broken record is told first, as the file has it")
  func totalBeforeBroken() throws {
    var profile = ImportProfile.ledger
    profile.totalRow = TotalRowRule(blank: [.unit, .date])
    let text = header + ";;;;;;1,00\n1;02.01.2025;10;3;1;t\"x;1,00\n"
    let reading = try read(Array(text.utf8), profile: profile)
    #expect(reading.findings.map { String($0.prefix { $0 != " " }) } == ["L:2:7:", "L:3:6:"])
  }

  @Test("a total row is compared at the precision it is printed with, and must stand last")
  func totals() throws {
    var profile = ImportProfile.ledger
    profile.totalRow = TotalRowRule(blank: [.unit, .date])
    func control(_ total: String, _ rest: String = "") throws -> (ControlTotal?, Int) {
      let text = header + "1;02.01.2025;10;3;1;t;1,04\n2;02.01.2025;10;3;1;t;2,05\n;;;;;;\(total)\n" + rest
      let file = LedgerFile(name: "L", source: BytesInMemory(text), profile: profile)
      var sums = ClosingSums(year: FiscalYear(2025)!, units: ["10"], mapping: AccountMapping(), allowsUnknown: false)
      let reading = try file.read(year: FiscalYear(2025)!, into: &sums)
      return (reading.controlTotal, reading.findings.errorCount)
    }
    #expect(try control("3,09").0?.agrees == true)
    #expect(try control("3,1").0?.agrees == true)
    #expect(try control("3").0?.agrees == true)
    #expect(try control("3,08").1 == 1)
    #expect(try control("3,09", "3;02.01.2025;10;3;1;t;1,00\n").1 == 1)
  }
}

@Suite("The fast reader agrees with the careful one")
struct RaceTests {
  @Test("on generated ledgers of many shapes, over block borders and quoted line feeds")
  func agrees() throws {
    var seed: UInt64 = 20_260_101
    func roll(_ below: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % below
    }
    let texts = ["Løn", "", "\"a;b\"", "\"to\nlinjer; \"\"x\"\"\"", "El-forbrug fakt. 123456", "Ærø øl og åer", "a\tb"]
    for round in 0..<6 {
      var text = round % 2 == 0 ? header : header.replacing("\n", with: "\r\n")
      let end = round % 2 == 0 ? "\n" : "\r\n"
      for index in 0..<(round == 5 ? 60_000 : 4_000) {
        let day = String(100 + 1 + roll(28)).dropFirst()
        let month = String(100 + 1 + roll(12)).dropFirst()
        let amount = Money(ore: Int64(roll(900_000_000))).withOre + (roll(9) == 0 ? "-" : "")
        let unit = ["10", "20", "12345678901", "30"][roll(round < 3 ? 4 : 3)]
        text +=
          "\(index);\(day).\(month).\(roll(20) == 0 ? 2024 : 2025);\(unit);3.22.0\(roll(9));\(1 + roll(3)).\(roll(4));"
        text += texts[roll(texts.count)] + ";" + amount + end
      }
      var mapping = AccountMapping()
      if round > 2 { _ = mapping.add(.init(unit: "", function: "3.22.01", kind: "", category: .outside)) }
      let reading = try read(
        Array(text.utf8), units: ["10", "20", "12345678901"], mapping: mapping, unknown: true)
      let raced = try #require(reading.raced)
      #expect(raced.all == reading.sums.all)
      #expect(raced.ignored == reading.sums.ignored)
      for unit in 0..<3 {
        for category in AccountCategory.allCases {
          #expect(raced.months(unit: unit, category) == reading.sums.months(unit: unit, category))
        }
      }
      #expect(raced.unknown.map(\.tally) == reading.sums.unknown.map(\.tally))
    }
  }

  @Test("and never accepts a byte that the careful one refuses: every single-byte change of a small file")
  func mutations() throws {
    let text = header + "1;02.01.2025;10;3.22;1.1;Løn;1.234,56\n2;03.02.2025;20;3;2;\"a;\"\"b\";7,00-\n"
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      for byte in [0, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 59, 120, 0xC3, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = byte
        let reading = try read(changed)
        if let raced = reading.raced {
          #expect(reading.errorCount == 0, "byte \(byte) at \(index)")
          #expect(raced.all == reading.sums.all, "byte \(byte) at \(index)")
        }
      }
      let cut = try read(Array(bytes[..<index]))
      if cut.raced != nil { #expect(cut.errorCount == 0, "cut at \(index)") }
    }
  }
}

extension RaceTests {
  @Test(
    "amounts at the end of 64 bits mean the same to both",
    arguments: [
      "99999999999999999,99", "92.233.720.368.547.758,07", "92233720368547758,08", "-92233720368547758,08",
      "9999999999999999,99-", "999.999.999.999,99", "1.000.000.000.000,00",
    ])
  func largest(_ amount: String) throws {
    let reading = try read(header + "1;02.01.2025;10;3;1;t;\(amount)\n")
    if reading.errorCount > 0 {
      #expect(reading.raced == nil)
    } else {
      #expect(reading.raced?.all == reading.sums.all)
      #expect(reading.raced?.isOverflown == reading.sums.isOverflown)
    }
  }

  @Test("blank records are skipped by both, also where an empty amount is nought and no date is asked for")
  func blank() throws {
    var profile = ImportProfile(
      name: "p", kind: .ledger, headers: [.unit: ["U"], .kind: ["K"], .amount: ["A"]])
    profile.fixedDate = .yearEnd
    profile.amounts.empty = .zero
    let reading = try read(Array("U;K;A\n10;1;5,00\n;;\n ; ;\n10;1;\n;;".utf8), unknown: true, profile: profile)
    #expect(reading.sums.all == .init(lines: 2, ore: 500))
    #expect(reading.sums.unknown.isEmpty)
    #expect(reading.raced == nil || reading.raced?.all == reading.sums.all)
  }
}

@Suite("Accounts are sorted by the most specific pattern")
struct AccountMappingTests {
  private func mapping(_ rows: [(String, String, String, AccountCategory)]) -> AccountMapping {
    var mapping = AccountMapping()
    for row in rows { _ = mapping.add(.init(unit: row.0, function: row.1, kind: row.2, category: row.3)) }
    return mapping
  }

  @Test("a pattern of very many components is refused, and codes of very many are sorted as by their beginnings")
  func manyComponents() throws {
    let long = Array(repeating: "1", count: 5_000).joined(separator: ".")
    let text = "Aftaleenhed;Funktion;Art;Kategori\n*;\(long);*;løn\n*;1.1;1;udenfor\n"
    let reader = TableReader(source: BytesInMemory(text), fileName: "A", profile: .accounts)
    let mapping = try AccountMapping.read(reader)
    #expect(reader.findings.lines(.english).map { String($0.prefix { $0 != " " }) } == ["A:2:2:"])
    #expect(mapping.category(unit: long, function: long, kind: long) == .outside)
    #expect(AccountMapping.prefixes(long).count == AccountMapping.mostComponents + 1)
    #expect(AccountMapping.prefixes("6.45.51") == ["6.45.51", "6.45", "6", ""])
  }

  @Test("components are whole, unit before function before kind")
  func specific() {
    let mapping = mapping([
      ("", "6.45", "", .outside), ("", "6.45.51", "1", .pay), ("10", "", "", .other), ("", "", "1.2", .outside),
    ])
    #expect(mapping.category(unit: "20", function: "6.45.50", kind: "1") == .outside)
    #expect(mapping.category(unit: "20", function: "6.45.51", kind: "1.9") == .pay)
    #expect(mapping.category(unit: "20", function: "6.451", kind: "2") == .other)
    #expect(mapping.category(unit: "20", function: "6.451", kind: "1.2") == .outside)
    #expect(mapping.category(unit: "20", function: "6.451", kind: "1.21") == .pay)
    #expect(mapping.category(unit: "10", function: "6.45.51", kind: "1") == .other)
    #expect(mapping.category(unit: "10.3", function: "6.45.51", kind: "1") == .other)
    #expect(mapping.category(unit: "103", function: "9", kind: "10") == .other)
    #expect(mapping.category(unit: "103", function: "9", kind: "1") == .pay)
  }

  @Test("a file's double rows, wrong patterns and words are told")
  func file() throws {
    let text = "Aftaleenhed;Funktion;Art;Kategori\n*;6.45;*;udenfor\n*;6.45;*;løn\n*;6.*;*;løn\n*;;*;løn\n*;*;1;Pay\n"
    let reader = TableReader(source: BytesInMemory(text), fileName: "A", profile: .accounts)
    _ = try AccountMapping.read(reader)
    #expect(reader.findings.kept.map(\.line) == [3, 4, 5, 6])
  }
}
