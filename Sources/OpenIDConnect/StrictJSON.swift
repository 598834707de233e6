internal import FoundationEssentials
internal import JWTKit

/// A JSON value as it stands, so that a claim of the wrong type is a finding and not a missing one.
indirect enum JSONValue: Codable, Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let one = try decoder.singleValueContainer()
    if one.decodeNil() {
      self = .null
    } else if let value = try? one.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? one.decode(Double.self) {
      self = .number(value)
    } else if let value = try? one.decode(String.self) {
      self = .text(value)
    } else if let value = try? one.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try one.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    switch self {
    case .null: try one.encodeNil()
    case .bool(let value): try one.encode(value)
    case .number(let value): try one.encode(value)
    case .text(let value): try one.encode(value)
    case .list(let value): try one.encode(value)
    case .object(let value): try one.encode(value)
    }
  }

  var text: String? { if case .text(let value) = self { value } else { nil } }
  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var list: [JSONValue]? { if case .list(let value) = self { value } else { nil } }
  var object: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }
}

/// Reads JSON objects more strictly than Foundation does: UTF-8 only, and no name twice in one object. Two readers that
/// choose differently between two claims of one name would otherwise see two different tokens.
enum StrictJSON {
  enum Trouble: Error {
    case unreadable, repeated
  }

  /// The members of an object.
  static func object(_ bytes: some Collection<UInt8>) throws(Trouble) -> [String: JSONValue] {
    let bytes = Array(bytes)
    // Foundation would take UTF-16 too, and knows it by a mark or by zeros, which the scan below would misread.
    guard bytes.first(where: { !isBlank($0) }) == UInt8(ascii: "{"), !bytes.contains(0),
      String(validating: bytes, as: UTF8.self) != nil,
      let value = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
    else { throw .unreadable }
    if repeatsAName(bytes) { throw .repeated }
    return value
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether an object, at any depth, holds a name twice. The bytes are valid JSON already.
  private static func repeatsAName(_ bytes: [UInt8]) -> Bool {
    var open: [Set<String>] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append([])
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: "\""):
        let end = endOfText(bytes, from: index)
        let next = bytes[min(end + 1, bytes.count)...].first { !isBlank($0) }
        if next == UInt8(ascii: ":"), !open.isEmpty {
          // Read as a text, since a name can be written in several ways: "iss" and "\u0069ss".
          let written = Data(bytes[index...min(end, bytes.count - 1)])
          guard let name = try? JSONDecoder().decode(String.self, from: written),
            open[open.count - 1].insert(name).inserted
          else { return true }
        }
        index = end
      default: break
      }
      index += 1
    }
    return false
  }

  private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }
}

/// What a token says, as jwt-kit hands it over after it has tried the signature. The claims are tried by us.
struct TokenContent: JWTPayload {
  let members: [String: JSONValue]

  init(from decoder: any Decoder) throws {
    members = try decoder.singleValueContainer().decode([String: JSONValue].self)
  }

  func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    try one.encode(members)
  }

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
