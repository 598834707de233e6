import Crypto
import CryptoExtras
import Foundation

@testable import OpenIDConnect

/// A key of the test provider's, with which it really signs.
struct TestKey: Sendable {
  enum Material: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
  }

  let name: String?
  let material: Material
  /// More members of the published key, as JSON: `"use":"sig"`.
  var more = #","use":"sig""#

  static let first = TestKey(name: "first", material: .rsa(try! .init(keySize: .bits2048)))
  static let second = TestKey(name: "second", material: .rsa(try! .init(keySize: .bits2048)))
  /// Never published.
  static let stranger = TestKey(name: "first", material: .rsa(try! .init(keySize: .bits2048)))
  static let curve256 = TestKey(name: "curve-256", material: .p256(.init()))
  static let curve384 = TestKey(name: "curve-384", material: .p384(.init()))

  func named(_ name: String?) -> TestKey { TestKey(name: name, material: material, more: more) }

  func with(_ more: String) -> TestKey { TestKey(name: name, material: material, more: more) }

  /// The public half, as the provider publishes it.
  var published: String {
    let name = name.map { #""kid":"\#($0)","# } ?? ""
    switch material {
    case .rsa(let key):
      let numbers = try! key.publicKey.getKeyPrimitives()
      let (n, e) = (Base64URL.text(numbers.modulus), Base64URL.text(numbers.publicExponent))
      return #"{\#(name)"kty":"RSA","n":"\#(n)","e":"\#(e)"\#(more)}"#
    case .p256(let key): return curve("P-256", Array(key.publicKey.rawRepresentation), name)
    case .p384(let key): return curve("P-384", Array(key.publicKey.rawRepresentation), name)
    }
  }

  private func curve(_ curve: String, _ point: [UInt8], _ name: String) -> String {
    let (x, y) = (Base64URL.text(point.prefix(point.count / 2)), Base64URL.text(point.suffix(point.count / 2)))
    return #"{\#(name)"kty":"EC","crv":"\#(curve)","x":"\#(x)","y":"\#(y)"\#(more)}"#
  }

  /// The public half as a text that an attacker can have, to be misused as a shared secret.
  var publicPEM: String {
    guard case .rsa(let key) = material else { return "" }
    return key.publicKey.pemRepresentation
  }

  func signature(of text: String, algorithm: String) -> [UInt8] {
    let data = Data(text.utf8)
    switch material {
    case .rsa(let key):
      let padding: _RSA.Signing.Padding = algorithm.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
      let signature =
        switch algorithm.suffix(3) {
        case "384": try! key.signature(for: SHA384.hash(data: data), padding: padding)
        case "512": try! key.signature(for: SHA512.hash(data: data), padding: padding)
        default: try! key.signature(for: SHA256.hash(data: data), padding: padding)
        }
      return Array(signature.rawRepresentation)
    case .p256(let key): return Array(try! key.signature(for: SHA256.hash(data: data)).rawRepresentation)
    case .p384(let key): return Array(try! key.signature(for: SHA384.hash(data: data)).rawRepresentation)
    }
  }
}

/// A token about to be signed. Members are JSON text, in order, so that a test can write what no library would.
struct Mint: Sendable {
  var head: [(name: String, json: String)] = []
  var claims: [(name: String, json: String)] = []
  var key: TestKey
  var algorithm = "RS256"
  /// Changes what is sent after it was signed.
  var after: @Sendable (String) -> String = { $0 }
  /// Signs in another way than with the key.
  var sign: (@Sendable (String) -> [UInt8])?

  mutating func set(_ name: String, _ json: String) {
    drop(name)
    claims.append((name, json))
  }

  mutating func drop(_ name: String) { claims.removeAll { $0.name == name } }

  mutating func setHead(_ name: String, _ json: String) {
    head.removeAll { $0.name == name }
    head.append((name, json))
  }

  func number(_ name: String) -> Int { claims.first { $0.name == name }.flatMap { Int($0.json) } ?? 0 }

  private static func object(_ members: [(name: String, json: String)]) -> String {
    "{" + members.map { #""\#($0.name)":\#($0.json)"# }.joined(separator: ",") + "}"
  }

  func token() -> String {
    let signed = [head, claims].map { Base64URL.text(Self.object($0).utf8) }.joined(separator: ".")
    let signature = sign?(signed) ?? key.signature(of: signed, algorithm: algorithm)
    return after(signed + "." + Base64URL.text(signature))
  }

  /// What stands in the token's head by default.
  mutating func addHead() {
    head = [("alg", "\"\(algorithm)\""), ("typ", "\"JWT\"")]
    if let name = key.name { head.append(("kid", "\"\(name)\"")) }
  }
}
