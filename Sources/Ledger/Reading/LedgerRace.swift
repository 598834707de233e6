import SteeringCore
import Synchronization

#if canImport(Dispatch)
  import Dispatch
#endif

extension LedgerFile {
  private static let block = 512 << 10
  private static let overlap = 128 << 10

  /// Reads the file with two workers that sprint over blocks of it, when it is plainly written, and puts their sinks
  /// together. A block's first record is guessed (a line that reads as a record) and the guess verified by the end
  /// of the block before; at the first doubt everything is dropped and the answer is nil: then read it carefully.
  func race<Sink: MergeablePostingSink & Sendable>(
    year: FiscalYear, workers: Int = 2, into sink: inout Sink, fresh: Sink
  ) throws -> LedgerReading? {
    let header = TableReader(source: source, fileName: name, profile: profile)
    guard try header.open(), header.findings.kept.isEmpty else { return nil }
    let fixed = profile.fixedDate.map { $0.day(in: year) }.map { ($0.year, $0.month, $0.day) }
    guard let sprint = RecordSprint(reader: header, fixedDate: fixed, needs: sink.needs) else { return nil }
    let start = min(source.size, try source.byteOrderMark() + header.bytesRead)
    let blocks = BlockPlan(start: start, size: source.size, block: Self.block)
    let lanes = max(1, min(workers, blocks.count))
    let states = UnsafeSlots<Lane<Sink>>((0..<lanes).map { _ in Lane(sink: fresh) })
    defer { states.free() }
    let next = Atomic(0)
    let lost = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: lanes) { number in
      let buffer = BlockBuffer(room: Self.block + Self.overlap)
      var stops = StopIndex(room: Self.block + Self.overlap, separator: sprint.separator)
      var lane = Lane(sink: fresh)
      while !lost.load(ordering: .relaxed) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= blocks.count { break }
        let done = try? self.sprint(sprint, block: index, of: blocks, buffer, &stops, &lane)
        if done != true { lost.store(true, ordering: .relaxed) }
      }
      buffer.free()
      stops.free()
      states[number] = lane
    }
    if lost.load(ordering: .relaxed) || !blocks.areJoined((0..<lanes).flatMap { states[$0].seams }) { return nil }
    var reading = LedgerReading()
    reading.sumOre = nil  // the sink has summed; nobody else did
    for lane in 0..<lanes {
      reading.postings += states[lane].postings
      sink.merge(states[lane].sink)
    }
    if reading.postings > 0 { try header.remarkOnLastByte() }
    reading.findings = header.findings
    return reading
  }

  private struct Lane<Sink> {
    var sink: Sink
    var postings = 0
    var seams: [Seam] = []
  }

  /// Sprints over one block. False where it is not sure.
  @inline(__always)
  private func sprint<Sink: PostingSink>(
    _ sprint: RecordSprint, block index: Int, of plan: BlockPlan, _ buffer: BlockBuffer, _ stops: inout StopIndex,
    _ lane: inout Lane<Sink>
  ) throws -> Bool {
    let from = plan.start(index)
    let to = plan.start(index + 1)
    let wanted = min(source.size - from, to - from + Self.overlap)
    guard let limit = try buffer.fill(from: source, at: from, wanted) else { return false }
    let isEnd = from + wanted == source.size
    var at = buffer.start
    if index > 0 {
      guard let guess = sprint.firstRecord(in: at, limit: limit, limitIsEnd: isEnd, &stops) else { return false }
      at = guess
    }
    var run = RecordSprint.Run(at: at, line: 0, limit: limit, limitIsEnd: isEnd)
    let first = from + (at - buffer.start)
    guard sprint.run(&run, until: buffer.start + (to - from) + 1, &stops, into: &lane.sink) else { return false }
    lane.postings += run.postings
    lane.seams.append(Seam(block: index, first: first, next: min(source.size, from + (run.at - buffer.start))))
    return true
  }
}

/// Where a block's first record starts and where the next block's should.
struct Seam {
  let block: Int
  let first: Int
  let next: Int
}

/// The blocks of a file behind its header.
struct BlockPlan {
  let start: Int
  let size: Int
  let block: Int

  var count: Int { max(1, (size - start + block - 1) / block) }

  /// Where a block starts; the file's end behind the last one. A record that starts exactly at a border belongs to
  /// the block before it, as the block after can only see a start behind a line end of its own.
  func start(_ index: Int) -> Int { index == 0 ? start : min(size, start + index * block) }

  /// Whether each block ended where the next one's first record was guessed.
  func areJoined(_ seams: [Seam]) -> Bool {
    let ordered = seams.sorted { $0.block < $1.block }
    guard ordered.count == count, ordered.first?.first == start, ordered.last?.next == size else { return false }
    return zip(ordered, ordered.dropFirst()).allSatisfy { $0.next == $1.first }
  }
}

extension RecordSprint {
  /// The first place behind a line end that reads as a record, or nil. A block that holds only the tail of its last
  /// record starts behind its end, at `limit`.
  func firstRecord(
    in bytes: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>, limitIsEnd: Bool, _ stops: inout StopIndex
  ) -> UnsafePointer<UInt8>? {
    var at = bytes
    for _ in 0..<64 {
      while at < limit, at[0] != Byte.lineFeed { at += 1 }
      if at >= limit { return limitIsEnd ? limit : nil }
      at += 1
      if at == limit { return limitIsEnd ? limit : nil }
      var probe = Run(at: at, line: 0, limit: limit, limitIsEnd: limitIsEnd)
      var nobody = NoSink()
      if run(&probe, until: at + 1, &stops, into: &nobody) { return at }
    }
    return nil
  }

  private struct NoSink: PostingSink {
    mutating func take(_ posting: RawPosting) -> PostingRefusal? { nil }
  }
}

extension ByteSource {
  /// 3 where a UTF-8 byte-order mark stands in front, else 0.
  func byteOrderMark() throws -> Int {
    var start: [UInt8] = [0, 0, 0]
    let count = try start.withUnsafeMutableBytes { try read(into: $0, at: 0) }
    return count == 3 && start == [0xEF, 0xBB, 0xBF] ? 3 : 0
  }
}

/// A few values that as many workers change at once, one each.
struct UnsafeSlots<Value>: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Value>
  private let count: Int

  init(_ values: [Value]) {
    count = values.count
    start = .allocate(capacity: values.count)
    for (index, value) in values.enumerated() { (start + index).initialize(to: value) }
  }

  func free() {
    start.deinitialize(count: count)
    start.deallocate()
  }

  subscript(index: Int) -> Value {
    get { start[index] }
    nonmutating _modify { yield &start[index] }
  }
}
