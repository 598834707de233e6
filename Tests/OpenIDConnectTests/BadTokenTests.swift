import Crypto
import Foundation
import Testing

@testable import OpenIDConnect

/// A token that is wrong in one thing.
struct BadToken: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let refusal: IdentityRefusal
  let make: @Sendable (inout Mint) -> Void

  init(_ description: String, _ refusal: IdentityRefusal, _ make: @Sendable @escaping (inout Mint) -> Void) {
    testDescription = description
    self.refusal = refusal
    self.make = make
  }

  /// What is wrong with the head or the signature.
  static let sealed: [BadToken] = [
    .init("alg none, without a signature", .algorithmNotAllowed) {
      $0.setHead("alg", #""none""#)
      $0.sign = { _ in [] }
    },
    .init("alg none, in two parts", .algorithmNotAllowed) {
      $0.setHead("alg", #""none""#)
      $0.after = { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) }
    },
    .init("alg None, spelt to slip through", .algorithmNotAllowed) {
      $0.setHead("alg", #""nOnE""#)
      $0.sign = { _ in [] }
    },
    .init("HS256 with the public key as the secret", .algorithmNotAllowed) {
      $0.setHead("alg", #""HS256""#)
      $0.sign = { text in
        let secret = SymmetricKey(data: Data(TestKey.first.publicPEM.utf8))
        return Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret))
      }
    },
    .init("HS256 with the client's secret", .algorithmNotAllowed) {
      $0.setHead("alg", #""HS256""#)
      $0.sign = { text in
        let secret = SymmetricKey(data: Data(TestProvider.secret.utf8))
        return Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret))
      }
    },
    .init("EdDSA, which is not on the list", .algorithmNotAllowed) { $0.setHead("alg", #""EdDSA""#) },
    .init("no alg", .algorithmNotAllowed) { mint in mint.head.removeAll { $0.name == "alg" } },
    .init("alg that is no text", .algorithmNotAllowed) { $0.setHead("alg", #"["RS256"]"#) },
    .init("another hash in the head than signed with", .signatureWrong) { $0.setHead("alg", #""RS512""#) },
    .init("another padding in the head than signed with", .signatureWrong) { $0.setHead("alg", #""PS256""#) },
    .init("ES256 with the name of an RSA key", .keyUnfit) { $0.setHead("alg", #""ES256""#) },
    .init("the wrong type", .tokenTypeWrong) { $0.setHead("typ", #""at+jwt""#) },
    .init("a logout token's type", .tokenTypeWrong) { $0.setHead("typ", #""logout+jwt""#) },
    .init("a type that is no text", .tokenTypeWrong) { $0.setHead("typ", "1") },
    .init("crit with something unknown", .criticalUnknown) { $0.setHead("crit", #"["exp"]"#) },
    .init("crit without anything", .criticalUnknown) { $0.setHead("crit", "[]") },
    .init("another one's signature under our key's name", .signatureWrong) { $0.key = .stranger },
    .init("a key that it brings along", .signatureWrong) {
      $0.key = .stranger
      $0.setHead("jwk", TestKey.stranger.published)
    },
    .init("a signature of a letter", .signatureWrong) { $0.sign = { _ in [1] } },
    .init("no signature", .signatureWrong) { $0.sign = { _ in [] } },
    .init("claims changed after signing", .signatureWrong) {
      $0.after = { token in
        let parts = token.split(separator: ".")
        let claims = String(decoding: Base64URL.bytes(parts[1]) ?? [], as: UTF8.self)
        let changed = Base64URL.text(claims.replacing("248289761001", with: "248289761002").utf8)
        return "\(parts[0]).\(changed).\(parts[2])"
      }
    },
    .init("a kid that nobody knows", .keyUnknown) { $0.setHead("kid", #""other""#) },
    .init("a kid like a path", .keyUnknown) { $0.setHead("kid", #""../../../dev/null""#) },
    .init("a kid like an address", .keyUnknown) { $0.setHead("kid", #""http://localhost/keys""#) },
    .init("a kid like a statement", .keyUnknown) { $0.setHead("kid", #""' OR 1=1 --""#) },
    .init("an empty kid", .keyUnknown) { $0.setHead("kid", #""""#) },
    .init("a kid that is no text", .tokenUnreadable) { $0.setHead("kid", "7") },
    .init("two parts", .tokenUnreadable) { $0.after = { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) } },
    .init("four parts", .tokenUnreadable) { $0.after = { $0 + ".x" } },
    .init("five parts, as if it were encrypted", .tokenUnreadable) { $0.after = { $0 + ".x.y" } },
    .init("padding", .tokenUnreadable) { $0.after = { $0 + "=" } },
    .init("a blank at its end", .tokenUnreadable) { $0.after = { $0 + " " } },
    .init("nothing", .tokenUnreadable) { $0.after = { _ in "" } },
    .init("a head that is no object", .tokenUnreadable) { $0.after = { "W10" + $0.drop { $0 != "." } } },
    .init("claims in UTF-16", .tokenUnreadable) {
      $0.after = { token in
        let parts = token.split(separator: ".")
        let claims = String(decoding: Base64URL.bytes(parts[1]) ?? [], as: UTF8.self)
        return "\(parts[0]).\(Base64URL.text(claims.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })).\(parts[2])"
      }
    },
    .init("far too long", .tokenTooLong) { $0.set("more", "\"\(String(repeating: "x", count: 262_144))\"") },
    .init("alg twice", .tokenMemberRepeated) { $0.head.append(("alg", #""RS256""#)) },
  ]

  /// What is wrong with the claims of a token that is signed as it should be.
  static let claims: [BadToken] = [
    .init("sub twice", .tokenMemberRepeated) { $0.claims.append(("sub", #""another""#)) },
    .init("aud twice, once spelt otherwise", .tokenMemberRepeated) { $0.claims.append((#"\u0061ud"#, #""x""#)) },
    .init("a claim twice inside another", .tokenMemberRepeated) { $0.set("more", #"[{"a":1,"b":{"c":1,"c":2}}]"#) },
    .init("no iss", .issuerMissing) { $0.drop("iss") },
    .init("another iss", .issuerWrong) { $0.set("iss", #""https://other.example""#) },
    .init("iss with one stroke more", .issuerWrong) { mint in
      let issuer = mint.claims.first { $0.name == "iss" }?.json.dropLast() ?? ""
      mint.set("iss", issuer + #"/""#)
    },
    .init("iss that is no text", .claimUnreadable) { $0.set("iss", "7") },
    .init("no aud", .audienceMissing) { $0.drop("aud") },
    .init("an empty list of aud", .audienceMissing) { $0.set("aud", "[]") },
    .init("another aud", .audienceWrong) { $0.set("aud", #""other""#) },
    .init("aud that begins like ours", .audienceWrong) { $0.set("aud", #""styrehus test 2""#) },
    .init("several aud without ours", .audienceWrong) { $0.set("aud", #"["a","b"]"#) },
    .init("aud with a number", .claimUnreadable) { $0.set("aud", #"["styrehus test",1]"#) },
    .init("several aud without azp", .authorizedPartyMissing) { $0.set("aud", #"["styrehus test","other"]"#) },
    .init("several aud with another azp", .authorizedPartyWrong) {
      $0.set("aud", #"["styrehus test","other"]"#)
      $0.set("azp", #""other""#)
    },
    .init("one aud with another azp", .authorizedPartyWrong) { $0.set("azp", #""other""#) },
    .init("no nonce", .nonceMissing) { $0.drop("nonce") },
    .init("another nonce", .nonceWrong) { $0.set("nonce", #""0123456789012345678901234567890123456789012""#) },
    .init("an empty nonce", .nonceWrong) { $0.set("nonce", #""""#) },
    .init("no sub", .subjectMissing) { $0.drop("sub") },
    .init("an empty sub", .subjectMissing) { $0.set("sub", #""""#) },
    .init("a sub of 256 letters", .subjectMissing) { $0.set("sub", "\"\(String(repeating: "x", count: 256))\"") },
    .init("a sub with a line break", .subjectMissing) { $0.set("sub", #""a\nb""#) },
    .init("a sub that is a number", .claimUnreadable) { $0.set("sub", "248289761001") },
    .init("no exp", .expiryMissing) { $0.drop("exp") },
    .init("exp that is a text", .claimUnreadable) { $0.set("exp", #""4102444800""#) },
    .init("exp beyond every calendar", .claimUnreadable) { $0.set("exp", "1e300") },
    .init("exp below zero", .claimUnreadable) { $0.set("exp", "-1") },
    .init("expired by a second more than the skew", .expired) { $0.set("exp", "\($0.number("iat") - 61)") },
    .init("no iat", .issueTimeMissing) { $0.drop("iat") },
    .init("made a second further ahead than the skew", .issuedInFuture) { $0.set("iat", "\($0.number("iat") + 61)") },
    .init("valid a second later than the skew", .notYetValid) { $0.set("nbf", "\($0.number("iat") + 61)") },
    .init("nbf that is no number", .claimUnreadable) { $0.set("nbf", "true") },
    .init("another access token's hash", .accessTokenHashWrong) { $0.set("at_hash", #""77QmUPtjPfzWtF2AnpK9RQ""#) },
    .init("another code's hash", .codeHashWrong) { $0.set("c_hash", #""77QmUPtjPfzWtF2AnpK9RQ""#) },
  ]
}

@Suite(.serialized) struct BadTokenTests {
  @Test(arguments: BadToken.sealed + BadToken.claims)
  func `a token that is wrong in one thing signs nobody in`(_ bad: BadToken) async throws {
    try await TestProvider.running { provider async throws in
      await #expect(throws: bad.refusal) { try await provider.signedIn(nil, bad.make) }
      // The same provider, without the fault: it was the fault that was refused.
      let good = try await provider.signedIn { _ in }
      #expect(good.subject == "248289761001")
    }
  }

  @Test(arguments: [
    ("exp", -60), ("iat", 60), ("nbf", 60), ("nbf", 0), ("exp", 1),
  ])
  func `the edge of the skew still counts`(_ claim: String, _ seconds: Int) async throws {
    try await TestProvider.running { provider async throws in
      let identity = try await provider.signedIn { $0.set(claim, "\($0.number("iat") + seconds)") }
      #expect(identity.subject == "248289761001")
    }
  }

  @Test func `without a skew there is none`() async throws {
    try await TestProvider.running { provider async throws in
      let settings = try provider.settings(clockSkew: .zero)
      let justInTime = try await provider.signedIn(settings) { $0.set("exp", "\($0.number("iat"))") }
      #expect(justInTime.tokenExpiresAt == provider.clock.now)
      await #expect(throws: IdentityRefusal.expired) {
        try await provider.signedIn(settings) { $0.set("exp", "\($0.number("iat") - 1)") }
      }
    }
  }

  @Test(arguments: ["jku", "x5u"])
  func `an address in a token is never asked`(_ name: String) async throws {
    try await TestProvider.running { provider async throws in
      let address = provider.issuer + "/planted-keys"
      provider.change { $0.replies["/planted-keys"] = .json(200, #"{"keys":[\#(TestKey.stranger.published)]}"#) }
      await #expect(throws: IdentityRefusal.signatureWrong) {
        try await provider.signedIn {
          $0.key = .stranger
          $0.setHead(name, "\"\(address)\"")
        }
      }
      #expect(provider.count("/planted-keys") == 0)
      // Beside a good signature it means nothing.
      let good = try await provider.signedIn { $0.setHead(name, "\"\(address)\"") }
      #expect(good.subject == "248289761001")
      #expect(provider.count("/planted-keys") == 0)
    }
  }

  @Test(arguments: [("at_hash", TestProvider.accessToken), ("c_hash", "canary-code-1")])
  func `a hash that fits is taken`(_ claim: String, _ of: String) async throws {
    try await TestProvider.running { provider async throws in
      let identity = try await provider.signedIn {
        $0.set(claim, "\"\(Secrets.halfHash(of, algorithm: "RS256"))\"")
      }
      #expect(identity.subject == "248289761001")
    }
  }

  @Test func `a hash of an access token that is not there is refused`() async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.tokenMembers["access_token"] = .some(nil) }
      await #expect(throws: IdentityRefusal.accessTokenHashWrong) {
        try await provider.signedIn {
          $0.set("at_hash", "\"\(Secrets.halfHash(TestProvider.accessToken, algorithm: "RS256"))\"")
        }
      }
    }
  }

  @Test func `several audiences are taken where the asking party is we`() async throws {
    try await TestProvider.running { provider async throws in
      let identity = try await provider.signedIn {
        $0.set("aud", #"["other","styrehus test"]"#)
        $0.set("azp", #""styrehus test""#)
      }
      #expect(identity.subject == "248289761001")
    }
  }

  @Test(arguments: TokenAlgorithm.allCases)
  func `every way of signing on the list works`(_ algorithm: TokenAlgorithm) async throws {
    try await TestProvider.running { provider async throws in
      let key: TestKey =
        switch algorithm {
        case .es256: .curve256
        case .es384: .curve384
        default: .first
        }
      provider.change { $0.keys = [.second, .curve384, .curve256, .first] }
      let make: @Sendable (inout Mint) -> Void = {
        $0.key = key
        $0.algorithm = algorithm.rawValue
        $0.addHead()
        $0.set("at_hash", "\"\(Secrets.halfHash(TestProvider.accessToken, algorithm: algorithm.rawValue))\"")
      }
      #expect(try await provider.signedIn(nil, make).name == "Åse Østergård")
      await #expect(throws: IdentityRefusal.signatureWrong) {
        try await provider.signedIn {
          make(&$0)
          $0.sign = { key.signature(of: $0 + "x", algorithm: algorithm.rawValue) }
        }
      }
    }
  }
}
