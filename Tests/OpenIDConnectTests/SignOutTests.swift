import Foundation
import Testing

@testable import OpenIDConnect

@Suite(.serialized) struct SignOutTests {
  private static let event = #"{"http://schemas.openid.net/event/backchannel-logout":{}}"#

  /// A logout token with everything in order, and what a test changes.
  private static func token(_ provider: TestProvider, _ change: (inout Mint) -> Void = { _ in }) -> String {
    let now = provider.clock.seconds
    var mint = Mint(key: .first)
    mint.addHead()
    mint.setHead("typ", #""logout+jwt""#)
    mint.claims = [
      ("iss", "\"\(provider.issuer)\""), ("aud", "\"\(TestProvider.clientID)\""), ("iat", "\(now)"),
      ("exp", "\(now + 120)"), ("jti", #""t-1""#), ("sub", #""248289761001""#), ("sid", #""s-1""#), ("events", event),
    ]
    change(&mint)
    return mint.token()
  }

  @Test func `a sign-out names the session and the person`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let both = try await ours.signedOut(by: Self.token(provider))
      #expect(both.issuer == provider.issuer && both.subject == "248289761001" && both.sessionID == "s-1")
      #expect(both.tokenID == "t-1" && both.useBy == provider.clock.now + 180)
      let person = try await ours.signedOut(by: Self.token(provider) { $0.drop("sid") })
      #expect(person.sessionID == nil && person.subject == "248289761001")
      let session = try await ours.signedOut(
        by: Self.token(provider) {
          $0.drop("sub")
          $0.drop("exp")
          $0.setHead("typ", #""JWT""#)
        })
      #expect(session.subject == nil && session.sessionID == "s-1")
      #expect(session.useBy == provider.clock.now + 660)
    }
  }

  private static let bad: [BadToken] = [
    .init("alg none", .algorithmNotAllowed) {
      $0.setHead("alg", #""none""#)
      $0.sign = { _ in [] }
    },
    .init("another one's signature", .signatureWrong) { $0.key = .stranger },
    .init("an access token's type", .tokenTypeWrong) { $0.setHead("typ", #""at+jwt""#) },
    .init("another issuer", .issuerWrong) { $0.set("iss", #""https://other.example""#) },
    .init("another audience", .audienceWrong) { $0.set("aud", #""other""#) },
    .init("no events", .signOutEventMissing) { $0.drop("events") },
    .init("another event", .signOutEventMissing) { $0.set("events", #"{"http://example.org/other":{}}"#) },
    .init("the event as a text", .signOutEventMissing) {
      $0.set("events", #"{"http://schemas.openid.net/event/backchannel-logout":"x"}"#)
    },
    .init("a nonce, as an ID token has", .signOutHasNonce) { $0.set("nonce", #""n""#) },
    .init("neither person nor session", .signOutOfNobody) {
      $0.drop("sub")
      $0.drop("sid")
    },
    .init("no jti", .signOutUnnamed) { $0.drop("jti") },
    .init("no iat", .issueTimeMissing) { $0.drop("iat") },
    .init("made ahead", .issuedInFuture) { $0.set("iat", "\($0.number("iat") + 61)") },
    .init("expired", .expired) { $0.set("exp", "\($0.number("iat") - 61)") },
    .init("too old, without an end", .signOutTooOld) {
      $0.drop("exp")
      $0.set("iat", "\($0.number("iat") - 661)")
    },
    .init("too old, with an end far away", .signOutTooOld) {
      $0.set("exp", "\($0.number("iat") + 100_000)")
      $0.set("iat", "\($0.number("iat") - 661)")
    },
    .init("sid twice", .tokenMemberRepeated) { $0.claims.append(("sid", #""s-2""#)) },
    .init("far too long", .tokenTooLong) { $0.set("x", "\"\(String(repeating: "x", count: 262_144))\"") },
  ]

  @Test(arguments: bad)
  func `a logout token that is wrong in one thing signs nobody out`(_ bad: BadToken) async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      await #expect(throws: bad.refusal) { try await ours.signedOut(by: Self.token(provider, bad.make)) }
      #expect(try await ours.signedOut(by: Self.token(provider)).sessionID == "s-1")
    }
  }

  @Test func `an ID token signs nobody out, and a logout token nobody in`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let identity = try await provider.signedIn()
      await #expect(throws: IdentityRefusal.signOutEventMissing) {
        try await ours.signedOut(by: identity.idToken.value)
      }
      let token = Self.token(provider) { $0.setHead("typ", #""JWT""#) }
      provider.change { $0.tokenMembers["id_token"] = "\"\(token)\"" }
      await #expect(throws: IdentityRefusal.nonceMissing) { try await provider.signedIn() }
    }
  }

  @Test(arguments: ["", ".", "..", "a.b.c", "logout", "%00", String(repeating: ".", count: 100_000)])
  func `anything may be sent`(_ text: String) async throws {
    try await TestProvider.running { provider async throws in
      await #expect(throws: IdentityRefusal.tokenUnreadable) { try await provider.ours().signedOut(by: text) }
      #expect(provider.count("/keys") == 0, "what is no token costs the provider nothing")
    }
  }
}
