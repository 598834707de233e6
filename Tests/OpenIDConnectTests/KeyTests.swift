import Foundation
import Testing

@testable import OpenIDConnect

@Suite(.serialized) struct KeyTests {
  private static func signIn(_ ours: IdentityProvider, at provider: TestProvider) async throws -> String {
    let (address, kept) = try await ours.begin()
    return try await ours.finish(provider.signIn(address), kept: kept).subject
  }

  @Test func `when the provider changes its key, the new one is fetched once and the old one is forgotten`()
    async throws
  {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      #expect(provider.count("/keys") == 1)
      provider.change { $0.keys = [.second] }
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      #expect(provider.count("/keys") == 2)
      provider.change {
        $0.mint = {
          $0.key = .first; $0.addHead()
        }
      }
      await #expect(throws: IdentityRefusal.keyUnknown) { try await Self.signIn(ours, at: provider) }
      #expect(provider.count("/keys") == 2, "it was asked a moment ago")
    }
  }

  @Test func `invented names cost the provider one question a minute`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      provider.change { $0.mint = { $0.setHead("kid", #""invented-\#($0.number("iat"))""#) } }
      for _ in 0..<5 {
        await #expect(throws: IdentityRefusal.keyUnknown) { try await Self.signIn(ours, at: provider) }
      }
      #expect(provider.count("/keys") == 2)
      provider.clock.advance(59)
      await #expect(throws: IdentityRefusal.keyUnknown) { try await Self.signIn(ours, at: provider) }
      #expect(provider.count("/keys") == 2)
      provider.clock.advance(1)
      await #expect(throws: IdentityRefusal.keyUnknown) { try await Self.signIn(ours, at: provider) }
      #expect(provider.count("/keys") == 3)
      // Sign-outs come from anywhere, and count among them.
      for _ in 0..<5 {
        await #expect(throws: IdentityRefusal.keyUnknown) { try await ours.signedOut(by: Self.invented) }
      }
      #expect(provider.count("/keys") == 3)
    }
  }

  private static let invented = {
    var mint = Mint(key: TestKey.stranger.named("invented"))
    mint.addHead()
    return mint.token()
  }()

  @Test func `many at once ask once`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 { group.addTask { try await Self.signIn(ours, at: provider) } }
        for try await subject in group { #expect(subject == "248289761001") }
      }
      #expect(provider.count("/keys") == 1)
      #expect(provider.count("/.well-known/openid-configuration") == 1)
    }
  }

  @Test func `a withdrawn key is believed for ten minutes, and not where the provider is gone`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      provider.change {
        $0.keys = [.second]
        $0.mint = {
          $0.key = .first; $0.addHead()
        }
      }
      provider.clock.advance(599)
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      provider.clock.advance(1)
      await #expect(throws: IdentityRefusal.keyUnknown) { try await Self.signIn(ours, at: provider) }
      provider.clock.advance(600)
      provider.change { $0.replies["/keys"] = .json(503, "{}") }
      await #expect(throws: IdentityRefusal.providerFailed) { try await Self.signIn(ours, at: provider) }
    }
  }

  @Test func `a failed renewal keeps what is known`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      provider.change {
        $0.replies["/keys"] = .json(503, "{}")
        $0.mint = { $0.setHead("kid", #""invented""#) }
      }
      await #expect(throws: IdentityRefusal.providerFailed) { try await Self.signIn(ours, at: provider) }
      provider.change { $0.mint = { _ in } }
      #expect(try await Self.signIn(ours, at: provider) == "248289761001")
    }
  }

  @Test func `a token without a key's name counts where there is one key to choose`() async throws {
    try await TestProvider.running { provider async throws in
      let make: @Sendable (inout Mint) -> Void = { mint in mint.head.removeAll { $0.name == "kid" } }
      #expect(try await provider.signedIn(nil, make).subject == "248289761001")
      provider.change { $0.keys = [TestKey.first.named(nil), .curve256] }
      #expect(try await provider.signedIn(nil, make).subject == "248289761001")
      provider.change { $0.keys = [.first, .second] }
      await #expect(throws: IdentityRefusal.keyNotNamed) { try await provider.signedIn(nil, make) }
    }
  }

  @Test(arguments: [
    (#","use":"enc""#, IdentityRefusal.keyUnknown), (#","key_ops":["encrypt"]"#, .keyUnknown),
    (#","use":"sig","alg":"PS256""#, .keyUnfit), (#","use":"sig","alg":"RS512""#, .keyUnfit),
    (#","use":"enc","alg":"RSA-OAEP""#, .keyUnknown), (#","use":["sig"]"#, .keyUnknown),
  ])
  func `a key that is for something else tries no signature`(_ more: String, _ refusal: IdentityRefusal) async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.keys = [TestKey.first.with(more)] }
      await #expect(throws: refusal) { try await provider.signedIn() }
      provider.change { $0.keys = [TestKey.first.with(#","use":"sig","key_ops":["verify"],"alg":"RS256""#)] }
      #expect(try await provider.signedIn().subject == "248289761001")
    }
  }

  @Test func `strange keys beside a good one lock nobody out`() async throws {
    let strange = [
      #"{"kty":"oct","kid":"first","k":"AAAA"}"#, #"{"kty":"OKP","kid":"first","crv":"Ed25519","x":"AAAA"}"#,
      #"{"kty":"RSA","kid":"first","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA","kid":"first","n":"?","e":"AQAB"}"#,
      #"{"kty":"EC","kid":"first","crv":"P-256","x":"AA","y":"AA"}"#, #"{"kty":"RSA","kid":"first"}"#,
      #"{"kty":"AKP","alg":"ML-DSA-65","kid":"first"}"#, "7", "{}", #"{"kid":["first"],"kty":"RSA","n":"","e":""}"#,
    ].joined(separator: ",")
    try await TestProvider.running { provider async throws in
      provider.change { $0.replies["/keys"] = .json(200, #"{"keys":[\#(strange),\#(TestKey.first.published)]}"#) }
      #expect(try await provider.signedIn().subject == "248289761001")
      provider.change { $0.replies["/keys"] = .json(200, #"{"keys":[\#(strange)]}"#) }
      await #expect(throws: IdentityRefusal.signatureWrong) { try await provider.signedIn() }
    }
  }

  @Test(arguments: [#"{"keys":{}}"#, "{}", #"{"keys":"a"}"#])
  func `a set of keys that is none is refused`(_ json: String) async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.replies["/keys"] = .json(200, json) }
      await #expect(throws: IdentityRefusal.providerAnswerUnreadable) { try await provider.signedIn() }
    }
  }

  @Test func `a token of one algorithm does not bind the key against another`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      for algorithm in ["RS512", "PS256", "RS256", "PS384"] {
        provider.change {
          $0.mint = {
            $0.algorithm = algorithm
            $0.addHead()
          }
        }
        #expect(try await Self.signIn(ours, at: provider) == "248289761001")
      }
    }
  }
}
