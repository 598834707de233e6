public import Hummingbird
public import SteeringCore

/// Whose house it is: the name on every page and, where the figures are not real ones, the mark that says so.
public struct HouseSign: Hashable, Sendable {
  /// The municipality's name.
  public let municipality: String
  /// A mark on every page; nil where the figures are the municipality's own.
  public let mark: Words?

  /// A sign.
  public init(municipality: String, mark: Words? = nil) {
    self.municipality = municipality
    self.mark = mark
  }
}

/// What a request carries from the door to the page.
public struct SurfaceContext: RequestContext {
  /// Hummingbird's own part.
  public var coreContext: CoreRequestContextStorage
  /// The language of the visitor.
  public var language = Language.danish
  /// Whose house it is.
  public var sign = HouseSign(municipality: "")
  /// What stands in front of every path of the house, such as `/egelund`, where several houses share a name. It is
  /// taken off before a request comes to its route, and put on links, redirects and cookies.
  public var prefix = ""
  /// The token that ties a form to the browser it was given to.
  public var formToken = ""
  /// Whether the token is the session's own, so that it needs no cookie beside it.
  public var isTokenOfSession = false
  /// Who is there.
  public var visitor = Visitor.stranger
  /// How the house is reached from elsewhere, such as `https://styrehus.example.dk`: by a name of its own, or on this
  /// machine. Empty where the request calls it by a number, which might be anybody's.
  public var origin = ""
  /// Whether one can sign in here.
  public var hasDoor = false
  /// Where the request comes from: the address of whoever is at the other end of the connection, or the one that a
  /// trusted proxy names; empty where that is not known.
  public var peer: String

  /// The context of a new request.
  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? ""
  }

  /// Bodies larger than this are refused unless a route asks for more.
  public var maxUploadSize: Int { 64 * 1024 }
}

extension SurfaceContext {
  /// A path parameter with its percent signs read; nil where it is missing, not UTF-8, or holds the character NUL.
  public func parameter(_ name: String) -> String? {
    parameters.get(name).flatMap { $0.removingPercents }.flatMap { $0.utf8.contains(0) ? nil : $0 }
  }

  /// The frame of a page at the request's address.
  public func frame(_ request: Request) -> Frame {
    let other: Language = language == .danish ? .english : .danish
    var address = Address(requested: request.uri.path)
    for (name, value) in request.query.fields where name != "lang" { address = address.with(name, value) }
    return Frame(
      language: language, municipality: sign.municipality, mark: sign.mark,
      otherLanguage: address.with("lang", other.rawValue), prefix: prefix,
      visitor: visitor.person == nil ? nil : visitor.name, hasDoor: hasDoor,
      sections: Section.allCases.filter { $0.permission.map { visitor.may($0) } ?? true })
  }
}

extension Page {
  /// The page as the answer to a request.
  public func response(_ request: Request, _ context: SurfaceContext, status: HTTPResponse.Status = .ok) -> Response {
    Response.bytes(rendered(in: context.frame(request)), type: "text/html; charset=utf-8", status: status)
  }
}

extension Response {
  /// Bytes as an answer.
  public static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: type, .contentLength: String(bytes.count)],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A file to keep, under a name of ASCII letters.
  public static func download(_ bytes: [UInt8], type: String, name: String) -> Response {
    var response = Self.bytes(bytes, type: type)
    let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
    response.headers[.contentDisposition] = "attachment; filename=\"\(plain)\""
    return response
  }

  /// Sends the visitor on with a fresh GET, as after every form.
  public static func seeOther(_ address: Address) -> Response {
    Response(status: .seeOther, headers: [.location: address.text])
  }
}

extension StringProtocol {
  /// The text with `%41` read as `A`; nil where that gives no UTF-8.
  var removingPercents: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
