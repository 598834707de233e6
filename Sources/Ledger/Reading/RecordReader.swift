/// Something wrong with the shape of a record, before its meaning is read.
enum ShapeFault: Hashable {
  /// Text before or after the quotes of a field, or a quote inside a field without quotes.
  case strayQuote
  /// The file ends inside a quote.
  case openQuote
  /// Bytes that mean nothing in the profile's encoding.
  case badText
  /// A byte 0, which no text holds.
  case nul
  /// The record is longer than any real one: most likely a quote that is never closed.
  case tooLong
}

/// Reads records of separated values one at a time, in file order, remembering what is wrong with them: RFC 4180
/// quotes; LF, CRLF or CR; any encoding. This is the reference for what a file means; `RecordSprint` reads plain
/// records faster and leaves everything unusual to this one.
final class RecordReader {
  /// Longest record, in bytes.
  static let longest = 1 << 20

  private struct Slot {
    var start = 0
    var end = 0
    var doubled = false
  }

  private var decoder: TextDecoder
  private let separator: UInt8
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0
  private var at = 0
  private var discarded = 0
  private var ended = false
  private var nextLine = 1
  private var slots: [Slot] = []

  /// The physical line the record starts on, from 1.
  private(set) var line = 0
  /// What is wrong with the record: column from 1 (0: the record) and fault.
  private(set) var faults: [(column: Int, fault: ShapeFault)] = []
  /// No more can be read after this record, though the file goes on.
  private(set) var isLost = false

  init(source: any ByteSource, encoding: TextEncoding, separator: UInt8) {
    decoder = TextDecoder(source: source, encoding: encoding)
    self.separator = separator
    capacity = TextDecoder.worstCase + 4096
    buffer = .allocate(capacity: capacity)
  }

  deinit {
    buffer.deallocate()
    decoder.free()
  }

  /// Whether the file ends with this record and without a line end behind it.
  private(set) var lacksLineEnd = false

  /// How many fields the record has.
  var count: Int { slots.count }

  /// A field, without surrounding blanks, valid until the next call of `next`.
  func field(_ index: Int) -> FieldBytes {
    let slot = slots[index]
    return FieldBytes(buffer + slot.start, slot.end - slot.start, hasDoubledQuotes: slot.doubled).trimmed
  }

  /// Whether all fields are blank.
  var isBlank: Bool {
    for index in slots.indices where field(index).count > 0 { return false }
    return true
  }

  /// Physical lines read so far.
  var linesRead: Int { nextLine - 1 }
  /// Decoded bytes read so far: where the next record starts, without a byte-order mark.
  var bytesRead: Int { discarded + at }

  /// Steps to the next record; false at the end. Blank records are steps too.
  func next() throws -> Bool {
    if isLost { return false }
    faults.removeAll(keepingCapacity: true)
    line = nextLine
    while true {
      if at < filled, let end = scan() {
        at = end
        return true
      }
      if ended {
        if at >= filled { return false }
        finishLast()
        return true
      }
      if filled - at > Self.longest {
        faults = [(0, .tooLong)]
        slots = [Slot(start: at, end: min(filled, at + 40))]
        isLost = true
        return true
      }
      try fill()
    }
  }

  private func fill() throws {
    if at > 0 {
      buffer.update(from: buffer + at, count: filled - at)
      discarded += at
      filled -= at
      at = 0
    }
    if capacity - filled < TextDecoder.worstCase + 64 {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: filled + TextDecoder.worstCase + 4096)
      larger.update(from: buffer, count: filled)
      buffer.deallocate()
      buffer = larger
      capacity = filled + TextDecoder.worstCase + 4096
    }
    let count = try decoder.next(into: buffer + filled)
    if count == 0 { ended = true }
    filled += count
  }

  /// The last record of a file without a final line end: scanned with a line end put behind it.
  private func finishLast() {
    lacksLineEnd = true
    buffer[filled] = Byte.lineFeed
    filled += 1
    if let end = scan() {
      at = end
      return
    }
    faults.append((0, .openQuote))
    slots = [Slot(start: at, end: min(filled, at + 40))]
    at = filled
  }

  /// Reads the record at `at`; nil when its end is not in the buffer yet. Returns where the next one starts.
  private func scan() -> Int? {
    slots.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    var position = at
    var lines = 0
    var unusual: UInt8 = 0
    while true {
      var slot = Slot(start: position)
      guard let stop = scanField(&position, &slot, &lines, &unusual) else { return nil }
      slots.append(slot)
      if stop == separator { continue }
      if stop == Byte.carriageReturn {
        if position == filled && !ended { return nil }
        if position < filled, buffer[position] == Byte.lineFeed { position += 1 }
      }
      break
    }
    if unusual & 0x81 != 0 { checkText() }
    nextLine = line + lines + 1
    return position
  }

  /// Reads one field and steps behind the byte that ends it, which is returned; nil when the buffer ends first.
  /// Sets bit 7 of `unusual` for a byte outside ASCII and bit 0 for NUL.
  private func scanField(
    _ position: inout Int, _ slot: inout Slot, _ lines: inout Int, _ unusual: inout UInt8
  ) -> UInt8? {
    var quoted = false
    var isPlainSoFar = true
    while position < filled {
      let byte = buffer[position]
      if byte == separator || byte == Byte.lineFeed || byte == Byte.carriageReturn {
        if !quoted { slot.end = position }
        position += 1
        return byte
      }
      if byte == Byte.quote {
        if quoted || !isPlainSoFar {
          fault(.strayQuote)
        } else {
          slot.start = position + 1
          guard let close = closingQuote(from: position + 1, &slot, &lines, &unusual) else { return nil }
          slot.end = close
          quoted = true
          position = close
        }
      } else if !Byte.isBlank(byte) {
        isPlainSoFar = false
        unusual |= byte & 0x80 | (byte == 0 ? 1 : 0)
        if quoted { fault(.strayQuote) }
      }
      position += 1
    }
    return nil
  }

  private func fault(_ fault: ShapeFault) {
    let column = slots.count + 1
    if faults.last?.column != column { faults.append((column, fault)) }
  }

  private func closingQuote(
    from start: Int, _ slot: inout Slot, _ lines: inout Int, _ unusual: inout UInt8
  ) -> Int? {
    var position = start
    while position < filled {
      let byte = buffer[position]
      if byte == Byte.quote {
        if position + 1 == filled && !ended { return nil }
        if position + 1 < filled, buffer[position + 1] == Byte.quote {
          slot.doubled = true
          position += 2
          continue
        }
        return position
      }
      unusual |= byte & 0x80 | (byte == 0 ? 1 : 0)
      if byte == Byte.lineFeed { lines += 1 }
      if byte == Byte.carriageReturn {
        if position + 1 == filled && !ended { return nil }
        if position + 1 < filled, buffer[position + 1] != Byte.lineFeed { lines += 1 }
      }
      position += 1
    }
    return nil
  }

  private func checkText() {
    for (index, slot) in slots.enumerated() {
      let field = FieldBytes(buffer + slot.start, slot.end - slot.start)
      if !field.isValidText { faults.append((index + 1, field.holdsNUL ? .nul : .badText)) }
    }
    faults.sort { $0.column < $1.column }
  }
}
