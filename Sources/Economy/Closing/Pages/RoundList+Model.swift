import SteeringCore
import SurfaceKit

/// What the list of closing rounds shows, newest first.
struct RoundListModel: Sendable {
  /// One round in the list.
  struct Row: Sendable {
    let name: RoundName
    let modelName: Words
    let unitCount: Int
    /// The sum of all balances; positive is surplus.
    let balance: Money
    /// How many units have each light, in the order of the model; lights without units are left out.
    let lights: [(sign: LightSign, count: Int)]
  }

  /// What must be loaded before a round can be made; empty when one can.
  let missing: [Words]
  let rows: [Row]
  /// The part of the list that is shown and how many parts there are, from 1.
  let pageNumber: Int
  let pageCount: Int
}
