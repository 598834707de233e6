import SteeringCore
import SurfaceKit

/// What the page that holds two steering models beside each other shows.
struct ModelCompareModel: Sendable {
  /// One thing that both models may say something about.
  struct Line: Sendable {
    let name: Words
    /// What each model says; nil where it says nothing.
    let left: Words?
    let right: Words?

    var differs: Bool { left != right }
  }

  /// Lines that belong together: lights, duties, reviews, parameters.
  struct Group: Sendable {
    let id: String
    let name: Words
    let lines: [Line]
  }

  let left: ModelShowModel.Other
  let right: ModelShowModel.Other
  let groups: [Group]
  /// The models to choose from.
  let models: [ModelShowModel.Other]
}
