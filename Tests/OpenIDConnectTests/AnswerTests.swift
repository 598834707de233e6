import Foundation
import Testing

@testable import OpenIDConnect

/// What comes back through the browser, changed on its way.
struct BadAnswer: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let refusal: IdentityRefusal
  let change: @Sendable (inout [(name: String, value: String)]) -> Void

  init(
    _ description: String, _ refusal: IdentityRefusal,
    _ change: @Sendable @escaping (inout [(name: String, value: String)]) -> Void
  ) {
    testDescription = description
    self.refusal = refusal
    self.change = change
  }

  private static func error(_ word: String, _ refusal: IdentityRefusal) -> BadAnswer {
    .init("the provider says \(word)", refusal) { fields in
      fields.removeAll { $0.name == "code" }
      fields.append(("error", word))
      fields.append(("error_description", "canary-description <script>"))
    }
  }

  private static func set(_ name: String, _ value: String, in fields: inout [(name: String, value: String)]) {
    fields.removeAll { $0.name == name }
    fields.append((name, value))
  }

  static let all: [BadAnswer] = [
    .init("state twice, alike", .parameterRepeated) { fields in fields += fields.filter { $0.name == "state" } },
    .init("code twice", .parameterRepeated) { $0.append(("code", "other")) },
    .init("iss twice", .parameterRepeated) { $0.append(("iss", "https://other.example")) },
    .init("error twice", .parameterRepeated) { $0 += [("error", "a"), ("error", "b")] },
    .init("no state", .stateMissing) { fields in fields.removeAll { $0.name == "state" } },
    .init("an empty state", .stateMissing) { set("state", "", in: &$0) },
    .init("another sign-in's state", .stateForeign) { set("state", Secrets.text(), in: &$0) },
    .init("state cut short", .stateForeign) { fields in
      let state = fields.first { $0.name == "state" }?.value ?? ""
      set("state", String(state.dropLast()), in: &fields)
    },
    .init("another issuer", .answerIssuerDiffers) { set("iss", "https://other.example", in: &$0) },
    .init("no issuer from a provider that promises it", .answerIssuerMissing) { fields in
      fields.removeAll { $0.name == "iss" }
    },
    .init("no code", .codeMissing) { fields in fields.removeAll { $0.name == "code" } },
    .init("an empty code", .codeMissing) { set("code", "", in: &$0) },
    .init("a code without end", .parameterTooLong) { set("code", String(repeating: "x", count: 16_385), in: &$0) },
    .init("an invented code", .codeRefused) { set("code", "invented", in: &$0) },
    .init("nothing", .stateMissing) { $0 = [] },
    .init("a code and an error", .accessDenied) { $0.append(("error", "access_denied")) },
    .init("an error without state", .stateMissing) { $0 = [("error", "access_denied")] },
    error("access_denied", .accessDenied), error("login_required", .signInRequired),
    error("interaction_required", .signInRequired), error("account_selection_required", .signInRequired),
    error("consent_required", .signInRequired), error("server_error", .providerUnavailable),
    error("temporarily_unavailable", .providerUnavailable), error("invalid_request", .requestRefused),
    error("unauthorized_client", .requestRefused), error("invalid_scope", .requestRefused),
    error("<script>alert(1)</script>", .requestRefused),
  ]
}

@Suite(.serialized) struct AnswerTests {
  @Test(arguments: BadAnswer.all)
  func `an answer that is wrong in one thing signs nobody in`(_ bad: BadAnswer) async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      var answer = provider.signIn(address)
      bad.change(&answer)
      let changed = answer
      await #expect(throws: bad.refusal) { try await ours.finish(changed, kept: kept) }
    }
  }

  @Test func `what we do not know is passed over, twice too`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let answer = [(name: "session_state", value: "a"), ("session_state", "b")] + provider.signIn(address)
      #expect(try await ours.finish(answer, kept: kept).subject == "248289761001")
    }
  }

  @Test func `an answer need not name the issuer where the provider does not promise it`() async throws {
    try await TestProvider.running { provider async throws in
      provider.change { $0.metadata["authorization_response_iss_parameter_supported"] = .some(nil) }
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let answer = provider.signIn(address).filter { $0.name != "iss" }
      #expect(try await ours.finish(answer, kept: kept).subject == "248289761001")
    }
  }

  @Test func `the answer to one sign-in does not fit another`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (mine, _) = try await ours.begin()
      let (_, theirs) = try await ours.begin()
      let answer = provider.signIn(mine)
      await #expect(throws: IdentityRefusal.stateForeign) { try await ours.finish(answer, kept: theirs) }
    }
  }

  @Test func `a stolen code is worth nothing without its verifier`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let stolen = SignInStart(
        state: kept.state, nonce: kept.nonce, verifier: HiddenText(Secrets.text()), issuer: kept.issuer,
        clientID: kept.clientID, startedAt: kept.startedAt, maximumAgeSeconds: nil)
      let answer = provider.signIn(address)
      await #expect(throws: IdentityRefusal.codeRefused) { try await ours.finish(answer, kept: stolen) }
    }
  }

  @Test func `a code counts once`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let answer = provider.signIn(address)
      #expect(try await ours.finish(answer, kept: kept).subject == "248289761001")
      await #expect(throws: IdentityRefusal.codeRefused) { try await ours.finish(answer, kept: kept) }
    }
  }

  @Test func `a token that was made for another sign-in is refused`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let first = try await ours.begin()
      let old = try await ours.finish(provider.signIn(first.address), kept: first.kept).idToken.value
      provider.change { $0.tokenMembers["id_token"] = "\"\(old)\"" }
      let second = try await ours.begin()
      await #expect(throws: IdentityRefusal.nonceWrong) {
        try await ours.finish(provider.signIn(second.address), kept: second.kept)
      }
    }
  }

  @Test func `a start lasts ten minutes`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let answer = provider.signIn(address)
      provider.clock.advance(601)
      await #expect(throws: IdentityRefusal.startExpired) { try await ours.finish(answer, kept: kept) }
      provider.clock.advance(-1)
      #expect(try await ours.finish(answer, kept: kept).subject == "248289761001")
      // A server whose clock is behind the one that began it.
      let (later, ahead) = try await ours.begin()
      provider.clock.advance(-61)
      await #expect(throws: IdentityRefusal.startExpired) { try await ours.finish(provider.signIn(later), kept: ahead) }
      provider.clock.advance(1)
      #expect(try await ours.finish(provider.signIn(later), kept: ahead).subject == "248289761001")
    }
  }

  @Test func `a start with another provider or client is none here`() async throws {
    try await TestProvider.running { provider async throws in
      let ours = try provider.ours()
      let (address, kept) = try await ours.begin()
      let answer = provider.signIn(address)
      for (issuer, client) in [("https://other.example", kept.clientID), (kept.issuer, "other")] {
        let foreign = SignInStart(
          state: kept.state, nonce: kept.nonce, verifier: kept.verifier, issuer: issuer, clientID: client,
          startedAt: kept.startedAt, maximumAgeSeconds: nil)
        await #expect(throws: IdentityRefusal.startForeign) { try await ours.finish(answer, kept: foreign) }
      }
    }
  }
}
