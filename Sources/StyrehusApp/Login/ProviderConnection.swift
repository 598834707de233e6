import FoundationEssentials
import Governance
import Logging
import OpenIDConnect
import SteeringCore
import SurfaceKit

/// The way to a municipality's identity provider by OpenID Connect.
struct ProviderConnection: ProviderDoor {
  let provider: IdentityProvider

  func begin(_ language: Language) async throws(ProviderRefusal) -> (address: OutsideAddress, kept: String) {
    let languages = ([language] + Language.allCases.filter { $0 != language }).map(\.rawValue)
    let (address, start) = try await asking { () async throws(IdentityRefusal) in
      try await provider.begin(SignInWishes(languages: languages))
    }
    guard let address = OutsideAddress(address), let kept = try? JSONEncoder().encode(start) else {
      throw ProviderRefusal(IdentityRefusal.metadataIncomplete.word, .provider)
    }
    return (address, String(decoding: kept, as: UTF8.self))
  }

  func finish(_ answer: [(name: String, value: String)], kept: String) async throws(ProviderRefusal)
    -> ProviderIdentity
  {
    guard let start = try? JSONDecoder().decode(SignInStart.self, from: Data(kept.utf8)) else {
      throw ProviderRefusal(IdentityRefusal.startForeign.word, .answer)
    }
    let identity = try await asking { () async throws(IdentityRefusal) in
      try await provider.finish(answer, kept: start)
    }
    return ProviderIdentity(
      issuer: identity.issuer, subject: identity.subject, name: identity.name ?? identity.accountName ?? "",
      email: identity.email ?? "", groups: identity.groups,
      groupsMissing: identity.groupsTold == .all ? nil : identity.groupsTold.rawValue, session: identity.sessionID,
      token: identity.idToken.value)
  }

  func signOutAddress(_ token: String) async -> OutsideAddress? {
    await provider.signOutAddress(hint: HiddenText(token)).flatMap(OutsideAddress.init)
  }

  func signedOut(_ message: String) async throws(ProviderRefusal) -> ProviderSignOut {
    let over = try await asking { () async throws(IdentityRefusal) in try await provider.signedOut(by: message) }
    return ProviderSignOut(issuer: over.issuer, subject: over.subject, session: over.sessionID)
  }

  private func asking<Answer>(
    _ question: () async throws(IdentityRefusal) -> Answer
  ) async throws(ProviderRefusal) -> Answer {
    do {
      return try await question()
    } catch {
      throw ProviderRefusal(error.word, Self.cause(error))
    }
  }

  private static func cause(_ refusal: IdentityRefusal) -> ProviderRefusal.Cause {
    switch refusal {
    case .accessDenied: .person
    case .providerUnreachable, .providerTooSlow, .providerAnswerTooLong, .providerRedirected, .providerFailed,
      .providerAnswerUnreadable, .metadataIssuerDiffers, .metadataIncomplete, .metadataInsecure,
      .clientAuthenticationUnknown, .providerUnavailable, .requestRefused, .clientRefused, .tokensRefused:
      .provider
    default: .answer
    }
  }
}
