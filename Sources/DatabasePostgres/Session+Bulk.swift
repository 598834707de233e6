internal import CLibpq
internal import Database

// Running one statement for many rows, in memory that does not grow with their number.
extension Session {
  /// Below this number of rows, asking for the columns' types costs more than it saves.
  private static let few = 32
  /// From this number of rows on, a table of the transaction's own costs less than it saves.
  private static let many = 2_000
  /// How many rows are on their way at a time, one by one or in lists.
  private static let rowsOnTheWay = 500
  private static let rowsInLists = 10_000
  /// How many bytes are gathered before they are sent.
  private static let portion = 256 * 1024

  /// Runs the statement for each row of the columns, which stand in the order of its parameters. Returns how many rows
  /// were changed in all.
  func runMany(_ statement: SQLStatement, _ columns: [DatabaseColumn], rowCount: Int) throws -> Int {
    let numbered = statement.numbered
    guard rowCount >= Self.few else { return try runOneByOne(numbered, columns, rowCount) }
    switch try plan(numbered) {
    case .rowByRow: return try runOneByOne(numbered, columns, rowCount)
    case .copy(let insert, let types):
      guard let wire = try Self.wire(columns, insert, types) else {
        return try runOneByOne(numbered, columns, rowCount)
      }
      return try copy(insert, wire, rowCount)
    case .guarded(let insert, let types, let mayStage):
      guard let wire = try Self.wire(columns, insert, types), wire.contains(where: \.isList) else {
        return try runOneByOne(numbered, columns, rowCount)
      }
      if mayStage, rowCount >= Self.many || wire.reduce(0, { $0 + $1.blobBytes }) >= Self.portion {
        return try stage(insert, wire, rowCount)
      }
      return try insertLists(insert, wire, types: insert.parameters.map { types[$0] }, rowCount)
    }
  }

  private static func wire(
    _ columns: [DatabaseColumn], _ insert: PlainInsert, _ types: [Oid]
  ) throws -> [WireColumn]? {
    var wire: [WireColumn] = []
    for parameter in insert.parameters {
      guard let column = try WireColumn(columns[parameter], type: types[parameter]) else { return nil }
      wire.append(column)
    }
    return wire
  }

  /// How the statement is run for many rows; asked once for each connection.
  private func plan(_ numbered: String) throws -> BulkPlan {
    if let known = bulkPlans[numbered] { return known }
    var plan = BulkPlan.rowByRow
    if let insert = PlainInsert(numbered: numbered) {
      let (types, isGuarded) = try describe(
        numbered,
        asking: """
          SELECT row_security_active($1::text::regclass)::text
            || has_database_privilege(current_database(), 'TEMP')::text
          """, [.text(insert.table)])
      switch isGuarded.text(0) {
      case "truetrue": plan = .guarded(insert, types: types, mayStage: true)
      case "truefalse": plan = .guarded(insert, types: types, mayStage: false)
      default: plan = .copy(insert, types: types)
      }
    }
    // There are as many such statements as the program has; the bound is for programs that make them up.
    if bulkPlans.count >= PreparedStatements.capacity { bulkPlans = [:] }
    bulkPlans[numbered] = plan
    return plan
  }

  private func runOneByOne(_ numbered: String, _ columns: [DatabaseColumn], _ rowCount: Int) throws -> Int {
    var changed = 0
    for start in stride(from: 0, to: rowCount, by: Self.rowsOnTheWay) {
      let messages = (start..<min(start + Self.rowsOnTheWay, rowCount)).map { row in
        Message.often(numbered, columns.map { WireValue($0, row: row) })
      }
      changed += try exchange(messages).reduce(0) { $0 + $1.changedRows }
    }
    return changed
  }
}

// Lists.
extension Session {
  private func insertLists(
    _ insert: PlainInsert, _ columns: [WireColumn], types: [Oid], _ rowCount: Int
  ) throws -> Int {
    let statement = insert.listStatement(isList: columns.map(\.isList))
    var changed = 0
    var start = 0
    while start < rowCount {
      // Rows with large blobs are fewer at a time.
      var lists = columns.map { _ in [UInt8]() }
      var end = start
      while end < min(start + Self.rowsInLists, rowCount), lists.reduce(0, { $0 + $1.count }) < Self.portion * 16 {
        for (index, column) in columns.enumerated() where column.isList || end == start {
          try column.append(row: end, to: &lists[index])
        }
        end += 1
      }
      let values = zip(columns, zip(lists, types)).map { column, given in
        column.isList
          ? WireValue(list: given.0, of: given.1, count: end - start)
          : WireValue(field: given.0, type: given.1)
      }
      changed += try exchange(.often(statement, values)).changedRows
      start = end
    }
    return changed
  }
}

extension WireColumn {
  /// How many bytes of blobs it holds; whatever else a row has is small.
  var blobBytes: Int {
    switch self {
    case .blobs(let values): values.reduce(0) { $0 + $1.count }
    case .optionalBlobs(let values): values.reduce(0) { $0 + ($1?.count ?? 0) }
    default: 0
    }
  }

  /// Whether the rows have values of their own.
  var isList: Bool {
    if case .same = self { return false }
    return true
  }
}

extension WireValue {
  /// A list of fields, each with its length in front, as PostgreSQL writes an array of one dimension: the number of
  /// dimensions, whether there may be nulls, the type of the fields, their number, and the number of the first.
  init(list fields: [UInt8], of type: Oid, count: Int) {
    var bytes: [UInt8] = []
    for number in [1, 1, Int32(bitPattern: type), Int32(count), 1] { WireBytes.append(number, to: &bytes) }
    self.init(.blob(bytes + fields), type: Types.lists[type] ?? 0)
  }

  /// One field with its length in front.
  init(field: [UInt8], type: Oid) {
    self.init(field.prefix(4) == [255, 255, 255, 255] ? .null : .blob(Array(field.dropFirst(4))), type: type)
  }
}

// Streams.
extension Session {
  /// What a stream of rows begins with: a signature, flags, and the length of further heads.
  private static let head: [UInt8] = Array("PGCOPY\n".utf8) + [255, 13, 10, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]

  private func copy(_ insert: PlainInsert, _ columns: [WireColumn], _ rowCount: Int) throws -> Int {
    // The server's limit is for the whole stream.
    try limitStatements(to: max(limits.bulk, statementLimit))
    let changed = try stream(insert.copyStatement, columns, rowCount)
    try limitStatements(to: statementLimit)
    return changed
  }

  private func stage(_ insert: PlainInsert, _ columns: [WireColumn], _ rowCount: Int) throws -> Int {
    let staging = insert.staging
    try limitStatements(to: max(limits.bulk, statementLimit))
    _ = try exchange(.once(staging.make))
    _ = try stream(staging.copy, columns, rowCount)
    let changed = try exchange([.once(staging.handOver), .once(staging.empty)])[0].changedRows
    try limitStatements(to: statementLimit)
    return changed
  }

  private func stream(_ statement: String, _ columns: [WireColumn], _ rowCount: Int) throws -> Int {
    try beginCopy(statement)
    return try endCopy(Result { try stream(columns, rowCount) })
  }

  private func limitStatements(to limit: Duration) throws {
    let text = "SELECT set_config('statement_timeout', $1, true)"
    let value = WireValue(.text(String(limit.milliseconds)))
    _ = try exchange(.often(text, [value]))
  }

  private func beginCopy(_ statement: String) throws {
    let link = try open()
    deadline = .now + patience
    guard PQexitPipelineMode(link) == 1, PQsendQuery(link, statement) == 1 else { throw lost() }
    guard let answer = try nextAnswer() else { throw lost("no answer") }
    if let fault = answer.fault {
      try finishAnswers()
      throw fault
    }
    guard answer.status == PGRES_COPY_IN else { throw lost("no stream was opened") }
  }

  private func stream(_ columns: [WireColumn], _ rowCount: Int) throws {
    var bytes = Self.head
    bytes.reserveCapacity(Self.portion * 2)
    for row in 0..<rowCount {
      WireBytes.append(Int16(columns.count), to: &bytes)
      for column in columns { try column.append(row: row, to: &bytes) }
      if bytes.count >= Self.portion {
        guard try put(bytes) else { return }
        bytes.removeAll(keepingCapacity: true)
      }
    }
    WireBytes.append(Int16(-1), to: &bytes)
    _ = try put(bytes)
  }

  /// Sends bytes and waits until they are gone. False where the server has ended the stream; its answer tells why.
  private func put(_ bytes: [UInt8]) throws -> Bool {
    let link = try open()
    for start in stride(from: 0, to: bytes.count, by: Self.portion) {
      deadline = .now + patience
      let isTaken = bytes[start..<min(start + Self.portion, bytes.count)].withUnsafeBytes { buffer in
        PQputCopyData(link, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      }
      guard isTaken == 1 else { return false }
      while PQflush(link) == 1 {
        try wait(toWrite: true)
        // Whatever the server says meanwhile must be taken from the socket, or neither side would get any further.
        guard PQconsumeInput(link) == 1 else { throw lost() }
      }
    }
    return true
  }

  /// Ends the stream; where the rows could not be written out, so that nothing of it is kept.
  private func endCopy(_ streamed: Result<Void, any Error>) throws -> Int {
    let link = try open()
    deadline = .now + max(limits.bulk, statementLimit) + limits.grace
    var complaint: String?
    if case .failure(let error) = streamed {
      guard !(error is ConnectionLost), !(error is CancellationError) else { throw error }
      complaint = "the rows cannot be sent"
    }
    // The answer tells whether it was taken: the server may have ended the stream before.
    _ = PQputCopyEnd(link, complaint)
    guard let answer = try nextAnswer() else { throw lost("no answer") }
    try finishAnswers()
    try streamed.get()
    if let fault = answer.fault { throw fault }
    return answer.changedRows
  }

  /// Reads what is left, and goes back to the mode in which statements travel together.
  private func finishAnswers() throws {
    while let answer = try nextAnswer() {
      if let fault = answer.fault, Self.endsConnection(fault) {
        close()
        throw ConnectionLost(reason: PostgresErrors.detail(fault))
      }
    }
    guard PQenterPipelineMode(try open()) == 1 else { throw lost("no pipeline mode") }
  }
}
