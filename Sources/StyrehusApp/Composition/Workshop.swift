import Database
import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Where this server does jobs: a worker for each municipality, kept as long as the server runs. Jobs that are asked
/// for at its own pages begin at once; as long as it runs as a service it also looks for those that another server
/// left.
public final class Workshop: Service {
  private struct State {
    var benches: [Tenant: (board: JobBoard, worker: JobWorker)] = [:]
  }

  private let lease: Duration
  private let log: Logger
  private let state = Mutex(State())

  /// A workshop. `lease` is how long a job is held without a word from its server. Without a log nothing is written.
  public init(lease: Duration = .seconds(10), log: Logger? = nil) {
    self.lease = lease
    self.log = log ?? Logger(label: "styrehus") { _ in SwiftLogNoOpLogHandler() }
  }

  /// The board of a municipality, with a worker at it; the same one whenever it is asked for.
  func board(for installation: Installation, _ kinds: [JobKind]) -> JobBoard {
    state.withLock { state in
      if let bench = state.benches[installation.tenant] { return bench.board }
      let board = JobBoard(installation.database, installation.tenant, server: Self.serverName, lease: lease)
      let worker = JobWorker(board, kinds) { [log] what, job, error in
        log.warning(
          "job", metadata: ["what": "\(what)", "kind": "\(job?.kind ?? "")", "error": "\(error.map { "\($0)" } ?? "")"])
      }
      state.benches[installation.tenant] = (board, worker)
      return board
    }
  }

  private var workers: [JobWorker] { state.withLock { $0.benches.values.map(\.worker) } }

  /// Watches for jobs until the server is told to stop, then ends those that are under way. Where that takes longer
  /// than the server waits, they are broken off and given back.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.beginWhereWorkWaits()
        // Uneven, so that servers that started together do not all ask at the same moment.
        try? await Task.sleep(for: .milliseconds(Int.random(in: 1_500...2_500)))
      }
    }
    await stop()
  }

  /// Asks the database once for all municipalities, and wakes the workers of those that have a job.
  private func beginWhereWorkWaits() async {
    let benches = state.withLock { $0.benches }
    guard let database = benches.values.first?.board.database else { return }
    do {
      let waiting = try await JobBoard.tenantsWithWork(in: database)
      for (tenant, bench) in benches where waiting.contains(tenant) { bench.worker.begin() }
    } catch {
      log.warning("the jobs could not be looked at; it is tried again", metadata: ["error": "\(error)"])
    }
  }

  /// Takes no more jobs, and waits for the end of those that are under way.
  public func stop() async {
    await withTaskGroup(of: Void.self) { group in
      for worker in workers { group.addTask { await worker.stop() } }
    }
  }

  /// What this server is called in the rows of its jobs: the machine and the process.
  private static let serverName: String = {
    let process = ProcessInfo.processInfo
    return "\(process.hostName) \(process.processIdentifier)"
  }()
}
