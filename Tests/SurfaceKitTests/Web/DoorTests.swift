import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import SurfaceKit

@Suite("The door")
struct DoorTests {
  @Test(
    "the house answers to numbers, localhost and its own names",
    arguments: [
      "127.0.0.1:8080", "127.0.0.1", "localhost:8080", "LOCALHOST", "[::1]:8080", "[::1]", "10.0.0.7",
      "styr.example.dk",
      "Styr.Example.dk.:443",
    ])
  func ours(_ authority: String) { #expect(HostNames(["styr.example.dk"]).hold(authority)) }

  @Test(
    "and to nobody else's",
    arguments: [
      "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example",
      "1.2.3", "256.1.1.1", "[::1]evil", "[evil.example]", "localhost:80:80", "localhost:x", "", "+1.2.3.4", "[]",
    ])
  func theirs(_ authority: String) { #expect(!HostNames(["styr.example.dk"]).hold(authority)) }

  @Test("a query reads as forms write it")
  func query() {
    let query = Query("q=Ankerb%C3%B8lle+Skole&plus=a%2Bb&q=anden&tom=&nøgen&x=%FF&=y")
    #expect(query["q"] == "Ankerbølle Skole")
    #expect(query["plus"] == "a+b")
    #expect(query["tom"] == "" && query["nøgen"] == "")
    #expect(query["x"] == nil && query["andet"] == nil)
  }

  @Test(
    "the other language is the same page, whatever its path holds",
    arguments: [
      ("/units/1.1.01", "/units/1.1.01?lang=en"), ("/units/1%2F2", "/units/1%2F2?lang=en"),
      ("/units/q%3Fx?round=2025-1", "/units/q%3Fx?round=2025-1&lang=en"), ("/units/50%25", "/units/50%25?lang=en"),
      ("//evil.example/x", "/evil.example/x?lang=en"), ("/units?q=a+b&lang=da", "/units?q=a%20b&lang=en"),
      ("/", "/?lang=en"),
    ])
  func otherLanguage(_ asked: String, _ other: String) {
    #expect(context().frame(request(asked)).otherLanguage.text == other)
  }

  @Test("a form that does not come whole in time is refused, and one that does is read", .timeLimit(.minutes(1)))
  func slow() async throws {
    let (body, source) = RequestBody.makeStream()
    await source.yield(ByteBuffer(string: "token=a&year=20"))
    await #expect(throws: FormBody.Fault.self) {
      try await FormBody.read(request("/form", body: body), patience: .milliseconds(30))
    }
    let whole = RequestBody(buffer: ByteBuffer(string: "token=a&year=2025"))
    #expect(try await FormBody.read(request("/form", body: whole)).text("year") == "2025")
  }

  private func request(_ path: String, body: RequestBody = RequestBody(buffer: ByteBuffer())) -> Request {
    var head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path)
    head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    return Request(head: head, body: body)
  }

  private func context() -> SurfaceContext {
    SurfaceContext(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
  }
}
