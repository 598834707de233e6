import SteeringCore
import SurfaceKit

/// What the page of a closing round shows. A final round is frozen.
struct RoundShowModel: Sendable {
  /// A file that went into the round.
  struct Input: Sendable {
    let kind: Words
    let file: String
    /// The content's hash, whole.
    let hash: String
    let rows: Int
  }

  /// One of the sums of the ledger: what its lines came to.
  struct Part: Sendable {
    let name: Words
    let lines: Int
    let sum: Money
  }

  /// What came of reckoning the round again from the files it was made of.
  enum Replay: Sendable {
    /// It has not been tried.
    case notTried
    /// Every figure came out the same.
    case same
    /// So many units came out otherwise.
    case differs(units: Int)
    /// What it was made of is not what it was; each sentence names something.
    case inputsDiffer([Words])
    /// A file it was made of is no longer there.
    case filesMissing
  }

  /// A unit that ends otherwise than in the round before.
  struct Difference: Sendable {
    let code: UnitCode
    let name: String
    let balanceBefore: Money?
    let balanceNow: Money?
    let lightBefore: LightSign?
    let lightNow: LightSign?

    /// The balance now less the one before; nil where it does not fit in 64 bits.
    var change: Money? {
      Int64(exactly: Int128(balanceNow?.ore ?? 0) - Int128(balanceBefore?.ore ?? 0)).map(Money.init(ore:))
    }
  }

  let name: RoundName
  let modelName: Words
  let modelID: String
  let inputs: [Input]
  /// Inside, outside, ignored, unknown: the parts of the ledger.
  let parts: [Part]
  /// All lines of the ledger: the sum of the parts.
  let allLines: Int
  let all: Money
  let lights: [(sign: LightSign, count: Int)]
  let budget: Money
  let spent: Money
  let result: Money
  let carriedIn: Money
  let balance: Money
  let replay: Replay
  /// The round before in the same year, or nil.
  let previous: RoundName?
  let differences: [Difference]
  /// When it was made, in seconds since 1 January 1970 UTC, where the reader has just asked for it and it was there;
  /// else nil.
  var decidedBefore: Int64?
  /// By whom, where that is known and the reader is signed in.
  var decidedBy: String?
}
