internal import CLibpq
internal import Database

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// One connection to a server. One thread at a time uses it, which the pool sees to. Nothing is waited for without a
/// deadline: all that waits is `wait`, on the socket, and when time runs out the socket is closed.
final class Session: @unchecked Sendable {
  /// PostgreSQL's library's connection; nil once it is closed.
  private(set) var link: OpaquePointer?
  /// Who may break off what runs; nil while nobody may.
  var interruption: Interruption?
  /// How long a statement may take on the server; for reading and writing that of `limits`.
  var statementLimit: Duration
  /// How long the answer to a statement may take.
  var patience: Duration { statementLimit + limits.grace }
  /// When the answer that is waited for must be there.
  var deadline = ContinuousClock.now
  /// The statements that are prepared on the server.
  var prepared = PreparedStatements()
  /// How rows are handed over to statements, by the statement's text.
  var bulkPlans: [String: BulkPlan] = [:]
  /// How many warnings the server has sent so far.
  var warningCount: Int { warnings.count }
  private let warnings = Warnings()
  let limits: PostgresLimits

  /// Counts the warnings that the server sends beside its answers. A class, since the library keeps its address.
  private final class Warnings {
    var count = 0
  }

  /// Connects to one server, and makes sure that it is fit to be trusted with data.
  init(_ parameters: [String: String], limits: PostgresLimits, interruption: Interruption?) throws {
    self.limits = limits
    statementLimit = limits.statement
    self.interruption = interruption
    deadline = .now + limits.connect
    link = Self.start(parameters)
    do {
      try finishConnecting()
      try settle()
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  /// Closes the connection; doing it twice does nothing.
  func close() {
    if let link { PQfinish(link) }
    link = nil
  }

  /// Closes the connection at once, whatever it is doing, and lets the server know.
  func abandon() {
    guard let link else { return }
    if PQtransactionStatus(link) == PQTRANS_ACTIVE { StopRequests.send(for: link) }
    shutdown(PQsocket(link), Int32(SHUT_RDWR))
    close()
  }

  /// The connection while there is one.
  func open() throws -> OpaquePointer {
    guard let link else { throw ConnectionLost(reason: "the connection was closed before") }
    return link
  }

  /// Whether the connection is idle and the server has not closed it, as far as can be seen without asking it.
  var isFresh: Bool {
    guard let link, PQtransactionStatus(link) == PQTRANS_IDLE else { return false }
    // A server has nothing to say to an idle connection but that it ends.
    var descriptor = pollfd(fd: PQsocket(link), events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) == 0
  }
}

// Connecting.
extension Session {
  private static func start(_ parameters: [String: String]) -> OpaquePointer? {
    let names = parameters.keys.sorted()
    var keywords = names.map { strdup($0) }
    var values = names.map { strdup(parameters[$0] ?? "") }
    defer { for pointer in keywords + values { free(pointer) } }
    keywords.append(nil)
    values.append(nil)
    return PQconnectStartParams(
      keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
  }

  private func finishConnecting() throws {
    let link = try open()
    // With the state in the message, a refusal can be told from a server that is still starting.
    PQsetErrorVerbosity(link, PQERRORS_VERBOSE)
    var state = PGRES_POLLING_WRITING
    while PQstatus(link) != CONNECTION_BAD, state != PGRES_POLLING_OK, state != PGRES_POLLING_FAILED {
      try wait(toRead: state == PGRES_POLLING_READING, toWrite: state == PGRES_POLLING_WRITING)
      state = PQconnectPoll(link)
    }
    guard PQstatus(link) == CONNECTION_OK else { throw Self.refusal(String(cString: PQerrorMessage(link))) }
    PQsetErrorVerbosity(link, PQERRORS_DEFAULT)
    PQsetnonblocking(link, 1)
    PQsetNoticeReceiver(
      link,
      { context, notice in
        guard let context, let severity = PQresultErrorField(notice, Int32(UInt8(ascii: "V"))) else { return }
        guard String(cString: severity) == "WARNING" else { return }
        Unmanaged<Warnings>.fromOpaque(context).takeUnretainedValue().count += 1
      }, Unmanaged.passUnretained(warnings).toOpaque())
    guard PQenterPipelineMode(link) == 1 else { throw lost("no pipeline mode") }
  }

  /// Why there is no connection. A server that answers with a state of its own refused, unless it is starting, stopping
  /// or full; that passes.
  private static func refusal(_ message: String) -> ConnectionLost {
    let line = message.split(separator: "\n").first.map(String.init) ?? "no connection"
    let passing = ["57P01", "57P02", "57P03", "53300"]
    if let state = message.firstMatch(of: #/:\s+(?=[0-9A-Z]*[0-9])([0-9A-Z]{5}):/#)?.1 {
      let passes = passing.contains(String(state)) || state.hasPrefix("08")
      return ConnectionLost(reason: line, kind: passes ? .broken : .refused)
    }
    // The library's own words, which are not translated in this process.
    let isInsecure = message.contains("certificate") || message.contains("does not support SSL")
    return ConnectionLost(reason: line, kind: isInsecure ? .insecure : .broken)
  }
}

// Waiting.
extension Session {
  /// How often a waiting thread looks whether its task was cancelled, in milliseconds.
  private static let glance: Int64 = 50

  /// Waits until the socket can be read or written to. When the deadline is over or the task was cancelled, the
  /// connection is closed and an error thrown.
  func wait(toRead: Bool = true, toWrite: Bool) throws {
    let events = (toRead ? POLLIN : 0) | (toWrite ? POLLOUT : 0)
    var descriptor = pollfd(fd: PQsocket(try open()), events: Int16(events), revents: 0)
    while true {
      if interruption?.isRaised == true {
        abandon()
        throw CancellationError()
      }
      let left = (deadline - .now).milliseconds
      guard left > 0 else {
        abandon()
        throw ConnectionLost(reason: "no answer in time; the connection was closed", kind: .silent)
      }
      let ready = poll(&descriptor, 1, Int32(min(left, Self.glance)))
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw lost("poll: \(String(cString: strerror(errno)))") }
    }
  }

  /// The loss of the connection, which is closed, in the library's own words.
  func lost(_ reason: String? = nil) -> ConnectionLost {
    let said = link.map { String(cString: PQerrorMessage($0)) } ?? ""
    close()
    let line = said.split(separator: "\n").first.map(String.init)
    return ConnectionLost(reason: reason ?? line ?? "the connection was lost")
  }
}

// What a server must be like, and how it is told to behave.
extension Session {
  /// The first version that the driver is written for, as PostgreSQL counts: 13.0.
  private static let oldest: Int32 = 130_000
  /// The first version that can look whether its client is still there: 14.0.
  private static let looksAfterClient: Int32 = 140_000

  private func settle() throws {
    let link = try open()
    let version = PQserverVersion(link)
    guard version >= Self.oldest else { throw ServerFitness.tooOld(version) }
    var settings = [
      "statement_timeout": String(limits.statement.milliseconds), "lock_timeout": String(limits.lock.milliseconds),
      "idle_in_transaction_session_timeout": String(limits.idleInTransaction.milliseconds),
      // The server notices within half a minute when the client's machine is gone, and lets go of its locks.
      "tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
      // Walks over rows are always taken to their end.
      "cursor_tuple_fraction": "1", "jit": "off",
    ]
    if version >= Self.looksAfterClient { settings["client_connection_check_interval"] = "1000" }
    let names = settings.keys.sorted()
    let assignments = names.indices.map { "set_config($\($0 * 2 + 1), $\($0 * 2 + 2), false)" }
    let values = names.flatMap { [DatabaseValue.text($0), .text(settings[$0] ?? "")] }
    let answers = try exchange(
      [
        .once("SELECT \(assignments.joined(separator: ", "))", values),
        .once(
          """
          SELECT current_setting('server_encoding'), current_setting('fsync'), set_config('synchronous_commit',
            CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit')
            END, false)
          """),
      ], within: limits.connect)
    try ServerFitness.check(encoding: answers[1].text(0), fsync: answers[1].text(1))
  }

  /// What the line for the log says about the server. Asks it whether its policies hold the user.
  func serverDescription() throws -> ServerDescription {
    func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
    let answer = try exchange(
      .once("SELECT (rolsuper OR rolbypassrls)::text FROM pg_roles WHERE rolname = current_user"))
    let link = try open()
    let version = text(PQparameterStatus(link, "server_version")).split(separator: " ").first.map(String.init) ?? ""
    return ServerDescription(
      version: version, place: "\(text(PQuser(link)))@\(text(PQhost(link))):\(text(PQport(link)))/\(text(PQdb(link)))",
      isBoundByPolicies: answer.text(0) == "false")
  }
}

/// What a server says of itself.
struct ServerDescription: Sendable {
  /// PostgreSQL's version, such as `15.14`.
  let version: String
  /// User, host, port and database.
  let place: String
  /// Whether the tables' policies hold the user; not where it is a superuser or may bypass them.
  let isBoundByPolicies: Bool
}
