import SteeringCore
import SurfaceKit
import Testing

@Suite("The document around a page")
struct PageTests {
  private func html(_ language: Language, mark: Words? = Words("opdigtet", en: "invented")) -> String {
    let page = Page(
      title: Words("Prøve & mere", en: "Trial & more"), section: .units,
      trail: [.init(Words("Huset", en: "The house"), "/")]
    ) {
      p { "indhold" }
    }
    let frame = Frame(
      language: language, municipality: "Egelund", mark: mark,
      otherLanguage: Address("/units").with("lang", language == .danish ? "en" : "da"))
    return String(decoding: page.rendered(in: frame), as: UTF8.self)
  }

  @Test("has language, title, one main heading and the landmarks, in both languages")
  func landmarks() {
    let danish = html(.danish)
    #expect(danish.hasPrefix("<!DOCTYPE html><html lang=\"da\"><head><meta charset=\"utf-8\">"))
    #expect(danish.contains("<title>Prøve &amp; mere – Egelund</title>"))
    #expect(danish.contains("<h1>Prøve &amp; mere</h1>"))
    for part in ["<header", "<nav class=\"menu\"", "<main id=\"content\"", "<footer", "href=\"#content\""] {
      #expect(danish.ranges(of: part).count == 1, "\(part)")
    }
    #expect(html(.english).contains("<h1>Trial &amp; more</h1>"))
  }

  @Test("marks where the reader is, and leads to the same page in the other language")
  func menu() {
    let danish = html(.danish)
    #expect(danish.contains("<a href=\"/units\" aria-current=\"page\">Aftaleenheder</a>"))
    #expect(danish.ranges(of: "aria-current").count == 1)
    #expect(danish.contains("href=\"/units?lang=en\" hreflang=\"en\" lang=\"en\">English</a>"))
    #expect(html(.english).contains("lang=\"da\">Dansk</a>"))
  }

  @Test("carries the mark of invented figures, and none where the figures are real")
  func demoMark() {
    #expect(html(.danish).contains("<p>opdigtet</p>"))
    #expect(!html(.danish, mark: nil).contains("demo-mark"))
  }

  @Test("has no script and no inline style, and one stylesheet named by its content")
  func strict() {
    let danish = html(.danish)
    #expect(!danish.contains("<script") && !danish.contains("style=") && !danish.contains("<style"))
    #expect(danish.ranges(of: "rel=\"stylesheet\"").count == 1)
    #expect(danish.contains("href=\"/assets/styrehus.css?v=\(Stylesheet.hash)\""))
    #expect(Stylesheet.hash.count >= 12)
  }

  @Test("the stylesheet fetches nothing from outside and has paper, dark and narrow forms")
  func stylesheet() {
    let css = String(decoding: Stylesheet.bytes, as: UTF8.self)
    #expect(!css.contains("url(") && !css.contains("@import") && !css.contains("http"))
    for part in ["@media print", "prefers-color-scheme: dark", "prefers-reduced-motion", ":focus-visible"] {
      #expect(css.contains(part), "\(part)")
    }
    #expect(css.utf8.count < 40_000)
    #expect(Stylesheet.iconBytes.count > 100)
  }

  @Test("every class that the components use is known to the stylesheet or needs no rule of its own")
  func classesAreKnown() {
    let css = String(decoding: Stylesheet.bytes, as: UTF8.self)
    let plain: Set = ["data", "windows", "roof-shape", "info", "quiet", "symbols", "point", "tick", "unit", "why"]
    for example in Example.all {
      let html = String(decoding: Node.fragment(example.content).rendered(in: .danish), as: UTF8.self)
      for names in html.split(separator: "class=\"").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
        for name in names.split(separator: " ") where !plain.contains(String(name)) {
          let isKnown = css.contains(".\(name)")
          #expect(isKnown, "\(name) in \(example.name)")
        }
      }
    }
  }
}
