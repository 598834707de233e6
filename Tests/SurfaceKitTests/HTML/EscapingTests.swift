import SteeringCore
import SurfaceKit
import Testing

/// The markup of what a builder gathers, in Danish.
func markup(@HTML _ content: () -> [Node]) -> String {
  String(decoding: Node(content).rendered(in: .danish), as: UTF8.self)
}

@Suite("Markup is escaped by construction")
struct EscapingTests {
  @Test("text that looks like markup stays text")
  func textStaysText() {
    let html = markup { p { "<script>alert('æ & \"ø\"')</script>" } }
    #expect(html == "<p>&lt;script&gt;alert(&#39;æ &amp; &quot;ø&quot;&#39;)&lt;/script&gt;</p>")
  }

  @Test("a value cannot leave its attribute")
  func valueStaysInAttribute() {
    let html = markup { input(.type("text"), .value("\" onfocus=\"alert(1)"), .name("q' x=")) }
    #expect(html == "<input type=\"text\" value=\"&quot; onfocus=&quot;alert(1)\" name=\"q&#39; x=\">")
  }

  @Test("control characters become the replacement character, line breaks and tabs stay")
  func controlCharacters() {
    #expect(markup { "a\u{0}b\u{1B}c\u{7F}\n\t" } == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\n\t")
  }

  @Test("words follow the reader's language, also in attributes")
  func wordsFollowTheLanguage() {
    let node = p(.ariaLabel(Words("hus", en: "house"))) { Words("lys & ro", en: "light & calm") }
    #expect(
      String(decoding: node.rendered(in: .danish), as: UTF8.self) == "<p aria-label=\"hus\">lys &amp; ro</p>")
    #expect(
      String(decoding: node.rendered(in: .english), as: UTF8.self) == "<p aria-label=\"house\">light &amp; calm</p>")
  }

  @Test("a number and its unit stay on one line in our own words, and names keep their blanks")
  func numberAndUnit() {
    let html = markup {
      Words("Over 5 % & 12 kr. af 1,2 mio. kr. i år, ikke % eller kr. alene", en: "")
      Node.told { $0.percent(basisPoints: -180) }
      p(.ariaLabel(Words("5 %", en: ""))) { "Byggeri 5 % <A>" }
    }
    #expect(
      html == "Over 5\u{A0}% &amp; 12\u{A0}kr. af 1,2\u{A0}mio.\u{A0}kr. i år, ikke % eller kr. alene-1,8\u{A0}%"
        + "<p aria-label=\"5 %\">Byggeri 5 % &lt;A&gt;</p>")
    let english = Node.words(Words("", en: "DKK 12 or DKK -3.2 million, DKK alone"))
    #expect(
      String(decoding: english.rendered(in: .english), as: UTF8.self)
        == "DKK\u{A0}12 or DKK\u{A0}-3.2\u{A0}million, DKK alone")
  }

  @Test("conditions, loops, missing nodes and components stand among the nodes")
  func builder() {
    let missing: Node? = nil
    let html = markup {
      if missing == nil { "a" } else { "b" }
      for number in 1...3 { span { String(number) } }
      missing
      LightMark(.exampleGreen)
      br()
    }
    #expect(html.hasPrefix("a<span>1</span><span>2</span><span>3</span><span class=\"light\">"))
    #expect(html.hasSuffix("</span><br>"))
  }

  @Test("an attribute can be left out by a condition, and flags have no value")
  func conditionalAttributes() {
    let html = markup { option(.selected(true), .class("x").when(false), .value("1")) { "et" } }
    #expect(html == "<option selected value=\"1\">et</option>")
    #expect(markup { option(.selected(false)) } == "<option></option>")
  }
}
