import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
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

  @Test("searching faster than people can is held back, of each for itself, and until the next minute")
  func searches() async throws {
    let minute = Mutex<Int64>(7)
    let limit = SearchLimit(person: 2, address: 3, minute: { minute.withLock { $0 } })
    func status(_ address: String, _ person: String? = nil, from peer: String = "10.0.0.1") async throws -> Int {
      var context = context()
      context.peer = peer
      if let person { context.visitor = Visitor(person: person, name: "", positions: []) { _ in true } }
      return try await limit.handle(request(address), context: context) { _, _ in Response(status: .ok) }.status.code
    }
    for _ in 0..<3 { #expect(try await status("/units?q=a") == 200) }
    #expect(try await status("/units?q=a") == 429)
    for free in ["/units", "/units?q="] { #expect(try await status(free) == 200) }
    #expect(try await status("/units?q=a", from: "10.0.0.2") == 200)
    for _ in 0..<2 { #expect(try await status("/units?q=a", "1") == 200) }
    #expect(try await status("/units?q=a", "1") == 429)
    #expect(try await status("/units?q=a", "2") == 200)
    minute.withLock { $0 += 1 }
    #expect(try await status("/units?q=a", "1") == 200)
  }

  @Test("a proxy's word for where a request comes from counts where the proxy is ours")
  func proxies() {
    let proxies = TrustedProxies(["10.0.0.9", "10.0.0.8", "::1"])
    func origin(_ named: [String], from peer: String) -> String {
      var head = request("/").head
      for name in named { head.headerFields.append(HTTPField(name: HTTPField.Name("X-Forwarded-For")!, value: name)) }
      return proxies.origin(of: Request(head: head, body: RequestBody(buffer: ByteBuffer())), from: peer)
    }
    #expect(origin(["203.0.113.5"], from: "10.0.0.1") == "10.0.0.1")
    #expect(origin(["203.0.113.5"], from: "10.0.0.9") == "203.0.113.5")
    #expect(origin(["6.6.6.6, 203.0.113.5, 10.0.0.8"], from: "::ffff:10.0.0.9") == "203.0.113.5")
    #expect(origin(["6.6.6.6", "2001:DB8::1"], from: "::1") == "2001:db8::1")
    for nobody in [[], ["unknown"], ["10.0.0.8"], ["<script>"]] {
      #expect(origin(nobody, from: "10.0.0.9") == "10.0.0.9")
    }
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
