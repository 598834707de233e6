internal import JWTKit

/// A token taken apart, before anything in it is believed.
struct SealedToken: Sendable {
  /// What kind of token the caller expects, and the types that it may call itself by.
  enum Kind: Sendable {
    case identity, signOut

    var types: Set<String> {
      switch self {
      case .identity: ["jwt", "application/jwt"]
      // The standard recommends `logout+jwt`; providers from before it write `JWT`, and what the token is about is
      // tried.
      case .signOut: ["jwt", "application/jwt", "logout+jwt", "application/logout+jwt"]
      }
    }
  }

  let text: String
  let algorithm: TokenAlgorithm
  /// The name of the key, as the token says; only ever compared with names that the provider gave.
  let keyName: String?

  /// The longest token, in bytes. A token with a thousand groups stays below it.
  static let limit = 262_144

  /// Reads the head and the form; the signature is not looked at. A key that the token brings along (`jwk`, `jku`,
  /// `x5u`, `x5c`) is never looked at: a token cannot vouch for itself.
  init(_ text: String, kind: Kind) throws(IdentityRefusal) {
    guard text.utf8.count <= Self.limit else { throw .tokenTooLong }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    // The head first: a token that is not signed may have two parts, and one that is encrypted five.
    guard let head = parts.first.flatMap({ Base64URL.bytes($0) }) else { throw .tokenUnreadable }
    let members = try Self.object(head)
    guard let algorithm = members["alg"]?.text.flatMap(TokenAlgorithm.init(rawValue:)) else {
      throw .algorithmNotAllowed
    }
    guard members["crit"] == nil else { throw .criticalUnknown }
    if let type = members["typ"] {
      guard let type = type.text, kind.types.contains(type.lowercased()) else { throw .tokenTypeWrong }
    }
    guard parts.count == 3, let body = Base64URL.bytes(parts[1]), Base64URL.bytes(parts[2]) != nil else {
      throw .tokenUnreadable
    }
    // The claims come from jwt-kit once the signature holds; here only what its reader would let pass is refused.
    _ = try Self.object(body)
    self.algorithm = algorithm
    switch members["kid"] {
    case nil: keyName = nil
    case .text(let name): keyName = name
    default: throw .tokenUnreadable
    }
    self.text = text
  }

  private static func object(_ bytes: [UInt8]) throws(IdentityRefusal) -> [String: JSONValue] {
    do {
      return try StrictJSON.object(bytes)
    } catch {
      throw error == .repeated ? .tokenMemberRepeated : .tokenUnreadable
    }
  }

  /// What the token says, if one of the provider's keys signed it.
  /// - Throws: ``IdentityRefusal/keyUnknown`` where no key has its name; then newer keys may help.
  func opened(with keys: [ProviderKey]) async throws(IdentityRefusal) -> [String: JSONValue] {
    let named = keyName.map { name in keys.filter { $0.name == name } } ?? keys
    guard !named.isEmpty else { throw .keyUnknown }
    let fitting = Set(named.filter(algorithm.fits))
    guard !fitting.isEmpty else { throw .keyUnfit }
    guard keyName != nil || fitting.count == 1 else { throw .keyNotNamed }
    for key in fitting {
      if let members = await content(with: key) { return members }
    }
    throw .signatureWrong
  }

  /// jwt-kit gets one key at a time, bound to the one algorithm: in a collection of several it would fall back on its
  /// default key for a name that it does not know, and bind a key without an algorithm to that of the first token it
  /// sees.
  private func content(with key: ProviderKey) async -> [String: JSONValue]? {
    do {
      let collection = JWTKeyCollection()
      try await collection.add(jwk: algorithm.jwk(of: key, name: keyName))
      return try await collection.verify(text, as: TokenContent.self).members
    } catch {
      return nil
    }
  }
}

/// The ways of signing that are taken: with a key pair, and with hashes that hold. Everything else is refused before
/// a key is looked for, among them `none`, and those with a shared secret (for which a public key could be passed
/// off).
enum TokenAlgorithm: String, Sendable, CaseIterable {
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case ps256 = "PS256"
  case ps384 = "PS384"
  case ps512 = "PS512"
  case es256 = "ES256"
  case es384 = "ES384"

  private var curve: String? {
    switch self {
    case .es256: "P-256"
    case .es384: "P-384"
    default: nil
    }
  }

  /// Whether a key is of the kind that signs so, and not kept for another algorithm.
  func fits(_ key: ProviderKey) -> Bool {
    if let only = key.algorithm, only != rawValue { return false }
    return switch key.kind {
    case .rsa: curve == nil
    case .curve(let name, _, _): curve == name
    }
  }

  /// The key in jwt-kit's own form, for this algorithm alone and without any private part.
  func jwk(of key: ProviderKey, name: String?) -> JWK {
    let algorithm = JWK.Algorithm(rawValue: rawValue)
    let identifier = JWKIdentifier(string: name ?? "")
    return switch key.kind {
    case .rsa(let modulus, let exponent):
      .rsa(algorithm, identifier: identifier, modulus: modulus, exponent: exponent)
    case .curve(let name, let x, let y):
      .ecdsa(algorithm, identifier: identifier, x: x, y: y, curve: ECDSACurve(rawValue: name))
    }
  }
}
