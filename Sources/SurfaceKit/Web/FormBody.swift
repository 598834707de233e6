public import Hummingbird
import NIOCore
import NIOHTTP1

/// A file that came with a form.
public struct UploadedFile: Sendable {
  /// Its name as the browser sent it; only ever shown, never used as a path.
  public let name: String
  /// Its bytes.
  public let bytes: [UInt8]

  /// A file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// What a form sent.
public struct FormBody: Sendable {
  /// The plain fields; of a field that came twice, the first.
  public private(set) var fields: [String: String] = [:]
  /// The files by field; a file field left empty is not there.
  public private(set) var files: [String: UploadedFile] = [:]

  /// Why a form could not be read.
  public enum Fault: Error, Sendable {
    /// It is larger than the page takes, in bytes.
    case tooLarge(limit: Int)
    /// It is no form.
    case malformed
    /// It did not come whole in time.
    case tooSlow
  }

  /// A field's value, trimmed; empty where it did not come.
  public func text(_ name: String) -> String {
    (fields[name] ?? "").withoutBlanksAround
  }

  /// All plain fields as `name=value`, by name, without some: what decides what a form does, for its command.
  public func content(without names: Set<String> = ["token", "key"]) -> [String] {
    fields.sorted { $0.key < $1.key }.filter { !names.contains($0.key) }.map { "\($0.key)=\($0.value)" }
  }

  /// How long a form may take: a minute, and for each 64 kB that it may have a second more.
  static func patience(_ limit: Int) -> Duration { .seconds(60 + limit >> 16) }

  /// Reads the body of a request, at most `limit` bytes, which must come whole within `patience`. Throws `Fault`.
  public static func read(
    _ request: Request, limit: Int = 64 * 1024, patience: Duration? = nil
  ) async throws -> FormBody {
    let type = request.headers[.contentType] ?? ""
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw Fault.tooLarge(limit: limit)
    }
    let body = try await collect(request.body, limit, patience ?? Self.patience(limit))
    let bytes = Array(body.readableBytesView)
    if type.hasPrefix("application/x-www-form-urlencoded") { return try FormBody(urlEncoded: bytes) }
    guard type.hasPrefix("multipart/form-data"), let boundary = boundary(type) else { throw Fault.malformed }
    return try FormBody(multipart: bytes, boundary: boundary)
  }

  private static func collect(
    _ body: RequestBody, _ limit: Int, _ patience: Duration
  ) async throws -> ByteBuffer {
    try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
      group.addTask {
        do {
          return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
          throw Fault.tooLarge(limit: limit)
        } catch is HTTPParserError {
          throw Fault.malformed
        }
      }
      group.addTask {
        try await Task.sleep(for: patience)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let body = first else { throw Fault.tooSlow }
      return body
    }
  }

  private static func boundary(_ type: String) -> String? {
    for part in type.split(separator: ";").dropFirst() {
      let pair = part.drop(while: \.isWhitespace).split(separator: "=", maxSplits: 1)
      if pair.count == 2, pair[0].lowercased() == "boundary" {
        let value = pair[1].filter { $0 != "\"" }
        return (1...70).contains(value.utf8.count) ? value : nil
      }
    }
    return nil
  }

  /// Reads `name=value&…`. Throws `Fault`.
  init(urlEncoded bytes: [UInt8]) throws {
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Query.decoded(parts[0]), let value = parts.count > 1 ? Query.decoded(parts[1]) : "" else {
        throw Fault.malformed
      }
      if fields[name] == nil { fields[name] = value }
    }
  }

  /// Reads the parts between boundaries (RFC 7578). Throws `Fault`.
  init(multipart bytes: [UInt8], boundary: String) throws {
    let mark = Array("--\(boundary)".utf8)
    guard var at = Self.find(mark, in: bytes, from: 0) else { throw Fault.malformed }
    while true {
      at += mark.count
      if bytes[at...].starts(with: "--".utf8) { return }
      guard bytes[at...].starts(with: "\r\n".utf8) else { throw Fault.malformed }
      at += 2
      guard let blank = Self.find(Array("\r\n\r\n".utf8), in: bytes, from: at),
        let next = Self.find(Array("\r\n".utf8) + mark, in: bytes, from: blank + 2)
      else { throw Fault.malformed }
      let headers = String(decoding: bytes[at..<blank], as: UTF8.self)
      take(headers, next >= blank + 4 ? Array(bytes[(blank + 4)..<next]) : [])
      at = next + 2
    }
  }

  private mutating func take(_ headers: String, _ content: [UInt8]) {
    let lines = headers.split(separator: "\r\n")
    guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let name = Self.value("name", in: disposition)
    else { return }
    if let fileName = Self.value("filename", in: disposition) {
      if !fileName.isEmpty || !content.isEmpty, files[name] == nil {
        files[name] = UploadedFile(name: fileName, bytes: content)
      }
    } else if fields[name] == nil {
      let text = String(decoding: content, as: UTF8.self)
      if !text.utf8.contains(0) { fields[name] = text }
    }
  }

  private static func value(_ key: String, in disposition: Substring) -> String? {
    guard let start = disposition.range(of: "; \(key)=\"")?.upperBound else { return nil }
    var value = ""
    var rest = disposition[start...]
    while let character = rest.popFirst(), character != "\"" {
      value.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
    }
    return value.replacing("%22", with: "\"")
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard needle.count <= bytes.count - start else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        var at = start
        while at <= bytes.count - needle.count {
          if bytes[at] == needle[0] {
            var same = 1
            while same < needle.count, bytes[at + same] == needle[same] { same += 1 }
            if same == needle.count { return at }
          }
          at += 1
        }
        return nil
      }
    }
  }
}

extension StringProtocol {
  /// The text without white space in front and behind.
  public var withoutBlanksAround: String {
    String(trimmingPrefix(while: \.isWhitespace).reversed().trimmingPrefix(while: \.isWhitespace).reversed())
  }
}

extension Substring {
  /// Where a text stands, byte for byte.
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
