import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import StyrehusApp

@Suite("The figures about requests")
struct MetricsTests {
  /// The samples of the text by name and labels; fails the test where a line is none or belongs to no family.
  private func samples(_ text: String) throws -> [String: String] {
    var family = ""
    var samples: [String: String] = [:]
    for line in text.split(separator: "\n") {
      if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
        family = String(type.1)
        continue
      }
      if line.hasPrefix("# HELP ") { continue }
      let sample = try #require(line.wholeMatch(of: /([a-z_]+)(\{.*\})? ([0-9.]+)/), "\(line)")
      #expect(sample.1.hasPrefix(family) && !family.isEmpty, "\(line)")
      let name = "\(sample.1)\(sample.2 ?? "")"
      #expect(samples[name] == nil, "\(line) stands twice")
      samples[name] = String(sample.3)
    }
    #expect(text.hasSuffix("\n"))
    return samples
  }

  /// Sends requests to the small town, then asks for the figures.
  private func figures(_ asked: [(HTTPRequest.Method, String)]) async throws -> [String: String] {
    try await SmallTown.with { site in
      try await Application(router: site.router()).test(.router) { client in
        for (method, address) in asked { _ = try await client.execute(uri: address, method: method) }
        let response = try await client.execute(uri: "/metrics", method: .get)
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        return try samples(String(buffer: response.body))
      }
    }
  }

  @Test("count every request by route, method and class of status, and time it")
  func counts() async throws {
    let figures = try await figures([
      (.get, "/units/1001"), (.get, "/units/1002"), (.get, "/units/9999"), (.head, "/units"), (.get, "/nothing"),
    ])
    let total = "styrehus_http_requests_total"
    #expect(figures[#"\#(total){route="/units/{unit}",method="GET",status="2xx"}"#] == "2")
    #expect(figures[#"\#(total){route="/units/{unit}",method="GET",status="4xx"}"#] == "1")
    #expect(figures[#"\#(total){route="/units",method="HEAD",status="2xx"}"#] == "1")
    #expect(figures[#"\#(total){route="none",method="GET",status="4xx"}"#] == "1")
    #expect(figures[#"styrehus_http_request_duration_seconds_count{route="/units"}"#] == "1")
    #expect(figures["styrehus_http_requests_in_flight"] == "1")
    #expect(figures.keys.contains { $0.hasPrefix(#"styrehus_info{database="SQLite","#) })
    #expect(figures["process_start_time_seconds"].flatMap(Int.init) ?? 0 > 1_770_000_000)
  }

  @Test("do not grow with what visitors make up")
  func bounded() async throws {
    let few = try await figures([(.get, "/a"), (.init("BREW")!, "/units"), (.get, "/units/9999")])
    let many = try await figures(
      (0..<50).flatMap { number in
        [(.get, "/a\(number)"), (.init("BREW\(number)")!, "/units"), (.get, "/units/9999\(number)?q=\(number)")]
      })
    #expect(Set(few.keys) == Set(many.keys))
  }

  @Test("put a duration in the bucket of its limit and every larger one")
  func buckets() throws {
    let tally = RequestTally()
    let kind = RequestTally.Kind(route: "/", method: "GET", status: 200)
    for milliseconds in [0, 5, 6, 10_000, 10_001] {
      tally.begin()
      tally.end(kind, after: .milliseconds(milliseconds))
    }
    let text = MetricsText(tally: tally.picture, openedAt: 1, database: "SQLite").text
    let figures = try samples(text)
    let name = "styrehus_http_request_duration_seconds"
    let counts = ["0.005", "0.01", "5", "10", "+Inf"].map { figures[#"\#(name)_bucket{route="/",le="\#($0)"}"#] }
    #expect(counts == ["2", "3", "3", "4", "5"])
    #expect(figures[#"\#(name)_sum{route="/"}"#] == "20.012")
    #expect(figures[#"\#(name)_count{route="/"}"#] == "5")
    #expect(figures["styrehus_http_requests_in_flight"] == "0")
  }
}
