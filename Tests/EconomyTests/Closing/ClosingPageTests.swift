import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import Economy

@Suite("The pages of the closing")
struct ClosingPageTests {
  static let pages: [(String, Page)] = [
    ("units", UnitListView(model: .mock).page), ("units-filtered", UnitListView(model: .mockFiltered).page),
    ("units-no-match", UnitListView(model: .mockWithoutMatch).page),
    ("units-empty", UnitListView(model: .mockWithoutRound).page), ("unit", UnitShowView(model: .mock).page),
    ("unit-quiet", UnitShowView(model: .mockQuiet).page), ("rounds", RoundListView(model: .mock).page),
    ("rounds-missing", RoundListView(model: .mockMissing).page),
    ("rounds-ready", RoundListView(model: .mockReady).page), ("round", RoundShowView(model: .mock).page),
    ("round-first", RoundShowView(model: .mockFirst).page),
    ("round-replay-differs", RoundShowView(model: .mockReplayDiffers).page),
    ("round-inputs-differ", RoundShowView(model: .mockInputsDiffer).page),
    ("round-make", RoundMakeView(model: .mockForm).page),
    ("round-make-errors", RoundMakeView(model: .mockErrors).page),
    ("round-make-read-back", RoundMakeView(model: .mockReadBack).page),
    ("round-make-changed", RoundMakeView(model: .mockChanged).page),
  ]

  @Test("keep the house rules in both languages", arguments: pages.indices, Language.allCases)
  func keepTheHouseRules(_ index: Int, _ language: Language) throws {
    let (name, page) = Self.pages[index]
    #expect(PageChecks.faults(of: page, in: language) == [])
    if language == .danish { try PageChecks.show(page, as: name) }
  }

  @Test("a unit's headline says balance, share, light and what is asked")
  func headline() {
    let html = PageChecks.html(of: UnitShowView(model: .mock).page, in: .danish)
    #expect(
      html.contains(
        "12.480\u{A0}kr. i underskud, 1,8\u{A0}% af budgettet: gul. Der skal laves en handleplan, og gælden skal "
          + "afvikles i 2026."))
    #expect(
      PageChecks.html(of: UnitShowView(model: .mock).page, in: .english)
        .contains("DKK\u{A0}12,480 in deficit, 1.8% of the budget: yellow."))
  }

  @Test("every amount on a unit's ladder leads to its reason, and the reasons to their rows")
  func amountsLeadToReasons() {
    let html = PageChecks.html(of: UnitShowView(model: .mock).page, in: .danish)
    for id in ["budget", "spent", "result", "carried-in", "balance", "actionPlan", "twoNegativeYears"] {
      #expect(html.contains("href=\"#why-\(id)\""), "\(id)")
      #expect(html.contains("id=\"why-\(id)\""), "\(id)")
    }
    #expect(html.contains("finans-2025-suppl.csv"))
  }

  @Test("the answer stands before the sums, and every month, account and amount leads to its postings")
  func answerFirst() throws {
    let html = PageChecks.html(of: UnitShowView(model: .mock).page, in: .danish)
    let places = try ["why-light", "why-actionPlan", "why-budget", "rows"].map {
      try #require(html.firstRange(of: "id=\"\($0)\"")).lowerBound
    }
    #expect(places == places.sorted())
    let list = "href=\"/units/1004/postings?round=2025-3"
    for query in ["&amp;month=1&amp;part=inside", "&amp;function=5.25.14&amp;kind=1%20L%C3%B8n", "&amp;part=pay", ""] {
      #expect(html.contains("\(list)\(query)\""), "\(query)")
    }
  }

  @Test("the budget's even course ends at exactly the budget")
  func evenCourse() {
    let course = UnitShowView.evenCourse(of: Money(ore: 100_001))
    #expect(course.count == 12)
    #expect(course.last == Money(ore: 100_001))
    #expect(course.first == Money(ore: 8_333))
  }

  @Test("a unit of which nothing is asked says so, and draws no chart of a single year")
  func quietUnit() {
    let html = PageChecks.html(of: UnitShowView(model: .mockQuiet).page, in: .danish)
    #expect(html.contains("Modellen beder ikke om noget"))
    #expect(!html.contains("id=\"balances\""))
  }

  @Test("the list keeps its filters in the address, in the sort links and in the file")
  func listKeepsItsFilters() {
    let html = PageChecks.html(of: UnitListView(model: .mockFiltered).page, in: .danish)
    let kept = "q=huset&amp;light=yellow&amp;round=2024-2"
    #expect(html.contains("href=\"/units.csv?\(kept)&amp;sort=balance&amp;order=desc\""))
    #expect(html.contains("href=\"/units?\(kept)&amp;sort=name\""))
    #expect(html.contains("href=\"/units?\(kept)&amp;sort=balance\""))
    #expect(html.contains("aria-sort=\"descending\""))
    #expect(html.contains("value=\"huset\""))
    #expect(html.contains("<option value=\"yellow\" selected>"))
    #expect(!html.contains("class=\"none"))
  }

  @Test("a query survives the way through the address")
  func queryRoundTrip() {
    var query = UnitListQuery()
    query.search = "sø & å"
    query.directorate = "1/2"
    query.column = .carriedIn
    query.isDescending = true
    #expect(query.address.text == "/units?q=s%C3%B8%20%26%20%C3%A5&directorate=1%2F2&sort=carried-in&order=desc")
    #expect(UnitListQuery { ["sort": "nonsense"][$0] } == UnitListQuery())
    #expect(query.sorted(by: .carriedIn).isDescending == false)
    #expect(query.sorted(by: .name).column == .name)
    #expect(query.cleared.isFiltered == false)
    #expect(query.cleared.column == .carriedIn)
  }

  @Test("a list without units, without matches or without a closing says what to do")
  func emptyLists() {
    #expect(PageChecks.html(of: UnitListView(model: .mockWithoutMatch).page, in: .danish).contains("Vis alle enheder"))
    #expect(PageChecks.html(of: UnitListView(model: .mockWithoutRound).page, in: .danish).contains("/rounds"))
    #expect(PageChecks.html(of: RoundListView(model: .mockMissing).page, in: .danish).contains("budgettet for 2025"))
  }

  @Test("a final round is read back before it is made, and says that it cannot be changed")
  func readBack() {
    let html = PageChecks.html(of: RoundMakeView(model: .mockReadBack).page, in: .danish)
    #expect(html.contains("Endelig opgørelse nr. 3 af 2025 for 210 aftaleenheder, lavet af 1.004.210 posteringer"))
    #expect(html.contains("Den kan ikke ændres bagefter."))
    #expect(html.contains("action=\"/rounds/make/confirm\""))
    #expect(html.contains("name=\"kind\" value=\"final\""))
  }

  @Test("a form with errors links each to its field and says it again at the field")
  func formErrors() {
    let html = PageChecks.html(of: RoundMakeView(model: .mockErrors).page, in: .danish)
    #expect(html.contains("href=\"#year\""))
    #expect(html.contains("id=\"year-error\""))
    #expect(html.contains("aria-invalid=\"true\""))
  }

  @Test("a round shows the files' whole hashes, the sums that tie and each unit that differs")
  func roundShows() {
    let html = PageChecks.html(of: RoundShowView(model: .mock).page, in: .danish)
    #expect(html.contains("3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550"))
    #expect(html.contains("2.304.673.379,61"))
    #expect(html.contains("alle tal er de samme"))
    #expect(html.contains("-41.000"))
    #expect(html.contains("2 enheder ender anderledes end i foreløbig opgørelse nr. 2."))
  }
}
