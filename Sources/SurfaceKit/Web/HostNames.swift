/// The names under which the house may be asked for. A page elsewhere can make its own name lead to this machine
/// (DNS rebinding) and would then be taken for one of ours; so a name that is not ours is refused. Addresses in
/// numbers and `localhost` are nobody's names and always good.
public struct HostNames: Sendable {
  private let names: Set<String>

  /// Numbers, `localhost`, and these names, without port.
  public init(_ names: [String] = []) { self.names = Set(names.map { $0.lowercased() }) }

  /// Whether the house is asked for by one of its names. `authority` is what the request says, with a port or without.
  public func hold(_ authority: String) -> Bool {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]"), Self.isPort(authority[authority.index(after: end)...]) else {
        return false
      }
      let inside = authority[..<end].dropFirst()
      return !inside.isEmpty && inside.utf8.allSatisfy { Self.isHex($0) || $0 == UInt8(ascii: ":") }
    }
    let colon = authority.firstIndex(of: ":") ?? authority.endIndex
    var name = authority[..<colon].lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    return Self.isPort(authority[colon...]) && (name == "localhost" || names.contains(name) || Self.isNumber(name))
  }

  /// How the house is reached from elsewhere under the name that a request gave: by https under its own names, by http
  /// on this machine; empty for a number, which might be anybody's.
  func origin(_ authority: String) -> String {
    let name = String(authority.prefix { $0 != ":" }).lowercased()
    if name == "localhost" || name == "127.0.0.1" || authority.hasPrefix("[::1]") { return "http://" + authority }
    return names.contains(name) && !Self.isNumber(name) ? "https://" + authority : ""
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || (text.first == ":" && text.utf8.dropFirst().allSatisfy { (48...57).contains($0) })
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte | 0x20)
  }

  /// Four numbers with dots.
  private static func isNumber(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }
}
