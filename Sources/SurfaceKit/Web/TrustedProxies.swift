import HTTPTypes
public import Hummingbird

/// The proxies whose word counts for where a request comes from. From anybody else such a word is no more than a text,
/// and is not read.
public struct TrustedProxies: Sendable {
  private let addresses: Set<String>

  /// The proxies at these addresses; without any, every request comes from where its connection comes from.
  public init(_ addresses: [String] = []) { self.addresses = Set(addresses.map(Self.plain)) }

  /// Where a request comes from: the last address in `X-Forwarded-For` that is none of the proxies, where one of them
  /// is at the other end of the connection; otherwise whoever is there.
  public func origin(of request: Request, from peer: String) -> String {
    guard addresses.contains(Self.plain(peer)) else { return peer }
    let named = request.headers[values: Self.forwardedFor].flatMap { $0.split(separator: ",") }
      .map { Self.plain($0.withoutBlanksAround) }
    guard let origin = named.last(where: { !addresses.contains($0) }), Self.isAddress(origin) else { return peer }
    return origin
  }

  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")!

  /// An address without what some write around it: brackets, and the front of one that was a short one.
  private static func plain(_ address: String) -> String {
    let bare = address.lowercased().filter { $0 != "[" && $0 != "]" }
    let short = bare.hasPrefix("::ffff:") && bare.contains(".") ? String(bare.dropFirst(7)) : bare
    // Some write the port behind a short address.
    guard short.contains("."), let colon = short.firstIndex(of: ":") else { return short }
    return String(short[..<colon])
  }

  private static func isAddress(_ text: String) -> Bool {
    (2...45).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || [46, 58].contains($0) }
  }
}

/// What an address counts as where requests are counted: itself, or the first half of a long one, which one household
/// has whole.
public enum Network {
  /// The network of an address.
  public static func of(_ peer: String) -> String {
    guard peer.contains(":"), !peer.contains(".") else { return peer }
    return peer.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":")
  }
}
