import Database
import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Economy

@Suite("The pages that load files")
struct ImportPageTests {
  static let pages: [(String, Page)] = [
    ("import", ImportStartView(model: .mock).page), ("import-empty", ImportStartView(model: .mockEmpty).page),
    ("import-errors", ImportStartView(model: .mockErrors).page),
    ("import-preview", ImportPreviewView(model: .mock).page),
    ("import-preview-overlap", ImportPreviewView(model: .mockOverlap).page),
    ("import-preview-errors", ImportPreviewView(model: .mockErrors).page),
    ("import-done", ImportDoneView(model: .mock).page),
    ("import-done-replaced", ImportDoneView(model: .mockReplaced).page),
    ("import-done-unchanged", ImportDoneView(model: .mockUnchanged).page),
    ("import-job-waiting", waiting(.waiting)), ("import-job-running", waiting(.running(done: 640_000, of: 1_000_000))),
    ("import-job-still", waiting(.running(done: 0, of: 0), isStill: true)),
    ("import-failed", ImportFailedView(file: "finans-2025.csv", failure: .abandoned).page),
  ]

  private static func waiting(_ stage: WaitingPage.Stage, isStill: Bool = false) -> Page {
    WaitingPage(
      title: ImportTexts.running("finans-2025.csv"), section: .imports,
      trail: [.init(ImportTexts.title, ImportAddress.start)], stage: stage,
      asked: ImportTexts.asked("finans-2025.csv", at: 1_750_000_000), address: "/import/jobs/0123456789abcdef",
      isStill: isStill
    ).page
  }

  @Test("keep the house rules in both languages", arguments: pages.indices, Language.allCases)
  func keepTheHouseRules(_ index: Int, _ language: Language) throws {
    let (name, page) = Self.pages[index]
    #expect(PageChecks.faults(of: page, in: language) == [])
    if language == .danish { try PageChecks.show(page, as: name) }
  }

  @Test("what was typed is not lost when something is wrong")
  func keepsWhatWasTyped() {
    let html = PageChecks.html(of: ImportStartView(model: .mockErrors).page, in: .danish)
    #expect(html.contains("value=\"20x5\""))
    #expect(html.contains("value=\"ledger\" checked"))
    #expect(html.contains("<option value=\"native\" selected>"))
    #expect(html.contains("enctype=\"multipart/form-data\""))
  }

  @Test("a file's own text is shown as text, never as markup")
  func escapesTheFile() {
    let html = PageChecks.html(of: ImportPreviewView(model: .mock).page, in: .danish)
    #expect(html.contains("Frugt &amp; &lt;grønt&gt;"))
    #expect(!html.contains("<grønt>"))
  }

  @Test("a file with errors cannot be loaded, and the page says how many there are")
  func errorsStop() {
    let html = PageChecks.html(of: ImportPreviewView(model: .mockErrors).page, in: .danish)
    #expect(html.contains("Vi fandt 1.251 fejl i filen"))
    #expect(html.contains("Og 1.250 fund mere"))
    #expect(html.contains("Filen siger, at summen er 1.201.400,60\u{A0}kr., men rækkerne giver 1.201.400,50\u{A0}kr."))
    #expect(!html.contains("action=\"/import/confirm\""))
  }

  @Test("an overlap with an earlier file is for a person to decide, and stopping is the first choice")
  func overlapIsDecided() {
    let html = PageChecks.html(of: ImportPreviewView(model: .mockOverlap).page, in: .danish)
    #expect(html.contains("value=\"stop\" checked"))
    #expect(html.contains("Erstat finans-2025.csv"))
    #expect(html.contains("1.204 posteringer på i alt 81.204,55\u{A0}kr."))
  }

  @Test("when a file is loaded the page says what is next")
  func saysWhatIsNext() {
    #expect(
      PageChecks.html(of: ImportDoneView(model: .mock).page, in: .danish).contains("href=\"/rounds\" class=\"button\""))
    let replaced = PageChecks.html(of: ImportDoneView(model: .mockReplaced).page, in: .danish)
    #expect(replaced.contains("De erstatter finans-2025.csv."))
    #expect(replaced.contains("budgettet for 2025"))
    #expect(
      PageChecks.html(of: ImportDoneView(model: .mockUnchanged).page, in: .danish).contains("Intet er ændret."))
  }
}
