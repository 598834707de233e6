/// Memory for one block of a file, with room in front of it and behind it that may be read but means nothing.
struct BlockBuffer {
  private let memory: UnsafeMutablePointer<UInt8>

  /// Memory for blocks of at most `room` bytes. `free` it afterwards.
  init(room: Int) {
    memory = .allocate(capacity: room + RecordSprint.slack * 3)
    memory.initialize(repeating: 0, count: RecordSprint.slack)
  }

  func free() { memory.deallocate() }

  /// Where the block starts.
  var start: UnsafePointer<UInt8> { UnsafePointer(memory + RecordSprint.slack) }

  /// Fills the block with bytes of a source and puts a line end behind them. Says where they end; nil where the source
  /// has become shorter.
  func fill(from source: any ByteSource, at offset: Int, _ count: Int) throws -> UnsafePointer<UInt8>? {
    let block = memory + RecordSprint.slack
    guard try source.read(into: UnsafeMutableRawBufferPointer(start: block, count: count), at: offset) == count else {
      return nil
    }
    block[count] = Byte.lineFeed
    (block + count + 1).initialize(repeating: 0, count: RecordSprint.slack)
    return UnsafePointer(block) + count
  }
}
