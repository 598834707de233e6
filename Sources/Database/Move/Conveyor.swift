internal import Dispatch
internal import Synchronization

/// Rows of one table on their way from one database to the other: few enough to keep memory bounded, many enough to be
/// inserted fast.
struct Portion: Sendable {
  private static let mostRows = 2_000
  private static let mostBytes = 4 << 20

  private(set) var rows: [DatabaseRow] = []
  private var weight = 0

  var isFull: Bool { rows.count >= Self.mostRows || weight >= Self.mostBytes }

  mutating func add(_ row: DatabaseRow, weight: Int) {
    rows.append(row)
    self.weight += weight
  }

  /// The rows, column by column.
  func columns(of table: TableShape) throws -> [String: DatabaseColumn] {
    var columns: [String: DatabaseColumn] = [:]
    for column in table.columns {
      columns[column.name] =
        switch column.kind {
        case .integer: .optionalIntegers(try rows.map { try $0.optionalInteger(column.name) })
        case .text: .optionalTexts(try rows.map { try $0.optionalText(column.name) })
        case .blob: .optionalBlobs(try rows.map { try $0.optionalBlob(column.name) })
        }
    }
    return columns
  }
}

/// Carries portions from the thread that reads one database to the thread that writes another. The reader waits where
/// the writer does not keep up. Each side has a thread of its own in a transaction of its own database, so that neither
/// keeps the other from what it waits for; `stop` wakes both.
final class Conveyor: Sendable {
  enum Load: Sendable {
    case rows(Portion)
    /// The table is at its end.
    case end(TableProof)
  }

  private struct State {
    var loads: [Load] = []
    var fault: (any Error)?
  }

  private static let places = 2

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  // A semaphore must not end below the number it began with, as it would where loads are left behind.
  private let free = DispatchSemaphore(value: 0)

  init() {
    for _ in 0..<Self.places { free.signal() }
  }

  /// Waits for a place and puts a load there. Throws what the work was stopped with.
  func send(_ load: Load) throws {
    free.wait()
    try state.withLock { state in
      if let fault = state.fault { throw fault }
      state.loads.append(load)
    }
    filled.signal()
  }

  /// Waits for the next load. Throws what the work was stopped with.
  func receive() throws -> Load {
    filled.wait()
    let load = try state.withLock { state in
      if let fault = state.fault { throw fault }
      return state.loads.removeFirst()
    }
    free.signal()
    return load
  }

  /// Ends the work of both sides. The first error counts.
  func stop(_ fault: any Error) {
    state.withLock { $0.fault = $0.fault ?? fault }
    filled.signal()
    free.signal()
  }
}
