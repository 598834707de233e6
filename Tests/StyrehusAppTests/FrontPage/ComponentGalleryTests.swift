import SteeringCore
import StyrehusTesting
import SurfaceKit
import Testing

@Suite("The gallery of components")
struct ComponentGalleryTests {
  @Test("each example keeps the house rules on a page of its own", arguments: Language.allCases)
  func examplesKeepTheHouseRules(_ language: Language) throws {
    for example in Example.all {
      let page = Page(title: Words(same: example.name), section: nil) { example.content }
      #expect(PageChecks.faults(of: page, in: language) == [], "\(example.name)")
      if language == .danish { try PageChecks.show(page, as: "component-" + example.name) }
    }
  }
}
