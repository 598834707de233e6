import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@testable import StyrehusApp

@Suite("The front page")
struct FrontPageTests {
  @Test("keeps the house rules in both languages, also before anything is loaded", arguments: Language.allCases)
  func keepsTheHouseRules(_ language: Language) throws {
    for (name, model) in [
      ("house", FrontPageModel.mock), ("house-empty", .mockWithoutOrganisation), ("house-dark", .mockWithoutRound),
    ] {
      let page = FrontPageView(model: model).page
      #expect(PageChecks.faults(of: page, in: language) == [])
      try PageChecks.show(page, as: name)
    }
  }

  @Test("shows a window for each unit, in the order of the organisation, named with its light and balance")
  func showsEveryUnit() {
    let html = PageChecks.html(of: FrontPageView(model: .mock).page, in: .danish)
    #expect(html.ranges(of: "class=\"plate\"").count == 210)
    #expect(html.contains(">Birkeskolen 1: "))
    #expect(html.contains("\u{A0}% i underskud</span>"))
    let codes = FrontPageModel.mock.directorates.flatMap(\.units).map(\.code.text)
    let places = codes.compactMap { html.firstRange(of: "href=\"/units/\($0)\"")?.lowerBound }
    #expect(places.count == 210)
    #expect(places == places.sorted())
  }

  @Test("draws the parts without facts plain, and links the model")
  func drawsPartsWithoutFactsPlain() {
    let html = PageChecks.html(of: FrontPageView(model: .mock).page, in: .danish)
    #expect(html.contains("<span>Vision</span>"))
    #expect(html.contains("<a href=\"/plan\">Kompetenceplan</a>"))
    #expect(html.contains("<a href=\"/model\">Styringsprincipper</a>"))
  }

  @Test("tells the side of a balance that rounds to nothing, and changes in words")
  func tellsSmallBalances() {
    let unit = FrontPageModel.Unit(
      code: UnitCode("17/æ"), name: "Engen", light: .exampleYellow, balance: Money(ore: -1), balanceBasisPoints: 0)
    #expect(FrontPageTexts.state(unit).danish == "gul, 0,01 kr. i underskud")
    #expect(FrontPageTexts.change(from: 4, to: 3).danish == "1 færre end sidst")
  }

  @Test("says what to do first where nothing has been loaded")
  func saysWhatToDoFirst() {
    let html = PageChecks.html(of: FrontPageView(model: .mockWithoutOrganisation).page, in: .danish)
    #expect(html.contains("Indlæs organisationen først"))
    #expect(!html.contains("<table"))
  }
}
