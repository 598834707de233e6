internal import CLibpq
internal import Database

/// A statement on its way to the server, with `$1`, `$2` … for its values.
enum Message {
  /// A statement that comes again and again, so that the server keeps it prepared.
  case often(String, [WireValue])
  /// A statement that the server reads anew each time.
  case once(String, [DatabaseValue] = [])
}

/// A value and the type that the server is told. A null whose type is not known has none: the server then takes the
/// type from where the parameter stands.
struct WireValue {
  let value: DatabaseValue
  let type: Oid

  /// A value with the type that it has itself.
  init(_ value: DatabaseValue) {
    self.value = value
    type =
      switch value {
      case .null: 0
      case .integer: Types.int8
      case .text: Types.text
      case .blob: Types.bytea
      }
  }

  /// The value that a column of values has in a row. A null there has the column's type, so that all rows are alike.
  init(_ column: DatabaseColumn, row: Int) {
    switch column {
    case .integers(let values): self.init(.integer(values[row]))
    case .texts(let values): self.init(.text(values[row]))
    case .blobs(let values): self.init(.blob(values[row]))
    case .optionalIntegers(let values): self.init(DatabaseValue(values[row]), type: Types.int8)
    case .optionalTexts(let values): self.init(DatabaseValue(values[row]), type: Types.text)
    case .optionalBlobs(let values): self.init(DatabaseValue(values[row]), type: Types.bytea)
    case .same(let value): self.init(value)
    }
  }

  /// A value of a type.
  init(_ value: DatabaseValue, type: Oid) {
    self.value = value
    self.type = type
  }
}

// Sending statements and receiving their answers. Several statements travel together and are answered together: that
// is what PostgreSQL calls a pipeline, and the connection is always in that mode except while it copies.
extension Session {
  /// What was sent and is not answered yet.
  private enum Sent {
    case preparation(name: String, PreparedStatements.Key)
    case removal
    case statement
  }

  /// Sends the statements at once and waits for all answers, one each. Throws `ServerFault` for the first that was
  /// refused; those after it did not run, and the connection can be used on.
  func exchange(_ messages: [Message], within limit: Duration? = nil) throws -> [Answer] {
    deadline = .now + (limit ?? patience)
    var sent: [Sent] = []
    do {
      for message in messages {
        switch message {
        case .once(let text, let values):
          try send(text, values.map { WireValue($0) }, as: nil)
        case .often(let text, let values):
          try send(text, values, as: try prepare(text, values.map(\.type), &sent))
        }
        sent.append(.statement)
      }
    } catch {
      // What was sent before a value that cannot be sent would be answered to the next statement.
      close()
      throw error
    }
    guard PQpipelineSync(try open()) == 1 else { throw lost() }
    return try receive(sent)
  }

  /// One statement, one answer.
  func exchange(_ message: Message, within limit: Duration? = nil) throws -> Answer {
    guard let answer = try exchange([message], within: limit).first else { throw lost("no answer") }
    return answer
  }

  /// Asks for the types that the parameters of a statement have where they stand, and a question besides.
  func describe(
    _ text: String, asking question: String, _ values: [DatabaseValue]
  ) throws -> (types: [Oid], Answer) {
    deadline = .now + patience
    var sent: [Sent] = []
    let name = try prepare(text, [], &sent)
    guard PQsendDescribePrepared(try open(), name) == 1 else { throw lost() }
    sent.append(.statement)
    try send(question, values.map { WireValue($0) }, as: nil)
    sent.append(.statement)
    guard PQpipelineSync(try open()) == 1 else { throw lost() }
    let answers = try receive(sent)
    return (answers[0].parameterTypes, answers[1])
  }

  private func prepare(_ text: String, _ types: [Oid], _ sent: inout [Sent]) throws -> String {
    let key = PreparedStatements.Key(text: text, types: types)
    if let name = prepared.name(key) { return name }
    for case .preparation(let name, let other) in sent where other == key { return name }
    if let old = prepared.makeRoom() {
      try send("DEALLOCATE \(old)", [], as: nil)
      sent.append(.removal)
    }
    let name = prepared.newName()
    guard PQsendPrepare(try open(), name, text, Int32(types.count), types) == 1 else { throw lost() }
    sent.append(.preparation(name: name, key))
    return name
  }

  /// Sends a statement with its values in binary form; by the name under which it is prepared, where it has one.
  private func send(_ text: String, _ values: [WireValue], as name: String?) throws {
    let link = try open()
    var bytes: [UInt8] = []
    var places: [Range<Int>?] = []
    for value in values {
      let start = bytes.count
      try WireBytes.append(value.value, to: &bytes)
      places.append(value.value == .null ? nil : start..<bytes.count)
    }
    // An empty text must have an address as well; without one it would be null.
    bytes.append(0)
    let count = Int32(values.count)
    let isSent = bytes.withUnsafeBytes { (buffer: UnsafeRawBufferPointer) in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = places.map { place in place.flatMap { range in start.map { $0 + range.lowerBound } } }
      let lengths = places.map { Int32($0?.count ?? 0) }
      let formats = [Int32](repeating: 1, count: values.count)
      guard let name else {
        return PQsendQueryParams(link, text, count, values.map(\.type), pointers, lengths, formats, 1)
      }
      return PQsendQueryPrepared(link, name, count, pointers, lengths, formats, 1)
    }
    guard isSent == 1 else { throw lost() }
  }

  /// Reads the answers to what was sent, to the end, so that nothing is left of it on the connection.
  private func receive(_ sent: [Sent]) throws -> [Answer] {
    var answers: [Answer] = []
    var refusal: ServerFault?
    for item in sent {
      guard let answer = try nextAnswer() else { throw lost("no answer") }
      if let fault = answer.fault {
        guard !Self.endsConnection(fault) else {
          close()
          throw ConnectionLost(reason: PostgresErrors.detail(fault))
        }
        refusal = refusal ?? fault
      }
      switch item {
      case .preparation(let name, let key):
        if answer.status == PGRES_COMMAND_OK { prepared.keep(name, key) }
      case .removal: break
      case .statement: answers.append(answer)
      }
      guard try nextAnswer() == nil else { throw lost("two answers to one statement") }
    }
    guard let end = try nextAnswer(), end.status == PGRES_PIPELINE_SYNC else { throw lost("no end of the answers") }
    if let refusal {
      // What another program did to a table can make prepared statements unusable; a new connection has none.
      if refusal.state == "0A000" { close() }
      throw refusal
    }
    return answers
  }

  /// Faults after which the server closes the connection: it stops, or it ended an idle transaction.
  static func endsConnection(_ fault: ServerFault) -> Bool {
    fault.state.isEmpty || fault.state.hasPrefix("08") || ["57P01", "57P02", "57P03", "25P03"].contains(fault.state)
  }

  /// The next answer; nil between those to two statements.
  func nextAnswer() throws -> Answer? {
    let link = try open()
    while PQisBusy(link) == 1 {
      let unsent = PQflush(link)
      // A connection that cannot be written to may still hold the server's last words.
      try wait(toWrite: unsent == 1)
      guard PQconsumeInput(link) == 1 else { throw lost() }
    }
    return PQgetResult(link).map(Answer.init)
  }
}
