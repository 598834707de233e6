import Foundation
import Testing

@testable import OpenIDConnect

@Suite struct ProviderFailureTests {
  private static let metadataPath = "/.well-known/openid-configuration"

  private static let broken: [(Reply, IdentityRefusal)] = [
    (.json(500, "{}"), .providerFailed), (.json(404, "{}"), .providerFailed), (.json(204, ""), .providerFailed),
    (.redirect("/elsewhere"), .providerRedirected),
    (.text(200, type: "text/html", "{}"), .providerAnswerUnreadable),
    (.text(200, type: nil, "{}"), .providerAnswerUnreadable),
    (.text(200, type: "application/json", ""), .providerAnswerUnreadable),
    (.text(200, type: "application/json", "[]"), .providerAnswerUnreadable),
    (.text(200, type: "application/json", "{"), .providerAnswerUnreadable),
    (.text(200, type: "application/json", #"{"issuer":"a","issuer":"b"}"#), .providerAnswerUnreadable),
    (.text(200, type: "application/json", String(repeating: "[", count: 100_000)), .providerAnswerUnreadable),
    (.json(200, #"{"x":"\#(String(repeating: "x", count: 1_048_576))"}"#), .providerAnswerTooLong),
  ]

  @Test(arguments: [metadataPath, "/keys", "/token"], broken.indices)
  func `a provider that answers nonsense signs nobody in`(_ path: String, _ index: Int) async throws {
    let (reply, refusal) = Self.broken[index]
    try await TestProvider.running { provider async throws in
      provider.change { $0.replies[path] = reply }
      await #expect(throws: refusal) { try await provider.signedIn() }
      #expect(provider.count("/elsewhere") == 0)
    }
  }

  @Test(arguments: [metadataPath, "/keys", "/token"], [Reply.silence, .halfAnswer])
  func `a provider that does not come to an end is given up`(_ path: String, _ reply: Reply) async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.replies[path] = reply }
      let settings = try provider.settings(timeout: path == "/token" ? .seconds(2) : .milliseconds(300))
      await #expect(throws: IdentityRefusal.providerTooSlow) { try await provider.signedIn(settings) }
      // And nothing is stuck: once it answers, people sign in again.
      provider.change { $0.replies = [:] }
      #expect(try await provider.signedIn().subject == "248289761001")
    }
  }

  @Test func `a provider that is not there signs nobody in`() async throws {
    // Nobody listens on port 1 of this machine.
    let settings = try ProviderSettings(
      issuer: "http://127.0.0.1:1", clientID: "a", redirect: TestProvider.redirect, timeout: .seconds(20),
      allowsPlainHTTP: true)
    let provider = TestProvider()
    await #expect(throws: IdentityRefusal.providerUnreachable) { try await provider.ours(settings).begin() }
  }

  private static let metadata: [(member: String, json: String?, refusal: IdentityRefusal)] = [
    ("issuer", #""https://other.example""#, .metadataIssuerDiffers),
    ("issuer", nil, .metadataIssuerDiffers), ("issuer", "7", .metadataIssuerDiffers),
    ("authorization_endpoint", nil, .metadataIncomplete), ("token_endpoint", nil, .metadataIncomplete),
    ("jwks_uri", nil, .metadataIncomplete), ("jwks_uri", #""keys""#, .metadataIncomplete),
    ("jwks_uri", #""file:///etc/passwd""#, .metadataIncomplete),
    ("jwks_uri", #""http://keys.example/keys""#, .metadataInsecure),
    ("token_endpoint", #""http://localhost.example/token""#, .metadataInsecure),
    ("token_endpoint", #""http://user:word@localhost/token""#, .metadataIncomplete),
    ("authorization_endpoint", #""javascript:alert(1)""#, .metadataIncomplete),
    ("authorization_endpoint", #""https://a.example/#x""#, .metadataIncomplete),
    ("authorization_endpoint", #""https://a.example/\r\nx""#, .metadataIncomplete),
    ("end_session_endpoint", #""http://other.example/bye""#, .metadataInsecure),
  ]

  @Test(arguments: metadata.indices)
  func `a provider that describes itself wrongly is not used`(_ index: Int) async throws {
    let (member, json, refusal) = Self.metadata[index]
    try await TestProvider.running { provider async throws in
      provider.change { $0.metadata[member] = .some(json) }
      await #expect(throws: refusal) { try await provider.ours().begin() }
      #expect(provider.count("/token") == 0)
    }
  }

  @Test(arguments: [
    ("invalid_grant", 400, IdentityRefusal.codeRefused), ("invalid_client", 401, .clientRefused),
    ("unauthorized_client", 400, .clientRefused), ("invalid_scope", 400, .tokensRefused), ("", 400, .tokensRefused),
  ])
  func `the reason why there are no tokens is told`(
    _ word: String, _ status: Int, _ refusal: IdentityRefusal
  ) async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.replies["/token"] = .json(status, #"{"error":"\#(word)"}"#) }
      await #expect(throws: refusal) { try await provider.signedIn() }
    }
  }

  private static let tokens: [(member: String, json: String?, refusal: IdentityRefusal)] = [
    ("id_token", nil, .identityTokenMissing), ("id_token", "null", .identityTokenMissing),
    ("id_token", #"["a"]"#, .identityTokenMissing), ("token_type", #""DPoP""#, .tokenKindUnknown),
    ("token_type", "7", .tokenKindUnknown),
  ]

  @Test(arguments: tokens.indices)
  func `tokens of another kind are refused`(_ index: Int) async throws {
    let (member, json, refusal) = Self.tokens[index]
    try await TestProvider.running { provider async throws in
      provider.change { $0.tokenMembers[member] = .some(json) }
      await #expect(throws: refusal) { try await provider.signedIn() }
    }
  }

  @Test func `the secret is not carried to another address`() async throws {
    try await TestProvider.running { provider async throws in
      for status in [301, 302, 303, 307, 308] {
        provider.change { $0.replies["/token"] = .text(status, type: "application/json", "{}") }
        await #expect(throws: IdentityRefusal.providerRedirected) { try await provider.signedIn() }
      }
      provider.change { $0.replies["/token"] = .redirect("/elsewhere") }
      await #expect(throws: IdentityRefusal.providerRedirected) { try await provider.signedIn() }
      #expect(provider.count("/elsewhere") == 0)
    }
  }
}
