import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

@testable import OpenIDConnect

/// LemonLDAP::NG from Debian's package, started by `Scripts/identity-provider.sh` in a folder of its own. Other people
/// wrote it, so it holds our reading of the standard against theirs.
final class RealProvider: Sendable {
  static let redirect = "http://localhost:9/sign-in/answer"
  static let afterSignOut = "http://localhost:9/signed-out"
  static let secret = "secret-of-styrehus"

  /// Whether it can be had on this machine.
  static let isThere = ["/usr/share/lemonldap-ng/portal/htdocs/index.psgi", "/usr/bin/plackup", "/usr/bin/python3"]
    .allSatisfy { FileManager.default.isReadableFile(atPath: $0) }

  let issuer: String
  private let folder: URL
  private let input = Pipe()
  private let ended: AsyncStream<Void>

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scripts/identity-provider.sh").path

  private static func process(_ action: String, _ folder: URL) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script, action, folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PROVIDER_PORT": "0", "PROVIDER_REDIRECT": redirect, "PROVIDER_SIGNED_OUT": afterSignOut,
      "PROVIDER_ENDS_WITH_INPUT": "1",
    ]) { $1 }
    return process
  }

  private init(folder: URL) throws {
    self.folder = folder
    let process = Self.process("serve", folder)
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = input
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    ended = stream
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    var said = ""
    while !said.contains("\n") {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      said += String(decoding: more, as: UTF8.self)
    }
    issuer = said.split(separator: "\n").first { $0.hasPrefix("issuer ") }.map { String($0.dropFirst(7)) } ?? ""
  }

  /// Runs a provider for the length of a test.
  static func running(_ body: (RealProvider) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "identity-provider-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let provider = try RealProvider(folder: folder)
    do {
      try await body(provider)
    } catch {
      await provider.stop()
      throw error
    }
    await provider.stop()
  }

  /// Ends it, by the end of its input, and waits until it is gone.
  func stop() async {
    try? input.fileHandleForWriting.close()
    for await _ in ended {}
  }

  /// Gives it a new key, and waits until it shows that one.
  func rotate() async throws {
    let before = try await keyName()
    let rotation = Self.process("rotate", folder)
    var environment = rotation.environment ?? [:]
    environment["PROVIDER_PORT"] = nil
    rotation.environment = environment
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    rotation.terminationHandler = { _ in continuation.finish() }
    try rotation.run()
    for await _ in stream {}
    for _ in 0..<100 {
      if try await keyName() != before { return }
      try await ContinuousClock().sleep(for: .milliseconds(100))
    }
    throw NoNewKey()
  }

  /// The provider never showed its new key.
  struct NoNewKey: Error {}

  /// The name of the key that it shows. The rest comes in another order each time.
  private func keyName() async throws -> String {
    let keys = try await Browser.text(issuer + "oauth2/jwks")
    return keys.firstMatch(of: /"kid":"([^"]+)"/).map { String($0.output.1) } ?? ""
  }

  func ours(client: String = "styrehus", secret: String? = RealProvider.secret) throws -> IdentityProvider {
    let settings = try ProviderSettings(
      issuer: issuer, clientID: client, clientSecret: secret.map(HiddenText.init), redirect: Self.redirect,
      afterSignOut: Self.afterSignOut, timeout: .seconds(30), allowsPlainHTTP: true)
    return IdentityProvider(settings, logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() })
  }
}

/// A person's browser: it keeps cookies, fills in the form of the sign-in, and says where it was sent.
final class Browser: Sendable {
  private let cookies = Mutex<[String: String]>([:])

  private static let client = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  static func text(_ address: String) async throws -> String {
    try await Browser().answer(to: address).text
  }

  /// Goes to an address, or sends a form there.
  func answer(to address: String, form: [(name: String, value: String)]? = nil) async throws -> (
    status: Int, location: String?, text: String
  ) {
    var request = HTTPClientRequest(url: address)
    let kept = cookies.withLock { $0.map { "\($0)=\($1)" }.joined(separator: "; ") }
    if !kept.isEmpty { request.headers.add(name: "Cookie", value: kept) }
    request.headers.add(name: "Accept", value: "text/html")
    if let form {
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: FormText.fields(form)))
    }
    let response = try await Self.client.execute(request, timeout: .seconds(30))
    for cookie in response.headers["Set-Cookie"] {
      let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
      cookies.withLock { $0[pair[0]] = pair.count > 1 ? pair[1] : nil }
    }
    let body = try await response.body.collect(upTo: 1_048_576)
    return (Int(response.status.code), response.headers.first(name: "Location"), String(buffer: body))
  }

  /// Signs in at the provider's own page.
  /// - Returns: the query that the provider sends back; nil where it does not.
  func signIn(_ address: String, as user: String = "dwho", password: String? = nil) async throws -> [(
    name: String, value: String
  )]? {
    var answer = try await answer(to: address)
    if answer.status == 200 {
      var form: [(name: String, value: String)] = []
      for field in answer.text.matches(of: /<input[^>]*>/).map({ String($0.output) }) where field.contains("hidden") {
        guard let name = field.firstMatch(of: /name="([^"]*)"/)?.output.1 else { continue }
        form.append((String(name), field.firstMatch(of: /value="([^"]*)"/).map { String($0.output.1) } ?? ""))
      }
      answer = try await self.answer(to: address, form: form + [("user", user), ("password", password ?? user)])
    }
    guard let location = answer.location, location.hasPrefix(RealProvider.redirect) else { return nil }
    let items = URLComponents(string: location.replacing("+", with: "%20"))?.queryItems ?? []
    return items.map { ($0.name, $0.value ?? "") }
  }
}
