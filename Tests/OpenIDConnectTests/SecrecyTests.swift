import Foundation
import Logging
import Synchronization
import Testing

@testable import OpenIDConnect

/// Keeps every line that is logged, with everything in it.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  struct Handler: LogHandler {
    let kept: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      kept.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:]) \(metadata)") }
    }
  }

  var logger: Logger { Logger(label: "lines") { _ in Handler(kept: self) } }
}

@Suite struct SecrecyTests {
  /// Everything of a value that a careless line could write.
  private static func everything(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text + String(describing: value) + String(reflecting: value)
  }

  @Test func `no secret stands in what is logged or thrown`() async throws {
    let lines = Lines()
    var thrown: [String] = []
    let broken: [[String: Reply]] = [
      [:], ["/token": .json(401, #"{"error":"invalid_client","error_description":"canary-description"}"#)],
      ["/token": .json(500, "canary-body")], ["/token": .redirect("/canary-place")],
      ["/token": .text(200, type: "text/plain", "canary-body")], ["/token": .json(200, #"{"id_token":"canary.a.b"}"#)],
      ["/keys": .json(500, "canary-body")], ["/.well-known/openid-configuration": .json(502, "canary-body")],
    ]
    for replies in broken {
      let got = Mutex<[String]>([])
      try await TestProvider.running { provider async throws in
        provider.change {
          $0.replies = replies
          $0.mint = { $0.set("exp", "1") }
        }
        let ours = try provider.ours(logger: lines.logger)
        do {
          let (address, kept) = try await ours.begin()
          _ = try await ours.finish(provider.signIn(address), kept: kept)
          Issue.record("nobody should be signed in")
        } catch {
          got.withLock { $0.append(Self.everything(error) + error.localizedDescription) }
        }
      }
      thrown += got.withLock { $0 }
    }
    #expect(thrown.count == broken.count)
    #expect(lines.all.count >= 3, "a provider that fails is logged")
    for line in thrown + lines.all { #expect(!line.contains("canary"), "\(line)") }
  }

  @Test func `what is kept and given shows its secrets only to who asks`() async throws {
    try await TestProvider.running { provider async throws in
      let settings = try provider.settings()
      let ours = try provider.ours(settings)
      let (address, kept) = try await ours.begin()
      let identity = try await ours.finish(provider.signIn(address), kept: kept)
      #expect(!Self.everything(settings).contains("canary"))
      let ofStart = Self.everything(kept)
      for text in [kept.state, kept.nonce, kept.verifier] { #expect(!ofStart.contains(text.value)) }
      #expect(ofStart.contains("(hidden)") && ofStart.contains(kept.issuer))
      let signature = String(identity.idToken.value.split(separator: ".")[2])
      #expect(!Self.everything(identity).contains(signature))
      #expect(settings.clientSecret?.value == TestProvider.secret, "there is something to hide")
    }
  }

  @Test func `each refusal is one word of its own`() {
    let words = IdentityRefusal.allCases.map(\.word)
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { $0.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
  }
}

@Suite struct ProviderSettingsTests {
  private static func problem(
    issuer: String = "https://login.example/realms/a", clientID: String = "a", secret: String? = nil,
    redirect: String = "https://styrehus.example/answer", afterSignOut: String? = nil,
    scopes: [String] = ["openid"], groupsClaim: String = "groups", clockSkew: Duration = .seconds(60),
    timeout: Duration = .seconds(5), plain: Bool = false
  ) -> ProviderSettings.Problem? {
    do throws(ProviderSettings.Problem) {
      _ = try ProviderSettings(
        issuer: issuer, clientID: clientID, clientSecret: secret.map(HiddenText.init), redirect: redirect,
        afterSignOut: afterSignOut, scopes: scopes, groupsClaim: groupsClaim, clockSkew: clockSkew, timeout: timeout,
        allowsPlainHTTP: plain)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "", "login.example", "http://login.example", "http://localhost:1", "ftp://login.example", "https://",
    "https://a.example?x=1", "https://a.example#x", "https://user@a.example", "https://user:word@a.example",
    "https://a.example/ x", "https://a.example/\n", "file:///etc", "https://æ.example",
  ])
  func `an issuer is an https address`(_ issuer: String) {
    #expect(Self.problem(issuer: issuer) == .issuer)
    #expect(Self.problem(redirect: issuer) == (issuer == "https://a.example?x=1" ? nil : .redirect))
  }

  @Test func `plain http is for this machine alone, and only where it is allowed`() {
    for place in ["http://localhost:8080", "http://127.0.0.1:1/a", "http://[::1]:1"] {
      #expect(Self.problem(issuer: place, plain: true) == nil)
      #expect(Self.problem(issuer: place) == .issuer)
    }
    for place in ["http://localhost.example", "http://127.0.0.1.example", "http://10.0.0.1", "http://0.0.0.0"] {
      #expect(Self.problem(issuer: place, plain: true) == .issuer)
    }
  }

  @Test func `each setting is looked at`() {
    #expect(Self.problem() == nil)
    #expect(Self.problem(clientID: "") == .clientID)
    #expect(Self.problem(clientID: "a\n") == .clientID)
    #expect(Self.problem(secret: "") == .clientSecret)
    #expect(Self.problem(afterSignOut: "/bye") == .afterSignOut)
    #expect(Self.problem(scopes: ["profile"]) == .scopes)
    #expect(Self.problem(scopes: ["openid", "a b"]) == .scopes)
    #expect(Self.problem(groupsClaim: "") == .groupsClaim)
    #expect(Self.problem(clockSkew: .seconds(-1)) == .clockSkew)
    #expect(Self.problem(clockSkew: .seconds(301)) == .clockSkew)
    #expect(Self.problem(timeout: .zero) == .timeout)
    #expect(Self.problem(timeout: .seconds(61)) == .timeout)
  }

  @Test func `the provider's description lies under its name`() throws {
    let address = { (issuer: String) in
      try ProviderSettings(issuer: issuer, clientID: "a", redirect: "https://a.example").metadataAddress
    }
    #expect(try address("https://a.example") == "https://a.example/.well-known/openid-configuration")
    #expect(try address("https://a.example/adfs/") == "https://a.example/adfs/.well-known/openid-configuration")
  }
}

@Suite struct StrictJSONTests {
  private static func trouble(_ text: String) -> StrictJSON.Trouble? {
    do throws(StrictJSON.Trouble) {
      _ = try StrictJSON.object(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"a" : 1 , "a":2}"#, #"{"x":[{"a":1,"a":1}]}"#,
    #"{"x":{"y":{"a":1,"b":"\"","a":1}}}"#, "{\"a\":\"{\",\n\"a\"\n:1}", #"{"":1,"":1}"#, #"{"é":1,"\u00e9":1}"#,
  ])
  func `a name twice in one object is refused`(_ text: String) { #expect(Self.trouble(text) == .repeated) }

  @Test(arguments: [
    "{}", " {\"a\":1}\n", #"{"a":{"a":{"a":1}}}"#, #"{"a":"a","b":"a"}"#, #"{"x":["a","a"],"a":"x"}"#,
    #"{"a":"\",\"a\":1","b":"\\"}"#, #"{"a":[{"b":1},{"b":1}],"b":1}"#, #"{"a":1,"A":1}"#,
  ])
  func `names that only look alike are taken`(_ text: String) { #expect(Self.trouble(text) == nil) }

  @Test(arguments: [
    "", "[]", "7", "{", "{a:1}", "{'a':1}", #"{"a":1 "b":2}"#, "\u{FEFF}{}", "{}x", #"{"a":1e999}"#, "{\0}",
  ])
  func `what is no object is refused`(_ text: String) { #expect(Self.trouble(text) == .unreadable) }

  @Test func `other encodings are refused`() {
    let utf16 = #"{"a":1}"#.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(throws: StrictJSON.Trouble.unreadable) { try StrictJSON.object(utf16) }
    #expect(throws: StrictJSON.Trouble.unreadable) {
      try StrictJSON.object(Array("{\"a\":\"".utf8) + [0xFF, 0x22, 0x7D])
    }
  }
}
