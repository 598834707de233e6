import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization

@testable import OpenIDConnect

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
  private let moment = Mutex(Date(timeIntervalSince1970: 1_772_445_600))

  var now: Date { moment.withLock { $0 } }
  var seconds: Int { Int(now.timeIntervalSince1970) }

  func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// What the test provider answers in place of what it should.
enum Reply: Sendable {
  case json(Int, String)
  case text(Int, type: String?, String)
  case redirect(String)
  /// Nothing, for as long as the test lasts.
  case silence
  /// The head and a little of the body, then nothing.
  case halfAnswer
}

/// A small identity provider on a real port. It gives out codes and takes each once, with the right client, secret,
/// address and proof; and it does wrong what a test tells it to.
final class TestProvider: Sendable {
  struct Grant: Sendable {
    let challenge: String
    let nonce: String
    let redirect: String
  }

  struct State: Sendable {
    var port = 0
    var keys = [TestKey.first]
    var replies: [String: Reply] = [:]
    var metadata: [String: String?] = [:]
    var grants: [String: Grant] = [:]
    var requests: [String] = []
    var silent: [AsyncStream<Void>.Continuation] = []
    var mint: @Sendable (inout Mint) -> Void = { _ in }
    var tokenMembers: [String: String?] = [:]
    var codes = 0
    var bearer: [String] = []
  }

  static let clientID = "styrehus test"
  static let secret = "canary-client-secret:+/%"
  static let accessToken = "canary-access-token"
  static let redirect = "https://styrehus.example/sign-in/answer"

  let clock = TestClock()
  let state = Mutex(State())

  var issuer: String { "http://localhost:\(state.withLock { $0.port })" }

  func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  /// How often a path was asked for.
  func count(_ path: String) -> Int { state.withLock { $0.requests.filter { $0 == path }.count } }

  // MARK: What it says

  func metadata() -> String {
    let issuer = issuer
    var members: [String: String?] = [
      "issuer": "\"\(issuer)\"",
      "authorization_endpoint": "\"\(issuer)/authorize?kept=1\"",
      "token_endpoint": "\"\(issuer)/token\"",
      "jwks_uri": "\"\(issuer)/keys\"",
      "end_session_endpoint": "\"\(issuer)/sign-out\"",
      "authorization_response_iss_parameter_supported": "true",
    ]
    members.merge(state.withLock { $0.metadata }) { $1 }
    return "{" + members.compactMap { name, json in json.map { #""\#(name)":\#($0)"# } }.joined(separator: ",") + "}"
  }

  /// A mint with everything in order.
  func mint(nonce: String) -> Mint {
    let (now, key) = (clock.seconds, state.withLock { $0.keys.first ?? .first })
    var mint = Mint(key: key)
    mint.addHead()
    mint.claims = [
      ("iss", "\"\(issuer)\""), ("sub", "\"248289761001\""), ("aud", "\"\(Self.clientID)\""),
      ("exp", "\(now + 300)"), ("iat", "\(now)"), ("nonce", "\"\(nonce)\""), ("name", "\"Åse Østergård\""),
      ("preferred_username", "\"aaoe\""), ("email", "\"aase@example.dk\""), ("email_verified", "true"),
      ("groups", #"["Økonomi","Ledelse"]"#), ("auth_time", "\(now - 10)"), ("acr", "\"2\""), ("sid", "\"s-1\""),
    ]
    return mint
  }

  /// Does what a person does at the provider's pages: signs in, and is sent back with this query.
  func signIn(_ address: String) -> [(name: String, value: String)] {
    let fields = Self.fields(of: address)
    return state.withLock { state in
      state.codes += 1
      let code = "canary-code-\(state.codes)"
      state.grants[code] = Grant(
        challenge: fields["code_challenge"] ?? "", nonce: fields["nonce"] ?? "", redirect: fields["redirect_uri"] ?? "")
      return [("code", code), ("state", fields["state"] ?? ""), ("iss", "http://localhost:\(state.port)")]
    }
  }

  static func fields(of address: String) -> [String: String] {
    let items = URLComponents(string: address)?.queryItems ?? []
    return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
  }

  private func tokens(form: [String: String], authorization: String?) -> Reply {
    let pair = "\(FormText.escaped(Self.clientID)):\(FormText.escaped(Self.secret))"
    let isBasic = authorization == "Basic \(Data(pair.utf8).base64EncodedString())"
    let isPost = authorization == nil && form["client_secret"] == Self.secret
    guard isBasic || isPost, form["client_id"] == Self.clientID else {
      return .json(401, #"{"error":"invalid_client","error_description":"canary-description"}"#)
    }
    let grant = state.withLock { $0.grants.removeValue(forKey: form["code"] ?? "") }
    let challenge = Base64URL.text(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8)))
    guard let grant, grant.challenge == challenge, grant.redirect == form["redirect_uri"],
      form["grant_type"] == "authorization_code"
    else { return .json(400, #"{"error":"invalid_grant","error_description":"canary-description"}"#) }
    var mint = mint(nonce: grant.nonce)
    let (change, added) = state.withLock { ($0.mint, $0.tokenMembers) }
    change(&mint)
    var members: [String: String?] = [
      "access_token": "\"\(Self.accessToken)\"", "token_type": "\"Bearer\"", "id_token": "\"\(mint.token())\"",
    ]
    members.merge(added) { $1 }
    let json = members.compactMap { name, json in json.map { #""\#(name)":\#($0)"# } }.joined(separator: ",")
    return .json(200, "{\(json)}")
  }

  // MARK: The server

  private func reply(to request: Request) async throws -> Reply {
    let path = request.uri.path
    let reply = state.withLock { state in
      state.requests.append(path)
      return state.replies[path]
    }
    if let reply { return reply }
    switch path {
    case "/.well-known/openid-configuration": return .json(200, metadata())
    case "/keys":
      return .json(200, #"{"keys":[\#(state.withLock { $0.keys }.map(\.published).joined(separator: ","))]}"#)
    case "/token":
      let body = try await request.body.collect(upTo: 65536)
      let fields = Self.fields(of: "http://localhost/?" + String(buffer: body).replacing("+", with: "%20"))
      return tokens(form: fields, authorization: request.headers[.authorization])
    default: return .json(404, "{}")
    }
  }

  private func silence() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    change { $0.silent.append(continuation) }
    for await _ in stream {}
  }

  private func respond(to request: Request) async throws -> Response {
    switch try await reply(to: request) {
    case .json(let status, let text):
      return Response(
        status: .init(code: status), headers: [.contentType: "application/json;charset=UTF-8"],
        body: .init(byteBuffer: ByteBuffer(string: text)))
    case .text(let status, let type, let text):
      var headers: HTTPFields = [:]
      if let type { headers[.contentType] = type }
      return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    case .redirect(let address): return Response(status: .found, headers: [.location: address])
    case .silence:
      await silence()
      return Response(status: .ok)
    case .halfAnswer:
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init { writer in
          try await writer.write(ByteBuffer(string: "{"))
          await self.silence()
          try await writer.finish(nil)
        })
    }
  }

  /// Runs a provider for the length of a test.
  static func running(_ body: @Sendable (TestProvider) async throws -> Void) async throws {
    let provider = TestProvider()
    let quiet = Logger(label: "test-provider") { _ in SwiftLogNoOpLogHandler() }
    let responder = CallbackResponder<BasicRequestContext> { request, _ in try await provider.respond(to: request) }
    let server = Application(responder: responder, logger: quiet)
    try await server.test(.live) { client in
      provider.change { $0.port = client.port ?? 0 }
      defer { for silent in provider.state.withLock({ $0.silent }) { silent.finish() } }
      try await body(provider)
    }
  }
}

extension TestProvider {
  func settings(
    secret: String? = TestProvider.secret, groupsClaim: String = "groups", timeout: Duration = .seconds(60),
    clockSkew: Duration = .seconds(60), afterSignOut: String? = nil
  ) throws -> ProviderSettings {
    try ProviderSettings(
      issuer: issuer, clientID: Self.clientID, clientSecret: secret.map(HiddenText.init), redirect: Self.redirect,
      afterSignOut: afterSignOut, groupsClaim: groupsClaim, clockSkew: clockSkew, timeout: timeout,
      allowsPlainHTTP: true)
  }

  /// Our side of it, with the test's clock.
  func ours(_ settings: ProviderSettings? = nil, logger: Logger? = nil) throws -> IdentityProvider {
    IdentityProvider(
      try settings ?? self.settings(), logger: logger ?? Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() },
      now: { [clock] in clock.now })
  }

  /// A whole sign-in, with a token that the test may change. Not to be called with a closure inside `#expect(…)`: Swift
  /// 6.3 then runs that closure again in place of the next one of its kind in the test.
  func signedIn(
    _ settings: ProviderSettings? = nil, wishes: SignInWishes = SignInWishes(),
    _ mint: (@Sendable (inout Mint) -> Void)? = nil
  ) async throws -> SignedInIdentity {
    if let mint { change { $0.mint = mint } }
    let ours = try ours(settings)
    let (address, kept) = try await ours.begin(wishes)
    return try await ours.finish(signIn(address), kept: kept)
  }
}
