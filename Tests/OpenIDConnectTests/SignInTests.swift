import Foundation
import Testing

@testable import OpenIDConnect

@Suite(.serialized) struct SignInTests {
  @Test func `a person who signs in is known by what the token says`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let identity = try await ours.finish(provider.signIn(address), kept: kept)
      #expect(identity.issuer == provider.issuer)
      #expect(identity.subject == "248289761001")
      #expect(identity.name == "Åse Østergård")
      #expect(identity.accountName == "aaoe")
      #expect(identity.email == "aase@example.dk")
      #expect(identity.isEmailVerified == true)
      #expect(identity.groups == ["Økonomi", "Ledelse"])
      #expect(identity.groupsTold == .all)
      #expect(identity.authenticatedAt == provider.clock.now - 10)
      #expect(identity.strength == "2")
      #expect(identity.sessionID == "s-1")
      #expect(identity.tokenExpiresAt == provider.clock.now + 300)
    }
  }

  @Test func `the browser leaves with what the standard asks, and no secret`() async throws {
    try await TestProvider.running { provider async throws in
      let wishes = SignInWishes(
        maximumAge: .seconds(300), prompt: "login", strengths: ["a", "b"], languages: ["da", "en"])
      let (address, kept) = try await provider.ours().begin(wishes)
      #expect(address.hasPrefix("\(provider.issuer)/authorize?kept=1&response_type=code&"))
      #expect(address.utf8.allSatisfy { (0x21...0x7E).contains($0) })
      var fields = TestProvider.fields(of: address)
      #expect(fields.removeValue(forKey: "code_challenge") == Secrets.challenge(kept.verifier))
      let expected = [
        "kept": "1", "response_type": "code", "client_id": "styrehus test", "redirect_uri": TestProvider.redirect,
        "scope": "openid profile email", "state": kept.state.value, "nonce": kept.nonce.value,
        "code_challenge_method": "S256", "max_age": "300", "prompt": "login", "acr_values": "a b",
        "ui_locales": "da en",
      ]
      #expect(fields == expected)
      #expect(!address.contains(kept.verifier.value) && !address.contains("canary"))
      #expect(kept.startedAt == provider.clock.now)
    }
  }

  @Test func `no two sign-ins are alike`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      var seen: Set<String> = []
      for _ in 0..<20 {
        let kept = try await ours.begin().kept
        for text in [kept.state, kept.nonce, kept.verifier].map(\.value) {
          #expect(text.utf8.count == 43 && Base64URL.bytes(text)?.count == 32)
          #expect(seen.insert(text).inserted)
        }
      }
      #expect(provider.count("/keys") == 1, "what is known is fetched once")
    }
  }

  @Test func `another server may finish, with a start that was stored`() async throws {
    try await TestProvider.running { provider async throws in
      let (address, kept) = try await provider.ours().begin(SignInWishes(maximumAge: .seconds(60)))
      let stored = try JSONDecoder().decode(SignInStart.self, from: JSONEncoder().encode(kept))
      #expect(stored == kept)
      #expect(try await provider.ours().finish(provider.signIn(address), kept: stored).subject == "248289761001")
    }
  }

  @Test func `a public client shows no secret, and a provider that wants it elsewhere gets it there`() async throws {
    try await TestProvider.running { provider async throws in
      await #expect(throws: IdentityRefusal.clientRefused) {
        try await provider.signedIn(try provider.settings(secret: nil))
      }
      await #expect(throws: IdentityRefusal.clientRefused) {
        try await provider.signedIn(try provider.settings(secret: "another"))
      }
      provider.change {
        $0.metadata["token_endpoint_auth_methods_supported"] = #"["private_key_jwt","client_secret_post"]"#
      }
      #expect(try await provider.signedIn().subject == "248289761001")
      provider.change { $0.metadata["token_endpoint_auth_methods_supported"] = #"["private_key_jwt"]"# }
      await #expect(throws: IdentityRefusal.clientAuthenticationUnknown) { try await provider.signedIn() }
    }
  }

  @Test func `a fresh sign-in is held to what was asked`() async throws {
    try await TestProvider.running { provider async throws in
      let wishes = SignInWishes(maximumAge: .seconds(30))
      let now = provider.clock.seconds
      #expect(try await provider.signedIn(wishes: wishes).authenticatedAt != nil)
      let atTheEdge = try await provider.signedIn(wishes: wishes) { $0.set("auth_time", "\(now - 90)") }
      #expect(atTheEdge.authenticatedAt == provider.clock.now - 90)
      await #expect(throws: IdentityRefusal.signInTooOld) {
        try await provider.signedIn(wishes: wishes) { $0.set("auth_time", "\(now - 91)") }
      }
      await #expect(throws: IdentityRefusal.signInTimeMissing) {
        try await provider.signedIn(wishes: wishes) { $0.drop("auth_time") }
      }
    }
  }

  @Test func `the end of a sign-out's address depends on what is known`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours(provider.settings(afterSignOut: "https://styrehus.example/bye"))
      let hint = HiddenText("a.b.c")
      let address = await ours.signOutAddress(hint: hint, state: "s 1")
      let expected = [
        "client_id": "styrehus test", "post_logout_redirect_uri": "https://styrehus.example/bye", "state": "s 1",
        "id_token_hint": "a.b.c",
      ]
      #expect(TestProvider.fields(of: address ?? "") == expected)
      #expect(address?.hasPrefix("\(provider.issuer)/sign-out?") == true)
      let long = await ours.signOutAddress(hint: HiddenText(String(repeating: "x", count: 4096)))
      #expect(TestProvider.fields(of: long ?? "").keys.sorted() == ["client_id", "post_logout_redirect_uri"])
      provider.change { $0.metadata["end_session_endpoint"] = .some(nil) }
      #expect(try await provider.ours().signOutAddress() == nil)
      provider.change { $0.replies["/.well-known/openid-configuration"] = .json(503, "{}") }
      #expect(try await provider.ours().signOutAddress() == nil)
    }
  }
}

@Suite(.serialized) struct ClaimTests {
  @Test(arguments: [
    (#"["a","b"]"#, ["a", "b"], GroupsTold.all), (#""a""#, ["a"], .all), ("[]", [], .all),
    ("7", [], .unreadable), (#"["a",1]"#, [], .unreadable), (#"[["a"]]"#, [], .unreadable), ("null", [], .unreadable),
    (#"{"a":"b"}"#, [], .unreadable), (#"["a",""]"#, [], .unreadable), (#"["a\u0000"]"#, [], .unreadable),
  ])
  func `groups are all there or none`(_ json: String, _ groups: [String], _ told: GroupsTold) async throws {
    try await TestProvider.running { provider async throws in
      let identity = try await provider.signedIn { $0.set("groups", json) }
      #expect(identity.groups == groups)
      #expect(identity.groupsTold == told)
    }
  }

  @Test func `groups that are missing, elsewhere or too many are told as such`() async throws {
    try await TestProvider.running { provider async throws in
      let none = try await provider.signedIn { $0.drop("groups") }
      #expect(none.groupsTold == .missing)
      let overage = try await provider.signedIn {
        $0.drop("groups")
        $0.set("_claim_names", #"{"groups":"src1"}"#)
        $0.set("_claim_sources", #"{"src1":{"endpoint":"https://graph.example/x"}}"#)
      }
      #expect(overage.groupsTold == .elsewhere)
      let other = try await provider.signedIn {
        $0.drop("groups")
        $0.set("_claim_names", #"{"photo":"src1"}"#)
      }
      #expect(other.groupsTold == .missing)
      let list: @Sendable (Int) -> String = { count in
        "[\((0..<count).map { "\"g\($0)\"" }.joined(separator: ","))]"
      }
      let full = try await provider.signedIn { $0.set("groups", list(1000)) }
      #expect(full.groups.count == 1000)
      let many = try await provider.signedIn { $0.set("groups", list(1001)) }
      #expect(many.groupsTold == .tooMany && many.groups.isEmpty)
      let long = try await provider.signedIn { $0.set("groups", "\"\(String(repeating: "g", count: 257))\"") }
      #expect(long.groupsTold == .tooMany && long.groups.isEmpty)
    }
  }

  @Test func `the groups have the name that was set up`() async throws {
    try await TestProvider.running { provider async throws in
      let settings = try provider.settings(groupsClaim: "http://schemas.example/role")
      let identity = try await provider.signedIn(settings) { $0.set("http://schemas.example/role", #""leder""#) }
      #expect(identity.groups == ["leder"])
    }
  }

  @Test func `what nothing depends on is left out where it is odd`() async throws {
    try await TestProvider.running { provider async throws in
      let odd = try await provider.signedIn {
        $0.set("name", #""a\u202eb""#)
        $0.set("email", "\"\(String(repeating: "x", count: 257))\"")
        $0.set("email_verified", "7")
        $0.set("acr", "2")
        $0.set("preferred_username", #""a\nb""#)
      }
      #expect(odd.name == nil && odd.email == nil && odd.isEmailVerified == nil)
      #expect(odd.strength == nil && odd.accountName == nil)
      let parts = try await provider.signedIn {
        $0.drop("name")
        $0.set("given_name", #""Åse""#)
        $0.set("family_name", #""Østergård""#)
        $0.set("email_verified", #""false""#)
        $0.drop("preferred_username")
        $0.set("upn", #""aase@kommune.example""#)
      }
      #expect(parts.name == "Åse Østergård" && parts.isEmailVerified == false)
      #expect(parts.accountName == "aase@kommune.example")
    }
  }
}
