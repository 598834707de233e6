import SteeringCore
import SurfaceKit
import Synchronization

/// Tells how far a long import has come: a line redrawn five times a second where a person is watching, else a line
/// every ten seconds.
final class ImportProgress: Sendable {
  private let total: Int
  private let file: String
  private let terminal: Terminal
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>

  private struct State {
    var told: ContinuousClock.Instant
    var isDrawn = false
  }

  /// Progress through a file of so many bytes. Nothing is told before the first pause has passed.
  init(
    of total: Int, file: String, terminal: Terminal,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.total = total
    self.file = file
    self.terminal = terminal
    self.now = now
    state = Mutex(State(told: now()))
  }

  private var pause: Duration { terminal.isWatched ? .milliseconds(200) : .seconds(10) }

  /// So many bytes have been read.
  func reached(_ bytes: Int) {
    let time = now()
    let isDue = state.withLock { state in
      guard time - state.told >= pause else { return false }
      state.told = time
      state.isDrawn = terminal.isWatched
      return true
    }
    guard isDue else { return }
    let text = ImportCommandTexts.reached(min(bytes, total), of: total, file: file)(terminal.language)
    if terminal.isWatched { terminal.draw(text) } else { terminal.say(text) }
  }

  /// Takes the line away again.
  func end() {
    let wasDrawn = state.withLock { state in
      defer { state.isDrawn = false }
      return state.isDrawn
    }
    if wasDrawn { terminal.draw("") }
  }
}
