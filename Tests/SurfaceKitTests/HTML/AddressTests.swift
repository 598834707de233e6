import SurfaceKit
import Testing

@Suite("An address is always safe to follow")
struct AddressTests {
  @Test(
    "a script or a foreign place cannot be expressed",
    arguments: [
      "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
      "data:text/html,x", "vbscript:x", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
      "/\t/evil.example", "https://evil.example",
    ])
  func refusesScripts(_ text: String) {
    let address = Address(text).text
    #expect(address.hasPrefix("/"))
    #expect(!address.hasPrefix("//"))
    #expect(!address.contains("\\"))
    #expect(!address.contains("\t") && !address.contains("\n") && !address.contains(" "))
  }

  @Test("an external address begins with https, http or mailto, or is none")
  func external() {
    #expect(Address(external: "https://example.org/a b")?.text == "https://example.org/a%20b")
    #expect(Address(external: "mailto:a@example.org")?.text == "mailto:a@example.org")
    #expect(Address(external: "javascript:alert(1)") == nil)
    #expect(Address(external: "//example.org") == nil)
  }

  @Test("parts and values are encoded so that they stay one part and one value")
  func encodesParts() {
    let address = Address("/units").appending("17/æ?").with("q", "a&b=c d").with("x", "").at("why-1")
    #expect(address.text == "/units/17%2F%C3%A6%3F?q=a%26b%3Dc%20d&x=#why-1")
    #expect(address.with("z", "1").text == "/units/17%2F%C3%A6%3F?q=a%26b%3Dc%20d&x=&z=1#why-1")
    #expect(address.at("top").text.hasSuffix("&x=#top"))
    #expect(Address("/").appending("a").text == "/a")
  }

  @Test("places on the page and queries stand as they are")
  func relative() {
    #expect(Address("#rows").text == "#rows")
    #expect(Address("?lang=en").text == "?lang=en")
    #expect(Address("units").text == "/units")
  }
}
