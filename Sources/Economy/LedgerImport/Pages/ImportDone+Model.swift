import SteeringCore
import SurfaceKit

/// What the page shows when a file has been dealt with.
struct ImportDoneModel: Sendable {
  /// How it ended.
  enum Outcome: Sendable {
    /// Its rows are now there.
    case loaded(rows: Int, sum: Money?)
    /// Its rows are now there instead of those of an earlier file.
    case replaced(rows: Int, sum: Money?, earlierFile: String)
    /// The same content was already there, so nothing has changed; since when, in seconds since 1 January 1970 UTC,
    /// and who loaded it, where that is known.
    case unchanged(since: Int64?, by: String?)
    /// The person chose to stop, so nothing has changed.
    case stopped
  }

  let file: String
  let kind: Words
  let year: Int?
  let outcome: Outcome
  /// What is still missing before a closing can be made; empty when nothing is.
  let missing: [Words]
}
