/// What a provider says of itself (OpenID Connect Discovery 1.0), as far as we use it.
struct ProviderMetadata: Sendable {
  let signIn: String
  let tokens: String
  let keys: String
  let signOut: String?
  /// Whether it promises to name itself in its answers (RFC 9207).
  let namesItself: Bool
  /// How the client may show its secret; nil where it does not say.
  let clientAuthentication: [String]?

  init(_ members: [String: JSONValue], settings: ProviderSettings) throws(IdentityRefusal) {
    guard members["issuer"]?.text == settings.issuer else { throw .metadataIssuerDiffers }
    func address(_ name: String) throws(IdentityRefusal) -> String? {
      guard let text = members[name]?.text else { return nil }
      guard let place = WebAddress(text) else { throw .metadataIncomplete }
      guard place.isUsable(plainHTTP: settings.allowsPlainHTTP) else { throw .metadataInsecure }
      return text
    }
    guard let signIn = try address("authorization_endpoint"), let tokens = try address("token_endpoint"),
      let keys = try address("jwks_uri")
    else { throw .metadataIncomplete }
    self.signIn = signIn
    self.tokens = tokens
    self.keys = keys
    signOut = try address("end_session_endpoint")
    namesItself = members["authorization_response_iss_parameter_supported"]?.bool == true
    clientAuthentication = members["token_endpoint_auth_methods_supported"]?.list?.compactMap(\.text)
  }
}

/// A key of the provider's that can try a signature.
struct ProviderKey: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case rsa(modulus: String, exponent: String)
    case curve(name: String, x: String, y: String)
  }

  let name: String?
  let kind: Kind
  /// The one algorithm that it is for; nil where the provider leaves that open.
  let algorithm: String?

  /// The keys of a set that can try a signature. Others (to encrypt with, symmetric, of kinds that we do not know) are
  /// passed over, since one strange key must not lock everybody out.
  static func all(in members: [String: JSONValue]) throws(IdentityRefusal) -> [ProviderKey] {
    guard let keys = members["keys"]?.list else { throw .providerAnswerUnreadable }
    return keys.prefix(100).compactMap { $0.object.flatMap(ProviderKey.init) }
  }

  private init?(_ members: [String: JSONValue]) {
    if let use = members["use"], use.text != "sig" { return nil }
    if let uses = members["key_ops"], uses.list?.contains(.text("verify")) != true { return nil }
    switch members["kty"]?.text {
    case "RSA":
      guard let modulus = members["n"]?.text, let exponent = members["e"]?.text else { return nil }
      kind = .rsa(modulus: modulus, exponent: exponent)
    case "EC":
      guard let curve = members["crv"]?.text, let x = members["x"]?.text, let y = members["y"]?.text else { return nil }
      kind = .curve(name: curve, x: x, y: y)
    default: return nil
    }
    name = members["kid"]?.text
    algorithm = members["alg"]?.text
  }
}
