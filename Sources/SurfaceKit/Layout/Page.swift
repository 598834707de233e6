public import SteeringCore

/// A page: its title, its one main heading, where it stands in the house, and its content. Rendered in a frame it
/// becomes a whole document with landmarks, a way past the menu, and no script at all.
public struct Page: Sendable {
  /// The title in the browser's tab, before the name of the site.
  public let title: Words
  /// The one main heading.
  public let heading: Words
  /// A line under the heading, or nil.
  public let lead: Words?
  /// Which entry of the menu is marked; nil for none.
  public let section: Section?
  /// The pages above this one.
  public let trail: [Breadcrumb.Crumb]
  /// What stands under the heading.
  public let content: [Node]

  /// A page. Without a heading of its own the title is the heading.
  public init(
    title: Words, heading: Words? = nil, lead: Words? = nil, section: Section?, trail: [Breadcrumb.Crumb] = [],
    @HTML content: () -> [Node]
  ) {
    self.title = title
    self.heading = heading ?? title
    self.lead = lead
    self.section = section
    self.trail = trail
    self.content = content()
  }

  /// The whole document as UTF-8.
  public func rendered(in frame: Frame) -> [UInt8] {
    var renderer = Renderer(language: frame.language, prefix: frame.prefix)
    renderer.addVerbatim("<!DOCTYPE html>")
    renderer.add(
      .element(Element("html", [.lang(frame.language)], [head(frame), .element(Element("body", [], body(frame)))])))
    return renderer.bytes
  }

  private func head(_ frame: Frame) -> Node {
    let name = " – \(frame.municipality.isEmpty ? "Styrehus" : frame.municipality)"
    return .element(
      Element(
        "head", [],
        [
          .element(Element("meta", [Attribute("charset", "utf-8")], [], isVoid: true)),
          Self.meta("viewport", "width=device-width, initial-scale=1"),
          Self.meta("color-scheme", "light dark"),
          .element(Element("title", [], [.words(title), .text(name)])),
          .element(
            Element("link", [.rel("icon"), .type("image/svg+xml"), .href(Stylesheet.iconAddress)], [], isVoid: true)),
          .element(Element("link", [.rel("stylesheet"), .href(Stylesheet.address)], [], isVoid: true)),
        ]))
  }

  private static func meta(_ name: String, _ content: String) -> Node {
    .element(Element("meta", [.name(name), Attribute("content", content)], [], isVoid: true))
  }

  @HTML private func body(_ frame: Frame) -> [Node] {
    LightMark.symbols
    a(.class("skip"), .href("#content")) { Words("Gå til indholdet", en: "Skip to content") }
    if let mark = frame.mark {
      aside(.class("demo-mark"), .ariaLabel(Words("Om tallene", en: "About the figures"))) {
        p { mark }
      }
    }
    header(.class("site")) {
      a(.class("brand"), .href("/")) {
        Self.brandMark
        span {
          strong { "Styrehus" }
          small { frame.municipality }
        }
      }
      if !frame.municipality.isEmpty { menu(frame) }
      div(.class("door")) {
        if let visitor = frame.visitor {
          a(.href("/me")) { visitor.isEmpty ? "?" : visitor }
        } else if frame.hasDoor {
          a(.href("/login")) { Words("Log ind", en: "Sign in") }
        }
        languageLink(frame)
      }
    }
    Node.element(
      Element(
        "main", [.id("content"), .tabindex(-1)],
        [
          Node(Breadcrumb(trail)), .element(Element("h1", [], [.words(heading)])),
          lead.map { lead in p(.class("lead")) { lead } } ?? .nothing,
        ] + content))
    footer(.class("site")) {
      p {
        Words(
          "Styrehus er fri software. Siderne virker uden scripts og henter intet udefra.",
          en: "Styrehus is free software. The pages work without scripts and fetch nothing from outside.")
      }
    }
  }

  private func menu(_ frame: Frame) -> Node {
    nav(.class("menu"), .ariaLabel(Words("Hovedmenu", en: "Main menu"))) {
      ul {
        for entry in frame.sections {
          li {
            a(.href(entry.address), .ariaCurrent("page").when(entry == section)) { entry.name }
          }
        }
      }
    }
  }

  /// Names the other language in that language, for those who read no other.
  private func languageLink(_ frame: Frame) -> Node {
    let other: Language = frame.language == .danish ? .english : .danish
    return a(.class("language"), .href(frame.otherLanguage), .hreflang(other), .lang(other)) {
      other == .english ? "English" : "Dansk"
    }
  }

  private static var brandMark: Node {
    SVG.picture(.class("brand-mark"), viewBox: "0 0 32 32") {
      SVG.path(.class("brand-roof"), .fill("#8f4a3a"), d: "M16 2 31 13v3H1v-3z")
      SVG.path(.class("brand-wall"), .fill("#25333b"), d: "M4 17h24v13H4z")
      SVG.path(.class("brand-window"), .fill("#f2c14e"), d: "M8 20h5v6H8zm11 0h5v6h-5z")
    }
  }
}
