import SteeringCore
import SurfaceKit

/// What the pages that make a closing round show: first the form, then what is about to be made, read back.
struct RoundMakeModel: Sendable {
  /// What was chosen in the form, as it was sent.
  struct Values: Sendable {
    let year: String
    /// `preliminary` or `final`.
    let kind: String
  }

  /// A round that has been chosen and checked, but not made.
  struct ReadBack: Sendable {
    let year: Int
    let isFinal: Bool
    /// The number it will get within the year.
    let number: Int
    let modelName: Words
    let unitCount: Int
    let ledgerLines: Int
    let inputs: [RoundShowModel.Input]
    /// What to think of before going on, such as units without budget.
    let remarks: [Words]
    /// What the round is made of, as a hash; it comes back with the confirmation.
    let inputsHash: String
    /// Whether the choice has been read back before, from other data.
    let isChanged: Bool
  }

  /// Which of the two pages.
  enum Step: Sendable {
    case form
    case readBack(ReadBack)
  }

  let step: Step
  /// The years that have a budget, newest first.
  let years: [Int]
  let values: Values
  let errors: [ErrorSummary.Item]
  /// A token that ties the form to the one who got it.
  let token: String
  /// Names what the form asks for, so that it happens once however often the form is sent.
  let key: String
}
