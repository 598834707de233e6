import Database

/// Whether the house can serve, in the one word that a probe is answered with.
enum Readiness: String, Sendable {
  /// The database answers and fits the program.
  case ready
  /// The database refuses, or cannot be reached.
  case database
  /// The database did not answer in time.
  case slow
  /// The steps that the database has been through are not those of the program.
  case migrations
}

/// Asks the database whether it is there. However many ask at once, and however long the database is silent, one
/// question at most is under way, and everybody has an answer in time.
actor ReadinessProbe {
  private let patience: Duration
  private let question: @Sendable () async throws -> Bool
  /// The answer to the question that is under way; it comes in time also where the database does not.
  private var answer: Task<Readiness, Never>?

  /// A probe that waits so long for an answer. The question tells whether the steps fit, and throws `DatabaseError`.
  init(patience: Duration = .seconds(2), question: @escaping @Sendable () async throws -> Bool) {
    self.patience = patience
    self.question = question
  }

  /// A probe of an installation: a small read that compares the steps of the database with the program's.
  init(_ installation: Installation) {
    self.init { try await MigrationRunner(Capabilities.migrations).plan(on: installation.database).isEmpty }
  }

  /// Whether the house can serve now.
  func readiness() async -> Readiness {
    let running = answer ?? ask()
    answer = running
    return await running.value
  }

  private func ask() -> Task<Readiness, Never> {
    let (answers, say) = AsyncStream.makeStream(of: Readiness.self, bufferingPolicy: .bufferingOldest(1))
    let asking = Task {
      say.yield(await reply())
      // The next who asks gets a new question; until then the old answer holds.
      answer = nil
    }
    return Task { [patience] in
      let clock = Task {
        try await Task.sleep(for: patience)
        say.yield(.slow)
        asking.cancel()
      }
      defer { clock.cancel() }
      for await readiness in answers { return readiness }
      return .slow
    }
  }

  private func reply() async -> Readiness {
    do {
      return try await question() ? .ready : .migrations
    } catch let error as DatabaseError {
      return error.kind == .migrationRefused ? .migrations : .database
    } catch is CancellationError {
      return .slow
    } catch {
      return .database
    }
  }
}
