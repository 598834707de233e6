import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SteeringCore
import SurfaceKit
import Testing

@testable import StyrehusApp

@Suite("The site as a whole")
struct ExchangeTests {
  /// An address for every route of the site: each is asked in both languages.
  static let pages = [
    "/": "/", "/units": "/units", "/units.csv": "/units.csv?sort=balance", "/units/{unit}": "/units/1002",
    "/units/{unit}/postings": "/units/1001/postings?month=2&part=inside",
    "/units/{unit}/postings.csv": "/units/1002/postings.csv?round=2025-1", "/rounds": "/rounds",
    "/rounds/make": "/rounds/make", "/rounds/make/confirm": "/rounds/make/confirm",
    "/rounds/{round}": "/rounds/2025-1?replay=yes", "/rounds/jobs/{job}": "/rounds/jobs/0123456789abcdef",
    "/import/jobs/{job}": "/import/jobs/0123456789abcdef", "/import": "/import", "/import/preview": "/import/preview",
    "/import/confirm": "/import/confirm", "/import/done": "/import/done?import=2", "/organisation": "/organisation",
    "/duties": "/duties", "/duties.ics": "/duties.ics", "/supervision": "/supervision",
    "/supervision/freeze": "/supervision/freeze",
    "/supervision/controls": "/supervision/controls", "/units/{unit}/supervision": "/units/1001/supervision",
    "/laboratory": "/laboratory?deficit.redPct=1&surplus.explanationPct=x&negative.consecutiveYears=1",
    "/laboratory.csv": "/laboratory.csv?surplus.explanationPct=99&base=original",
    "/model": "/model", "/model/compare": "/model/compare", "/model/{id}": "/model/randersmodellen-2.0",
    "/health/live": "/health/live", "/health/ready": "/health/ready", "/metrics": "/metrics",
    "/login": "/login?next=/people", "/login/demo": "/login/demo",
    "/login/provider": "/login/provider", "/login/provider/back": "/login/provider/back?code=x&state=y",
    "/login/provider/signed-out": "/login/provider/signed-out", "/logout": "/logout", "/me": "/me",
    "/me/sessions": "/me/sessions", "/me/data.json": "/me/data.json", "/invitation/{secret}": "/invitation/abc",
    "/people/close-sign-in": "/people/close-sign-in", "/privacy": "/privacy", "/privacy/decide": "/privacy/decide",
    "/privacy/sweep": "/privacy/sweep",
    "/people": "/people", "/people/enter": "/people/enter", "/people/position": "/people/position",
    "/people/appoint": "/people/appoint", "/people/leave": "/people/leave", "/people/invite": "/people/invite",
    "/people/end-sessions": "/people/end-sessions", "/people/remove": "/people/remove",
    "/people/{person}/data.json": "/people/1/data.json", "/plan": "/plan",
    "/plan/ask": "/plan/ask?decision=closing.make", "/plan/compare": "/plan/compare", "/plan/adopt": "/plan/adopt",
    "/plan/delegate": "/plan/delegate", "/plan/withdraw": "/plan/withdraw", "/audit": "/audit?action=login.signIn",
    "/audit.csv": "/audit.csv?action=login.signIn",
    "/assets/styrehus.css": "/assets/styrehus.css", "/assets/icon.svg": "/assets/icon.svg",
  ]

  private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
  private static let token = SignedIn.token

  /// What goes wrong, and what is asked in other ways.
  private static let others: [Exchange] = {
    var ours = form
    ours[.cookie] = "__Host-form-styrehus=\(token)"
    var foreign = ours
    foreign[HTTPField.Name("Sec-Fetch-Site")!] = "cross-site"
    var stranger = ours
    stranger[.cookie] = "__Host-form-styrehus=\(token); __Host-styrehus=\(String(repeating: "0", count: 64))"
    return [
      Exchange(address: "/", headers: stranger), Exchange(address: "/me", headers: stranger),
      Exchange(address: "/units/1001/postings?month=2", headers: stranger),
      Exchange(address: "/audit", headers: stranger),
      Exchange(method: .post, address: "/rounds/make/confirm", headers: stranger, body: "token=\(token)&year=2025"),
      Exchange(method: .post, address: "/login", headers: stranger, body: "token=\(token)&user=frida&password=forkert"),
      Exchange(method: .post, address: "/people/enter", headers: ours, body: "token=\(token)&name=&key=x"),
      Exchange(address: "/?round=2024-1"), Exchange(address: "/units?lang=en"),
      Exchange(address: "/laboratory?surplus.explanationPct=99&year=2024"),
      Exchange(address: "/laboratory?model=none"), Exchange(address: "/laboratory?base=x&plan.viewYears=0"),
      Exchange(method: .head, address: "/units"),
      Exchange(address: "/nothing"), Exchange(address: "/nothing", language: .english),
      Exchange(address: "/units/9999"), Exchange(address: "/units/9999/postings"),
      Exchange(address: "/rounds/2031-1"), Exchange(address: "/?round=2031-1"), Exchange(address: "/model/nothing"),
      Exchange(method: .delete, address: "/units"), Exchange(method: .post, address: "/units", language: .english),
      Exchange(
        method: .post, address: "/rounds/make", headers: ours, body: "token=\(token)&year=2025&kind=preliminary"),
      Exchange(method: .post, address: "/rounds/make", headers: ours, body: "token=\(token)&year=&kind="),
      Exchange(method: .post, address: "/rounds/make", headers: ours, body: "token=another-token&year=2025"),
      Exchange(method: .post, address: "/rounds/make/confirm", headers: form, body: "token=\(token)&year=2025"),
      Exchange(
        method: .post, address: "/rounds/make/confirm", headers: foreign,
        body: "token=\(token)&year=2025&kind=preliminary"),
      Exchange(method: .post, address: "/import/confirm", headers: form, body: "ticket=x"),
      Exchange(method: .post, address: "/import/preview", headers: [.contentType: "text/plain"], body: "hej"),
      Exchange(
        method: .post, address: "/rounds/make", headers: ours, body: "token=" + String(repeating: "a", count: 70_000)),
      Exchange(
        method: .post, address: "/rounds/make", language: .english, headers: ours,
        body: "token=" + String(repeating: "a", count: 70_000)),
    ]
  }()

  @Test("every route is asked here")
  func everyRoute() async throws {
    try await SmallTown.with { site in
      #expect(Set(site.router().routes.map(\.path.description)) == Set(Self.pages.keys))
    }
  }

  @Test("every route answers as the file exchanges.txt says, in both languages, and so does what goes wrong")
  func exchanges() async throws {
    let pages = Self.pages.sorted { $0.key < $1.key }.flatMap { _, address in
      Language.allCases.map { Exchange(address: address, language: $0) }
    }
    let answers = try await SmallTown.with { site in
      try await Application(responder: SignedIn.at(site.router())).test(.router) { client in
        var answers: [Exchange.Answer] = []
        for exchange in pages + Self.others { answers.append(try await exchange.answer(client)) }
        return answers
      }
    }
    let usual = answers.dropFirst().reduce(Set(answers[0].headers)) { $0.intersection($1.headers) }
    let heading = (["Every answer has"] + usual.sorted().map { "  " + $0 }).joined(separator: "\n") + "\n"
    let got = [heading] + answers.map { $0.told(without: usual) }
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "exchanges.txt")
    let wanted = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard got.joined(separator: "\n") != wanted else { return }
    let place = FileManager.default.temporaryDirectory.appending(path: "exchanges-\(UUID().uuidString).txt")
    try Data(got.joined(separator: "\n").utf8).write(to: place)
    let first = got.first { !wanted.contains($0) } ?? "one is missing"
    Issue.record("The exchanges differ, first:\n\(first)\nWhere that is meant, \(place.path) is the new exchanges.txt.")
  }
}
