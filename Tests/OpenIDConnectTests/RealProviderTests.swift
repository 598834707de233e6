import Foundation
import Logging
import StyrehusTesting
import Testing

@testable import OpenIDConnect

extension RealProvider {
  func ours(client: String = "styrehus", secret: String? = RealProvider.secret) throws -> IdentityProvider {
    let settings = try ProviderSettings(
      issuer: issuer, clientID: client, clientSecret: secret.map(HiddenText.init), redirect: Self.redirect,
      afterSignOut: Self.afterSignOut, timeout: .seconds(30), allowsPlainHTTP: true)
    return IdentityProvider(settings, logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() })
  }
}

@Suite(
  .serialized,
  .enabled(if: RealProvider.isThere, "LemonLDAP::NG is not installed; see Scripts/identity-provider.sh"))
struct RealProviderTests {
  @Test func `a person signs in at a real provider, and out again`() async throws {
    try await RealProvider.running { provider async throws in
      let ours = try provider.ours()
      let browser = Browser()
      let (address, kept) = try await ours.begin(SignInWishes(maximumAge: .seconds(300), languages: ["da", "en"]))
      #expect(try await browser.signIn(address, as: "dwho", password: "wrong") == nil)
      let answer = try #require(try await browser.signIn(address))
      let identity = try await ours.finish(answer, kept: kept)
      #expect(identity.issuer == provider.issuer && identity.subject == "dwho")
      #expect(identity.name == "Doctor Who" && identity.email == "dwho@badwolf.org")
      #expect(identity.accountName == "dwho" && identity.strength == "loa-1")
      #expect(identity.groups.sorted() == ["timelords", "users"] && identity.groupsTold == .all)
      #expect(identity.authenticatedAt.map { abs($0.timeIntervalSinceNow) < 300 } == true)
      #expect(identity.idToken.value.split(separator: ".").count == 3)

      // Who has a session there is sent back at once, as another sign-in.
      let again = try await ours.begin()
      let silent = try #require(try await browser.signIn(again.address))
      #expect(try await ours.finish(silent, kept: again.kept).subject == "dwho")
      await #expect(throws: IdentityRefusal.stateForeign) { try await ours.finish(silent, kept: kept) }

      let bye = try #require(await ours.signOutAddress(hint: identity.idToken, state: "s 1"))
      let left = try await browser.answer(to: bye)
      #expect(left.location.map { $0.replacing("+", with: "%20") } == RealProvider.afterSignOut + "?state=s%201")
      let after = try await browser.answer(to: try await ours.begin().address)
      #expect(after.status == 200 && after.text.contains("password"), "it asks for the password again")
    }
  }

  @Test func `a code counts once there, and only with its verifier`() async throws {
    try await RealProvider.running { provider async throws in
      let ours = try provider.ours()
      let first = try await ours.begin()
      let answer = try #require(try await Browser().signIn(first.address))
      #expect(try await ours.finish(answer, kept: first.kept).subject == "dwho")
      await #expect(throws: IdentityRefusal.codeRefused) { try await ours.finish(answer, kept: first.kept) }

      let second = try await ours.begin()
      let stolen = SignInStart(
        state: second.kept.state, nonce: second.kept.nonce, verifier: HiddenText(Secrets.text()),
        issuer: second.kept.issuer, clientID: second.kept.clientID, startedAt: second.kept.startedAt,
        maximumAgeSeconds: nil)
      let taken = try #require(try await Browser().signIn(second.address))
      await #expect(throws: IdentityRefusal.codeRefused) { try await ours.finish(taken, kept: stolen) }
    }
  }

  @Test func `what is set up there decides who signs in`() async throws {
    try await RealProvider.running { provider async throws in
      @Sendable func signIn(_ client: String, secret: String? = RealProvider.secret) async throws -> String {
        let ours = try provider.ours(client: client, secret: secret)
        let (address, kept) = try await ours.begin()
        let answer = try #require(try await Browser().signIn(address, as: "msmith"))
        return try await ours.finish(answer, kept: kept).subject
      }
      #expect(try await signIn("styrehus") == "msmith")
      #expect(try await signIn("styrehus-rs512") == "msmith")
      #expect(try await signIn("styrehus-public", secret: nil) == "msmith")
      await #expect(throws: IdentityRefusal.algorithmNotAllowed) { try await signIn("styrehus-hs256") }
      await #expect(throws: IdentityRefusal.algorithmNotAllowed) { try await signIn("styrehus-none") }
      await #expect(throws: IdentityRefusal.clientRefused) { try await signIn("styrehus", secret: "another") }
      await #expect(throws: IdentityRefusal.clientRefused) { try await signIn("styrehus", secret: nil) }
    }
  }

  @Test func `a new key there is fetched when it is met, and a provider that is gone signs nobody in`() async throws {
    try await RealProvider.running { provider async throws in
      let ours = try provider.ours()
      @Sendable func signIn(_ ours: IdentityProvider) async throws -> String {
        let (address, kept) = try await ours.begin()
        let answer = try #require(try await Browser().signIn(address))
        return try await ours.finish(answer, kept: kept).subject
      }
      #expect(try await signIn(ours) == "dwho")
      try await provider.rotate()
      #expect(try await signIn(ours) == "dwho")
      // The second new key within a minute has to wait; a server that starts now knows it.
      try await provider.rotate()
      await #expect(throws: IdentityRefusal.keyUnknown) { try await signIn(ours) }
      #expect(try await signIn(try provider.ours()) == "dwho")
      await provider.stop()
      await #expect(throws: IdentityRefusal.providerUnreachable) { try await provider.ours().begin() }
    }
  }
}
