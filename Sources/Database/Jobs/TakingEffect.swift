/// How a change takes effect.
public enum TakingEffect: Sendable {
  /// As often as it is called.
  case everyTime
  /// Once for the command's key.
  case once(Command)
  /// As the end of a job, as long as the job is still held.
  case asJob(JobClaim)

  /// Does the change inside its transaction, and records what came of it in the same one: `record` puts the result into
  /// words. Throws `CommandReused` and `ClaimLost`; where this or the body throws, the transaction must be rolled back,
  /// which a body of `MunicipalDatabase.write` brings about by letting the error out.
  public func carryOut<Result: Sendable>(
    _ connection: any DatabaseConnection, record: (Result) -> String, _ body: () throws -> Result
  ) throws -> Effect<Result> {
    switch self {
    case .everyTime: return .done(try body())
    case .once(let command): return try connection.once(command, record: record, body)
    case .asJob(let claim):
      let result = try body()
      try claim.seal(connection, result: record(result))
      return .done(result)
    }
  }
}
