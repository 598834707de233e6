/// Where bytes come from. The ledger does not know files; whoever opens one hands it over as this.
public protocol ByteSource: Sendable {
  /// How many bytes there are.
  var size: Int { get }
  /// Fills as much of `buffer` as there is from `offset` on and says how many bytes that was; less than the buffer
  /// only at the end. May be called by two workers at once.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int
}

/// Bytes in memory, for small files and tests.
public struct BytesInMemory: ByteSource {
  let bytes: [UInt8]
  /// A source of these bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  /// A source of this text's UTF-8.
  public init(_ text: String) { self.bytes = Array(text.utf8) }
  /// How many bytes there are.
  public var size: Int { bytes.count }
  /// Copies from `offset` on.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    let count = max(0, min(buffer.count, bytes.count - offset))
    if count > 0 { bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + count])) } }
    return count
  }
}

/// How a file's bytes spell text.
public enum TextEncoding: String, CaseIterable, Sendable {
  /// UTF-8, with or without byte-order mark.
  case utf8 = "utf-8"
  /// UTF-16 in the order of its byte-order mark, little-endian without one.
  case utf16 = "utf-16"
  /// Windows-1252.
  case windows1252 = "windows-1252"
  /// ISO-8859-1.
  case latin1 = "iso-8859-1"
}

/// Turns a source into UTF-8, block by block. A byte that means nothing in the encoding becomes 0xFF, which no
/// UTF-8 holds, so that the record reader reports it at its place.
struct TextDecoder {
  static let block = 256 * 1024
  let source: any ByteSource
  let encoding: TextEncoding
  private var offset = 0
  private var bigEndian = false
  private var highSurrogate: UInt16?
  private var raw = UnsafeMutableRawBufferPointer.allocate(byteCount: TextDecoder.block, alignment: 8)

  init(source: any ByteSource, encoding: TextEncoding) {
    self.source = source
    self.encoding = encoding
  }

  /// Frees the block; the decoder is not used afterwards.
  func free() { raw.deallocate() }

  /// Bytes that one block can become at most.
  static let worstCase = block * 3

  /// Writes the next block at `out` (which has room for `worstCase`) and says how many bytes; 0 at the end.
  mutating func next(into out: UnsafeMutablePointer<UInt8>) throws -> Int {
    while offset < source.size {
      let wanted = UnsafeMutableRawBufferPointer(rebasing: raw[0..<Self.block])
      var count = try source.read(into: wanted, at: offset)
      if count == 0 { return 0 }
      if encoding == .utf16, count % 2 == 1, offset + count < source.size { count -= 1 }
      let isFirst = offset == 0
      offset += count
      let bytes = UnsafeRawBufferPointer(rebasing: raw[0..<count])
      let written = decode(bytes, isFirst: isFirst, into: out)
      if written > 0 { return written }
    }
    return 0
  }

  private mutating func decode(
    _ bytes: UnsafeRawBufferPointer, isFirst: Bool, into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    switch encoding {
    case .utf8:
      let skip = isFirst && bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
      let count = bytes.count - skip
      if count > 0 { UnsafeMutableRawPointer(out).copyMemory(from: bytes.baseAddress! + skip, byteCount: count) }
      return count
    case .latin1, .windows1252:
      var at = 0
      for byte in bytes { Self.append(Self.scalar(byte, encoding), out, &at) }
      return at
    case .utf16:
      return decodeWide(bytes, isFirst: isFirst, into: out)
    }
  }

  private mutating func decodeWide(
    _ bytes: UnsafeRawBufferPointer, isFirst: Bool, into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var at = 0
    var index = 0
    if isFirst, bytes.count >= 2 {
      bigEndian = bytes[0] == 0xFE && bytes[1] == 0xFF
      if bigEndian || (bytes[0] == 0xFF && bytes[1] == 0xFE) { index = 2 }
    }
    while index + 1 < bytes.count {
      let low = UInt16(bytes[index + (bigEndian ? 1 : 0)])
      let unit = UInt16(bytes[index + (bigEndian ? 0 : 1)]) << 8 | low
      index += 2
      if let high = highSurrogate {
        highSurrogate = nil
        if (0xDC00...0xDFFF).contains(unit) {
          let value = 0x10000 + (UInt32(high - 0xD800) << 10) + UInt32(unit - 0xDC00)
          Self.append(Unicode.Scalar(value), out, &at)
          continue
        }
        Self.append(nil, out, &at)
      }
      if (0xD800...0xDBFF).contains(unit) { highSurrogate = unit } else { Self.append(Unicode.Scalar(unit), out, &at) }
    }
    if index < bytes.count { Self.append(nil, out, &at) }
    return at
  }

  private static func scalar(_ byte: UInt8, _ encoding: TextEncoding) -> Unicode.Scalar? {
    guard encoding == .windows1252, (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    let value = windows[Int(byte) - 0x80]
    return value == 0 ? nil : Unicode.Scalar(value)
  }

  private static let windows: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  private static func append(_ scalar: Unicode.Scalar?, _ out: UnsafeMutablePointer<UInt8>, _ at: inout Int) {
    guard let scalar else {
      out[at] = 0xFF
      at += 1
      return
    }
    for byte in UTF8.encode(scalar)! {
      out[at] = byte
      at += 1
    }
  }
}
