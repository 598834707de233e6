/// The bytes of one field while its record is being read. Valid only inside the call that hands it out.
public struct FieldBytes {
  let start: UnsafePointer<UInt8>
  /// How many bytes the field has.
  public let count: Int
  /// Whether the field stood in quotes with doubled quotes inside, which `text` folds to one.
  let hasDoubledQuotes: Bool

  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, _ count: Int, hasDoubledQuotes: Bool = false) {
    self.start = start
    self.count = count
    self.hasDoubledQuotes = hasDoubledQuotes
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 { start[index] }

  /// The field as UTF-8 text. Bytes that are not UTF-8 show as the replacement character.
  public var text: String {
    let raw = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard hasDoubledQuotes else { return raw }
    var out: [UInt8] = []
    appendFolded(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the field's bytes, doubled quotes folded to one.
  func appendFolded(to out: inout [UInt8]) {
    guard hasDoubledQuotes else {
      out.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
      return
    }
    var index = 0
    while index < count {
      out.append(start[index])
      index += start[index] == Byte.quote ? 2 : 1
    }
  }

  /// The field without surrounding blanks (space, tab, no-break space).
  @inline(__always)
  var trimmed: FieldBytes {
    if count == 0
      || (start[0] > Byte.space && start[0] < 0x80 && start[count - 1] > Byte.space && start[count - 1] < 0x80)
    {
      return self
    }
    return trimmedSlowly
  }

  private var trimmedSlowly: FieldBytes {
    var low = 0
    var high = count
    while low < high {
      if Byte.isBlank(start[low]) {
        low += 1
      } else if high - low >= 2, start[low] == 0xC2, start[low + 1] == 0xA0 {
        low += 2
      } else {
        break
      }
    }
    while high > low {
      if Byte.isBlank(start[high - 1]) {
        high -= 1
      } else if high - low >= 2, start[high - 2] == 0xC2, start[high - 1] == 0xA0 {
        high -= 2
      } else {
        break
      }
    }
    return FieldBytes(start + low, high - low, hasDoubledQuotes: hasDoubledQuotes)
  }

  /// Whether a byte is 0.
  var holdsNUL: Bool { UnsafeBufferPointer(start: start, count: count).contains(0) }

  /// Whether the bytes are well-formed UTF-8 without NUL: no overlong forms, no surrogates, nothing above U+10FFFF.
  var isValidText: Bool {
    var at = 0
    while at < count {
      if start[at] &- 1 < 0x7F {
        at &+= 1
        continue
      }
      guard at &+ Self.width(of: start[at]) <= count else { return false }
      let width = Self.characterWidth(start + at)
      if width == 0 { return false }
      at &+= width
    }
    return true
  }

  /// How many bytes the well-formed character has that begins here and is not ASCII; 0 where none does. Reads no
  /// further than to the first byte that is wrong.
  @inline(__always)
  static func characterWidth(_ start: UnsafePointer<UInt8>) -> Int {
    let width = width(of: start[0])
    guard width > 0, start[1] & 0xC0 == 0x80 else { return 0 }
    if width > 2 {
      guard start[2] & 0xC0 == 0x80, isAllowed(start[0], start[1]) else { return 0 }
      if width == 4, start[3] & 0xC0 != 0x80 { return 0 }
    }
    return width
  }

  /// The bytes of a short field (at most eight) as one machine word, the first the lowest.
  @inline(__always)
  var word: UInt64 {
    let raw = UnsafeRawPointer(start)
    if count >= 4 {
      let low = UInt64(raw.loadUnaligned(as: UInt32.self))
      let high = UInt64((raw + (count &- 4)).loadUnaligned(as: UInt32.self))
      return low | high &<< UInt64((count &- 4) &* 8)
    }
    if count >= 2 {
      let low = UInt64(raw.loadUnaligned(as: UInt16.self))
      let high = UInt64((raw + (count &- 2)).loadUnaligned(as: UInt16.self))
      return low | high &<< UInt64((count &- 2) &* 8)
    }
    return count == 1 ? UInt64(start[0]) : 0
  }

  /// How many bytes a character has that begins with this byte, which is not ASCII; 0 where none does.
  @inline(__always)
  private static func width(of first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Whether the second byte keeps a character of three or four bytes from being overlong, a surrogate or too large.
  private static func isAllowed(_ first: UInt8, _ second: UInt8) -> Bool {
    switch first {
    case 0xE0: second >= 0xA0
    case 0xED: second < 0xA0
    case 0xF0: second >= 0x90
    case 0xF4: second < 0x90
    default: true
    }
  }
}

/// Bytes with a name.
enum Byte {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let zero = UInt8(ascii: "0")
  static let dot = UInt8(ascii: ".")
  static let minus = UInt8(ascii: "-")

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }
}
