import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// LemonLDAP::NG from Debian's package, started by `Scripts/identity-provider.sh` in a folder of its own. Other people
/// wrote it, so it holds our reading of the standard against theirs.
public final class RealProvider: Sendable {
  /// Where browsers are sent back to, unless it is told otherwise.
  public static let redirect = "http://localhost:9/sign-in/answer"
  /// Where they are sent after signing out, unless it is told otherwise.
  public static let afterSignOut = "http://localhost:9/signed-out"
  /// The secret of its clients.
  public static let secret = "secret-of-styrehus"

  /// Whether it can be had on this machine.
  public static let isThere = [
    "/usr/share/lemonldap-ng/portal/htdocs/index.psgi", "/usr/bin/plackup", "/usr/bin/python3",
  ]
  .allSatisfy { FileManager.default.isReadableFile(atPath: $0) }

  /// Its name for itself.
  public let issuer: String
  private let folder: URL
  private let input = Pipe()
  private let process: Process

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scripts/identity-provider.sh").path

  private static func process(
    _ action: String, _ folder: URL, _ redirect: String, _ afterSignOut: String
  ) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script, action, folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PROVIDER_PORT": "0", "PROVIDER_REDIRECT": redirect, "PROVIDER_SIGNED_OUT": afterSignOut,
      "PROVIDER_ENDS_WITH_INPUT": "1",
    ]) { $1 }
    return process
  }

  private let addresses: (back: String, out: String)

  private init(folder: URL, _ redirect: String, _ afterSignOut: String) async throws {
    self.folder = folder
    addresses = (redirect, afterSignOut)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let said = folder.appending(path: "said")
    try Data().write(to: said)
    process = Self.process("serve", folder, redirect, afterSignOut)
    process.standardOutput = try FileHandle(forWritingTo: said)
    process.standardInput = input
    // Nobody else who is started meanwhile holds the end that says when it is over.
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    try process.start()
    // What it says is looked at now and then: to wait in a read would keep a thread from all other tests.
    var name = ""
    for _ in 0..<1_200 where name.isEmpty {
      try await ContinuousClock().sleep(for: .milliseconds(50))
      let text = try String(contentsOf: said, encoding: .utf8)
      name = text.split(separator: "\n").first { $0.hasPrefix("issuer ") }.map { String($0.dropFirst(7)) } ?? ""
      if !process.isRunning { break }
    }
    issuer = name
    guard !name.isEmpty else { throw NotStarted() }
  }

  /// The provider did not say its name within a minute.
  public struct NotStarted: Error {}

  /// Runs a provider for the length of a test, which sends browsers back to these addresses.
  public static func running(
    redirect: String = redirect, afterSignOut: String = afterSignOut, _ body: (RealProvider) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "identity-provider-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let provider = try await RealProvider(folder: folder, redirect, afterSignOut)
    do {
      try await body(provider)
    } catch {
      await provider.stop()
      throw error
    }
    await provider.stop()
  }

  /// Ends it, by the end of its input, and waits until it is gone.
  public func stop() async {
    try? input.fileHandleForWriting.close()
    await Self.end(of: process)
  }

  /// Waits for a process to end, for half a minute at the most.
  private static func end(of process: Process) async {
    for _ in 0..<1_500 where process.isRunning { try? await ContinuousClock().sleep(for: .milliseconds(20)) }
  }

  /// Gives it a new key, and waits until it shows that one.
  public func rotate() async throws {
    let before = try await keyName()
    let rotation = Self.process("rotate", folder, addresses.back, addresses.out)
    var environment = rotation.environment ?? [:]
    environment["PROVIDER_PORT"] = nil
    rotation.environment = environment
    try rotation.start()
    await Self.end(of: rotation)
    for _ in 0..<100 {
      if try await keyName() != before { return }
      try await ContinuousClock().sleep(for: .milliseconds(100))
    }
    throw NoNewKey()
  }

  /// The provider never showed its new key.
  public struct NoNewKey: Error {}

  /// The name of the key that it shows. The rest comes in another order each time.
  private func keyName() async throws -> String {
    let keys = try await Browser.text(issuer + "oauth2/jwks")
    return keys.firstMatch(of: /"kid":"([^"]+)"/).map { String($0.output.1) } ?? ""
  }
}

/// A person's browser: it keeps cookies, fills in the form of the sign-in, and says where it was sent.
public final class Browser: Sendable {
  private let cookies = Mutex<[String: String]>([:])

  /// A browser without cookies.
  public init() {}

  /// The cookies that it keeps, by name.
  public var kept: [String: String] { cookies.withLock { $0 } }

  private static let client = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  /// What stands at an address for a browser without cookies.
  public static func text(_ address: String) async throws -> String {
    try await Browser().answer(to: address).text
  }

  /// Goes to an address, or sends a form there.
  public func answer(to address: String, form: [(name: String, value: String)]? = nil) async throws -> Answer {
    var request = HTTPClientRequest(url: address)
    let kept = cookies.withLock { $0.map { "\($0)=\($1)" }.joined(separator: "; ") }
    if !kept.isEmpty { request.headers.add(name: "Cookie", value: kept) }
    request.headers.add(name: "Accept", value: "text/html")
    if let form {
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: Self.fields(form)))
    }
    let response = try await Self.client.execute(request, timeout: .seconds(30))
    for cookie in response.headers["Set-Cookie"] {
      let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
      cookies.withLock { $0[pair[0]] = pair.count > 1 ? pair[1] : nil }
    }
    let body = try await response.body.collect(upTo: 1_048_576)
    return Answer(
      status: Int(response.status.code), location: response.headers.first(name: "Location"),
      refresh: response.headers.first(name: "Refresh"), text: String(buffer: body))
  }

  /// What a server answered.
  public struct Answer: Sendable {
    /// The status.
    public let status: Int
    /// Where it sends the browser at once.
    public let location: String?
    /// When and where its page sends the browser.
    public let refresh: String?
    /// The body.
    public let text: String
  }

  private static func fields(_ form: [(name: String, value: String)]) -> String {
    let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
    return form.map { field in
      [field.name, field.value].map { $0.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        .joined(separator: "=")
    }.joined(separator: "&")
  }

  /// Signs in at the provider's own page.
  /// - Returns: the query that the provider sends back; nil where it does not.
  public func signIn(_ address: String, as user: String = "dwho", password: String? = nil) async throws -> [(
    name: String, value: String
  )]? {
    guard let location = try await place(after: address, as: user, password: password),
      location.hasPrefix(RealProvider.redirect)
    else { return nil }
    let items = URLComponents(string: location.replacing("+", with: "%20"))?.queryItems ?? []
    return items.map { ($0.name, $0.value ?? "") }
  }

  /// Signs in at the provider's own page.
  /// - Returns: where the provider sends the browser then; nil where it shows a page instead.
  public func place(after address: String, as user: String, password: String? = nil) async throws -> String? {
    var answer = try await answer(to: address)
    if answer.status == 200 {
      var form: [(name: String, value: String)] = []
      for field in answer.text.matches(of: /<input[^>]*>/).map({ String($0.output) }) where field.contains("hidden") {
        guard let name = field.firstMatch(of: /name="([^"]*)"/)?.output.1 else { continue }
        form.append((String(name), field.firstMatch(of: /value="([^"]*)"/).map { String($0.output.1) } ?? ""))
      }
      answer = try await self.answer(to: address, form: form + [("user", user), ("password", password ?? user)])
    }
    return answer.location
  }
}
