internal import FoundationEssentials

/// What an installation knows of its identity provider: where it is, and who we are there.
///
/// The addresses are compared character by character, as the standard asks; nothing is made smaller or longer.
public struct ProviderSettings: Sendable, Hashable {
  /// The provider's name for itself: the address before `/.well-known/openid-configuration`, exactly as the provider
  /// writes it (`https://login.example.dk/realms/kommune`).
  public let issuer: String
  /// The name under which the provider knows this installation.
  public let clientID: String
  /// The secret that goes with the name; nil for a client that the provider registered without one.
  public let clientSecret: HiddenText?
  /// The absolute address that the provider sends the browser back to, as it is registered there.
  public let redirect: String
  /// The absolute address that the provider sends the browser to after signing out; nil for the provider's own page.
  public let afterSignOut: String?
  /// What is asked for, `openid` among them.
  public let scopes: [String]
  /// The claim that holds the groups: `groups`, `roles`, or what the provider was told to call it.
  public let groupsClaim: String
  /// How much the provider's clock and ours may differ, in whole seconds; both edges are accepted.
  public let clockSkew: Duration
  /// How long one exchange with the provider may take.
  public let timeout: Duration
  /// Whether `http` will do where the address is this very machine. Only for trying things out.
  public let allowsPlainHTTP: Bool

  /// Says who the provider is.
  /// - Throws: what is wrong with the first setting that cannot be used.
  public init(
    issuer: String, clientID: String, clientSecret: HiddenText? = nil, redirect: String, afterSignOut: String? = nil,
    scopes: [String] = ["openid", "profile", "email"], groupsClaim: String = "groups",
    clockSkew: Duration = .seconds(60), timeout: Duration = .seconds(5), allowsPlainHTTP: Bool = false
  ) throws(Problem) {
    guard let place = WebAddress(issuer), place.isUsable(plainHTTP: allowsPlainHTTP), !issuer.contains("?")
    else { throw .issuer }
    guard !clientID.isEmpty, clientID.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .clientID }
    if let clientSecret, clientSecret.value.isEmpty { throw .clientSecret }
    guard WebAddress(redirect)?.isUsable(plainHTTP: allowsPlainHTTP) == true else { throw .redirect }
    if let afterSignOut, WebAddress(afterSignOut)?.isUsable(plainHTTP: allowsPlainHTTP) != true {
      throw .afterSignOut
    }
    let isScope = { (scope: String) in !scope.isEmpty && scope.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
    guard scopes.contains("openid"), scopes.allSatisfy(isScope) else { throw .scopes }
    guard !groupsClaim.isEmpty else { throw .groupsClaim }
    guard clockSkew >= .zero, clockSkew <= .seconds(300) else { throw .clockSkew }
    guard timeout > .zero, timeout <= .seconds(60) else { throw .timeout }
    self.issuer = issuer
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.redirect = redirect
    self.afterSignOut = afterSignOut
    self.scopes = scopes
    self.groupsClaim = groupsClaim
    self.clockSkew = clockSkew
    self.timeout = timeout
    self.allowsPlainHTTP = allowsPlainHTTP
  }

  /// A setting that cannot be used.
  public enum Problem: String, Error, Sendable, CaseIterable {
    /// The issuer is no absolute `https` address without query and fragment (`http` only where it is allowed, and
    /// only on this machine).
    case issuer
    /// The client's name is empty, or has letters outside ASCII.
    case clientID
    /// The secret is there, but empty.
    case clientSecret
    /// The address to come back to is no absolute `https` address.
    case redirect
    /// The address after signing out is no absolute `https` address.
    case afterSignOut
    /// `openid` is not among the scopes, or one of them is no word.
    case scopes
    /// The claim of the groups has no name.
    case groupsClaim
    /// The difference of the clocks is below zero or above five minutes.
    case clockSkew
    /// The time is not between zero and a minute.
    case timeout
  }
}

extension ProviderSettings {
  /// Where the provider says what it offers.
  var metadataAddress: String {
    let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    return base + "/.well-known/openid-configuration"
  }

  /// The difference of clocks in seconds.
  var skewSeconds: Double { Double(clockSkew.components.seconds) }
}

/// An absolute web address, taken apart as far as its safety asks.
struct WebAddress {
  let scheme: String
  let host: String

  /// - Returns: nil where the text is no absolute address, has a fragment, or names a user.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"), text.utf8.count <= 2048,
      let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host(), !host.isEmpty,
      url.user() == nil, url.password() == nil
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
  }

  /// Whether it leads to this machine by the name's own words; no name is looked up.
  var isLoopback: Bool { ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) }

  /// Whether secrets and tokens may go there.
  func isUsable(plainHTTP: Bool) -> Bool {
    scheme == "https" || (scheme == "http" && plainHTTP && isLoopback)
  }
}
