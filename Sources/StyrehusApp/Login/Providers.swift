import Database
import Foundation
import Governance
import Logging
import OpenIDConnect
import SteeringCore
import SurfaceKit

/// The identity providers of the municipalities, from the file that the server is started with.
public struct Providers: Sendable {
  private let byKey: [String: Provider]

  /// None: everybody signs in with a password of the house.
  public static let none = Providers(byKey: [:])

  /// The provider of a municipality; nil without one.
  func of(_ tenant: Tenant) -> Provider? { byKey[tenant.key] }

  /// Reads the file and the secrets that it points at. Says on the terminal what is wrong, and gives nil then.
  static func read(_ path: String, _ terminal: Terminal, _ log: Logger) -> Providers? {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      terminal.say(
        Words("Filen \(path) kan ikke læses. Ret --login.", en: "The file \(path) cannot be read. Correct --login."))
      return nil
    }
    let (entries, findings) = ProviderFile.read(bytes: Array(bytes), fileName: path)
    for line in findings.lines(terminal.language) { terminal.say(line) }
    guard let entries else { return nil }
    var byKey: [String: Provider] = [:]
    for entry in entries {
      do {
        let door = ProviderConnection(provider: IdentityProvider(try settings(entry, beside: path), logger: log))
        byKey[entry.municipality ?? Installation.onlyTenant.key] = Provider(
          name: entry.name, door: door, claims: entry.claims)
      } catch {
        terminal.say(
          Words("\(path):\(entry.line): \(error.words.danish)", en: "\(path):\(entry.line): \(error.words.english)"))
        return nil
      }
    }
    return Providers(byKey: byKey)
  }

  /// What keeps an entry from being used.
  private struct Unusable: Error {
    let words: Words
  }

  private static func settings(_ entry: ProviderFile.Entry, beside path: String) throws(Unusable) -> ProviderSettings {
    var secret: HiddenText?
    if let file = entry.secretFile {
      let place = URL(filePath: file, relativeTo: URL(filePath: path))
      guard let text = try? String(contentsOf: place, encoding: .utf8) else {
        throw Unusable(
          words: Words(
            "filen med hemmeligheden, \(file), kan ikke læses", en: "the file of the secret, \(file), cannot be read"))
      }
      secret = HiddenText(text.withoutBlanksAround)
    }
    do {
      return try ProviderSettings(
        issuer: entry.issuer, clientID: entry.client, clientSecret: secret,
        redirect: entry.address + "/login/provider/back", afterSignOut: entry.address + "/",
        groupsClaim: entry.groupsClaim, allowsPlainHTTP: true)
    } catch {
      throw Unusable(words: told(error))
    }
  }

  private static func told(_ problem: ProviderSettings.Problem) -> Words {
    switch problem {
    case .issuer:
      Words(
        "»issuer« er ingen https-adresse (http kun på denne maskine)",
        en: "'issuer' is no https address (http on this machine only)")
    case .redirect, .afterSignOut:
      Words(
        "»address« er ingen https-adresse (http kun på denne maskine)",
        en: "'address' is no https address (http on this machine only)")
    case .clientID: Words("»client« er tomt eller har tegn uden for ASCII", en: "'client' is empty or not ASCII")
    case .clientSecret: Words("hemmelighedens fil er tom", en: "the file of the secret is empty")
    case .scopes, .groupsClaim, .clockSkew, .timeout:
      Words("»\(problem.rawValue)« kan ikke bruges", en: "'\(problem.rawValue)' cannot be used")
    }
  }
}
