import Database
import Foundation
import StyrehusTesting
import Testing

@testable import StyrehusApp

/// The whole product as a process, and a provider that others wrote: what people meet when they sign in elsewhere.
@Suite(
  "Signing in at a real provider", .serialized,
  .enabled(if: RealProvider.isThere, "LemonLDAP::NG is not installed; see Scripts/identity-provider.sh"))
struct ProviderSignInTests {
  /// The product with a provider, whose groups `timelords` and `users` mean something here.
  private func with(
    _ body: (Browser, RealProvider, RunningServer, String, String) async throws -> Void
  ) async throws {
    let port = RawConnection.freePort()
    let house = "http://localhost:\(port)"
    try await RealProvider.running(redirect: house + "/login/provider/back", afterSignOut: house + "/") { provider in
      let folder = FileManager.default.temporaryDirectory.appending(path: "login-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try RealProvider.secret.write(to: folder.appending(path: "secret"), atomically: true, encoding: .utf8)
      let file = folder.appending(path: "login.yaml")
      try """
      providers:
        - name: {da: Egelund, en: Egelund}
          address: \(house)
          issuer: \(provider.issuer)
          client: styrehus
          secretFile: secret
          positions:
            - {group: timelords, position: financeDirector}
      """.write(to: file, atomically: true, encoding: .utf8)
      let database = "sqlite:" + folder.appending(path: "a.sqlite").path
      let server = try RunningServer("--login", file.path, on: database, port: port)
      let isReady = try await server.waits { try await server.get("/health/ready")?.contains("200 OK") == true }
      try #require(isReady)
      try await body(Browser(), provider, server, house, database)
    }
  }

  /// The words of the trail, after the server has stopped.
  private func trail(_ server: RunningServer, _ database: String) async throws -> String {
    server.process.terminate()
    _ = try await server.waits { !server.process.isRunning }
    let installation = try await Installation.open(database)
    let entries = try await installation.database.read(installation.tenant) { try AuditTrail($0).latest(100) }
    try await installation.database.close()
    return entries.map { "\($0.act.action) \($0.act.object) \($0.act.after)" }.joined(separator: "\n")
  }

  /// Goes to the provider; gives its address.
  private func leave(_ browser: Browser, _ house: String, next: String = "/rounds/make") async throws -> String {
    let page = try await browser.answer(to: house + "/login?next=\(next)")
    let token = try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) })
    let onward = try await browser.answer(
      to: house + "/login/provider", form: [("token", token), ("next", next)])
    #expect(onward.status == 200)
    return try #require(onward.refresh.map { String($0.dropFirst("0; url=".count)) })
  }

  @Test("a group gives a position, the position opens the door, and signing out ends it here and there")
  func wholeWay() async throws {
    try await with { browser, provider, _, house, _ in
      let back = try #require(try await browser.place(after: try await leave(browser, house), as: "dwho"))
      #expect(back.hasPrefix(house + "/login/provider/back?"))
      let welcome = try await browser.answer(to: back)
      #expect(welcome.status == 303 && welcome.location == "/rounds/make")
      // The same answer a second time, and in another browser.
      #expect(try await browser.answer(to: back).status == 403)
      #expect(try await Browser().answer(to: back).status == 403)
      #expect(try await browser.answer(to: house + "/rounds/make").status == 200)
      let me = try await browser.answer(to: house + "/me")
      #expect(
        me.text.contains("Doctor Who") && me.text.contains("Økonomidirektør") && me.text.contains(provider.issuer))

      let token = try #require(me.text.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) })
      let out = try await browser.answer(to: house + "/logout", form: [("token", token)])
      let bye = try #require(out.refresh.map { String($0.dropFirst("0; url=".count)) })
      #expect(try await browser.answer(to: house + "/me").status == 303)
      #expect(try await browser.answer(to: bye).location == house + "/")
      let again = try await browser.answer(to: try await leave(browser, house))
      #expect(again.status == 200 && again.text.contains("password"), "the provider asks for the password again")
    }
  }

  @Test("who holds nothing here, says no, or comes from nowhere is not let in, and the trail says why")
  func refused() async throws {
    try await with { browser, _, server, house, database in
      let back = try #require(try await browser.place(after: try await leave(browser, house), as: "rtyler"))
      let answer = try await browser.answer(to: back)
      #expect(answer.status == 403 && answer.text.contains("ingen af dine grupper"))
      for query in ["", "?code=x&state=y", "?error=access_denied&state=y"] {
        let stranger = try await Browser().answer(to: house + "/login/provider/back" + query)
        #expect(stranger.status == 403 && stranger.text.contains("Log ind igen"))
      }
      _ = try await leave(browser, house)
      let forged = try await browser.answer(to: house + "/login/provider/back?code=x&state=y")
      #expect(forged.status == 403 && forged.text.contains("state-foreign"))
      let message = try await browser.answer(
        to: house + "/login/provider/signed-out", form: [("logout_token", "x")])
      #expect(message.status == 400)
      #expect(try await browser.answer(to: house + "/login/provider", form: [("next", "/")]).status == 403)
      let trail = try await trail(server, database)
      for word in ["unknown", "state-foreign"] {
        #expect(trail.contains(word), "\(word) in\n\(trail)")
      }
      // What anybody can make any browser ask stands in the log alone.
      let log = try server.logLines().joined(separator: "\n")
      for word in ["start-unknown", "token-unreadable"] {
        #expect(log.contains(word) && !trail.contains(word), "\(word) in\n\(log)")
      }
    }
  }

  @Test("a provider that is gone signs nobody in, and the house stands")
  func gone() async throws {
    try await with { browser, provider, _, house, _ in
      await provider.stop()
      let page = try await browser.answer(to: house + "/login")
      let token = try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) })
      let answer = try await browser.answer(to: house + "/login/provider", form: [("token", token), ("next", "/")])
      #expect(answer.status == 502 && answer.text.contains("provider-unreachable"))
      #expect(try await browser.answer(to: house + "/").status == 200)
    }
  }
}
