import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Governance

@Suite("The pages of the steering models")
struct ModelPageTests {
  static let pages: [(String, Page)] = [
    ("model", ModelShowView(model: .mock).page), ("model-no-round", ModelShowView(model: .mockWithoutRound).page),
    ("model-compare", ModelCompareView(model: .mock).page),
    ("model-compare-same", ModelCompareView(model: .mockSame).page),
  ]

  @Test("keep the house rules in both languages", arguments: pages.indices, Language.allCases)
  func keepTheHouseRules(_ index: Int, _ language: Language) throws {
    let (name, page) = Self.pages[index]
    #expect(PageChecks.faults(of: page, in: language) == [])
    if language == .danish { try PageChecks.show(page, as: name) }
  }

  @Test("each rule tells its limit, its source and how many units it touches, with a link to which")
  func rulesTellAll() {
    let html = PageChecks.html(of: ModelShowView(model: .mock).page, in: .danish)
    #expect(html.contains("R-74 · seeds/004, bilag 2 · står i dokumentet"))
    #expect(html.contains("R-111 · seeds/004, bilag 2 · <strong>vores læsning</strong>"))
    #expect(html.contains("<strong>5\u{A0}%</strong> <a href=\"#parameter-surplus.explanationPct\">Grænse</a>"))
    #expect(html.contains("<a href=\"/units?duty=actionPlan\">32 enheder<span class=\"unseen\"> med Handleplan"))
    #expect(html.contains("<dd>0 enheder</dd>"))
  }

  @Test("before the first closing no counts are shown")
  func noCountsBeforeTheFirstClosing() {
    let html = PageChecks.html(of: ModelShowView(model: .mockWithoutRound).page, in: .danish)
    #expect(!html.contains("/units?"))
    #expect(html.contains("<td class=\"n\" data-label=\"Lige nu\">ikke talt</td>"))
  }

  @Test("differences are counted and marked in words")
  func differencesInWords() {
    let html = PageChecks.html(of: ModelCompareView(model: .mock).page, in: .danish)
    #expect(html.contains("De to modeller er forskellige på 2 punkter."))
    #expect(html.ranges(of: ModelTexts.differs.danish).count == 2)
    #expect(html.contains("siger intet"))
    let same = PageChecks.html(of: ModelCompareView(model: .mockSame).page, in: .danish)
    #expect(same.contains("De to modeller siger det samme."))
  }
}
