import ArgumentParser
import Foundation
import SteeringCore
import SurfaceKit
import Testing

@testable import Economy

private let budgetHeader = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
private let ledgerHeader = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
private let planHeader = "Aftaleenhed;År;Art;Godkendt;Tilbagebetalt senest;Overholdt\n"
private let largest = "92233720368547758,07"

private func row(_ amount: String = "1,00", unit: String = "u1", date: String = "01.02.2025", kind: String = "2.2")
  -> String
{
  "1;\(date);\(unit);3;\(kind);t;\(amount)\n"
}

/// The files of one closing in a folder of their own.
private struct Files {
  let scratch: Scratch
  var arguments: [String]

  init(budget: String = budgetHeader + "u1;Skole;1000,00;0;0\n", ledgers: [String] = [ledgerHeader + row()]) throws {
    scratch = try Scratch()
    arguments = ["--year", "2025", "--budget", try scratch.file("b.csv", budget)]
    for (index, ledger) in ledgers.enumerated() {
      arguments += ["--ledger", try scratch.file("l\(index + 1).csv", ledger)]
    }
  }

  func with(_ option: String, _ name: String, _ text: String) throws -> Files {
    var files = self
    files.arguments += [option, try scratch.file(name, text)]
    return files
  }

  func with(_ more: String...) -> Files {
    var files = self
    files.arguments += more
    return files
  }

  /// Closes and gives what was written, with the folder's path left out of what was said.
  func close(_ format: String = "json", _ language: Language = .english) throws -> (run: CommandRun, said: [String]) {
    let run = try CommandRun(try CloseCommand.parse(arguments + ["--format", format]), language)
    return (run, run.said.map { $0.replacing(scratch.folder + "/", with: "") })
  }

  /// Where each finding stands, such as `l1.csv:2:7`.
  func places() throws -> [String] {
    try close().said.map { $0.split(separator: ": ", maxSplits: 1).first.map(String.init) ?? "" }
  }

  /// The exit code of arguments that are refused, and why.
  func refusal(_ language: Language = .english) -> (code: Int32, text: String)? {
    let terminal = Terminal(language: language, write: { _ in }, say: { _ in })
    return Terminal.$current.withValue(terminal) {
      do {
        _ = try CloseCommand.parse(arguments)
        return nil
      } catch {
        return (CloseCommand.exitCode(for: error).rawValue, CloseCommand.message(for: error))
      }
    }
  }
}

@Suite("Closing from files: where the output goes")
struct CloseOutputTests {
  @Test(
    "an output that is also an input is refused under every name of it",
    arguments: ["l1.csv", "./l1.csv", "x/../l1.csv", "link.csv", "hard.csv", "b.csv", "model.yaml"])
  func outputIsInput(name: String) throws {
    let files = try Files().with("--model", "model.yaml", "id: x\n")
    let manager = FileManager.default
    try manager.createDirectory(atPath: files.scratch.path("x"), withIntermediateDirectories: true)
    try manager.createSymbolicLink(
      atPath: files.scratch.path("link.csv"), withDestinationPath: files.scratch.path("l1.csv"))
    try manager.linkItem(atPath: files.scratch.path("l1.csv"), toPath: files.scratch.path("hard.csv"))
    let refusal = try #require(files.with("--output", files.scratch.path(name)).refusal())
    #expect(refusal.code == 64)
    #expect(refusal.text.contains("also an input"))
    #expect(files.with("--output", files.scratch.path("new.csv")).refusal() == nil)
  }

  @Test("wrong usage is told in Danish where the person speaks Danish")
  func danishUsage() throws {
    let files = try Files()
    let empty = try #require(files.with("--output", "").refusal(.danish))
    #expect(empty.code == 64)
    #expect(empty.text.contains("mangler et filnavn"))
    #expect(files.with("--output", files.scratch.path("b.csv")).refusal(.danish)?.text.contains("der læses") == true)
    #expect(files.with("--year", "1700").refusal(.danish)?.text.contains("et år fra 1900 til 2199") == true)
    var bare = files
    bare.arguments = ["--year", "2025", "--budget", "b.csv"]
    #expect(bare.refusal(.danish)?.text.contains("mindst én bogføringsfil") == true)
    #expect(bare.refusal()?.code == 64)
  }

  @Test("a link is followed, the file keeps its mode, and nothing else is left in the folder")
  func linkAndMode() throws {
    let files = try Files()
    let manager = FileManager.default
    let target = try files.scratch.file("target.json", "old")
    try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    let link = files.scratch.path("link.json")
    try manager.createSymbolicLink(atPath: link, withDestinationPath: "target.json")
    #expect(try files.with("--output", link).close().run.status == 0)
    #expect(try manager.destinationOfSymbolicLink(atPath: link) == "target.json")
    #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("{\"year\":2025"))
    #expect(try manager.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o640)
    let names = try manager.contentsOfDirectory(atPath: files.scratch.folder).sorted()
    #expect(names == ["b.csv", "l1.csv", "link.json", "target.json"])
  }

  @Test("a link whose target is not there yet makes the target")
  func danglingLink() throws {
    let files = try Files()
    let link = files.scratch.path("link.json")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "new.json")
    #expect(try files.with("--output", link).close().run.status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "new.json")
    #expect(FileManager.default.fileExists(atPath: files.scratch.path("new.json")))
  }
}

@Suite("Closing from files: everything wrong is told at once, in file order")
struct CloseFindingTests {
  @Test("every further copy of a ledger is a finding among the others, and is not read again")
  func twins() throws {
    let twin = ledgerHeader + row("x")
    let files = try Files(
      budget: budgetHeader + "u1;Skole;x;0;0\n", ledgers: [twin, ledgerHeader + row("y"), twin, twin])
    #expect(try files.places() == ["b.csv:2:3", "l1.csv:2:7", "l2.csv:2:7", "l3.csv:0:0", "l4.csv:0:0"])
    #expect(try files.close().run.status == 65)
    let only = try Files(ledgers: [ledgerHeader + row(), ledgerHeader + row()]).close()
    #expect(only.run.status == 65)
    #expect(only.run.output == "")
    #expect(only.said.count == 1)
    #expect(only.said[0].hasPrefix("l2.csv:0:0: the file has the same content as "))
  }

  @Test("a broken model is told together with what is wrong in the input")
  func brokenModel() throws {
    let files = try Files(budget: budgetHeader + "u1;Skole;x;0;0\n").with("--model", "m.yaml", "no: model\n")
    let (run, said) = try files.close()
    #expect(run.status == 65)
    #expect(said.contains { $0.hasPrefix("m.yaml:") })
    #expect(said.last?.hasPrefix("b.csv:2:3: ") == true)
    let alone = try Files().with("--model", "m.yaml", "no: model\n").close()
    #expect(alone.run.status == 65)
    #expect(alone.run.output == "")
  }

  @Test("a missing file is told before everything else")
  func missing() throws {
    let files = try Files(budget: "").with("--plans", "/nowhere/p.csv").with("--model", "m.yaml", "no: model\n")
    let (run, said) = try files.close()
    #expect(run.status == 66)
    #expect(said == ["/nowhere/p.csv: no such file"])
  }

  @Test("an unknown unit is told also where the same row's amount is wrong, in the order of the columns")
  func unknownAndWrong() throws {
    let rows = row("x", unit: "u9") + row("x", unit: "u9", date: "01.02.2024") + row("x", unit: "u9", date: "x")
    let files = try Files(ledgers: [ledgerHeader + rows])
    #expect(
      try files.places() == ["l1.csv:2:3", "l1.csv:2:7", "l1.csv:3:7", "l1.csv:4:2", "l1.csv:4:7"])
    #expect(try files.with("--allow-unknown-units").places().filter { $0.hasSuffix(":3") } == [])
  }

  @Test("remarks on unknown units stand in file order among the errors of their file; an empty unit has only its error")
  func strayPlans() throws {
    let plans = "zz;2025;handleplan;;;\nu1;x;handleplan;;;\nzy;2025;handleplan;;;\n;2025;handleplan;;;\n"
    let files = try Files().with("--plans", "p.csv", planHeader + plans)
    #expect(try files.places() == ["p.csv:2:1", "p.csv:3:2", "p.csv:4:1", "p.csv:5:1"])
    #expect(try files.close().said.last?.contains("the code is empty") == true)
  }

  @Test("postings outside the year are told though the file has errors, in the right number")
  func outsideYear() throws {
    let outside = row(date: "01.01.2024")
    let one = try Files(ledgers: [ledgerHeader + outside + row("x")])
    #expect(try one.places() == ["l1.csv:0:0", "l1.csv:3:7"])
    #expect(try one.close().said[0].contains("1 posting is outside 2025 (1,00 kr.), it is not counted"))
    #expect(try one.close("json", .danish).said[0].contains("1 postering er uden for 2025"))
    let two = try Files(ledgers: [ledgerHeader + outside + outside])
    #expect(try two.close().said[0].contains("2 postings are outside 2025"))
    #expect(try two.close().run.status == 0)
  }

  @Test("no message breaks its line or steers the terminal, and no table either")
  func oneLine() throws {
    let header = "\"Bilags\nnr\";x\u{1B}[31m;y\n"
    for line in try Files(budget: budgetHeader + "\"u\r\n1\";U;1;0;0\n\"u\r\n1\";U;1;0;0\n", ledgers: [header]).close()
      .said
    {
      #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
    let table = try Files(budget: budgetHeader + "u1;\"Sk\no\u{1B}[31mle\";1;0;0\n").close("table").run.output
    #expect(table.split(separator: "\n").count == 2)
    #expect(table.contains("Sk o\u{FFFD}[31mle"))
  }

  @Test("a NUL is called a NUL")
  func nul() throws {
    let (_, said) = try Files(ledgers: [ledgerHeader + "1;01.02.2025;u1;3;2.2;a\0b;1,00\n"]).close()
    #expect(said.count == 1)
    #expect(said[0].hasPrefix("l1.csv:2:6: "))
    #expect(said[0].contains("NUL"))
  }

  @Test("a file without a last line end gets a remark where its last field is an amount, and is used all the same")
  func noLineEnd() throws {
    let cut = try Files(
      budget: budgetHeader + "u1;Skole;1000,00;0;0", ledgers: [ledgerHeader + String(row().dropLast())])
    let (run, said) = try cut.close()
    #expect(run.status == 0)
    #expect(
      said.filter { $0.contains("does not end with a line end") }.map { $0.prefix { $0 != " " } } == [
        "b.csv:0:0:", "l1.csv:0:0:",
      ])
    let text = try Files(ledgers: [
      "Beløb;" + ledgerHeader.replacing(";Beløb", with: "") + "1,00;1;01.02.2025;u1;3;2.2;t"
    ])
    #expect(try text.close().said.count == 1)
    #expect(try Files(ledgers: [String(ledgerHeader.dropLast())]).close().said.count == 1)
    #expect(
      try Files(ledgers: [ledgerHeader.replacing("\n", with: "\r\n") + row().replacing("\n", with: "\r\n")]).close()
        .said.count == 1)
  }
}

@Suite("Closing from files: amounts at the end of what fits")
struct CloseLimitTests {
  @Test("a sum that passes the end of 64 bits and comes back is right")
  func passes() throws {
    let rows = row(largest) + row("5,00") + row("5,00-") + row("1,00") + row(largest + "-")
    let (run, said) = try Files(ledgers: [ledgerHeader + rows]).close()
    #expect(run.status == 0, "\(said)")
    #expect(run.output.contains("\"allOre\":100,"))
    let split = try Files(ledgers: [
      ledgerHeader + row(largest) + row("5,00"), ledgerHeader + row("5,00-") + row(largest + "-"),
    ])
    #expect(try split.close().run.output.contains("\"allOre\":0,"), "only the sum of all files must fit")
    let over = try Files(ledgers: [
      ledgerHeader + row(largest), ledgerHeader + row("5,00"), ledgerHeader + row(largest + "-"),
    ])
    #expect(try over.close().run.output.contains("\"allOre\":500,"))
  }

  @Test("a sum that stays too large is blamed on its ledger", arguments: [1, 2])
  func tooLarge(count: Int) throws {
    let rows = [row(largest), row("1,00")]
    let files = try Files(ledgers: count == 1 ? [ledgerHeader + rows.joined()] : rows.map { ledgerHeader + $0 })
    #expect(try files.places() == ["l\(count).csv:0:0"])
    #expect(try files.close().run.status == 65)
  }

  @Test("a unit's sum that is too large is blamed on the ledger, though other units even it out")
  func unitTooLarge() throws {
    let budget = budgetHeader + "u1;A;1;0;0\nu2;B;1;0;0\n"
    let rows =
      row(largest) + row(largest + "-", unit: "u2") + row("5,00", kind: "1.1") + row("5,00-", unit: "u2", kind: "1.1")
    #expect(try Files(budget: budget, ledgers: [ledgerHeader + rows]).places() == ["l1.csv:0:0"])
  }

  @Test("a balance too far from its base for basis points is refused, never null")
  func basisPoints() throws {
    let files = try Files(budget: budgetHeader + "u1;U;0,01;0;0\nu2;U;0,01;0;90000000000000000\n")
    #expect(try files.places() == ["b.csv:3:0"])
    #expect(try files.close().run.status == 65)
  }
}

@Suite("Closing from files: codes and numbers")
struct CloseCodeTests {
  @Test("codes are compared by bytes everywhere: the same letter spelt in two ways is two units")
  func bytes() throws {
    let composed = "\u{E5}12345678"
    let decomposed = "a\u{30A}12345678"
    let budget = budgetHeader + "\(composed);U;100,00;0;0\n\(decomposed);V;100,00;0;0\n"
    let ledger = ledgerHeader + row("1,00", unit: composed) + row("2,00", unit: decomposed)
    let files = try Files(budget: budget, ledgers: [ledger])
      .with("--accounts", "a.csv", "Aftaleenhed;Funktion;Art;Kategori\n\(decomposed);*;*;udenfor\n")
    let (run, said) = try files.close()
    #expect(run.status == 0, "\(said)")
    #expect(run.output.contains("\"insideOre\":100,\"outsideOre\":200,"))
    let plans = try Files(budget: budgetHeader + "\(composed);U;1;0;0\n", ledgers: [ledgerHeader])
      .with("--plans", "p.csv", planHeader + "\(decomposed);2025;handleplan;;;\n")
    #expect(try plans.places().first == "p.csv:2:1")
  }

  @Test("a code with a quote in it is one code in budget and ledger")
  func quotedCode() throws {
    let files = try Files(
      budget: budgetHeader + "\"u\"\"1\";U;100,00;0;0\n", ledgers: [ledgerHeader + row("1,00", unit: "\"u\"\"1\"")])
    #expect(try files.close().run.output.contains("\"insideOre\":100,"))
  }

  @Test("explain counts rows and writes numbers as the language does")
  func explain() throws {
    let files = try Files(ledgers: [
      ledgerHeader + row("12,00") + row("1.012,50", kind: "1.1") + row("1,50", kind: "1.1")
    ])
    let english = try CommandRun(try ExplainCommand.parse(["u1"] + files.arguments), .english).output
    #expect(english.contains("12.00 (1 row)"))
    #expect(english.contains("1,014.00 (2 rows)"))
    #expect(english.contains("Balance -26.00 kr., -2.6 %"))
    let danish = try CommandRun(try ExplainCommand.parse(["u1"] + files.arguments), .danish).output
    #expect(danish.contains("12,00 (1 række)"))
    #expect(danish.contains("1.014,00 (2 rækker)"))
  }

  @Test("a file of more than 1 MB is no model, and is not read as one")
  func largeModel() throws {
    let text = "id: a\n" + String(repeating: "# a ledger given by mistake\n", count: 50_000)
    let run = try Files().with("--model", "m.yaml", text).close()
    #expect(run.run.status == 65)
    #expect(
      run.said == [
        "m.yaml:0:0: the file is over 1 MB, so it is no model, point at the model, not at the file of figures"
      ])
  }

  @Test("a finding quotes a long field only in part")
  func longFields() throws {
    let long = String(repeating: "x", count: 5_000)
    let plans = planHeader + "u1;\(long);\(long);;;\(long)\n"
    let budget = budgetHeader + "\(long);U;1;0;0\n\(long);U;1;0;0\n"
    let said = try Files(budget: budget).with("--plans", "p.csv", plans).close().said
    #expect(said.filter { $0.hasPrefix("p.csv") }.count == 3)
    #expect(said.filter { $0.contains("stands already in line 2") }.count == 1)
    for line in said { #expect(line.count < 300, "\(line.prefix(80))") }
  }
}
