import SteeringCore

extension LedgerFile {
  private static let strideBlock = 1 << 20

  /// Reads the file in order with one sprint, when it is plainly written: as fast as one worker can, with the line of
  /// every posting. `pause` is called between blocks with the bytes read so far; it may empty the sink. Nil at the
  /// first doubt, when the sink may hold anything: then read carefully into a fresh one.
  func stride<Sink: PostingSink>(
    year: FiscalYear, into sink: inout Sink, pause: (inout Sink, Int) throws -> Void = { _, _ in }
  ) throws -> LedgerReading? {
    let header = TableReader(source: source, fileName: name, profile: profile)
    guard try header.open(), header.findings.kept.isEmpty else { return nil }
    let fixed = profile.fixedDate.map { $0.day(in: year) }.map { ($0.year, $0.month, $0.day) }
    guard let sprint = RecordSprint(reader: header, fixedDate: fixed, needs: sink.needs) else { return nil }
    var offset = min(source.size, try source.byteOrderMark() + header.bytesRead)
    var line = header.linesRead + 1
    var reading = LedgerReading()
    reading.sumOre = nil  // the sink has summed; nobody else did
    let buffer = BlockBuffer(room: Self.strideBlock)
    var stops = StopIndex(room: Self.strideBlock, separator: sprint.separator)
    defer {
      buffer.free()
      stops.free()
    }
    while offset < source.size {
      let wanted = min(Self.strideBlock, source.size - offset)
      guard let limit = try buffer.fill(from: source, at: offset, wanted) else { return nil }
      let isEnd = offset + wanted == source.size
      // A block in the middle stops where its last whole record ends, an eighth of a block before its own end.
      let end = isEnd ? wanted : wanted - Self.strideBlock / 8
      var run = RecordSprint.Run(at: buffer.start, line: line, limit: limit, limitIsEnd: isEnd)
      guard sprint.run(&run, until: buffer.start + end, &stops, into: &sink) else { return nil }
      reading.postings += run.postings
      line = run.line
      offset = min(source.size, offset + (run.at - buffer.start))
      try pause(&sink, offset)
    }
    if reading.postings > 0 { try header.remarkOnLastByte() }
    reading.findings = header.findings
    return reading
  }
}
