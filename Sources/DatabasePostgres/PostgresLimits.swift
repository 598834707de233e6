/// How many connections there are, and how long anything may take. Beyond each limit a call ends with an error that
/// says so; nothing waits for ever, also where the server is frozen.
public struct PostgresLimits: Sendable {
  /// How many readers work at the same time, each on a connection and a thread of its own; more wait their turn.
  public var readers = 8
  /// How many writers work at the same time, each for a municipality of its own. They have connections of their own, so
  /// that writers who wait for each other never keep readers waiting.
  public var writers = 4
  /// How many may write beside the writers at the same time, which they do for a moment.
  public var besides = 2
  /// One attempt to connect to one server.
  public var connect: Duration = .seconds(3)
  /// How long attempts to connect go on, with growing pauses, as after a restart of the server.
  public var reconnect: Duration = .seconds(5)
  /// One statement of a reader or writer; the server ends it then.
  public var statement: Duration = .seconds(8)
  /// How long a statement waits for a row or table that somebody else has locked; among writers that never happens.
  public var lock: Duration = .seconds(5)
  /// One statement that inserts many rows, after the server has been handed all of them.
  public var bulk: Duration = .seconds(120)
  /// One statement of a migration or another work across the municipalities.
  public var longStatement: Duration = .seconds(3600)
  /// How much longer than a statement's limit the answer may take until the connection is given up.
  public var grace: Duration = .seconds(2)
  /// How long a reader waits for a connection, and a writer for those who write to the same municipality, within the
  /// process and then among servers.
  public var turn: Duration = .seconds(30)
  /// How long a transaction may do nothing until the server ends it, so that a hanging server process does not keep
  /// others from writing. An import that reads its file meanwhile must stay below.
  public var idleInTransaction: Duration = .seconds(600)

  /// The limits of ordinary operation.
  public init() {}

  /// How many connections there may be in all.
  var connections: Int { readers + writers + besides }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
