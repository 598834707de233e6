import SteeringCore
import SurfaceKit

/// What the front page shows: the house as it stood in one closing round. Everything is computed.
struct FrontPageModel: Sendable {
  /// A unit: a window of the house.
  struct Unit: Sendable {
    let code: UnitCode
    let name: String
    let light: LightSign
    /// Carried out of the year; positive is surplus.
    let balance: Money
    /// The balance in basis points of the base; nil where there is no base to measure against.
    let balanceBasisPoints: Int64?
  }

  /// A directorate: a floor of the house.
  struct Directorate: Sendable {
    /// The code; empty for the units that stand in no directorate.
    let code: UnitCode
    let name: Words
    /// Its agreement units in the order of the organisation.
    let units: [Unit]
  }

  /// How many units have a light now and had it in the round that this one is compared with.
  struct LightCount: Sendable {
    let light: LightSign
    let count: Int
    let countBefore: Int?
  }

  /// Something the model asks of a number of units.
  struct Demand: Sendable {
    /// A duty asks something of the unit; a review is for people to decide.
    enum Kind: Sendable { case duty, review }

    let kind: Kind
    /// The duty's or review's id in the model.
    let id: String
    let name: Words
    let count: Int
  }

  /// A round that the house can be seen in.
  struct Round: Sendable {
    let id: String
    let name: Words
    let isShown: Bool
  }

  /// A unit whose light has changed since the round that this one is compared with.
  struct Change: Sendable {
    let code: UnitCode
    let name: String
    let before: LightSign
    let now: LightSign
  }

  /// What is missing before the house can be lit.
  enum Missing: Sendable {
    /// No organisation has been loaded.
    case organisation
    /// There are units, but no year has been closed.
    case round
  }

  /// What is missing; nil when the house is lit.
  let missing: Missing?
  /// The year that the shown round closes.
  let year: Int
  /// The shown round, in words.
  let roundName: Words
  /// The id of the shown round in addresses when it is not the latest; nil otherwise.
  let earlierRound: String?
  /// The name of the steering model that the round was made with.
  let modelName: Words
  /// The floors in the order of the organisation.
  let directorates: [Directorate]
  /// The lights in the order of the model, those without units too.
  let counts: [LightCount]
  /// The round that the counts are compared with, in words; nil where there is none.
  let comparedWith: Words?
  /// The units that have changed light since then.
  let changes: [Change]
  /// What the model asks in all.
  let demands: [Demand]
  /// The rounds to choose between, newest first.
  let rounds: [Round]
}
