import SteeringCore
import SurfaceKit

/// What the list of units shows: the units that match the query, already sorted, with totals that tie.
struct UnitListModel: Sendable {
  /// One unit in one round. Amounts are positive for surplus, except budget and spent, where expense is positive.
  struct Row: Sendable {
    let code: UnitCode
    let name: String
    let directorate: String
    let budget: Money
    let carriedIn: Money
    let spent: Money
    let result: Money
    let balance: Money
    /// The balance in basis points of the base; nil where there is no base.
    let balanceBasisPoints: Int64?
    let light: LightSign
    let duties: [Words]
    let reviews: [Words]
    /// Spent, cumulated to the end of each month; at most twelve.
    let spentByMonth: [Money]
  }

  /// The sums of the rows shown.
  struct Totals: Sendable {
    let budget: Money
    let carriedIn: Money
    let spent: Money
    let result: Money
    let balance: Money
  }

  /// What the list shows: the address.
  let query: UnitListQuery
  /// The shown round; nil where no year has been closed.
  let round: RoundName?
  /// The directorates to choose from: code and name.
  let directorates: [Choice]
  /// The lights of the model, in its order.
  let lights: [LightSign]
  /// The duties of the model to choose from: id and name.
  let duties: [Choice]
  /// The reviews of the model to choose from: id and name.
  let reviews: [Choice]
  /// The units that match, sorted.
  let rows: [Row]
  /// Their sums.
  let totals: Totals
  /// How many units there are in the round in all.
  let unitCount: Int
}
