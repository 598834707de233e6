import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SteeringCore

@testable import StyrehusApp

/// A request to the site and what came of it, as text: status, headers and the shape of the body.
struct Exchange: Sendable {
  var method = HTTPRequest.Method.get
  let address: String
  var language = Language.danish
  var headers = HTTPFields()
  var body = ""

  /// What came of it.
  struct Answer: Sendable {
    /// What was asked, in which language.
    let asked: String
    let status: Int
    /// The headers without what is new every time.
    let headers: [String]
    let shape: [String]

    /// The answer as text; headers that every answer has are left out.
    func told(without usual: Set<String>) -> String {
      let lines = ["\(status)"] + headers.filter { !usual.contains($0) } + shape
      return ([asked] + lines.map { "  " + $0 }).joined(separator: "\n") + "\n"
    }
  }

  /// Asks the site.
  func answer(_ client: any TestClientProtocol) async throws -> Answer {
    var headers = headers
    headers[.cookie] = (headers[.cookie].map { $0 + "; " } ?? "") + "__Host-language-styrehus=\(language.rawValue)"
    let response = try await client.execute(
      uri: address, method: method, headers: headers, body: ByteBuffer(string: body))
    let fields = response.headers.filter { $0.name != .contentLength && $0.name != .date }
      .map { "\($0.name.canonicalName): \(Self.lasting($0))" }
    return Answer(
      asked: "\(method) \(address) (\(language.rawValue))", status: response.status.code, headers: fields.sorted(),
      shape: Self.shape(String(buffer: response.body), response.headers[.contentType] ?? ""))
  }

  /// The value of a header without what is new every time.
  private static func lasting(_ field: HTTPField) -> String {
    switch field.name {
    case .setCookie: cookie(field.value)
    case .requestNumber: "…"
    default: field.value
    }
  }

  /// A cookie without the token that is new every time, its attributes in one order.
  private static func cookie(_ value: String) -> String {
    let parts = value.replacing(/__Host-form-styrehus=[0-9a-z]+/, with: "__Host-form-styrehus=…").split(separator: "; ")
    return ([String(parts[0])] + parts.dropFirst().map(String.init).sorted()).joined(separator: "; ")
  }

  /// The outline of a page, the head and length of a table, the size of anything else.
  private static func shape(_ body: String, _ type: String) -> [String] {
    if body.isEmpty { return ["no body"] }
    if type.hasPrefix("text/csv") {
      let lines = body.split(separator: "\n")
      return ["\(lines.count) lines, the first: \(lines.first ?? "")"]
    }
    guard type.hasPrefix("text/html") else { return ["a body"] }
    var outline: [String] = []
    let pattern = /<(html|title|h1|h2|table|form)\b([^>]*)>(?:([^<]*)<)?/
    for match in body.matches(of: pattern) {
      let (tag, attributes, text) = (match.1, match.2, match.3 ?? "")
      switch tag {
      case "html": outline.append("html\(attributes)")
      case "table":
        let inside = body[match.range.upperBound...]
        let end = inside.firstRange(of: "</table>")?.lowerBound ?? inside.endIndex
        outline.append("table\(attributes), \(inside[..<end].ranges(of: "<tr").count) rows")
      case "form": outline.append("form\(attributes)")
      default: outline.append("\(tag): \(text)")
      }
    }
    let mark = body.contains("class=\"demo-mark\"") ? "marked" : "without the mark"
    return outline + ["\(body.ranges(of: "<a ").count) links, \(mark)"]
  }
}
