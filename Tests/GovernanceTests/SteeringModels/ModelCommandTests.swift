import ArgumentParser
import Foundation
import RuleKit
import SteeringCore
import Testing

@testable import Governance

@Suite("The model command")
struct ModelCommandTests {
  /// A file with some content, gone when the test is over.
  func withFile<Answer>(_ text: String, _ body: (String) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("model.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try body(file.path)
  }

  @Test("list names every shipped model")
  func list() {
    let lines = ModelAnswer.list(.english).output
    #expect(lines.count == 2)
    #expect(lines.first == "randersmodellen-2.0             The Randers Model 2.0")
  }

  @Test("show tells every parameter and rule with its source, in the language asked for")
  func show() {
    for (language, when) in [
      (Language.danish, "Når saldoen er under 0 kr."), (.english, "When the balance is below DKK 0"),
    ] {
      let answer = ModelAnswer.show(ShippedModels.standardName, language)
      let text = answer.output.joined(separator: "\n")
      let model = ShippedModels.standard
      #expect(answer.failure == nil)
      #expect(text.contains(when))
      for parameter in model.parameters {
        #expect(text.contains("\(parameter.id): \(parameter.value.words(language))"))
        #expect(text.contains("\(parameter.citation.rule), \(parameter.citation.source)"))
      }
      for condition in model.lights.map(\.condition) + (model.duties + model.reviews).map(\.condition) {
        #expect(text.contains("[\(condition.text)]"))
      }
    }
  }

  @Test("check says that a sound file is usable, on standard output")
  func checkSound() throws {
    try withFile(SmallModel.text) { path in
      let answer = ModelAnswer.check(path, .danish)
      #expect(answer.failure == nil)
      #expect(answer.messages.isEmpty)
      let expected =
        "\(path): modellen small-1 kan bruges (indikatorer: 2, krav: 1, konkrete vurderinger: 1, parametre: 2)"
      #expect(answer.output == [expected])
    }
  }

  @Test("check prints the findings of a broken file on standard error and exits 65")
  func checkBroken() throws {
    try withFile(SmallModel.changing([6: "base: gross", 23: "    tone: pink"])) { path in
      let answer = ModelAnswer.check(path, .english)
      #expect(answer.failure?.rawValue == 65)
      #expect(answer.output.isEmpty)
      #expect(
        answer.messages == [
          "\(path):6:7: 'gross' is not known here, use one of: 'adjusted', 'original'",
          "\(path):23:11: 'pink' is not known here, use one of: 'green', 'yellow', 'red', 'blue', 'orange'",
        ])
      #expect(ModelAnswer.show(path, .english).failure?.rawValue == 65)
      #expect(ModelAnswer.compare(ShippedModels.standardName, path, .english).failure?.rawValue == 65)
    }
  }

  @Test("a file that is not there exits 66, a folder 74")
  func missing() {
    #expect(ModelAnswer.check("/findes/ikke.yaml", .danish).failure?.rawValue == 66)
    #expect(ModelAnswer.show("randersmodellen", .danish).failure?.rawValue == 66)
    #expect(ModelAnswer.show("randersmodellen", .english).messages.first?.contains("randersmodellen-2.0") == true)
    #expect(ModelAnswer.check(FileManager.default.temporaryDirectory.path, .danish).failure?.rawValue == 74)
  }

  @Test("wrong usage exits 64")
  func usage() {
    for words in [["check"], ["compare", "randersmodellen-2.0"], ["show", "a", "b"], ["unknown"]] {
      do {
        _ = try ModelCommand.parseAsRoot(words)
        Issue.record("\(words) was accepted")
      } catch {
        #expect(ModelCommand.exitCode(for: error).rawValue == 64)
      }
    }
  }

  @Test("compare tells what sets the shipped models apart")
  func compare() {
    let answer = ModelAnswer.compare(ShippedModels.standardName, "eksempelmodel-fire-indikatorer", .english)
    let lines = answer.output
    #expect(lines.first == "randersmodellen-2.0 → eksempelmodel-fire-indikatorer")
    for line in [
      "  percentages are of: the adjusted budget → the original budget",
      "  parameter deficit.redPct: 5 % → 2 %",
      "  light blue: balance > surplus.bluePct [blue, ring] (only in eksempelmodel-fire-indikatorer)",
      "  duty actionPlan: balance < 0 → light is red",
      "  duty financeInvolved: balance < -finance.involvedPct (only in randersmodellen-2.0)",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test("compare finds nothing between a model and itself, and a changed wording or order where there is one")
  func compareSmall() throws {
    let same = ModelAnswer.compare(ShippedModels.standardName, ShippedModels.standardName, .danish)
    #expect(same.output == ["randersmodellen-2.0 → randersmodellen-2.0", "  Reglerne er de samme"])
    let changed = SmallModel.changing([25: "    demand: { da: Fint, en: Fine }"])
    try withFile(SmallModel.text) { first in
      try withFile(changed) { second in
        let lines = ModelAnswer.compare(first, second, .danish).output
        #expect(lines == ["small-1 → small-1", "  indikator green: »Alt er godt« → »Fint«"])
      }
    }
  }
}
