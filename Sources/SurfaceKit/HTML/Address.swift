/// Where a link leads or a form is sent. An address is always safe to follow: it is a path in this house, or an
/// external address that begins with `https://`, `http://` or `mailto:`. Anything else, such as
/// `javascript:…` or `//elsewhere`, cannot be expressed; it becomes a harmless path.
public struct Address: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The address as it stands in the markup, percent-encoded, without markup escapes.
  public let text: String

  private init(checked text: String) { self.text = text }

  /// A path in this house (`/units`), a query on the same page (`?sort=name`) or a place on it (`#why-light`).
  /// Text that begins otherwise gets a `/` in front; two slashes in front become one.
  public init(_ path: String) {
    var encoded = Self.encoded(path, keeping: Self.isPathByte)
    while encoded.hasPrefix("//") { encoded.removeFirst() }
    if encoded.hasPrefix("/") || encoded.hasPrefix("?") || encoded.hasPrefix("#") {
      text = encoded
    } else {
      text = "/" + encoded
    }
  }

  /// The path of a request as it came, percent-encoded: each of its parts stays the part that it was.
  init(requested path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).drop { $0.isEmpty }
    text =
      "/"
      + parts.map { part in
        Self.encoded(part.removingPercents ?? String(part), keeping: Self.isPlainByte)
      }.joined(separator: "/")
  }

  /// A path written in code.
  public init(stringLiteral path: String) { self.init(path) }

  /// An address outside this house, or nil where it does not begin with `https://`, `http://` or `mailto:`.
  public init?(external: String) {
    guard ["https://", "http://", "mailto:"].contains(where: external.hasPrefix) else { return nil }
    text = Self.encoded(external, keeping: Self.isPathByte)
  }

  /// The address with one more path part, which may hold any characters: a unit code, a name.
  public func appending(_ part: String) -> Address {
    let encoded = Self.encoded(part, keeping: Self.isPlainByte)
    return Address(checked: text.hasSuffix("/") ? text + encoded : text + "/" + encoded)
  }

  /// The address with one more query value, before a place on the page if there is one.
  public func with(_ name: String, _ value: String) -> Address {
    let place = text.firstIndex(of: "#")
    let head = text[..<(place ?? text.endIndex)]
    let pair =
      Self.encoded(name, keeping: Self.isPlainByte) + "=" + Self.encoded(value, keeping: Self.isPlainByte)
    return Address(checked: head + (head.contains("?") ? "&" : "?") + pair + (place.map { text[$0...] } ?? ""))
  }

  /// The address of the element with this id on the page. Replaces an earlier place.
  public func at(_ id: String) -> Address {
    let head = text[..<(text.firstIndex(of: "#") ?? text.endIndex)]
    return Address(checked: head + "#" + Self.encoded(id, keeping: Self.isPlainByte))
  }

  /// The address as it stands in the markup of a house whose paths all begin with a prefix such as `/egelund`; empty
  /// for a house of its own. Only a path in the house gets it.
  func text(under prefix: String) -> String { text.hasPrefix("/") ? prefix + text : text }

  private static func encoded(_ text: String, keeping keeps: (UInt8) -> Bool) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if keeps(byte) {
        out.append(byte)
      } else {
        out.append(UInt8(ascii: "%"))
        out.append(hex(byte >> 4))
        out.append(hex(byte & 15))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 55 + digit }

  /// Letters, digits and the four marks that never need encoding.
  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// The plain ones and those that have a meaning in an address; never a backslash, blank or control character.
  private static func isPathByte(_ byte: UInt8) -> Bool {
    isPlainByte(byte) || "/?#&=%+,:;@!$()*".utf8.contains(byte)
  }
}

/// An address outside the house: `https`, or `http`, and nothing that a browser would take for a script or a header for
/// its end.
public struct OutsideAddress: Hashable, Sendable {
  /// The address.
  public let text: String

  /// The address of a text; nil where it is none.
  public init?(_ text: String) {
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.text = text
  }
}
