import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import StyrehusApp

@Suite("What is written about a request")
struct RequestJournalTests {
  /// Asks the small town for an address and returns the answer and what the log says.
  private func ask(
    _ address: String, _ method: HTTPRequest.Method = .get, headers: HTTPFields = [:], level: LogLevel = .info
  ) async throws -> (response: TestResponse, book: LogBook) {
    let book = LogBook()
    let response = try await SmallTown.with { town in
      let site = Site(town.installation, sign: town.sign, log: book.logger(level))
      return try await Application(responder: SignedIn.at(site.router())).test(.router) { client in
        try await client.execute(uri: address, method: method, headers: headers)
      }
    }
    return (response, book)
  }

  @Test("is one line with the pattern of the route, and nothing that was asked for")
  func line() async throws {
    let (response, book) = try await ask(
      "/units/1001/postings?month=2&part=inside",
      headers: [.userAgent: "Hansen", .cookie: "__Host-form-styrehus=hansen"])
    #expect(response.status == .ok)
    let line = try #require(try book.objects().first)
    #expect(book.lines.count == 1)
    #expect(
      Set(line.keys) == ["time", "level", "message", "request", "method", "route", "status", "ms"])
    #expect(line["time"] as? String == "2026-02-02T02:40:00.250Z")
    #expect(line["level"] as? String == "info")
    #expect(line["message"] as? String == "request")
    #expect(line["request"] as? String == response.headers[.requestNumber])
    #expect(line["method"] as? String == "GET")
    #expect(line["route"] as? String == "/units/{unit}/postings")
    #expect(line["status"] as? Int == 200)
    #expect(try #require(line["ms"] as? Int) >= 0)
  }

  @Test("names no route where there is none, whatever was asked", arguments: ["/hansen", "/units/1/2/3?q=hansen"])
  func noRoute(_ address: String) async throws {
    let (response, book) = try await ask(address)
    #expect(response.status == .notFound)
    #expect(try book.objects().map { $0["route"] as? String } == ["none"])
    #expect(!book.lines.joined().contains("hansen"))
  }

  @Test("is there for a request that was refused at the door")
  func refused() async throws {
    let (response, book) = try await ask("/units", .delete)
    #expect(response.status == .methodNotAllowed)
    #expect(response.headers[.requestNumber] != nil)
    #expect(try book.objects().map { $0["status"] as? Int } == [405])
  }

  @Test("is there for a probe only where the log tells everything", arguments: HealthRoutes.addresses)
  func probes(_ address: String) async throws {
    #expect(try await ask(address).book.lines.isEmpty)
    #expect(try await ask(address, level: .debug).book.lines.count == 1)
  }

  @Test("is kept back where only worse is told")
  func level() async throws { #expect(try await ask("/units", level: .warning).book.lines.isEmpty) }

  @Test(
    "carries the number that a proxy gave", arguments: ["0123456789abcdef", "6F9619FF-8B86-D011-B42D-00C04FC964FF"])
  func given(_ number: String) async throws {
    let (response, book) = try await ask("/units", headers: [.requestNumber: number])
    #expect(response.headers[.requestNumber] == number)
    #expect(try book.objects().map { $0["request"] as? String } == [number])
  }

  @Test(
    "carries a number of our own where what came is no number",
    arguments: [
      "", "1234567890", "010190-1234", "hansen-hansen-hansen", "0123456789abcdef\"}", "0123456789abcde\u{E6}",
      String(repeating: "0", count: 65),
    ])
  func foreign(_ text: String) async throws {
    let (response, book) = try await ask("/units", headers: [.requestNumber: text])
    let number = try #require(response.headers[.requestNumber])
    #expect(number != text && number.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    #expect(try book.objects().map { $0["request"] as? String } == [number])
  }

  @Test("stays one line of JSON, whatever is said in it")
  func escapes() throws {
    let book = LogBook()
    let said = "a\"b\\c\r\n{\"level\":\"error\"}\u{1B}[31m æ"
    book.logger(.info).notice("\(said)", metadata: ["about": "\(said)", "hb.request.id": "17"])
    #expect(book.lines.count == 1)
    #expect(book.lines.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 } })
    let line = try #require(try book.objects().first)
    #expect(line["message"] as? String == said && line["about"] as? String == said)
    #expect(line["level"] as? String == "notice" && line["request"] as? String == "17")
  }
}
