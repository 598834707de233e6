public import SteeringCore

extension Node {
  /// The markup as UTF-8 bytes, with every `Words` in the given language.
  public func rendered(in language: Language) -> [UInt8] {
    var renderer = Renderer(language: language)
    renderer.add(self)
    return renderer.bytes
  }
}

/// Writes nodes as bytes. The only place where markup characters are written.
struct Renderer {
  private(set) var bytes: [UInt8] = []
  let language: Language
  let prefix: String

  /// `prefix` stands in front of every path in this house.
  init(language: Language, prefix: String = "", expecting capacity: Int = 32_768) {
    self.language = language
    self.prefix = prefix
    bytes.reserveCapacity(capacity)
  }

  mutating func add(_ node: Node) {
    switch node {
    case .text(let text): addEscaped(text)
    case .words(let words): addTold(words(language))
    case .told(let text): addTold(text(Format(language)))
    case .fragment(let nodes): for node in nodes { add(node) }
    case .element(let element): add(element)
    }
  }

  private mutating func add(_ element: Element) {
    bytes.append(UInt8(ascii: "<"))
    addVerbatim(element.tag)
    for attribute in element.attributes { add(attribute) }
    bytes.append(UInt8(ascii: ">"))
    if element.isVoid { return }
    for child in element.children { add(child) }
    bytes.append(UInt8(ascii: "<"))
    bytes.append(UInt8(ascii: "/"))
    addVerbatim(element.tag)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func add(_ attribute: Attribute) {
    switch attribute.value {
    case .absent: return
    case .flag:
      bytes.append(UInt8(ascii: " "))
      addVerbatim(attribute.name)
    case .text(let text): addValue(text, of: attribute.name)
    case .words(let words): addValue(words(language), of: attribute.name)
    case .address(let address): addValue(address.text(under: prefix), of: attribute.name)
    }
  }

  private mutating func addValue(_ value: String, of name: StaticString) {
    bytes.append(UInt8(ascii: " "))
    addVerbatim(name)
    bytes.append(UInt8(ascii: "="))
    bytes.append(UInt8(ascii: "\""))
    addEscaped(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Text known at compile time: tag and attribute names, the doctype.
  mutating func addVerbatim(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text from anywhere. The characters that mean something in markup are replaced, also the quote, so that the
  /// same function serves content and attributes; control characters become U+FFFD.
  mutating func addEscaped(_ text: String) {
    var text = text
    text.withUTF8 { addEscaped($0[...]) }
  }

  private mutating func addEscaped(_ buffer: Slice<UnsafeBufferPointer<UInt8>>) {
    if buffer.allSatisfy({ !Self.isSpecial($0) }) {
      bytes.append(contentsOf: buffer)
    } else {
      for byte in buffer { addEscaped(byte) }
    }
  }

  /// A text of our own on the page: the blank between a number and its unit never breaks the line. What comes from
  /// outside, and what stands in attributes, keeps its blanks as they are.
  private mutating func addTold(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      var rest = buffer[...]
      while let blank = rest.firstIndex(where: { $0 == UInt8(ascii: " ") }) {
        addEscaped(rest[..<blank])
        addVerbatim(Self.holdsTogether(buffer, at: blank) ? "\u{A0}" : " ")
        rest = rest[(blank + 1)...]
      }
      addEscaped(rest)
    }
  }

  /// Whether the blank stands between a number and its unit: `5 %`, `12 kr.`, `1,2 mio. kr.`, `DKK 12`.
  private static func holdsTogether(_ text: UnsafeBufferPointer<UInt8>, at blank: Int) -> Bool {
    guard blank > 0, blank + 1 < text.count else { return false }
    let (before, after) = (text[..<blank], text[(blank + 1)...])
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false }
    if isDigit(before.last) {
      return after.first == UInt8(ascii: "%") || after.starts(with: "kr.".utf8) || after.starts(with: "mio. kr.".utf8)
        || after.starts(with: "million".utf8)
    }
    if before.suffix(4).elementsEqual("mio.".utf8) { return after.starts(with: "kr.".utf8) }
    return before.suffix(3).elementsEqual("DKK".utf8) && (isDigit(after.first) || after.first == UInt8(ascii: "-"))
  }

  private mutating func addEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): addVerbatim("&amp;")
    case UInt8(ascii: "<"): addVerbatim("&lt;")
    case UInt8(ascii: ">"): addVerbatim("&gt;")
    case UInt8(ascii: "\""): addVerbatim("&quot;")
    case UInt8(ascii: "'"): addVerbatim("&#39;")
    case 9, 10: bytes.append(byte)
    case 0..<32, 127: addVerbatim("\u{FFFD}")
    default: bytes.append(byte)
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: byte < 32 || byte == 127
    }
  }
}
