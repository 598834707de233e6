/// Where the bytes of a block stop being plain: separators, quotes, line ends and other control bytes. They are found
/// eight bytes at a time and sixty-four a step, with no branch for a byte, and checked to be UTF-8 on the way.
struct StopIndex {
  /// The stops found so far, counted from `base`, in order.
  let places: UnsafeMutablePointer<UInt32>
  /// How many there are.
  private(set) var count = 0
  /// Whether the bytes looked at so far are well-formed UTF-8.
  private(set) var isText = true
  /// What the places count from.
  private(set) var base: UnsafePointer<UInt8>
  private var limit = 0
  private var limitIsEnd = false
  private var scanned = 0
  /// How many bytes of the next step belong to a character that began in the last one.
  private var carried = 0
  private let spread: UInt64

  private static let step = 64
  private static let window = 16 << 10

  /// An index for blocks of at most `room` bytes. `free` it afterwards.
  init(room: Int, separator: UInt8) {
    places = .allocate(capacity: room + Self.step * 2)
    base = UnsafeRawPointer(places).assumingMemoryBound(to: UInt8.self)
    spread = UInt64(separator) &* 0x0101_0101_0101_0101
  }

  func free() { places.deallocate() }

  /// Begins with the bytes from `base` to `limit`, behind which `RecordSprint.slack` more can be read. At the end of
  /// the file the limit is a stop as well, where no line end stands in front of it.
  mutating func begin(at base: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>, limitIsEnd: Bool) {
    self.base = base
    self.limit = limit - base
    self.limitIsEnd = limitIsEnd
    count = 0
    scanned = 0
    carried = 0
    isText = true
  }

  /// Looks at some more bytes. False where there are none.
  @inline(never)
  mutating func extend() -> Bool {
    guard scanned < limit else { return false }
    let end = min(limit, scanned + Self.window)
    var at = scanned
    var found = count
    while at < end {
      var stops: UInt64 = 0
      var high: UInt64 = 0
      for word in 0..<8 {
        let bytes = UnsafeRawPointer(base + at + word &* 8).loadUnaligned(as: UInt64.self)
        stops |= Self.gather(plainly: bytes, spread) &<< UInt64(word &* 8)
        high |= Self.gather(bytes) &<< UInt64(word &* 8)
      }
      if at &+ Self.step > limit {
        let valid = (1 as UInt64) &<< UInt64(limit &- at) &- 1
        stops &= valid
        high &= valid
      }
      if high != 0 || carried != 0 { check(high, at) }
      Self.note(stops, at, places + found)
      found &+= stops.nonzeroBitCount
      at &+= Self.step
    }
    scanned = at
    count = found
    if scanned >= limit, limitIsEnd, limit > 0, base[limit - 1] != Byte.lineFeed {
      places[count] = UInt32(truncatingIfNeeded: limit)
      count += 1
    }
    return true
  }

  /// One bit for each of eight bytes, the first the lowest: bit 7 of the byte.
  @inline(__always)
  private static func gather(_ word: UInt64) -> UInt64 {
    ((word & 0x8080_8080_8080_8080) &>> 7 &* 0x0102_0408_1020_4080) &>> 56
  }

  /// One bit for each byte that is the separator, a quote or below a blank.
  @inline(__always)
  private static func gather(plainly word: UInt64, _ spread: UInt64) -> UInt64 {
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    let noSeparator = (low ^ spread) &+ 0x7F7F_7F7F_7F7F_7F7F
    let noQuote = (low ^ 0x2222_2222_2222_2222) &+ 0x7F7F_7F7F_7F7F_7F7F
    let noControl = low &+ 0x6060_6060_6060_6060
    return gather(~((noSeparator & noQuote & noControl) | word))
  }

  /// Writes the places of the bits of a step; eight whether they are there or not, as most steps have about that.
  @inline(__always)
  private static func note(_ stops: UInt64, _ at: Int, _ out: UnsafeMutablePointer<UInt32>) {
    var rest = stops
    let first = UInt32(truncatingIfNeeded: at)
    for index in 0..<8 {
      out[index] = first &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
    var index = 8
    while rest != 0 {
      out[index] = first &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
      index &+= 1
    }
  }

  /// Checks the characters that begin at the bits. One that the block's end cuts is left to the next block.
  @inline(__always)
  private mutating func check(_ high: UInt64, _ step: Int) {
    var rest = high & (~0 &<< UInt64(carried))
    carried = 0
    while rest != 0 {
      let at = rest.trailingZeroBitCount
      let width = FieldBytes.characterWidth(base + step + at)
      if width == 0 {
        if limitIsEnd || step + at + 4 <= limit { isText = false }
        return
      }
      let next = at &+ width
      if next >= Self.step {
        carried = next &- Self.step
        return
      }
      rest &= ~0 &<< UInt64(next)
    }
  }
}
