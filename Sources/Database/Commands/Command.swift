public import SteeringCore

/// Something that is asked for under a key and takes effect once.
public struct Command: Sendable {
  /// What the client calls it.
  public let key: CommandKey
  /// What kind of thing is asked for, such as `closing`.
  public let kind: String
  /// Everything that decides what it does. It is asked for only when it is needed, since the hash of a large file may
  /// be among it.
  let content: @Sendable () throws -> [String]

  /// A command. `content` is everything that decides what it does: two commands of one key must agree on it.
  public init(_ key: CommandKey, kind: String, content: @escaping @Sendable () throws -> [String]) {
    self.key = key
    self.kind = kind
    self.content = content
  }

  /// SHA-256 over key, kind and content, in hexadecimal. Each part counts with its length. With the key in it, nobody
  /// can try what stands in one form against all others.
  func digest() throws -> String {
    Fingerprint.of(try [key.text, kind] + content())
  }
}

/// What came of a command, as it is recorded with its key.
public struct Decision: Hashable, Sendable {
  /// What was decided, in the words of whoever asked.
  public let outcome: String
  /// When, in seconds since 1 January 1970 UTC by the database's clock.
  public let decidedAt: Int64
  /// Who decided, and in which position.
  public let decidedBy: Deed
}

/// A key came a second time with another content. Nothing is changed.
public struct CommandReused: Error, Hashable, Sendable {
  /// The key.
  public let key: CommandKey

  /// The key came a second time.
  public init(key: CommandKey) { self.key = key }

  /// What to tell the person.
  public var message: Words {
    Words(
      "Der er allerede svaret på denne formular med noget andet. Intet er ændret. Åbn siden igen, og send den derfra.",
      en: "This form has been answered already with something else. Nothing was changed. Open the page again and send "
        + "it from there.")
  }

  /// What to tell the person where the command line was used.
  public var onTheCommandLine: Words {
    Words(
      "--key \(key) er brugt til noget andet. Intet er ændret. Vælg en anden nøgle, eller lad være med at angive en.",
      en: "--key \(key) has been used for something else. Nothing was changed. Choose another key, or leave it out.")
  }
}

/// What came of something that takes effect once.
public enum Effect<Result: Sendable>: Sendable {
  /// It was done now.
  case done(Result)
  /// It was done before under the same key; nothing was done now.
  case doneBefore(Decision)
}

extension DatabaseConnection {
  /// Does something once for the command's key: the second time it gives what was decided the first time, and does
  /// nothing. The unique key decides, also where two come at the same moment: the later one waits for the earlier one's
  /// end. Throws `CommandReused` where the content is another one. Must stand in a writing transaction, whose end keeps
  /// the effect and the record together; where the body throws, neither is kept.
  public func once<Result: Sendable>(
    _ command: Command, record: (Result) -> String, _ body: () throws -> Result
  ) throws -> Effect<Result> {
    let key: [String: DatabaseValue] = ["key": .text(command.key.text)]
    let isFirst = try run(
      """
      INSERT INTO database_command (tenant, command_key, kind, digest, outcome, decided_at)
      VALUES (:tenant, :key, :kind, '', '', \(dialect.clock)) ON CONFLICT (tenant, command_key) DO NOTHING
      """, ["key": .text(command.key.text), "kind": .text(command.kind)])
    guard isFirst == 1 else {
      guard
        let row = try row(
          """
          SELECT digest, outcome, decided_at, decided_by FROM database_command
          WHERE tenant = :tenant AND command_key = :key
          """, key), try row.text("digest") == command.digest()
      else { throw CommandReused(key: command.key) }
      return .doneBefore(
        Decision(
          outcome: try row.text("outcome"), decidedAt: try row.integer("decided_at") / 1000,
          decidedBy: Deed(text: try row.optionalText("decided_by"))))
    }
    let result = try body()
    try run(
      """
      UPDATE database_command SET digest = :digest, outcome = :outcome, decided_by = :deed,
        decided_at = \(dialect.clock)
      WHERE tenant = :tenant AND command_key = :key
      """,
      key.merging([
        "digest": .text(try command.digest()), "outcome": .text(record(result)), "deed": .text(deed.text),
      ]) { $1 })
    return .done(result)
  }
}

extension CommandKey {
  /// What is said before a command is tried once more under this key.
  public var tryingAgain: Words {
    Words(
      "Forbindelsen blev afbrudt, mens der blev gemt, så vi ved ikke, om det lykkedes. Prøver én gang til med samme "
        + "nøgle, så det højst sker én gang. Vil du selv prøve igen bagefter, så tilføj: --key \(text)",
      en: "The connection was lost while saving, so nobody knows whether it was kept. Trying once more under the same "
        + "key, so that it happens once at most. To try again yourself afterwards, add: --key \(text)")
  }

  /// Does something under this key, and once more where the connection was lost while it was being kept: the second
  /// time finds what the first one did, if it did. `telling` is called before. Where the database cannot be asked the
  /// second time, the first error stands: nobody knows.
  public func insisting<Result>(
    telling: (CommandKey) -> Void, _ body: (CommandKey) async throws -> Result
  ) async throws -> Result {
    do {
      return try await body(self)
    } catch let lost as DatabaseError where lost.kind == .outcomeUnknown {
      telling(self)
      do {
        return try await body(self)
      } catch is DatabaseError {
        throw lost
      }
    }
  }
}
